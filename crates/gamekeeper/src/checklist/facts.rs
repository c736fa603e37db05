//! What is in place when somebody signs. What cannot be found out is written down as that: it is no
//! reason not to sign, because the checks have their own say about it.

use std::{collections::BTreeMap, io::Read as _, path::Path};

use checklist::{Checksum, Facts};
use jiff::Timestamp;
use ring::digest;
use store::{
    Store, StoreError,
    migration::{self, Schema, Standing},
};

use crate::config::DatabaseConfig;

/// What systemd, Docker and PM2 run us by, where it is there.
const UNITS: [&str; 6] = [
    "/etc/systemd/system/gamekeeper.service",
    "/etc/systemd/system/gamekeeper-backup.service",
    "/etc/systemd/system/gamekeeper-backup.timer",
    "compose.yaml",
    "Dockerfile",
    "ecosystem.config.js",
];
/// A piece of a file at a time.
const PIECE: usize = 64 * 1024;

pub(super) async fn gather(name: &str, database: &DatabaseConfig) -> Facts {
    let (schema, counts) = remembered(database).await;
    Facts {
        name: name.to_owned(),
        // To the second: it is part of a file's name.
        date: format!("{:.0}", Timestamp::now()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        counts,
        checksums: checksums(),
    }
}

async fn remembered(database: &DatabaseConfig) -> (String, BTreeMap<String, u64>) {
    let schema = match migration::status(&database.store).await {
        Ok(schema) => schema,
        Err(problem) => return (format!("not reached: {problem}"), BTreeMap::new()),
    };
    let newest = schema.migrations.iter().rev().find(|one| one.standing != Standing::Pending);
    let newest = newest.map_or("empty", |one| one.name.as_str());
    let said = format!("{:?}, {newest}", schema.backend);
    // To open it otherwise would change it.
    let counts =
        if at_head(&schema) { counts(database).await.unwrap_or_default() } else { BTreeMap::new() };
    (said, counts)
}

fn at_head(schema: &Schema) -> bool {
    schema.exists && schema.migrations.iter().all(|one| one.standing == Standing::Applied)
}

async fn counts(database: &DatabaseConfig) -> Result<BTreeMap<String, u64>, StoreError> {
    let store = Store::open(&database.store).await?;
    let guilds = store.remembered_guilds().await?;
    let mut games = 0;
    for guild in &guilds {
        games += store.games_of_guild(*guild).await?.len();
    }
    store.close().await?;
    let counted = [("servers", guilds.len()), ("games", games)];
    Ok(counted.map(|(what, count)| (what.to_owned(), count as u64)).into())
}

fn checksums() -> Vec<Checksum> {
    let program = std::env::current_exe()
        .map(|path| Checksum { sha256: of_file(&path), file: path.display().to_string() });
    let template = settings::render::dotenv();
    let template = Checksum {
        file: "gamekeeper config template".to_owned(),
        sha256: Some(hex(digest::digest(&digest::SHA256, template.as_bytes()).as_ref())),
    };
    let units = UNITS.iter().filter(|unit| Path::new(unit).exists());
    let units =
        units.map(|unit| Checksum { file: (*unit).to_owned(), sha256: of_file(Path::new(unit)) });
    program.into_iter().chain([template]).chain(units).collect()
}

fn of_file(path: &Path) -> Option<String> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut context = digest::Context::new(&digest::SHA256);
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece).ok()?;
        if length == 0 {
            return Some(hex(context.finish().as_ref()));
        }
        context.update(piece.get(..length)?);
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::of_file;

    #[test]
    fn a_file_has_the_checksum_that_everybody_computes() {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(b"abc").expect("written");
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of_file(file.path()).as_deref(), Some(known));
        assert_eq!(of_file(std::path::Path::new("/nowhere/at/all")), None);
    }
}
