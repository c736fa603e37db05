//! Where a stage's database lives, and that nothing of it is left behind.

use std::path::{Path, PathBuf};

use store::{Scratch, StoreConfig};

use crate::exit::Stop;

/// Connections to a database that serves one stage.
const CONNECTIONS: u32 = 4;

pub(super) enum Home {
    Temporary(tempfile::TempDir),
    Kept(PathBuf),
    Server(Box<Scratch>),
}

impl Home {
    /// On the server where one is named, else in the directory, else in a temporary one.
    pub(super) async fn make(data: Option<&Path>, postgres: Option<&str>) -> Result<Self, Stop> {
        if let Some(server) = postgres {
            let scratch = Scratch::create(server, "stage").await;
            return scratch
                .map(|scratch| Self::Server(Box::new(scratch)))
                .map_err(|p| Stop::Unavailable(format!("no database on PostgreSQL: {p}")));
        }
        let Some(data) = data else {
            return tempfile::tempdir()
                .map(Self::Temporary)
                .map_err(|p| Stop::Unavailable(format!("no temporary directory: {p}")));
        };
        std::fs::create_dir_all(data)
            .map_err(|p| Stop::Unavailable(format!("{}: {p}", data.display())))?;
        Ok(Self::Kept(data.to_owned()))
    }

    pub(super) fn database(&self) -> StoreConfig {
        let file = |dir: &Path| StoreConfig::sqlite_file(&dir.join("gamekeeper.db"));
        match self {
            Self::Temporary(dir) => file(dir.path()),
            Self::Kept(dir) => file(dir),
            Self::Server(scratch) => scratch.config(CONNECTIONS),
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let Self::Server(scratch) = self else { return };
        let scratch = scratch.clone();
        // A runtime must not be waited for inside another one, so a thread of its own does it.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let dropped = runtime.map(|runtime| runtime.block_on(scratch.drop_database()));
            if let Ok(Err(error)) = dropped {
                tracing::warn!(%error, "a database was left behind on the server");
            }
        });
        let _ = dropping.join();
    }
}
