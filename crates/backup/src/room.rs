//! Whether there is room, before it is needed.

use std::path::Path;

use crate::BackupError;

/// For the archive's own parts, and so as not to take the last byte.
const SPARE: u64 = 16 << 20;

/// Refuses to begin where what is to come would not fit.
pub(crate) fn check(place: &Path, needed: u64) -> Result<(), BackupError> {
    let stat = rustix::fs::statvfs(place)
        .map_err(|error| BackupError::io(place, &std::io::Error::from(error)))?;
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let needed = needed.saturating_add(SPARE);
    if free < needed {
        return Err(BackupError::NoRoom { place: place.to_owned(), needed, free });
    }
    Ok(())
}
