//! One at a time in a directory.

use std::{
    fs::{DirBuilder, File},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::Path,
};

use rustix::fs::{FlockOperation, flock};

use crate::{BackupError, Refusal};

/// Held until it is dropped, or the process ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the directory, made when it is not there, for nobody else's eyes.
    pub(crate) fn take(dir: &Path) -> Result<Self, BackupError> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
        made.map_err(BackupError::at(dir))?;
        let path = dir.join(".lock");
        let file = File::options().create(true).truncate(false).write(true).mode(0o600).open(&path);
        let file = file.map_err(BackupError::at(&path))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {
                clean(dir);
                Ok(Self { _file: file })
            }
            Err(rustix::io::Errno::WOULDBLOCK) => Err(Refusal::Busy(dir.to_owned()).into()),
            Err(error) => Err(BackupError::io(&path, &error.into())),
        }
    }
}

/// What work under way is called; a process that was killed leaves it behind.
pub(crate) const PART: &str = ".part-";

/// Removes what killed processes left. Only under the lock, or it would be somebody's.
fn clean(dir: &Path) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(PART) {
            tracing::info!(left = %entry.path().display(), "something half is removed");
            let path = entry.path();
            let removed = if path.is_dir() {
                std::fs::remove_dir_all(&path)
            } else {
                std::fs::remove_file(&path)
            };
            if let Err(error) = removed {
                tracing::warn!(%error, left = %entry.path().display(), "it cannot be removed");
            }
        }
    }
}

/// A directory for work under way, removed when it is dropped.
pub(crate) fn workshop(dir: &Path) -> Result<tempfile::TempDir, BackupError> {
    tempfile::Builder::new().prefix(PART).tempdir_in(dir).map_err(BackupError::at(dir))
}
