//! The bot's application.

use std::fmt::Write as _;
use std::hash::{BuildHasher, RandomState};

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

/// A token of the usual three parts; the first is the bot's id, which some libraries read.
fn made_up_token(id: ApplicationId) -> String {
    format!("{}.sandbox.{}", base64(id.to_string().as_bytes()), random_hex(2))
}

/// Random hex text, 16 digits per word. Not a secret worth protecting: everything is local.
pub(crate) fn random_hex(words: u64) -> String {
    let random = RandomState::new();
    (0..words).fold(String::new(), |mut text, word| {
        let _ = write!(text, "{:016x}", random.hash_one(word));
        text
    })
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let digit = word >> (18 - 6 * place) & 63;
            text.push(char::from(DIGITS[digit as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_has_no_padding() {
        assert_eq!(super::base64(b"1234"), "MTIzNA");
    }
}
