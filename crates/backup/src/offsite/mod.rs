//! The second place: any object store by its address, or a directory of another disk.
//!
//! Credentials are the providers' own variables (`AWS_…`, `AZURE_…`, `GOOGLE_…`); they go to the client
//! and nowhere else. Whether the place is there is not asked before it is needed: a bot has to start
//! without it.

mod bucket;
mod disk;

use std::{path::Path, sync::Arc, time::Duration};

use object_store::ObjectStoreScheme;
use tokio::{fs::File, io::AsyncReadExt as _};
use url::Url;

use self::{
    bucket::{Bucket, plain},
    disk::Disk,
};
use crate::{BackupError, Manifest, Mistake, manifest};

/// Small questions.
const SOON: Duration = Duration::from_mins(2);
/// A whole archive, up or down.
const LONG: Duration = Duration::from_hours(6);

/// A second place.
#[derive(Clone)]
pub struct Offsite {
    kind: Kind,
    shown: String,
}

#[derive(Clone)]
enum Kind {
    Disk(Disk),
    Bucket(Bucket),
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
        let (scheme, _) = ObjectStoreScheme::parse(&url)
            .map_err(|_| bad(&format!("is of a kind that is not known: `{}`", url.scheme())))?;
        let ours = ["aws_", "azure_", "google_"];
        let options = environment.map(|(name, value)| (name.to_ascii_lowercase(), value));
        let options = options.filter(|(name, _)| ours.iter().any(|ours| name.starts_with(ours)));
        match scheme {
            ObjectStoreScheme::Local => {
                let path = url.to_file_path().map_err(|()| {
                    bad("names a file of another machine; mount it, and name its directory")
                })?;
                let shown = format!("file://{}", path.display());
                Ok(Self { kind: Kind::Disk(Disk(path)), shown })
            }
            ObjectStoreScheme::AmazonS3
            | ObjectStoreScheme::GoogleCloudStorage
            | ObjectStoreScheme::MicrosoftAzure => {
                let (store, prefix) = object_store::parse_url_opts(&url, options)
                    .map_err(|error| BackupError::Offsite(plain(&error)))?;
                let bucket = Bucket { store: Arc::from(store), prefix };
                Ok(Self { kind: Kind::Bucket(bucket), shown })
            }
            _ => {
                let what = format!("is of a kind that cannot be written: `{}`", url.scheme());
                Err(bad(&what).into())
            }
        }
    }

    /// Where it is, without secrets.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Names and bytes of the archives there.
    pub async fn list(&self) -> Result<Vec<(String, u64)>, BackupError> {
        let mut found = self
            .within(SOON, async {
                match &self.kind {
                    Kind::Disk(disk) => disk.list().await.map_err(|error| self.disk(&error)),
                    Kind::Bucket(bucket) => bucket.list().await.map_err(wrong),
                }
            })
            .await?;
        found.retain(|(name, _)| manifest::made_at(name).is_some());
        Ok(found)
    }

    /// Takes an archive of a directory there, its manifest after it: what has one is whole.
    pub(crate) async fn put(&self, dir: &Path, name: &str) -> Result<(), BackupError> {
        let path = dir.join(name);
        let file = File::open(&path).await.map_err(BackupError::at(&path))?;
        self.within(LONG, async {
            match &self.kind {
                Kind::Disk(disk) => disk.put(file, name).await.map_err(|error| self.disk(&error)),
                Kind::Bucket(bucket) => {
                    bucket.put(file, name).await.map_err(wrong)?.map_err(BackupError::at(&path))
                }
            }
        })
        .await?;
        let beside = manifest::beside(name);
        let path = dir.join(&beside);
        let mut file = File::open(&path).await.map_err(BackupError::at(&path))?;
        self.within(SOON, async {
            match &self.kind {
                Kind::Disk(disk) => {
                    disk.put(file, &beside).await.map_err(|error| self.disk(&error))
                }
                Kind::Bucket(bucket) => {
                    let mut body = Vec::new();
                    file.read_to_end(&mut body).await.map_err(BackupError::at(&path))?;
                    bucket.put_small(body, &beside).await.map_err(wrong)
                }
            }
        })
        .await
    }

    /// Fetches an archive into a file; answers what stands beside it.
    pub(crate) async fn get(
        &self,
        name: &str,
        into: &Path,
    ) -> Result<Option<Manifest>, BackupError> {
        let mut file = File::create(into).await.map_err(BackupError::at(into))?;
        self.within(LONG, async {
            match &self.kind {
                Kind::Disk(disk) => {
                    let found = disk.get(name).await.map_err(|error| self.disk(&error))?;
                    let mut from = found.ok_or_else(|| Mistake::Unknown(name.to_owned()))?;
                    tokio::io::copy(&mut from, &mut file).await.map_err(BackupError::at(into))?;
                    file.sync_all().await.map_err(BackupError::at(into))
                }
                Kind::Bucket(bucket) => bucket.get(name, &mut file, into).await.map_err(wrong)?,
            }
        })
        .await?;
        let beside = manifest::beside(name);
        let beside = self
            .within(SOON, async {
                match &self.kind {
                    Kind::Disk(disk) => {
                        let found = disk.get(&beside).await.map_err(|error| self.disk(&error))?;
                        let Some(mut file) = found else { return Ok(None) };
                        let mut body = Vec::new();
                        file.read_to_end(&mut body).await.map_err(|error| self.disk(&error))?;
                        Ok(Some(body))
                    }
                    Kind::Bucket(bucket) => bucket.get_small(&beside).await.map_err(wrong),
                }
            })
            .await?;
        Ok(beside.and_then(|body| serde_json::from_slice(&body).ok()))
    }

    /// Removes an archive, its manifest first: what has none is on its way.
    pub(crate) async fn remove(&self, name: &str) -> Result<(), BackupError> {
        self.within(SOON, async {
            for gone in [manifest::beside(name), name.to_owned()] {
                match &self.kind {
                    Kind::Disk(disk) => {
                        disk.remove(&gone).await.map_err(|error| self.disk(&error))?;
                    }
                    Kind::Bucket(bucket) => bucket.remove(&gone).await.map_err(wrong)?,
                }
            }
            Ok(())
        })
        .await
    }

    /// What the system says about the directory, with its name.
    fn disk(&self, error: &std::io::Error) -> BackupError {
        BackupError::Offsite(format!("{}: {error}", self.shown.trim_start_matches("file://")))
    }

    async fn within<T>(
        &self,
        time: Duration,
        work: impl Future<Output = Result<T, BackupError>>,
    ) -> Result<T, BackupError> {
        tokio::time::timeout(time, work).await.unwrap_or_else(|_| {
            let (shown, seconds) = (&self.shown, time.as_secs());
            Err(BackupError::Offsite(format!("no answer from {shown} within {seconds} s")))
        })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is a map_err function")]
fn wrong(error: object_store::Error) -> BackupError {
    BackupError::Offsite(plain(&error))
}
