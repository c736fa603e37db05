//! An object store as the second place.

use std::{path::Path, sync::Arc};

use futures_util::StreamExt;
use object_store::{
    Error, ObjectStore, ObjectStoreExt as _, PutPayload, Result, WriteMultipart, path::Path as Key,
};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncWriteExt as _},
};

use crate::BackupError;

/// Parts in which an archive goes up; S3 takes none that is smaller.
const PART: usize = 8 << 20;
/// Parts on the way at once: what bounds the memory.
const AT_ONCE: usize = 2;

/// See the module.
#[derive(Clone)]
pub(super) struct Bucket {
    pub(super) store: Arc<dyn ObjectStore>,
    pub(super) prefix: Key,
}

impl Bucket {
    fn key(&self, name: &str) -> Key {
        self.prefix.clone().join(name)
    }

    /// Names and bytes of what stands there itself.
    pub(super) async fn list(&self) -> Result<Vec<(String, u64)>> {
        let mut found = Vec::new();
        let mut entries = self.store.list(Some(&self.prefix));
        while let Some(entry) = entries.next().await {
            let entry = entry?;
            // Somebody may have a place of his own below.
            let direct = entry.location.parts_count() == self.prefix.parts_count() + 1;
            if let Some(name) = entry.location.filename().filter(|_| direct) {
                found.push((name.to_owned(), entry.size));
            }
        }
        Ok(found)
    }

    /// Takes a file there in parts. The inner error is about the file.
    pub(super) async fn put(&self, mut file: File, name: &str) -> Result<std::io::Result<()>> {
        let upload = self.store.put_multipart(&self.key(name)).await?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer).await {
                Ok(0) => break,
                Ok(read) => {
                    upload.wait_for_capacity(AT_ONCE).await?;
                    upload.write(&buffer[..read]);
                }
                Err(error) => {
                    upload.abort().await?;
                    return Ok(Err(error));
                }
            }
        }
        upload.finish().await?;
        Ok(Ok(()))
    }

    /// Takes something small there.
    pub(super) async fn put_small(&self, body: Vec<u8>, name: &str) -> Result<()> {
        self.store.put(&self.key(name), PutPayload::from(body)).await.map(drop)
    }

    /// Fetches an object into a file. The inner error is about the file.
    pub(super) async fn get(
        &self,
        name: &str,
        file: &mut File,
        into: &Path,
    ) -> Result<std::result::Result<(), BackupError>> {
        let mut parts = self.store.get(&self.key(name)).await?.into_stream();
        while let Some(part) = parts.next().await {
            if let Err(error) = file.write_all(&part?).await {
                return Ok(Err(BackupError::io(into, &error)));
            }
        }
        Ok(file.flush().await.map_err(BackupError::at(into)))
    }

    /// Something small; none where it is not there.
    pub(super) async fn get_small(&self, name: &str) -> Result<Option<Vec<u8>>> {
        match self.store.get(&self.key(name)).await {
            Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes an object, if it is there.
    pub(super) async fn remove(&self, name: &str) -> Result<()> {
        match self.store.delete(&self.key(name)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// What went wrong, without addresses that carry a signature.
pub(super) fn plain(error: &Error) -> String {
    let text = error.to_string();
    let words = text.split(' ').map(|word| match word.split_once('?') {
        Some((address, _)) if address.contains("://") => address,
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}
