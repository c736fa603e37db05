//! `gamekeeper upgrade-check`: how far the database is from this version, and whether it is safe to
//! go there while the version before still runs. Changes nothing.

use store::migration::{self, Nature, Standing, VERSIONS};

use crate::{
    config::DatabaseConfig,
    database::stop,
    exit::Stop,
    logging::{self, LogLevel},
};

/// Looks, and says what it found. Ends with an error where the database is newer than we are.
#[expect(clippy::print_stdout, reason = "the list is what was asked for")]
pub async fn check(config: &DatabaseConfig) -> Result<(), Stop> {
    logging::start(LogLevel::Warn);
    let schema = migration::status(&config.store).await.map_err(|p| stop(&p, config))?;
    println!("program   {}", env!("CARGO_PKG_VERSION"));
    let of = |standing| schema.migrations.iter().filter(move |listed| listed.standing == standing);
    let newest = of(Standing::Applied).next_back().map(|listed| listed.name.as_str());
    match newest {
        Some(newest) => println!("database  {newest} ({})", version_of(newest)),
        None => println!("database  none yet"),
    }
    let unknown: Vec<_> = of(Standing::Unknown).collect();
    if let Some(newer) = unknown.last() {
        return Err(Stop::Failed(format!(
            "the database has schema {}, which this version does not know. Run the newer version, or \
             with it go back first: gamekeeper migrate down --to {}",
            newer.name,
            env!("CARGO_PKG_VERSION")
        )));
    }
    let pending: Vec<_> = of(Standing::Pending).collect();
    if pending.is_empty() {
        println!("nothing to do: the schema is this version's");
        return Ok(());
    }
    let mut stop_first = false;
    for listed in &pending {
        let Some(change) = migration::nature(&listed.name) else { continue };
        let nature = match change.nature {
            Nature::Expand => "expand  ",
            Nature::Contract => "contract",
        };
        stop_first |= change.nature == Nature::Contract;
        println!("pending   {nature} {}: {}", change.name, change.does);
        if let (Some(loses), true) = (change.back_loses, newest.is_some()) {
            println!("          going back loses {loses}");
        }
    }
    if newest.is_none() {
        println!("a new database; nothing can be lost");
    } else if stop_first {
        println!("stop every process of the version before first, then: gamekeeper migrate up");
    } else {
        println!("processes of the version before go on while you upgrade; a backup is made first");
    }
    if let Some(newest) = newest {
        println!("back      gamekeeper migrate down --to {newest}");
    }
    Ok(())
}

fn version_of(newest: &str) -> String {
    let of = VERSIONS.iter().find(|(_, schema)| *schema == newest);
    of.map_or_else(|| "between versions".to_owned(), |(version, _)| format!("version {version}"))
}
