//! What is kept in case all is lost.

use crate::item::{Part, check, command, yours};

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
        command(
            "backups.timer",
            "They are made daily, by the bot itself or by a timer of systemd",
            "gamekeeper backup schedule",
        ),
        command(
            "backups.by-hand",
            "A backup can be made at once, while the bot runs",
            "gamekeeper backup create",
        ),
        command(
            "backups.plan",
            "What a restore would disagree on with Discord can be seen first",
            "gamekeeper backup restore latest --plan",
        ),
        yours(
            "backups.key",
            "The key that opens the backups is kept away from this machine, and somebody tried it",
            "A key that is only here is lost together with what it opens",
            "age -d -i COPY_OF_THE_KEY BACKUP.gkb | zstd -d | tar t",
        ),
        yours(
            "backups.locked",
            "Whoever takes over this machine cannot delete the copies elsewhere (versioning or object lock)",
            "That right belongs to the account at the storage provider, which the bot should not hold",
            "aws s3api get-bucket-versioning --bucket NAME",
        ),
    ],
};
