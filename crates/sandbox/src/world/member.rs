//! Users and guild members (resources/user, resources/guild "Guild Member Object").

use crate::clock::Millis;
use crate::id::{RoleId, UserId};

/// The languages of Discord's client (reference, "Locales").
pub const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
];

/// A Discord account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Unique name.
    pub username: String,
    /// Display name.
    pub global_name: Option<String>,
    /// Avatar hash.
    pub avatar: Option<String>,
    /// True for bots.
    pub bot: bool,
    /// Client language.
    pub locale: &'static str,
    /// Refuses DMs (50007).
    pub refuses_dms: bool,
}

impl User {
    /// A human with defaults.
    pub fn new(id: UserId, name: &str) -> Self {
        Self {
            id,
            username: name.to_lowercase(),
            global_name: Some(name.to_owned()),
            avatar: None,
            bot: false,
            locale: "en-US",
            refuses_dms: false,
        }
    }
}

/// A user's membership of one guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The user.
    pub user: UserId,
    /// Nickname.
    pub nick: Option<String>,
    /// Roles, without @everyone.
    pub roles: Vec<RoleId>,
    /// When the user joined.
    pub joined_ms: Millis,
    /// Timed out until then.
    pub timed_out_until: Option<Millis>,
    /// Has not passed screening yet.
    pub pending: bool,
    /// Deafened in voice.
    pub deaf: bool,
    /// Muted in voice.
    pub mute: bool,
    /// Member flags.
    pub flags: u32,
}

impl Member {
    /// A fresh member without roles.
    pub fn new(user: UserId, joined_ms: Millis) -> Self {
        Self {
            user,
            nick: None,
            roles: Vec::new(),
            joined_ms,
            timed_out_until: None,
            pending: false,
            deaf: false,
            mute: false,
            flags: 0,
        }
    }
}
