//! Where everything is remembered.

use crate::item::{Part, check, test};

pub(super) const DATABASE: Part = Part {
    key: "database",
    title: "Database",
    items: &[
        check("database.reached", "The database answers", "database.reach"),
        check(
            "database.version",
            "The server's version is one that is supported",
            "database.version",
        ),
        check(
            "database.migrated",
            "Every migration is applied (in place of `prisma migrate deploy`)",
            "database.schema",
        ),
        check(
            "database.tls",
            "The way to the server is encrypted where it leaves the machine",
            "database.tls",
        ),
        check("database.integrity", "An SQLite file is sound", "database.integrity"),
        test(
            "database.half-migration",
            "A migration that fails half way leaves nothing behind",
            "store::it::opening::a_migration_that_fails_half_way_leaves_nothing",
        ),
    ],
};
