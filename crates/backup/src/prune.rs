//! Removing archives that nothing keeps any more, in both places.

use std::fs;

use jiff::Timestamp;
use store::Store;

use crate::{BackupError, Doing, Facts, Kept, Place, Vault, facts, lock::Lock, manifest, retain};

/// What was looked at.
#[derive(Clone, Debug)]
pub struct Pruned {
    /// Each archive with why it stays; without a reason it went, or would.
    pub archives: Vec<Kept>,
}

impl Pruned {
    /// Those that went, or would.
    pub fn gone(&self) -> impl Iterator<Item = &Kept> {
        self.archives.iter().filter(|kept| kept.reasons.is_empty())
    }
}

/// Removes what nothing keeps; with `dry`, only says what that would be.
pub async fn prune(place: &Place, dry: bool) -> Result<Pruned, BackupError> {
    let lock = Lock::take(&place.settings.dir)?;
    let pruned = prune_under(place, dry, &lock).await;
    if !dry && let Ok(Some(store)) = Store::open_as_is(&place.database).await {
        match &pruned {
            Ok(_) => facts::healed(&store, Doing::Prune).await?,
            Err(error) => facts::failed(&store, Doing::Prune, &error.to_string()).await,
        }
        store.close().await.ok();
    }
    pruned
}

pub(crate) async fn prune_under(
    place: &Place,
    dry: bool,
    _lock: &Lock,
) -> Result<Pruned, BackupError> {
    let settings = &place.settings;
    let verified = match Store::open_as_is(&place.database).await {
        Ok(Some(store)) => {
            let facts = Facts::read(&store).await;
            store.close().await?;
            facts?.verified.map(|verified| verified.name)
        }
        // A database that is gone is when archives are needed most.
        _ => None,
    };
    let listed = Vault::new(settings).list().await?;
    let archives: Vec<_> = listed.iter().map(|one| (one.name.clone(), one.at)).collect();
    let archives = retain(&archives, verified.as_deref(), settings.keep, Timestamp::now());
    let pruned = Pruned { archives };
    if dry {
        return Ok(pruned);
    }
    for gone in pruned.gone() {
        let Some(one) = listed.iter().find(|one| one.name == gone.name) else { continue };
        if one.here {
            for name in [one.name.clone(), manifest::beside(&one.name)] {
                let path = settings.dir.join(name);
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                        return Err(BackupError::io(&path, &error));
                    }
                    _ => {}
                }
            }
        }
        if let (true, Some(offsite)) = (one.offsite, &settings.offsite) {
            offsite.remove(&one.name).await?;
        }
        tracing::info!(archive = gone.name, "an old backup is removed");
    }
    Ok(pruned)
}
