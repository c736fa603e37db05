//! Which archives there are, here and in the second place.

use std::{collections::BTreeMap, fs, path::PathBuf};

use jiff::Timestamp;
use serde::Serialize;

use crate::{BackupError, Manifest, Mistake, Settings, lock, manifest};

/// One archive.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub at: Timestamp,
    /// Its bytes.
    pub bytes: u64,
    /// Whether it is in the directory.
    pub here: bool,
    /// Whether it is in the second place.
    pub offsite: bool,
    /// What stands beside it; none where that is missing or cannot be read.
    pub manifest: Option<Manifest>,
}

/// All archives of an installation.
#[derive(Clone, Copy, Debug)]
pub struct Vault<'a> {
    settings: &'a Settings,
}

impl<'a> Vault<'a> {
    /// Those of these settings.
    pub fn new(settings: &'a Settings) -> Self {
        Self { settings }
    }

    /// All of them, newest first. While the second place is away, those that are here.
    pub async fn list(&self) -> Result<Vec<Listed>, BackupError> {
        let here = self.here()?;
        let there = match &self.settings.offsite {
            None => Vec::new(),
            Some(offsite) => match offsite.list().await {
                Ok(there) => there,
                Err(error) if here.is_empty() => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, "only the backups that are here are looked at");
                    Vec::new()
                }
            },
        };
        let mut all: BTreeMap<String, Listed> =
            here.into_iter().map(|listed| (listed.name.clone(), listed)).collect();
        for (name, bytes) in there {
            let Some(at) = manifest::made_at(&name) else { continue };
            let new = Listed {
                name: name.clone(),
                at,
                bytes,
                here: false,
                offsite: true,
                manifest: None,
            };
            all.entry(name).and_modify(|listed| listed.offsite = true).or_insert(new);
        }
        let mut all: Vec<_> = all.into_values().collect();
        all.sort_by(|a, b| manifest::order(&b.name).cmp(manifest::order(&a.name)));
        Ok(all)
    }

    /// Those in the directory, oldest first.
    pub fn here(&self) -> Result<Vec<Listed>, BackupError> {
        let dir = &self.settings.dir;
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(BackupError::io(dir, &error)),
        };
        let mut found = Vec::new();
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(at) = manifest::made_at(&name) else { continue };
            let bytes = entry.metadata().map_or(0, |meta| meta.len());
            let beside = fs::read(dir.join(manifest::beside(&name))).ok();
            let manifest = beside.and_then(|text| serde_json::from_slice(&text).ok());
            found.push(Listed { name, at, bytes, here: true, offsite: false, manifest });
        }
        found.sort_by(|a, b| manifest::order(&a.name).cmp(manifest::order(&b.name)));
        Ok(found)
    }

    /// The one of this name, or the newest where it is called `latest`.
    pub async fn find(&self, name: &str) -> Result<Listed, BackupError> {
        let called = |listed: &&Listed| manifest::order(&listed.name) == manifest::order(name);
        // What is here needs nobody else.
        if let Some(exact) = self.here()?.iter().find(called) {
            return Ok(exact.clone());
        }
        let all = self.list().await?;
        if name == "latest" {
            return all.into_iter().next().ok_or_else(|| Mistake::None.into());
        }
        if let Some(exact) = all.iter().find(called) {
            return Ok(exact.clone());
        }
        // The time alone is enough to type, where only one begins with it.
        let mut begins = all.into_iter().filter(|listed| listed.name.starts_with(name));
        match (begins.next(), begins.next()) {
            (Some(only), None) if !name.is_empty() => Ok(only),
            _ => Err(Mistake::Unknown(name.to_owned()).into()),
        }
    }

    /// Where the file is; fetched from the second place first where it is only there.
    pub(crate) async fn fetch(&self, listed: &Listed) -> Result<Fetched, BackupError> {
        if listed.here {
            let path = self.settings.dir.join(&listed.name);
            return Ok(Fetched { path, manifest: listed.manifest.clone(), _folder: None });
        }
        let Some(offsite) = &self.settings.offsite else {
            return Err(Mistake::Unknown(listed.name.clone()).into());
        };
        crate::room::check(&self.settings.dir, listed.bytes)?;
        let folder = lock::workshop(&self.settings.dir)?;
        let path = folder.path().join(&listed.name);
        let manifest = offsite.get(&listed.name, &path).await?;
        Ok(Fetched { path, manifest, _folder: Some(folder) })
    }
}

/// An archive as a file.
pub(crate) struct Fetched {
    pub(crate) path: PathBuf,
    /// What stands beside it.
    pub(crate) manifest: Option<Manifest>,
    /// Removed when this is dropped.
    _folder: Option<tempfile::TempDir>,
}

impl Fetched {
    /// A file that somebody named.
    pub(crate) fn named(path: PathBuf) -> Self {
        Self { path, manifest: None, _folder: None }
    }

    pub(crate) fn name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// Compares the file with what stands beside it, which tells best what has become of it.
    pub(crate) async fn check(&self) -> Result<(), BackupError> {
        use crate::Damage::{Altered, CutShort};
        let Some(said) = self.manifest.as_ref().and_then(|manifest| manifest.archive.clone())
        else {
            return Ok(());
        };
        let (path, name) = (self.path.clone(), self.name());
        tokio::task::spawn_blocking(move || {
            let wrong = BackupError::at(&path);
            let bytes = fs::metadata(&path).map_err(&wrong)?.len();
            if bytes < said.bytes {
                return Err(CutShort(name).into());
            }
            let sum = crate::hash::of_file(&path).map_err(&wrong)?;
            if bytes != said.bytes || sum != said.sha256 {
                let what = "its sum is not the one in its manifest".to_owned();
                return Err(Altered { name, what }.into());
            }
            Ok(())
        })
        .await?
    }
}
