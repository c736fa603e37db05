//! Where a stage's database lives, what trouble it may have, and that nothing of it is left behind.

use std::path::{Path, PathBuf};

use store::{Scratch, Store, StoreConfig, Tx};
use tokio::sync::Mutex;

use super::outage::{Line, Outage};
use crate::exit::Stop;

/// Connections to a database that serves one stage.
const CONNECTIONS: u32 = 4;

enum Place {
    Temporary(tempfile::TempDir),
    Kept(PathBuf),
    /// The database is on a server, and the folder empty.
    Server(Box<Scratch>, tempfile::TempDir),
}

pub(super) struct Home {
    place: Place,
    /// In front of the server, where trouble is wanted.
    line: Option<Outage>,
    /// SQLite's trouble: somebody else who has the lock.
    rival: Mutex<Option<Tx>>,
}

impl Home {
    /// Makes the place. With `outages` there is a line before a server that can be cut.
    pub(super) async fn make(
        data: Option<&Path>,
        postgres: Option<&str>,
        outages: bool,
    ) -> Result<Self, Stop> {
        let place = Place::make(data, postgres).await?;
        let mut home = Self { place, line: None, rival: Mutex::default() };
        if outages && let Place::Server(..) = home.place {
            let config = home.database();
            let (_, server) = server_of(&config.url)
                .ok_or_else(|| Stop::Unavailable("the server's address has no host".to_owned()))?;
            let line = Outage::before(server)
                .await
                .map_err(|p| Stop::Unavailable(format!("no line to PostgreSQL: {p}")))?;
            home.line = Some(line);
        }
        Ok(home)
    }

    /// A folder of the stage's own.
    pub(super) fn folder(&self) -> &Path {
        self.place.folder()
    }

    pub(super) fn database(&self) -> StoreConfig {
        let direct = self.place.database();
        let Some(line) = &self.line else { return direct };
        let Some((named, _)) = server_of(&direct.url) else { return direct };
        let url = direct.url.replacen(&named, &line.address().to_string(), 1);
        StoreConfig { url, ..direct }
    }

    /// What becomes of the database from now on. On SQLite, whatever is not "through" is a lock
    /// that somebody else holds.
    pub(super) async fn trouble(&self, line: Line) -> Result<(), store::StoreError> {
        if let Some(outage) = &self.line {
            outage.set(line);
            return Ok(());
        }
        let mut rival = self.rival.lock().await;
        match (line, rival.is_some()) {
            (Line::Through, _) => drop(rival.take()),
            (_, true) => {}
            (_, false) => *rival = Some(Store::open(&self.database()).await?.begin().await?),
        }
        Ok(())
    }
}

impl Place {
    /// In the directory where one is named, else on the server, else in a temporary directory.
    async fn make(data: Option<&Path>, postgres: Option<&str>) -> Result<Self, Stop> {
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

    fn folder(&self) -> &Path {
        match self {
            Self::Temporary(folder) | Self::Server(_, folder) => folder.path(),
            Self::Kept(folder) => folder,
        }
    }

    fn database(&self) -> StoreConfig {
        match self {
            Self::Server(scratch, _) => scratch.config(CONNECTIONS),
            Self::Temporary(_) | Self::Kept(_) => {
                StoreConfig::sqlite_file(&self.folder().join("gamekeeper.db"))
            }
        }
    }
}

/// Host and port of a URL, as written and with the port that it means.
fn server_of(url: &str) -> Option<(String, String)> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?']).next()?;
    let host = authority.rsplit('@').next().filter(|host| !host.is_empty())?;
    let has_port = host.rsplit(':').next().is_some_and(|port| port.parse::<u16>().is_ok());
    let full = if has_port { host.to_owned() } else { format!("{host}:5432") };
    Some((host.to_owned(), full))
}

impl Drop for Home {
    fn drop(&mut self) {
        let Place::Server(scratch, _) = &self.place else { return };
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

#[cfg(test)]
mod tests {
    use super::server_of;

    #[test]
    fn finds_the_server_in_an_address() {
        let found = |url| server_of(url).map(|(_, full)| full);
        assert_eq!(found("postgres://me:p@ss@db:6000/x?y=@z"), Some("db:6000".to_owned()));
        assert_eq!(found("postgresql://127.0.0.1/x"), Some("127.0.0.1:5432".to_owned()));
        assert_eq!(found("postgresql:///x"), None);
    }
}
