//! One story, two databases.

use std::{io::Write, path::Path, sync::Once, time::Duration};

use backup::{Place, Settings};
use store::{Scratch, Store, StoreConfig};

/// Where a PostgreSQL server is that tests may make databases on.
const SERVER: &str = "GAMEKEEPER_TEST_POSTGRES";

/// Makes two tests out of each story, one for each database.
macro_rules! both {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                crate::both::on_sqlite(super::$story).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                crate::both::on_postgres(super::$story).await;
            })+
        }
    };
}
pub(crate) use both;

/// A database of the story's own, empty when it starts, and a directory for its backups.
pub(crate) struct Db {
    pub(crate) config: StoreConfig,
    pub(crate) folder: tempfile::TempDir,
}

impl Db {
    /// The store, with its schema.
    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.config).await.unwrap()
    }

    /// The installation, with the usual settings.
    pub(crate) fn place(&self) -> Place {
        place(self.config.clone(), &self.folder.path().join("backups"))
    }

    /// Whether it is a server's.
    pub(crate) fn on_server(&self) -> bool {
        self.config.file().is_none()
    }
}

/// An installation with this database and these backups.
pub(crate) fn place(database: StoreConfig, dir: &Path) -> Place {
    Place {
        database,
        app: "0.1.0".to_owned(),
        instance: "test".to_owned(),
        lease: Duration::from_secs(90),
        settings: Settings::new(dir),
    }
}

/// An empty database of the other kind; none where that needs a server and there is none.
pub(crate) async fn other_kind(db: &Db) -> Option<(StoreConfig, Option<Scratch>)> {
    if db.on_server() {
        return Some((StoreConfig::sqlite_file(&db.folder.path().join("other.db")), None));
    }
    let scratch = Scratch::create(&std::env::var(SERVER).ok()?, "test").await.unwrap();
    Some((scratch.config(8), Some(scratch)))
}

pub(crate) async fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(Db) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let config = StoreConfig::sqlite_file(&folder.path().join("gamekeeper.db"));
    story(Db { config, folder }).await;
}

pub(crate) async fn on_postgres<F>(story: impl FnOnce(Db) -> F)
where
    F: Future<Output = ()> + 'static,
{
    static SAY: Once = Once::new();
    let Ok(server) = std::env::var(SERVER) else {
        // Past the test runner, which hides what passing tests print.
        let text = format!("skipped: {SERVER} does not say where a PostgreSQL server is\n");
        SAY.call_once(|| std::io::stderr().write_all(text.as_bytes()).unwrap());
        return;
    };
    let scratch = Scratch::create(&server, "test").await.unwrap();
    let db = Db { config: scratch.config(8), folder: tempfile::tempdir().unwrap() };
    // In a task of its own, so that the database is dropped when the story fails, too.
    let here = tokio::task::LocalSet::new();
    let told = here.run_until(here.spawn_local(story(db))).await;
    scratch.drop_database().await.unwrap();
    if let Err(failed) = told {
        std::panic::resume_unwind(failed.into_panic());
    }
}
