//! One story, two databases.

use std::{io::Write, sync::Once};

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};
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

/// A database of the story's own, empty when it starts.
pub(crate) struct Db {
    pub(crate) config: StoreConfig,
}

impl Db {
    /// The store, with its schema.
    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.config).await.unwrap()
    }

    /// The database past the store, for what the store would never write.
    pub(crate) async fn past_the_store(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(&self.config.url);
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options).await.unwrap()
    }

    /// Runs one statement past the store.
    pub(crate) async fn run(&self, sql: &str) {
        let db = self.past_the_store().await;
        db.execute_unprepared(sql).await.unwrap();
        db.close().await.unwrap();
    }
}

pub(crate) async fn on_sqlite<F: Future<Output = ()>>(story: impl FnOnce(Db) -> F) {
    let folder = tempfile::tempdir().unwrap();
    story(Db { config: StoreConfig::sqlite_file(&folder.path().join("gamekeeper.db")) }).await;
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
    let db = Db { config: scratch.config(8) };
    // In a task of its own, so that the database is dropped when the story fails, too.
    let here = tokio::task::LocalSet::new();
    let told = here.run_until(here.spawn_local(story(db))).await;
    scratch.drop_database().await.unwrap();
    if let Err(failed) = told {
        std::panic::resume_unwind(failed.into_panic());
    }
}
