//! What is kept in case all is lost.

use crate::item::{Part, check, command, file, yours};

pub(super) const BACKUPS: Part = Part {
    key: "backups",
    title: "Backups",
    items: &[
        check(
            "backups.tools",
            "The tools that a backup needs are there, in the server's version",
            "backup.tools",
        ),
        check("backups.recent", "The last backup is not older than it should be", "backup.age"),
        check(
            "backups.verified",
            "The last backup was restored into a scratch database and compared",
            "backup.verified",
        ),
        check("backups.offsite", "A copy is on another machine", "backup.offsite"),
        check(
            "backups.encrypted",
            "Copies that leave the machine are encrypted",
            "backup.encrypted",
        ),
        check("backups.trend", "Their size changes as it should", "backup.trend"),
        file(
            "backups.timer",
            "They are made daily, by the bot itself or by a timer of systemd",
            "ops/systemd/gamekeeper-backup.timer",
        ),
        command(
            "backups.by-hand",
            "A backup can be made at once, while the bot runs",
            "gamekeeper backup create",
        ),
        command(
            "backups.plan",
            "What a restore would disagree on with Discord can be seen first",
            "gamekeeper backup restore --plan",
        ),
        yours(
            "backups.key",
            "The key that opens the backups is kept away from this machine, and somebody tried it",
            "A key that is only here is lost together with what it opens",
            "gamekeeper backup verify",
        ),
        yours(
            "backups.locked",
            "Whoever takes over this machine cannot delete the copies elsewhere (versioning or object lock)",
            "That right belongs to the account at the storage provider, which the bot should not hold",
            "aws s3api get-bucket-versioning --bucket NAME",
        ),
    ],
};
