//! From the schema before to this one and back, while people go on: nothing is lost.
//!
//! What the version before had is recorded in `fixtures/m0004.jsonl`: rows of a played-through guild,
//! one a line.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use gamekeeper::{
    backup::before_migrating,
    child::Program,
    config::BackupConfig,
    stage::{
        Stage,
        verbs::{Told, until},
    },
};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, Statement};
use serde::Deserialize;
use settings::Settings;
use store::{
    Scratch, Store, StoreConfig,
    archive::{Kept, Row},
    migration,
};

use crate::{program::gamekeeper, scene::server};

const BEFORE: &str = "m0004_servers";
const RECORDED: &str = include_str!("../fixtures/m0004.jsonl");

#[derive(Deserialize)]
struct Recorded {
    table: String,
    row: Row,
}

fn recorded() -> Told<Vec<Recorded>> {
    RECORDED.lines().map(|line| serde_json::from_str(line).map_err(|e| e.to_string())).collect()
}

/// A database as the version before has left it.
async fn as_before(config: &StoreConfig) -> Told<()> {
    let wrong = |e: store::StoreError| e.to_string();
    let store = migration::open_at(config, BEFORE).await.map_err(wrong)?;
    let refill = store.refill().await.map_err(wrong)?;
    for Recorded { table, row } in recorded()? {
        refill.insert(&table, &[row]).await.map_err(wrong)?;
    }
    refill.finish(Kept::Everything).await.map_err(wrong)?;
    store.close().await.map_err(wrong)
}

/// Everything of the recorded tables that is there, by key; only the columns that the version before
/// knows.
async fn missing(config: &StoreConfig) -> Told<Vec<String>> {
    let wrong = |e: store::StoreError| e.to_string();
    let store = Store::open_as_is(config).await.map_err(wrong)?.ok_or("no database")?;
    let snapshot = store.snapshot().await.map_err(wrong)?;
    let mut there = Vec::new();
    for shape in snapshot.shapes().await.map_err(wrong)? {
        let mut rows = snapshot.rows(&shape, None).await.map_err(wrong)?;
        loop {
            let batch = rows.next().await.map_err(wrong)?;
            if batch.is_empty() {
                break;
            }
            there.extend(batch.into_iter().map(|mut row| {
                row.remove("told");
                format!("{} {}", shape.table.name, serde_json::Value::Object(row))
            }));
        }
    }
    drop(snapshot);
    store.close().await.map_err(wrong)?;
    let wanted = recorded()?.into_iter();
    let wanted = wanted.map(|it| format!("{} {}", it.table, serde_json::Value::Object(it.row)));
    Ok(wanted.filter(|row| !there.contains(row)).collect())
}

/// What a process of the version before goes on to write, in its own statements.
struct Before {
    on: Arc<AtomicBool>,
    written: Arc<AtomicI64>,
    task: tokio::task::JoinHandle<Told<()>>,
}

impl Before {
    fn goes_on(config: &StoreConfig) -> Self {
        let (on, written) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicI64::new(0)));
        let (going, count, url) = (on.clone(), written.clone(), config.url.clone());
        let task = tokio::spawn(async move {
            let wrong = |e: sea_orm::DbErr| e.to_string();
            let mut options = ConnectOptions::new(url);
            options.max_connections(1).sqlx_logging(false);
            let db = Database::connect(options).await.map_err(wrong)?;
            while going.load(Ordering::Relaxed) {
                let n = count.load(Ordering::Relaxed) + 1;
                for sql in [
                    format!(
                        "INSERT INTO audit (guild_id, kind, outcome, correlation, unlogged, created_at) \
                         VALUES (77, 'game_edited', 'done', 'load', FALSE, {n})"
                    ),
                    format!(
                        "INSERT INTO server (guild_id, source, place, name, module, gone, watch, \
                         muted_until, updated_at) \
                         VALUES (77, 'amp:load', 'p{n}', 'x', 'x', FALSE, '{{}}', 0, {n})"
                    ),
                ] {
                    db.execute_unprepared(&sql).await.map_err(wrong)?;
                }
                count.store(n, Ordering::Relaxed);
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            db.close().await.map_err(wrong)
        });
        Self { on, written, task }
    }

    fn written(&self) -> i64 {
        self.written.load(Ordering::Relaxed)
    }

    async fn writes_more(&self) -> Told<()> {
        let before = self.written();
        until("the version before to go on", || async {
            (self.task.is_finished() || self.written() > before + 3).then_some(())
        })
        .await
    }

    /// Whether it ever met an error; answers how much it wrote.
    async fn ends(self) -> Told<i64> {
        self.on.store(false, Ordering::Relaxed);
        self.task.await.map_err(|e| e.to_string())??;
        Ok(self.written.load(Ordering::Relaxed))
    }
}

async fn count(config: &StoreConfig, sql: &str) -> Told<i64> {
    let db = Database::connect(&config.url).await.map_err(|e| e.to_string())?;
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(statement).await.map_err(|e| e.to_string())?.ok_or("no row")?;
    let n = row.try_get("", "n").map_err(|e| e.to_string())?;
    db.close().await.map_err(|e| e.to_string())?;
    Ok(n)
}

fn say(home: &Path, config: &StoreConfig, arguments: &[&str]) -> Told<String> {
    let path = std::env::var("PATH").unwrap_or_default();
    let settings = [("DATABASE_URL", config.url.as_str()), ("PATH", path.as_str())];
    let output = gamekeeper(home, &settings).args(arguments).output().expect("the program starts");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    if output.status.code() == Some(0) { Ok(said) } else { Err(format!("{arguments:?}: {said}")) }
}

async fn there_and_back(config: StoreConfig) -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let home = home.path();
    as_before(&config).await?;
    assert_eq!(missing(&config).await?, [""; 0]);
    let said = say(home, &config, &["upgrade-check"])?;
    assert!(
        said.contains("expand   m0005_server_alerts") && said.contains("go on while you upgrade"),
        "{said}"
    );

    let before = Before::goes_on(&config);
    before.writes_more().await?;
    let said = say(home, &config, &["migrate", "up"])?;
    assert!(
        said.contains("backup   gamekeeper-") && said.contains("applied  m0005_server_alerts"),
        "{said}"
    );
    before.writes_more().await?;
    assert_eq!(missing(&config).await?, [""; 0], "after going up");

    // The new version is at work beside it.
    let new = Store::open(&config).await.map_err(|e| e.to_string())?;
    let servers: Vec<_> = new
        .servers_from("amp:load")
        .await
        .map_err(|e| e.to_string())?
        .into_iter()
        .take(3)
        .collect();
    for server in &servers {
        new.told_alerts(server.id, 9).await.map_err(|e| e.to_string())?;
    }
    before.writes_more().await?;
    new.close().await.map_err(|e| e.to_string())?;
    assert!(say(home, &config, &["upgrade-check"])?.contains("nothing to do"));

    // And back, with the version before still at it.
    let said = say(home, &config, &["migrate", "down", "--to", "m0004"])?;
    assert!(
        said.contains("backup   gamekeeper-") && said.contains("undone   m0005_server_alerts"),
        "{said}"
    );
    before.writes_more().await?;
    let written = before.ends().await?;
    assert_eq!(missing(&config).await?, [""; 0], "after going back");
    let entries = "SELECT COUNT(*) AS n FROM audit WHERE guild_id = 77";
    assert_eq!(count(&config, entries).await?, written);
    let servers = "SELECT COUNT(*) AS n FROM server WHERE guild_id = 77";
    assert_eq!(count(&config, servers).await?, written);
    // What was made on the way is whole, each at its own schema.
    let list = say(home, &config, &["backup", "list", "--json"])?;
    let list: serde_json::Value = serde_json::from_str(&list).map_err(|e| e.to_string())?;
    let schemas: Vec<_> = list
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| one["manifest"]["schema"].clone())
        .collect();
    assert_eq!(schemas, ["m0005_server_alerts", BEFORE], "newest first");
    for one in list.as_array().into_iter().flatten() {
        let name = one["name"].as_str().unwrap_or_default();
        say(home, &config, &["backup", "verify", name])?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn there_and_back_under_load_loses_nothing_on_sqlite() -> Told<()> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    there_and_back(StoreConfig::sqlite_file(&folder.path().join("gamekeeper.db"))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn there_and_back_under_load_loses_nothing_on_postgres() -> Told<()> {
    let Some(server) = server() else { return crate::scene::skip() };
    let scratch = Scratch::create(&server, "upgrade").await.map_err(|e| e.to_string())?;
    let told = there_and_back(scratch.config(4)).await;
    scratch.drop_database().await.map_err(|e| e.to_string())?;
    told
}

/// The bot itself, started on what the version before has left.
#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_upgrades_makes_a_backup_first() -> Told<()> {
    let stage = Stage::empty(crate::scene::setup()).await.map_err(|stop| stop.to_string())?;
    let config = stage.database_config();
    as_before(&config).await?;
    let program = Program::at(env!("CARGO_BIN_EXE_gamekeeper")).set("DATABASE_URL", &config.url);
    let bot = program.start(&stage.discord, stage.folder())?;
    bot.ready().await?;
    let backups = stage.folder().join("backups");
    let made = std::fs::read_dir(&backups).map_err(|e| e.to_string())?;
    let made: Vec<_> = made
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "json"))
        .collect();
    let [manifest] = made.as_slice() else { return Err(format!("one was expected: {made:?}")) };
    let text = std::fs::read_to_string(backups.join(manifest)).map_err(|e| e.to_string())?;
    assert!(text.contains(BEFORE), "{text}");
    bot.stop().await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_nobody_knows_is_told() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let config = StoreConfig::sqlite_file(&home.path().join("gamekeeper.db"));
    as_before(&config).await?;
    let error = say(home.path(), &config, &["migrate", "down", "--to", "9.9.9"]).unwrap_err();
    assert!(error.contains("`9.9.9` is no version") && error.contains("0.1.0"), "{error}");
    // Where it is already, there is nothing to do, and no backup either.
    let said = say(home.path(), &config, &["migrate", "down", "--to", "0.1.0"])?;
    assert_eq!(said, "nothing to do\n");
    Ok(())
}

/// A supervisor may start a bot whose change of the schema fails every few seconds.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_fails_again_and_again_makes_one_backup() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let settings =
        Settings::of([("GAMEKEEPER_DATA_DIR", home.path().to_str().unwrap_or_default())]);
    let config = BackupConfig::read(&settings).map_err(|e| e.to_string())?;
    as_before(&config.place.database).await?;
    let mut made = Vec::new();
    for _ in 0..3 {
        made.push(before_migrating(&config).await.map_err(|e| e.to_string())?.is_some());
    }
    assert_eq!(made, [true, false, false]);
    // Where it is gone, another one is due.
    for entry in fs::read_dir(&config.place.settings.dir).map_err(|e| e.to_string())? {
        fs::remove_file(entry.map_err(|e| e.to_string())?.path()).map_err(|e| e.to_string())?;
    }
    assert!(before_migrating(&config).await.map_err(|e| e.to_string())?.is_some());
    Ok(())
}
