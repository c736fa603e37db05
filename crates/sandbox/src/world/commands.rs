//! Registered application commands (interactions/application-commands).

use std::collections::HashMap;

use serde_json::Value;

use crate::clock::Millis;
use crate::error::ApiError;
use crate::id::{CommandId, GuildId};

/// Creates per scope and day.
const DAILY_CREATES: usize = 200;

const DAY_MS: Millis = 24 * 60 * 60 * 1_000;

/// Command types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum CommandKind {
    /// Slash command.
    ChatInput = 1,
    /// On a user.
    User = 2,
    /// On a message.
    Message = 3,
}

impl CommandKind {
    /// All types.
    pub const ALL: [Self; 3] = [Self::ChatInput, Self::User, Self::Message];

    /// How many a scope may hold (global; per guild). The context menu counts were raised from 5 in March 2026.
    pub fn limit(self) -> usize {
        match self {
            Self::ChatInput => 100,
            Self::User | Self::Message => 15,
        }
    }

    /// From the number on the wire.
    pub fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::ChatInput),
            2 => Some(Self::User),
            3 => Some(Self::Message),
            _ => None,
        }
    }
}

/// A registered command.
#[derive(Clone, Debug)]
pub struct Command {
    /// Id.
    pub id: CommandId,
    /// Type.
    pub kind: CommandKind,
    /// Name.
    pub name: String,
    /// Guild, for guild commands.
    pub guild: Option<GuildId>,
    /// Changes with every update.
    pub version: u64,
    /// The whole definition as registered, without id and version.
    pub definition: Value,
}

/// All commands of the application.
#[derive(Clone, Debug, Default)]
pub struct Commands {
    /// Global commands.
    pub global: Vec<Command>,
    /// Guild commands.
    pub guilds: HashMap<GuildId, Vec<Command>>,
    /// When creates were counted, with how many at once.
    created: HashMap<Option<GuildId>, Vec<(Millis, usize)>>,
}

impl Commands {
    /// The commands of one scope.
    pub fn scope(&self, guild: Option<GuildId>) -> &[Command] {
        match guild {
            None => &self.global,
            Some(guild) => self.guilds.get(&guild).map_or(&[], Vec::as_slice),
        }
    }

    /// The commands of one scope, to change them.
    pub fn scope_mut(&mut self, guild: Option<GuildId>) -> &mut Vec<Command> {
        match guild {
            None => &mut self.global,
            Some(guild) => self.guilds.entry(guild).or_default(),
        }
    }

    /// Counts creates; 30034 beyond 200 in 24 hours.
    pub(crate) fn count_creates(
        &mut self,
        scope: Option<GuildId>,
        count: usize,
        now: Millis,
    ) -> Result<(), ApiError> {
        let list = self.created.entry(scope).or_default();
        list.retain(|(at, _)| now - at < DAY_MS);
        let used: usize = list.iter().map(|(_, count)| count).sum();
        if count > 0 && used + count > DAILY_CREATES {
            return Err(ApiError::daily_commands());
        }
        if count > 0 {
            list.push((now, count));
        }
        Ok(())
    }

    /// By id, in any scope.
    pub fn by_id(&self, id: CommandId) -> Option<&Command> {
        self.global.iter().chain(self.guilds.values().flatten()).find(|command| command.id == id)
    }

    /// What a user in `guild` would call by that name: guild commands hide global ones.
    pub fn find(&self, guild: Option<GuildId>, kind: CommandKind, name: &str) -> Option<&Command> {
        let here = guild.map_or(&[][..], |guild| self.scope(Some(guild)));
        here.iter().chain(&self.global).find(|command| command.kind == kind && command.name == name)
    }
}
