//! A locked file beside an SQLite database, that goes with the last who has it: nobody who looks into
//! the directory finds what he did not put there.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};

/// Locked until it is dropped, or the process ends.
#[derive(Debug)]
pub(crate) struct HoldFile {
    file: File,
    path: PathBuf,
}

impl HoldFile {
    /// Locks it, alone or shared; none while somebody else's lock is in the way.
    pub(crate) fn lock(database: &Path, how: FlockOperation) -> io::Result<Option<Self>> {
        let mut path = database.to_owned();
        path.as_mut_os_string().push(".hold");
        loop {
            let file = open(&path)?;
            match flock(&file, how) {
                Ok(()) => {}
                Err(Errno::WOULDBLOCK) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
            // Whoever had it before may have removed it after it was opened here.
            if is_there(&file, &path) {
                return Ok(Some(Self { file, path }));
            }
        }
    }
}

impl Drop for HoldFile {
    fn drop(&mut self) {
        // It is removed by whoever has it alone, and only what stands there now: on the way from a
        // shared lock to that, somebody else may have had it.
        let alone = flock(&self.file, FlockOperation::NonBlockingLockExclusive).is_ok();
        if alone && is_there(&self.file, &self.path) {
            // Left there, it is in nobody's way.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Made when it is not there.
fn open(path: &Path) -> io::Result<File> {
    let made = OpenOptions::new().create(true).truncate(false).write(true).open(path);
    match made {
        // Another user's; a lock needs no right to write.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => File::open(path),
        made => made,
    }
}

/// Whether it is this very file that has the name.
fn is_there(file: &File, path: &Path) -> bool {
    let Ok(own) = file.metadata() else { return false };
    fs::metadata(path).is_ok_and(|there| (there.dev(), there.ino()) == (own.dev(), own.ino()))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use rustix::fs::FlockOperation::{NonBlockingLockExclusive, NonBlockingLockShared};

    use super::HoldFile;

    #[test]
    fn it_goes_with_the_last_who_has_it() {
        let home = tempfile::tempdir().unwrap();
        let (database, file) = (home.path().join("x.db"), home.path().join("x.db.hold"));
        let shared = || HoldFile::lock(&database, NonBlockingLockShared).unwrap();
        let alone = || HoldFile::lock(&database, NonBlockingLockExclusive).unwrap();
        let (one, other) = (shared().unwrap(), shared().unwrap());
        assert!(alone().is_none());
        drop(one);
        assert!(file.exists() && alone().is_none());
        drop(other);
        assert!(!file.exists());
        let one = alone().unwrap();
        assert!(shared().is_none() && alone().is_none());
        drop(one);
        assert!(!file.exists());
    }

    #[test]
    fn however_many_want_it_there_is_never_another_beside_one_who_has_it_alone() {
        let home = tempfile::tempdir().unwrap();
        let database = home.path().join("x.db");
        let (alone, had) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let (database, alone, had) = (&database, &alone, &had);
                scope.spawn(move || {
                    for round in 0..500 {
                        if (thread + round) % 3 == 0 {
                            drop(HoldFile::lock(database, NonBlockingLockShared).unwrap());
                        } else if let Some(held) =
                            HoldFile::lock(database, NonBlockingLockExclusive).unwrap()
                        {
                            assert_eq!(alone.fetch_add(1, Ordering::SeqCst), 0);
                            std::thread::yield_now();
                            alone.fetch_sub(1, Ordering::SeqCst);
                            had.fetch_add(1, Ordering::SeqCst);
                            drop(held);
                        }
                    }
                });
            }
        });
        assert!(had.into_inner() > 0);
    }
}
