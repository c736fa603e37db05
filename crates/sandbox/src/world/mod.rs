//! The state of the sandbox. Every change is a method on [`World`] that also writes the audit log and emits
//! the gateway events, whoever made the change.

mod access;
mod application;
mod audit;
mod changes;
mod channel;
mod commands;
mod emit;
mod guild;
mod hierarchy;
mod intents;
mod member;
mod mentions;
mod message;
mod names;
mod overwrite_rules;
mod permissions;
mod role;
mod webhook;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

pub(crate) use application::random_hex;
pub use application::{Application, token_for};
pub use audit::{AuditAction, AuditChange, AuditDraft, AuditEntry, AuditOptions};
pub use changes::{
    ChannelPatch, ForumPatch, MemberPatch, MessagePatch, MessageSpec, RolePatch, ThreadPatch,
};
pub(crate) use changes::{REPLY, number_components};
pub use channel::{
    Channel, ChannelKind, Forum, ForumTag, Overwrite, OverwriteTarget, Thread, ThreadMember,
};
pub use commands::{Command, CommandKind, Commands};
pub use guild::{Guild, VoiceState};
pub use intents::Intents;
pub use member::{LOCALES, Member, User};
pub(crate) use mentions::mentioning_text;
pub use mentions::{Allowed, AllowedMentions, Mentions};
pub use message::{Attachment, InteractionMetadata, Message, MessageFlags, Opener, Reaction};
pub use names::channel_name;
pub use permissions::Permissions;
pub use role::{Role, RoleColors, RoleTags};
pub use webhook::Webhook;

use crate::clock::Clock;
use crate::config::Config;
use crate::gateway::Hub;
use crate::id::{ChannelId, GuildId, IdSource, MessageId, UserId, WebhookId};
use crate::interactions::Interactions;
use crate::oauth2::Grants;

/// Who made a change and, for the audit log, why.
#[derive(Clone, Debug)]
pub struct Cause {
    /// The user responsible; the bot is a user too.
    pub by: UserId,
    /// Decoded `X-Audit-Log-Reason`.
    pub reason: Option<String>,
}

impl Cause {
    /// A change by `user` without a reason.
    pub fn user(user: UserId) -> Self {
        Self { by: user, reason: None }
    }
}

/// Bounds on what the world remembers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keep {
    pub(crate) ephemerals: usize,
    pub(crate) audit_entries: usize,
}

/// All state behind the sandbox's one lock.
#[derive(Debug)]
pub struct World {
    /// The clock everything follows.
    pub clock: Clock,
    /// The source of ids.
    pub ids: IdSource,
    /// The bot's application.
    pub application: Application,
    /// Everyone, the bot included.
    pub users: HashMap<UserId, User>,
    /// All guilds, also those the bot is not in.
    pub guilds: BTreeMap<GuildId, Guild>,
    /// All channels, threads and DMs; `Guild::channels` and `Guild::threads` list a guild's own.
    pub channels: HashMap<ChannelId, Channel>,
    /// Messages by channel; a channel without messages has no entry.
    pub messages: HashMap<ChannelId, BTreeMap<MessageId, Message>>,
    /// Webhooks.
    pub webhooks: HashMap<WebhookId, Webhook>,
    /// Registered application commands.
    pub commands: Commands,
    /// Interactions under way.
    pub interactions: Interactions,
    /// What users have granted the application.
    pub(crate) grants: Grants,
    /// Edits of a category's overwrites carry over to the children that had the same ones.
    pub category_sync: bool,
    /// Where files are served, which is where everything is.
    pub(crate) origin: String,
    ephemerals: VecDeque<(ChannelId, MessageId)>,
    keep: Keep,
    hub: Arc<Hub>,
}

impl World {
    pub(crate) fn new(config: &Config, clock: &Clock, hub: Arc<Hub>, origin: String) -> Self {
        let mut ids = IdSource::new(clock.clone());
        let application = Application::new(config, &mut ids);
        let bot = User { bot: true, ..User::new(application.bot, &application.name) };
        let owner = User::new(application.owner, "Owner");
        Self {
            clock: clock.clone(),
            ids,
            users: HashMap::from([(bot.id, bot), (owner.id, owner)]),
            application,
            guilds: BTreeMap::new(),
            channels: HashMap::new(),
            messages: HashMap::new(),
            webhooks: HashMap::new(),
            commands: Commands::default(),
            interactions: Interactions::new(config.kept_interactions),
            grants: Grants::new(config.kept_grants),
            category_sync: true,
            origin,
            ephemerals: VecDeque::new(),
            keep: Keep {
                ephemerals: config.kept_ephemerals,
                audit_entries: config.kept_audit_entries,
            },
            hub,
        }
    }

    /// Forgets everything but the clock and who listens.
    pub(crate) fn renew(&mut self, config: &Config) {
        let origin = std::mem::take(&mut self.origin);
        *self = Self::new(config, &self.clock, Arc::clone(&self.hub), origin);
    }

    /// The bot's user id.
    pub fn bot(&self) -> UserId {
        self.application.bot
    }

    /// A change made by the bot.
    pub fn by_bot(&self, reason: Option<String>) -> Cause {
        Cause { by: self.bot(), reason }
    }
}
