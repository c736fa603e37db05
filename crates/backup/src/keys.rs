//! Who can open archives: age recipients and the identity of ours.

use std::sync::Arc;

use age::x25519::{Identity, Recipient};
use secrecy::{ExposeSecret, SecretString};

use crate::Mistake;

/// Public keys to encrypt for, and the secret one to open with.
#[derive(Clone, Default)]
pub struct Keys {
    recipients: Vec<Recipient>,
    identities: Arc<Vec<Identity>>,
}

impl Keys {
    /// Reads `GAMEKEEPER_BACKUP_RECIPIENT` (keys separated by commas) and the text of
    /// `GAMEKEEPER_BACKUP_IDENTITY`, which may be a whole file as age-keygen writes it.
    pub fn parse(
        recipients: Option<&str>,
        identity: Option<&SecretString>,
    ) -> Result<Self, Mistake> {
        let split = |text: &str| {
            let parts = text.split([',', '\n', ' ']).map(str::trim);
            parts.filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        let no_recipient = || Mistake::BadKey {
            variable: "GAMEKEEPER_BACKUP_RECIPIENT",
            what: "age recipient",
            cure: "It begins with age1; make a pair: age-keygen -o backup.key",
        };
        let no_identity = || Mistake::BadKey {
            variable: "GAMEKEEPER_BACKUP_IDENTITY",
            what: "age identity",
            cure: "It begins with AGE-SECRET-KEY-1; make a pair: age-keygen -o backup.key",
        };
        let public = recipients.map(split).unwrap_or_default();
        let public = public.iter().map(|text| text.parse::<Recipient>());
        let public = public.collect::<Result<Vec<_>, _>>().map_err(|_| no_recipient())?;
        let text = identity.map(ExposeSecret::expose_secret).unwrap_or_default();
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let identities = lines.map(str::parse::<Identity>).collect::<Result<Vec<_>, _>>();
        let identities = identities.map_err(|_| no_identity())?;
        // Whoever believes that backups are encrypted, or can be opened, must not be wrong.
        if recipients.is_some() && public.is_empty() {
            return Err(no_recipient());
        }
        if identity.is_some() && identities.is_empty() {
            return Err(no_identity());
        }
        Ok(Self { recipients: public, identities: Arc::new(identities) })
    }

    /// Whether archives are encrypted from now on.
    pub fn encrypts(&self) -> bool {
        !self.recipients.is_empty()
    }

    /// Whether encrypted archives can be opened, if they were made for this identity.
    pub fn decrypts(&self) -> bool {
        !self.identities.is_empty()
    }

    pub(crate) fn recipients(&self) -> impl Iterator<Item = &dyn age::Recipient> {
        self.recipients.iter().map(|recipient| recipient as &dyn age::Recipient)
    }

    pub(crate) fn identities(&self) -> impl Iterator<Item = &dyn age::Identity> {
        self.identities.iter().map(|identity| identity as &dyn age::Identity)
    }
}

/// Says how many, and none of them.
impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (to, with) = (self.recipients.len(), self.identities.len());
        write!(f, "Keys({to} recipients, {with} identities)")
    }
}
