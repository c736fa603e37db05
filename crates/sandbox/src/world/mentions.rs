//! Whom a message mentions (resources/message "Allowed Mentions Object").

use serde_json::Value;

use super::{Channel, Permissions, World};
use crate::id::{RoleId, UserId};

/// Which kinds of mentions may ping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed<T> {
    /// All of that kind.
    All,
    /// Only these.
    Only(Vec<T>),
}

impl<T: PartialEq> Allowed<T> {
    fn has(&self, id: &T) -> bool {
        match self {
            Self::All => true,
            Self::Only(list) => list.contains(id),
        }
    }
}

/// `allowed_mentions`; when a request has none, everything may ping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedMentions {
    /// `@everyone` and `@here`.
    pub everyone: bool,
    /// Users.
    pub users: Allowed<UserId>,
    /// Roles.
    pub roles: Allowed<RoleId>,
    /// The author of the message replied to.
    pub replied_user: bool,
}

impl Default for AllowedMentions {
    fn default() -> Self {
        Self { everyone: true, users: Allowed::All, roles: Allowed::All, replied_user: true }
    }
}

/// The outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Users, in order of appearance.
    pub users: Vec<UserId>,
    /// Roles, in order of appearance.
    pub roles: Vec<RoleId>,
    /// Pings everyone.
    pub everyone: bool,
}

impl World {
    /// What `text` mentions when `author` writes it. @everyone, and roles that are not mentionable, need
    /// MENTION_EVERYONE.
    pub fn mentions(
        &self,
        channel: &Channel,
        author: UserId,
        text: &str,
        allowed: &AllowedMentions,
    ) -> Mentions {
        let mut found = Mentions::default();
        if !text.contains('@') {
            return found;
        }
        let loud = self.permissions_in(author, channel).contains(Permissions::MENTION_EVERYONE);
        found.everyone =
            allowed.everyone && loud && (text.contains("@everyone") || text.contains("@here"));
        let guild = channel.guild.and_then(|guild| self.guilds.get(&guild));
        for inner in text.split("<@").skip(1).filter_map(|rest| rest.split('>').next()) {
            if let Some(id) = inner.strip_prefix('&') {
                let role = id.parse().ok().and_then(|id: RoleId| guild?.role(id));
                if let Some(role) = role.filter(|role| role.mentionable || loud)
                    && allowed.roles.has(&role.id)
                    && !found.roles.contains(&role.id)
                {
                    found.roles.push(role.id);
                }
            } else if let Ok(id) = inner.trim_start_matches('!').parse::<UserId>()
                && self.users.contains_key(&id)
                && allowed.users.has(&id)
                && !found.users.contains(&id)
            {
                found.users.push(id);
            }
        }
        found
    }
}

/// All text of a message that can mention: its content and its text displays (components/reference).
pub(crate) fn mentioning_text(content: &str, components: &[Value]) -> String {
    let mut text = content.to_owned();
    collect(components, &mut text);
    text
}

fn collect(components: &[Value], text: &mut String) {
    for component in components {
        if component["type"] == 10 {
            text.push('\n');
            text.push_str(component["content"].as_str().unwrap_or_default());
        }
        if let Some(children) = component["components"].as_array() {
            collect(children, text);
        }
    }
}
