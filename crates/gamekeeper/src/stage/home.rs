//! Where a stage's database lives, and that nothing of it is left behind.

use std::path::{Path, PathBuf};

use store::{Scratch, StoreConfig};

use crate::exit::Stop;

/// Connections to a database that serves one stage.
const CONNECTIONS: u32 = 4;

pub(super) enum Home {
    Temporary(tempfile::TempDir),
    Kept(PathBuf),
    /// The database is on a server, and the folder empty.
    Server(Box<Scratch>, tempfile::TempDir),
}

impl Home {
    /// In the directory where one is named, else on the server, else in a temporary directory.
    pub(super) async fn make(data: Option<&Path>, postgres: Option<&str>) -> Result<Self, Stop> {
        if let Some(data) = data {
            std::fs::create_dir_all(data)
                .map_err(|p| Stop::Unavailable(format!("{}: {p}", data.display())))?;
            return Ok(Self::Kept(data.to_owned()));
        }
        let folder = tempfile::tempdir()
            .map_err(|p| Stop::Unavailable(format!("no temporary directory: {p}")))?;
        let Some(server) = postgres else { return Ok(Self::Temporary(folder)) };
        let scratch = Scratch::create(server, "stage")
            .await
            .map_err(|p| Stop::Unavailable(format!("no database on PostgreSQL: {p}")))?;
        Ok(Self::Server(Box::new(scratch), folder))
    }

    /// A folder of the stage's own.
    pub(super) fn folder(&self) -> &Path {
        match self {
            Self::Temporary(folder) | Self::Server(_, folder) => folder.path(),
            Self::Kept(folder) => folder,
        }
    }

    pub(super) fn database(&self) -> StoreConfig {
        match self {
            Self::Server(scratch, _) => scratch.config(CONNECTIONS),
            Self::Temporary(_) | Self::Kept(_) => {
                StoreConfig::sqlite_file(&self.folder().join("gamekeeper.db"))
            }
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let Self::Server(scratch, _) = self else { return };
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
