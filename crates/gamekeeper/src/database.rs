//! The database, and what to tell an operator when it cannot be used.

use store::{Hold, Store, StoreError};

use crate::{
    config::{ConfigError, DatabaseConfig, misread},
    exit::Stop,
};

/// Opens it, its schema up to date; the directory it lives in is made first.
pub async fn open(config: &DatabaseConfig) -> Result<Store, Stop> {
    config.make_home()?;
    Store::open(&config.store).await.map_err(|problem| stop(&problem, config))
}

/// Begins to use it: until it is known that this process runs, nobody may put another database in its
/// place; and not while somebody does.
pub async fn start(config: &DatabaseConfig) -> Result<Hold, Stop> {
    config.make_home()?;
    let hold = Hold::share(&config.store).await.map_err(|problem| stop(&problem, config))?;
    hold.ok_or_else(|| {
        Stop::Unavailable(
            "a restore, an import or a step of the schema is under way on this database. Start the bot \
             again when it is done; a supervisor does so by itself"
                .to_owned(),
        )
    })
}

/// Why it cannot be used, and the cure.
pub(crate) fn stop(problem: &StoreError, config: &DatabaseConfig) -> Stop {
    let file = config.store.file().unwrap_or_default();
    let file = file.display();
    match problem {
        StoreError::Url(what) => Stop::Config(misread(what)),
        StoreError::Tls(what) => wrong(
            &format!("asks for TLS, on which the server does not agree: {what}"),
            "The host has to be the name in the server's certificate, and sslrootcert the file of \
             the authority that signed it; sslmode=require only encrypts, and sslmode=disable does \
             without TLS",
        ),
        StoreError::Newer { found, known, steps } => wrong(
            &format!(
                "names a database with schema {found}, but the newest that this version knows is \
                 {known}; nothing was changed"
            ),
            &format!(
                "Run the newer version again, or with the newer version go back first: gamekeeper \
                 migrate down {steps}"
            ),
        ),
        StoreError::Stranger(name) => wrong(
            &format!(
                "names a database with a `{name}` in it that Gamekeeper did not make; nothing was \
                 changed"
            ),
            "Make an empty database for Gamekeeper alone",
        ),
        StoreError::Everything => Stop::Usage(format!(
            "{problem}. Nothing was changed. If you mean it: gamekeeper migrate down --all --yes"
        )),
        damage if damage.is_damage() => Stop::File(format!(
            "the SQLite file {file} is damaged, or not SQLite's: {problem}. It was left as it is. \
             Move it away and put a backup in its place"
        )),
        _ if config.is_file => Stop::Unavailable(format!(
            "the SQLite file {file} cannot be opened: {problem}. Check that the disk has room, and \
             that the bot's user may write to the file and to its directory"
        )),
        _ => Stop::Unavailable(format!(
            "the database cannot be opened: {problem}. Check DATABASE_URL, and that the database \
             is running and lets this user in"
        )),
    }
}

fn wrong(what: &str, cure: &str) -> Stop {
    Stop::Config(ConfigError {
        variable: "DATABASE_URL".into(),
        what: what.to_owned(),
        cure: cure.to_owned(),
    })
}
