//! What can go wrong, and whose it is: a person's mistake, a refusal for safety, a damaged archive, or
//! a fault of disk, database or network. Each is one sentence with the cure.

use std::path::{Path, PathBuf};

use store::StoreError;

/// Why something with backups did not happen.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Somebody asked for what cannot be.
    #[error(transparent)]
    Mistake(#[from] Mistake),
    /// It would be dangerous now.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The archive is not what it should be.
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// The database said no.
    #[error("the database: {0}")]
    Store(#[from] StoreError),
    /// There is no room.
    #[error(
        "there is no room in {} for a backup: it may need {}, and {} are free. Free some, or name another directory in GAMEKEEPER_BACKUP_DIR",
        .place.display(), bytes(*.needed), bytes(*.free)
    )]
    NoRoom {
        /// Where.
        place: PathBuf,
        /// How many bytes it may take.
        needed: u64,
        /// How many there are.
        free: u64,
    },
    /// The disk filled up on the way. Nothing half is left.
    #[error("the disk is full ({}). Nothing half was left; free some room and try again", .0.display())]
    DiskFull(PathBuf),
    /// A file or directory cannot be used.
    #[error("{}: {what}. Check that it is there and that the bot's user may use it", .path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        what: String,
    },
    /// The second place does not do as asked.
    #[error("the place in GAMEKEEPER_BACKUP_URL: {0}")]
    Offsite(String),
    /// A tool of PostgreSQL's failed.
    #[error("{tool} failed: {what}")]
    Tool {
        /// Which.
        tool: &'static str,
        /// Its last words.
        what: String,
    },
    /// A task of ours died.
    #[error("a task died: {0}")]
    Died(String),
}

/// Somebody asked for what cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// There is no such backup.
    #[error("there is no backup called `{0}`. See: gamekeeper backup list")]
    Unknown(String),
    /// There is none at all.
    #[error("there is no backup yet. Make one: gamekeeper backup create")]
    None,
    /// There is nothing to back up.
    #[error(
        "there is no database yet, so there is nothing to back up. Start the bot once, or: gamekeeper migrate up"
    )]
    NoDatabase,
    /// The target has something in it.
    #[error(
        "the database is not empty: it has {rows} rows. Nothing was changed. If they may be replaced, \
         say --force; a safety copy of them is made first"
    )]
    NotEmpty {
        /// Rows that last.
        rows: u64,
    },
    /// The guild is there already.
    #[error(
        "the database has {rows} rows of this server already. Nothing was changed. If they may be \
         replaced, say --force; a safety copy is made first"
    )]
    GuildThere {
        /// Its rows.
        rows: u64,
    },
    /// An archive of one guild where a whole one is needed.
    #[error(
        "this is an export of one server, not a backup of everything. Use: gamekeeper data import FILE"
    )]
    OneGuildOnly,
    /// It is encrypted and there is no key.
    #[error(
        "the archive is encrypted, and no key is set. Put the age identity it was made for into a file \
         and name that in GAMEKEEPER_BACKUP_IDENTITY_FILE"
    )]
    NoKey,
    /// It is encrypted for somebody else.
    #[error(
        "the archive is encrypted for another key than the one in GAMEKEEPER_BACKUP_IDENTITY. Use the \
         identity that belongs to the recipient it was made for"
    )]
    WrongKey,
    /// What should be a key is none.
    #[error("{variable} holds something that is no {what}. {cure}")]
    BadKey {
        /// The variable.
        variable: &'static str,
        /// What it should be.
        what: &'static str,
        /// What to do.
        cure: &'static str,
    },
    /// The native part is wanted and not there, or for another kind of database.
    #[error("{0}. Leave --native away: the portable part goes into any database")]
    NoNative(String),
    /// The address of the second place is none.
    #[error(
        "GAMEKEEPER_BACKUP_URL {0}. Use s3://bucket/prefix, az://container/prefix, gs://bucket/prefix or file:///path"
    )]
    BadUrl(String),
    /// A file would be overwritten.
    #[error("{} is there already. Name another file, or move it away", .0.display())]
    FileThere(PathBuf),
}

/// It would be dangerous now; another time it may be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another process works with the backups of this directory.
    #[error("another backup or restore is under way in {}. Wait until it is done", .0.display())]
    Busy(PathBuf),
    /// Another restore works on the database, or a bot is about to.
    #[error(
        "another restore is under way on this database, or a bot is starting on it. Wait until it is done, \
         or stop the bot"
    )]
    RestoreUnderWay,
    /// A bot runs on the database.
    #[error(
        "a bot runs on this database: `{name}` gave a sign of life {seconds} s ago. Stop it first \
         (systemctl stop gamekeeper, pm2 stop gamekeeper or docker compose stop); if it crashed, try \
         again in {left} s"
    )]
    BotRuns {
        /// The process.
        name: String,
        /// How long ago.
        seconds: u64,
        /// After so long it counts as dead.
        left: u64,
    },
}

/// The archive is not what it should be. The database was not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// Some of it is missing.
    #[error(
        "the archive {0} is cut short: its end is missing. Take another: gamekeeper backup list"
    )]
    CutShort(String),
    /// It is not what was written.
    #[error(
        "the archive {name} was altered, or the disk has damaged it: {what}. Take another: gamekeeper backup list"
    )]
    Altered {
        /// Which.
        name: String,
        /// How it shows.
        what: String,
    },
    /// It never was one.
    #[error("{0} is no archive of Gamekeeper's")]
    Foreign(String),
    /// A newer program made it.
    #[error(
        "the archive {name} was made by version {app} and has {what} that this version does not know. Use \
         version {app} or newer"
    )]
    Newer {
        /// Which.
        name: String,
        /// The version that made it.
        app: String,
        /// What is not known.
        what: String,
    },
    /// It was read without a fault, but is not what it says.
    #[error("the archive {name} does not hold what its manifest says: {what}")]
    Differs {
        /// Which.
        name: String,
        /// What differs.
        what: String,
    },
    /// A rule of ours does not hold in it.
    #[error("in the archive {name} {rows} rows break the rule {rule} ({holds}), such as {example}")]
    Broken {
        /// Which.
        name: String,
        /// The rule.
        rule: &'static str,
        /// What should hold.
        holds: &'static str,
        /// How many rows.
        rows: u64,
        /// One of them.
        example: String,
    },
}

impl BackupError {
    /// An error of the system about a path.
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Self::DiskFull(path.to_owned()),
            _ => Self::Io { path: path.to_owned(), what: error.to_string() },
        }
    }

    /// The same, to be used with `map_err`.
    pub(crate) fn at(path: &Path) -> impl Fn(std::io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::io(&path, &error)
    }
}

impl From<tokio::task::JoinError> for BackupError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Died(error.to_string())
    }
}

/// Bytes as people read them.
pub(crate) fn bytes(bytes: u64) -> String {
    const MIB: u64 = 1 << 20;
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..MIB => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{} MiB", bytes.div_ceil(MIB)),
    }
}
