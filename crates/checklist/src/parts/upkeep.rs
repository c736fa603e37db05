//! The months after.

use crate::item::{Part, check, command, file, test, yours};

pub(super) const MAINTENANCE: Part = Part {
    key: "maintenance",
    title: "Maintenance",
    items: &[
        command(
            "maintenance.look",
            "One command says how everything is",
            "gamekeeper doctor --strict",
        ),
        check(
            "maintenance.version",
            "The running process is of the installed version",
            "process.version",
        ),
        test(
            "maintenance.history",
            "Old looks at game servers go by themselves, and their hours stay",
            "store::it::servers::old_looks_are_forgotten_and_hours_stay",
        ),
        test(
            "maintenance.left-servers",
            "A server that was left is forgotten with everything in it",
            "store::it::erase::an_erased_guild_leaves_nothing_behind_and_takes_nobody_along",
        ),
        command("maintenance.backups", "Backups that are too old go", "gamekeeper backup prune"),
        yours(
            "maintenance.calendar",
            "Days for updates, a restore by hand and new passwords are in somebody's calendar",
            "A program can remind, but not set your time aside",
            "systemctl list-timers",
        ),
    ],
};

pub(super) const COMMON_ISSUES: Part = Part {
    key: "common-issues",
    title: "Common issues",
    items: &[
        file(
            "common-issues.failures",
            "For each thing that fails it is written what people see and what to do",
            "docs/failures.md",
        ),
        test(
            "common-issues.permission",
            "A missing permission is named at once, where people look",
            "gamekeeper::it::drift::standing::each_permission_taken_from_the_bot_is_named_at_once",
        ),
        test(
            "common-issues.database",
            "A database that goes away for half a minute is waited for",
            "gamekeeper::it::trouble::database::gone_for_thirty_seconds",
        ),
        test(
            "common-issues.discord",
            "While Discord is down, requests are kept and people know",
            "gamekeeper::it::trouble::discord::while_discord_is_down_the_request_is_kept_and_people_know",
        ),
        test(
            "common-issues.disk",
            "A full disk is outlived",
            "gamekeeper::it::full_disk::the_bot_outlives_a_full_disk",
        ),
    ],
};
