//! The bot's application.

use std::fmt::Write as _;
use std::hash::{BuildHasher, RandomState};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::config::Config;
use crate::id::{ApplicationId, IdSource, Snowflake, UserId};

/// The application under test (resources/application).
#[derive(Clone, Debug)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// Its bot user; same number as the application.
    pub bot: UserId,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// The bot token.
    pub token: String,
    /// Privileged intents switched on in the developer portal.
    pub privileged_intents: u64,
    /// Key for signed HTTP interactions, as hex.
    pub verify_key: String,
    /// The human who owns it.
    pub owner: UserId,
    /// What the application proves itself with at the OAuth2 token URL.
    pub client_secret: String,
    /// Where OAuth2 may send people back to.
    pub redirect_uris: Vec<String>,
}

impl Application {
    pub(crate) fn new(config: &Config, ids: &mut IdSource) -> Self {
        let id = config.application_id.map_or_else(|| ids.fresh(), ApplicationId);
        let token = config.token.clone().unwrap_or_else(|| made_up_token(id));
        Self {
            id,
            bot: UserId(id.get()),
            name: config.bot_name.clone(),
            description: String::new(),
            token,
            privileged_intents: config.privileged_intents,
            verify_key: random_hex(4),
            owner: ids.fresh(),
            client_secret: config.client_secret.clone().unwrap_or_else(|| random_hex(2)),
            redirect_uris: config.redirect_uris.clone(),
        }
    }

    /// Makes up a new token, as the developer portal does; the old one is worthless from now on.
    pub(crate) fn reset_token(&mut self) {
        self.token = made_up_token(self.id);
    }

    /// Application flags: the `*_LIMITED` bits, as an unverified application has them.
    pub fn flags(&self) -> u64 {
        use super::Intents;
        [
            (Intents::GUILD_PRESENCES, 13),
            (Intents::GUILD_MEMBERS, 15),
            (Intents::MESSAGE_CONTENT, 19),
        ]
        .into_iter()
        .filter(|(intent, _)| self.privileged_intents & intent != 0)
        .fold(0, |flags, (_, bit)| flags | 1 << bit)
    }
}

fn made_up_token(id: ApplicationId) -> String {
    token_for(id, &random_hex(2))
}

/// A token of the usual three parts; the first is the bot's id, which some libraries read.
pub fn token_for(id: ApplicationId, secret: &str) -> String {
    format!("{}.sandbox.{secret}", URL_SAFE_NO_PAD.encode(id.to_string()))
}

/// Random hex text, 16 digits per word. Not a secret worth protecting: everything is local.
pub(crate) fn random_hex(words: u64) -> String {
    let random = RandomState::new();
    (0..words).fold(String::new(), |mut text, word| {
        let _ = write!(text, "{:016x}", random.hash_one(word));
        text
    })
}
