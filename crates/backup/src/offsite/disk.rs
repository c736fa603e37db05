//! A directory of another disk as the second place.
//!
//! The disk may be away for a while. Its directory is never made: it would be one on the disk below, and
//! pass for the second place.

use std::{
    fs,
    io::{Error, ErrorKind, Result},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tokio::{fs::File, io::AsyncWriteExt as _};

use crate::lock::PART;

/// A copy that is on its way for so long was given up. Other processes may copy to the same place.
const STALE: Duration = Duration::from_hours(24);

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Disk(pub(super) PathBuf);

impl Disk {
    /// The directory, which has to be there.
    async fn dir(&self) -> Result<&Path> {
        let dir = self.0.as_path();
        let wrong = |kind, what: &str| {
            Error::new(kind, format!("{what}. Mount its disk; if it is to be there, make it"))
        };
        match tokio::fs::metadata(dir).await {
            Ok(meta) if meta.is_dir() => Ok(dir),
            Ok(_) => Err(wrong(ErrorKind::NotADirectory, "it is no directory")),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(wrong(ErrorKind::NotFound, "the directory is not there"))
            }
            Err(error) => Err(error),
        }
    }

    /// Names and bytes of the files that stand there themselves.
    pub(super) async fn list(&self) -> Result<Vec<(String, u64)>> {
        let mut entries = tokio::fs::read_dir(self.dir().await?).await?;
        let mut found = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            let Ok(name) = entry.file_name().into_string() else { continue };
            match entry.metadata().await {
                Ok(meta) if meta.is_file() => found.push((name, meta.len())),
                Ok(_) => {}
                // Another process removes old ones.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    /// Takes a file there: for its owner's eyes, whole or not at all.
    pub(super) async fn put(&self, mut from: File, name: &str) -> Result<()> {
        let dir = self.dir().await?;
        clear(dir);
        // For nobody else to read, and removed where this is given up.
        let part = tempfile::Builder::new().prefix(PART).tempfile_in(dir)?;
        let mut into = File::from_std(part.reopen()?);
        tokio::io::copy(&mut from, &mut into).await?;
        into.flush().await?;
        into.sync_all().await?;
        part.persist(dir.join(name)).map_err(|error| error.error)?;
        File::open(dir).await?.sync_all().await
    }

    /// A file that is there; none where it is not.
    pub(super) async fn get(&self, name: &str) -> Result<Option<File>> {
        match File::open(self.dir().await?.join(name)).await {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a file, if it is there.
    pub(super) async fn remove(&self, name: &str) -> Result<()> {
        match tokio::fs::remove_file(self.dir().await?.join(name)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Removes what killed processes left long ago.
fn clear(dir: &Path) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PART);
        let changed = entry.metadata().and_then(|meta| meta.modified());
        let age = changed.ok().and_then(|at| SystemTime::now().duration_since(at).ok());
        if ours && age.is_some_and(|age| age > STALE) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
