//! The second place: any object store by its address, or a directory of another disk.
//!
//! Credentials are the providers' own variables (`AWS_…`, `AZURE_…`, `GOOGLE_…`); they go to the client
//! and nowhere else.

use std::{path::Path, sync::Arc, time::Duration};

use futures_util::StreamExt;
use object_store::{
    ClientOptions, ObjectStore, ObjectStoreExt as _, ObjectStoreScheme, PutPayload, WriteMultipart,
    local::LocalFileSystem, path::Path as Key,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use url::Url;

use crate::{BackupError, Manifest, Mistake, manifest};

/// Small questions.
const SOON: Duration = Duration::from_mins(2);
/// A whole archive, up or down.
const LONG: Duration = Duration::from_hours(6);
/// Parts in which an archive goes up; S3 takes none that is smaller.
const PART: usize = 8 << 20;
/// Parts on the way at once: what bounds the memory.
const AT_ONCE: usize = 2;

/// A second place.
#[derive(Clone)]
pub struct Offsite {
    store: Arc<dyn ObjectStore>,
    prefix: Key,
    shown: String,
}

/// Without its parameters, and without what an address may hold of a password.
impl std::fmt::Debug for Offsite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Offsite({})", self.shown)
    }
}

impl Offsite {
    /// The place at an address, with the environment's credentials.
    pub fn open(
        address: &str,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, BackupError> {
        let bad = |what: &str| Mistake::BadUrl(what.to_owned());
        let url = Url::parse(address).map_err(|error| bad(&format!("is no address: {error}")))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(
                bad("must not hold a user or password; set the provider's variables").into()
            );
        }
        let shown =
            format!("{}://{}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path());
        let (scheme, path) = ObjectStoreScheme::parse(&url)
            .map_err(|_| bad(&format!("is of a kind that is not known: `{}`", url.scheme())))?;
        let ours = ["aws_", "azure_", "google_"];
        let options = environment.map(|(name, value)| (name.to_ascii_lowercase(), value));
        let options = options.filter(|(name, _)| ours.iter().any(|ours| name.starts_with(ours)));
        let wrong = |error: object_store::Error| BackupError::Offsite(plain(&error));
        let (store, prefix): (Arc<dyn ObjectStore>, Key) = match scheme {
            ObjectStoreScheme::Local => {
                // A disk that is not mounted must not be taken for an empty one: the directory has to
                // be there.
                let root = LocalFileSystem::new_with_prefix(url.path()).map_err(wrong)?;
                (Arc::new(root.with_fsync(true)), Key::default())
            }
            ObjectStoreScheme::AmazonS3
            | ObjectStoreScheme::GoogleCloudStorage
            | ObjectStoreScheme::MicrosoftAzure => {
                let (store, prefix) = object_store::parse_url_opts(&url, options).map_err(wrong)?;
                (Arc::from(store), prefix)
            }
            _ => {
                return Err(bad(&format!(
                    "is of a kind that cannot be written: `{}`",
                    url.scheme()
                ))
                .into());
            }
        };
        let _ = (path, ClientOptions::new());
        Ok(Self { store, prefix, shown })
    }

    /// Where it is, without secrets.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    fn key(&self, name: &str) -> Key {
        self.prefix.clone().join(name)
    }

    /// Names and bytes of the archives there.
    pub async fn list(&self) -> Result<Vec<(String, u64)>, BackupError> {
        within(SOON, async {
            let mut found = Vec::new();
            let mut entries = self.store.list(Some(&self.prefix));
            while let Some(entry) = entries.next().await {
                let entry = entry?;
                // Only what stands there itself: somebody may have a place of his own below.
                let direct = entry.location.parts_count() == self.prefix.parts_count() + 1;
                let Some(name) = entry.location.filename().filter(|_| direct) else { continue };
                if manifest::made_at(name).is_some() {
                    found.push((name.to_owned(), entry.size));
                }
            }
            Ok(found)
        })
        .await
    }

    /// Takes an archive of a directory there, its manifest after it: what has one is whole.
    pub(crate) async fn put(&self, dir: &Path, name: &str) -> Result<(), BackupError> {
        let path = dir.join(name);
        let mut file = tokio::fs::File::open(&path).await.map_err(BackupError::at(&path))?;
        let sent = within(LONG, async {
            let upload = self.store.put_multipart(&self.key(name)).await?;
            let mut upload = WriteMultipart::new_with_chunk_size(upload, PART);
            let mut buffer = vec![0; 1 << 16];
            let read = loop {
                match file.read(&mut buffer).await {
                    Ok(0) => break Ok(()),
                    Ok(read) => {
                        upload.wait_for_capacity(AT_ONCE).await?;
                        upload.write(&buffer[..read]);
                    }
                    Err(error) => break Err(error),
                }
            };
            match read {
                Ok(()) => {
                    upload.finish().await?;
                    Ok(Ok(()))
                }
                Err(error) => {
                    upload.abort().await?;
                    Ok(Err(error))
                }
            }
        })
        .await?;
        sent.map_err(BackupError::at(&path))?;
        let beside = manifest::beside(name);
        let path = dir.join(&beside);
        let body = tokio::fs::read(&path).await.map_err(BackupError::at(&path))?;
        within(SOON, async {
            self.store.put(&self.key(&beside), PutPayload::from(body)).await.map(drop)
        })
        .await
    }

    /// Fetches an archive into a file; answers what stands beside it.
    pub(crate) async fn get(
        &self,
        name: &str,
        into: &Path,
    ) -> Result<Option<Manifest>, BackupError> {
        let mut file = tokio::fs::File::create(into).await.map_err(BackupError::at(into))?;
        let written = within(LONG, async {
            let mut parts = self.store.get(&self.key(name)).await?.into_stream();
            while let Some(part) = parts.next().await {
                if let Err(error) = file.write_all(&part?).await {
                    return Ok(Err(error));
                }
            }
            Ok(file.flush().await)
        })
        .await?;
        written.map_err(BackupError::at(into))?;
        let beside = within(SOON, async {
            match self.store.get(&self.key(&manifest::beside(name))).await {
                Ok(found) => found.bytes().await.map(Some),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        })
        .await?;
        Ok(beside.and_then(|body| serde_json::from_slice(&body).ok()))
    }

    /// Removes an archive, its manifest first: what has none is on its way.
    pub(crate) async fn remove(&self, name: &str) -> Result<(), BackupError> {
        within(SOON, async {
            for gone in [manifest::beside(name), name.to_owned()] {
                match self.store.delete(&self.key(&gone)).await {
                    Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        })
        .await
    }
}

async fn within<T>(
    time: Duration,
    work: impl Future<Output = object_store::Result<T>>,
) -> Result<T, BackupError> {
    match tokio::time::timeout(time, work).await {
        Ok(done) => done.map_err(|error| BackupError::Offsite(plain(&error))),
        Err(_) => Err(BackupError::Offsite(format!("no answer within {} s", time.as_secs()))),
    }
}

/// What went wrong, without addresses that carry a signature.
fn plain(error: &object_store::Error) -> String {
    let text = error.to_string();
    let words = text.split(' ').map(|word| match word.split_once('?') {
        Some((address, _)) if address.contains("://") => address,
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}
