use super::{Section, Variable};

pub(super) const SECTION: Section = Section {
    title: "Database",
    variables: &[
        Variable::new(
            "DATABASE_URL",
            "database.url",
            "Where everything is remembered. Unset: an SQLite file in the data directory. \
             PostgreSQL: postgresql://user:password@localhost/gamekeeper. Over a network, with TLS: \
             ...@db.example.org/gamekeeper?sslmode=verify-full&sslrootcert=/path/ca.crt",
        )
        .secret()
        .example("postgresql://user:password@localhost/gamekeeper"),
        Variable::new("GAMEKEEPER_DATA_DIR", "database.data_dir", "Where the SQLite file, backups and records live.")
            .default("data"),
        Variable::new(
            "GAMEKEEPER_DB_CONNECTIONS",
            "database.connections",
            "Most connections to PostgreSQL, or readers of the SQLite file: 2 to 200. Unset: 10, \
             or 4.",
        )
        .example("10"),
        Variable::new(
            "GAMEKEEPER_DB_ACQUIRE_TIMEOUT",
            "database.acquire_timeout",
            "How long anything waits for a connection, a free one or a new one: 1 to 60 seconds.",
        )
        .default("8"),
        Variable::new(
            "GAMEKEEPER_DB_STATEMENT_TIMEOUT",
            "database.statement_timeout",
            "PostgreSQL only. How long it works on one statement before it gives up: 1 to 300 \
             seconds. Half of it is how long a statement waits for a lock. off leaves both to the \
             server.",
        )
        .default("10"),
    ],
};
