//! The part of the configuration that is about the pages of the process itself.

use std::net::SocketAddr;

use secrecy::{ExposeSecret as _, SecretString};
use settings::{SettingError, Settings};

use super::read::parse_bool;

/// Where they are when nothing is said.
const DEFAULT: &str = "127.0.0.1:7610";

/// Where the pages are, and who may read the figures.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// `GAMEKEEPER_HTTP`; none where they are off.
    pub address: Option<SocketAddr>,
    /// `GAMEKEEPER_METRICS_TOKEN`.
    pub token: Option<SecretString>,
}

impl HttpConfig {
    /// Parses the values.
    pub fn read(settings: &Settings) -> Result<Self, SettingError> {
        let text = settings.get("GAMEKEEPER_HTTP").unwrap_or(DEFAULT);
        let address = if parse_bool(text) == Some(false) {
            None
        } else {
            Some(text.parse().map_err(|_| {
                SettingError::new(
                    "GAMEKEEPER_HTTP",
                    format!("is not an address with a port: `{text}`"),
                    "Write one such as 127.0.0.1:7610, off to do without, or leave it empty",
                )
            })?)
        };
        Ok(Self { address, token: token(settings.secret("GAMEKEEPER_METRICS_TOKEN"))? })
    }

    /// What is worth a word at the start.
    pub(super) fn note(&self) -> Option<String> {
        let open = self.address.is_some_and(|address| !address.ip().is_loopback());
        (open && self.token.is_none()).then(|| {
            "GAMEKEEPER_HTTP is not on this machine alone, and GAMEKEEPER_METRICS_TOKEN is not \
             set: whoever reaches the port can read the figures"
                .to_owned()
        })
    }
}

/// One that nobody could send would keep everybody out.
fn token(value: Option<SecretString>) -> Result<Option<SecretString>, SettingError> {
    let sendable =
        |token: &SecretString| token.expose_secret().bytes().all(|b| b.is_ascii_graphic());
    match value {
        Some(token) if !sendable(&token) => Err(SettingError::new(
            "GAMEKEEPER_METRICS_TOKEN",
            "holds characters that a header cannot carry",
            "Use letters, digits and signs only, such as from: openssl rand -hex 24",
        )),
        value => Ok(value),
    }
}
