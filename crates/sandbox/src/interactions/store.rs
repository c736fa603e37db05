//! The interactions the sandbox remembers.

use std::collections::{HashMap, VecDeque};

use serde_json::Value;
use tokio::sync::watch;

use crate::clock::Millis;
use crate::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use crate::world::Message;

/// A modal as the bot sent it.
#[derive(Clone, Debug, PartialEq)]
pub struct Modal {
    /// Its custom id.
    pub custom_id: String,
    /// Title.
    pub title: String,
    /// Top-level components.
    pub components: Vec<Value>,
}

/// How an interaction was first answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// Not yet.
    Pending,
    /// Type 4.
    Message,
    /// Type 5.
    Deferred {
        /// The loading message is ephemeral.
        ephemeral: bool,
    },
    /// Type 6.
    DeferredUpdate,
    /// Type 7.
    Updated,
    /// Type 8.
    Choices(Vec<Value>),
    /// Type 9.
    Modal(Modal),
}

/// One interaction.
#[derive(Debug)]
pub struct Interaction {
    /// Id.
    pub id: InteractionId,
    /// Token.
    pub token: String,
    /// Type: 2 command, 3 component, 4 autocomplete, 5 modal submit.
    pub kind: u8,
    /// The command's name, for commands.
    pub command: String,
    /// Who.
    pub user: UserId,
    /// Guild.
    pub guild: Option<GuildId>,
    /// Channel.
    pub channel: ChannelId,
    /// When.
    pub created_ms: Millis,
    /// The message the component sits on (also for a modal opened from it).
    pub source: Option<MessageId>,
    /// For a modal, the interaction it was the answer to.
    pub opener: Option<InteractionId>,
    /// First answer.
    pub answered: Answered,
    /// The first answer arrived, but a fault kept the bot from hearing so: it may ask again.
    pub unheard: bool,
    /// Injected faults or latency were in the way of an answer: it may come too late.
    pub held_up: bool,
    /// `@original`: the message created or, for component answers, the source message.
    pub original: Option<MessageId>,
    /// Follow-ups, oldest first.
    pub followups: Vec<MessageId>,
    /// Counts changes, for those who watch.
    pub changes: watch::Sender<u64>,
}

impl Interaction {
    /// True once the first callback was accepted.
    pub fn is_answered(&self) -> bool {
        self.answered != Answered::Pending
    }

    /// Tells the watchers that something changed.
    pub fn touch(&self) {
        self.changes.send_modify(|count| *count += 1);
    }
}

/// All remembered interactions, bounded.
#[derive(Debug)]
pub struct Interactions {
    by_id: HashMap<InteractionId, Interaction>,
    by_token: HashMap<String, InteractionId>,
    order: VecDeque<InteractionId>,
    keep: usize,
}

impl Interactions {
    pub(crate) fn new(keep: usize) -> Self {
        Self {
            by_id: HashMap::new(),
            by_token: HashMap::new(),
            order: VecDeque::new(),
            keep: keep.max(1),
        }
    }

    pub(crate) fn insert(&mut self, interaction: Interaction) {
        while self.order.len() >= self.keep {
            let Some(oldest) = self.order.pop_front() else { break };
            if let Some(gone) = self.by_id.remove(&oldest) {
                self.by_token.remove(&gone.token);
            }
        }
        self.order.push_back(interaction.id);
        self.by_token.insert(interaction.token.clone(), interaction.id);
        self.by_id.insert(interaction.id, interaction);
    }

    /// By id.
    pub fn get(&self, id: InteractionId) -> Option<&Interaction> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: InteractionId) -> Option<&mut Interaction> {
        self.by_id.get_mut(&id)
    }

    /// Newest first.
    pub fn newest(&self) -> impl Iterator<Item = &Interaction> {
        self.order.iter().rev().filter_map(|id| self.by_id.get(id))
    }

    /// By token.
    pub fn by_token(&self, token: &str) -> Option<&Interaction> {
        self.by_id.get(self.by_token.get(token)?)
    }

    /// A message changed: wakes whoever watches the interaction it answers.
    pub(crate) fn touched(&self, message: &Message) {
        if let Some(found) = message.interaction.and_then(|origin| self.by_id.get(&origin.id)) {
            found.touch();
        }
    }
}
