//! What keeps it running.

use crate::item::{Part, check, command, file, test};

pub(super) const MANAGEMENT: Part = Part {
    key: "process",
    title: "Process management (PM2, systemd, Docker)",
    items: &[
        file(
            "process.systemd",
            "There is a systemd unit: it waits for readiness, watches, limits memory and hardens",
            "ops/systemd/gamekeeper.service",
        ),
        file(
            "process.pm2",
            "There is a PM2 file for those who keep PM2",
            "ops/pm2/ecosystem.config.js",
        ),
        file(
            "process.image",
            "The image is small, without a shell, and not run by root",
            "Dockerfile",
        ),
        file(
            "process.compose",
            "There is a compose file with PostgreSQL, a volume for backups, and secrets",
            "compose.yaml",
        ),
        command(
            "process.unit",
            "The unit is installed, or what would be installed was read",
            "gamekeeper service install --dry-run",
        ),
        check(
            "process.hardening",
            "The installed unit is confined: systemd rates its exposure at 2.5 of 10 at most (the shipped one: 1.2)",
            "host.hardening",
        ),
        command(
            "process.probe",
            "A container can ask for its health without a shell",
            "gamekeeper health",
        ),
        test(
            "process.stop",
            "Told to stop in the middle of work it ends in order, and the next start goes on",
            "gamekeeper::it::trouble::ends::sigterm_in_the_middle_of_work_ends_with_0_and_the_next_start_goes_on",
        ),
        test(
            "process.twice",
            "Started twice by accident, one of the two ends and says why",
            "gamekeeper::it::fleet::a_second_process_under_the_same_name_replaces_the_first",
        ),
    ],
};
