//! What Discord was last seen to have, per guild; only what the planner and the permission check
//! read. Members and messages are not kept.

use std::{collections::HashMap, sync::Arc};

use domain::{GuildId, plan::ObservedGuild};
use parking_lot::RwLock;

/// The guilds as last seen. Bounded by the number of guilds the bot is in.
#[derive(Debug, Default)]
pub struct Cache {
    guilds: RwLock<HashMap<GuildId, Option<Arc<ObservedGuild>>>>,
}

impl Cache {
    /// A guild as last seen; none before it was seen, and during an outage.
    pub fn guild(&self, id: GuildId) -> Option<Arc<ObservedGuild>> {
        self.guilds.read().get(&id).cloned().flatten()
    }

    /// Ids of all guilds that are available.
    pub fn guilds(&self) -> Vec<GuildId> {
        self.guilds.read().iter().filter(|(_, g)| g.is_some()).map(|(id, _)| *id).collect()
    }

    /// How many guilds are available.
    pub fn len(&self) -> usize {
        self.guilds.read().values().filter(|guild| guild.is_some()).count()
    }

    /// Whether no guild is available.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A guild was seen in full.
    pub fn put(&self, guild: ObservedGuild) {
        self.guilds.write().insert(guild.id, Some(Arc::new(guild)));
    }

    /// Discord has an outage in this guild: what is known of it must not be believed.
    pub fn outage(&self, id: GuildId) {
        self.guilds.write().insert(id, None);
    }

    /// The bot is no longer in the guild.
    pub fn remove(&self, id: GuildId) {
        self.guilds.write().remove(&id);
    }

    /// Changes what is known of a guild; answers what `change` answers, or the default when the
    /// guild is not available.
    pub fn update<T: Default>(
        &self,
        id: GuildId,
        change: impl FnOnce(&mut ObservedGuild) -> T,
    ) -> T {
        match self.guilds.write().get_mut(&id) {
            Some(Some(guild)) => change(Arc::make_mut(guild)),
            _ => T::default(),
        }
    }
}
