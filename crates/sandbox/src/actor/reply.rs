//! What comes back after a person did something.

use serde_json::Value;
use tokio::sync::watch;

use super::parts::{self, ChoiceView};
use super::view::{MessageView, ModalView};
use crate::error::ApiError;
use crate::id::InteractionId;
use crate::interactions::{ANSWER_MS, Answered, Interaction};
use crate::sandbox::Sandbox;
use crate::world::World;

/// The first thing a person sees.
#[derive(Clone, Debug, PartialEq)]
pub enum First {
    /// A message.
    Message(MessageView),
    /// "is thinking…".
    Deferred(MessageView),
    /// Nothing visible yet; the clicked message may change later.
    DeferredUpdate,
    /// The clicked message changed.
    Updated(MessageView),
    /// Autocomplete choices.
    Choices(Vec<Value>),
    /// A modal opened.
    Modal(ModalView),
    /// "The application did not respond", or why the client refused.
    Failed(String),
}

/// A running answer: the first reaction, later edits and follow-ups.
#[derive(Clone, Debug)]
pub struct Reply {
    sandbox: Sandbox,
    opened: Result<(InteractionId, watch::Receiver<u64>), String>,
}

/// What Discord's client shows when no answer came in time.
const NO_RESPONSE: &str = "The application did not respond";

impl Reply {
    pub(crate) fn refused(sandbox: &Sandbox, why: &str) -> Self {
        Self { sandbox: sandbox.clone(), opened: Err(why.to_owned()) }
    }

    pub(crate) fn opened(
        sandbox: &Sandbox,
        opened: Result<(InteractionId, watch::Receiver<u64>), ApiError>,
    ) -> Self {
        Self { sandbox: sandbox.clone(), opened: opened.map_err(|error| error.to_string()) }
    }

    /// The reply to a known interaction.
    pub(crate) fn find(sandbox: &Sandbox, id: InteractionId) -> Option<Self> {
        let changes = sandbox.world().interactions.get(id)?.changes.subscribe();
        Some(Self { sandbox: sandbox.clone(), opened: Ok((id, changes)) })
    }

    /// The interaction, unless the client refused to send it.
    pub fn id(&self) -> Option<InteractionId> {
        self.opened.as_ref().ok().map(|(id, _)| *id)
    }

    /// Why the client refused to send it.
    pub fn refusal(&self) -> Option<&str> {
        self.opened.as_ref().err().map(String::as_str)
    }

    /// Waits for the first answer, at most 3 seconds of sandbox time.
    pub async fn first(&self) -> First {
        let (id, mut changes) = match &self.opened {
            Ok((id, changes)) => (*id, changes.clone()),
            Err(why) => return First::Failed(why.clone()),
        };
        let deadline = self.look(id, |_, found| found.created_ms).unwrap_or_default() + ANSWER_MS;
        loop {
            changes.mark_unchanged();
            if let Some(first) = self.look(id, first).flatten() {
                return first;
            }
            tokio::select! {
                changed = changes.changed() => if changed.is_err() {
                    return First::Failed(NO_RESPONSE.to_owned());
                },
                // One millisecond later, so that an answer in the last one still counts.
                () = self.sandbox.clock().sleep_until(deadline + 1) => {
                    return self.look(id, first).flatten().unwrap_or_else(|| First::Failed(NO_RESPONSE.to_owned()));
                }
            }
        }
    }

    /// Waits for a modal as first answer.
    pub async fn modal(&self) -> Option<ModalView> {
        if let First::Modal(modal) = self.first().await { Some(modal) } else { None }
    }

    /// Waits for autocomplete choices as first answer.
    pub async fn choices(&self) -> Option<Vec<ChoiceView>> {
        if let First::Choices(list) = self.first().await {
            Some(parts::choices(&list))
        } else {
            None
        }
    }

    /// Waits for the first answer and gives the reason when it failed.
    pub async fn failure(&self) -> Option<String> {
        if let First::Failed(why) = self.first().await { Some(why) } else { None }
    }

    /// Waits until a message stands there that is not loading any more. `None` when none comes in time, or when the
    /// first answer was no message.
    pub async fn settled(&self) -> Option<MessageView> {
        match self.first().await {
            First::Failed(_) | First::Choices(_) | First::Modal(_) => None,
            _ => self.when(|message| !message.loading).await,
        }
    }

    /// Waits until the reply's message (the answer, or the message clicked on) fulfils a condition, through however
    /// many edits.
    pub async fn when(&self, condition: impl Fn(&MessageView) -> bool) -> Option<MessageView> {
        self.until(|| self.message().filter(&condition)).await
    }

    /// Waits for a follow-up that fulfils a condition.
    pub async fn followup(&self, condition: impl Fn(&MessageView) -> bool) -> Option<MessageView> {
        self.until(|| self.followups().into_iter().find(&condition)).await
    }

    /// Waits until a message that was there as an answer is deleted.
    pub async fn deleted(&self) -> bool {
        let gone = |world: &World, found: &Interaction| {
            let had = match found.answered {
                Answered::Pending | Answered::Choices(_) | Answered::Modal(_) => false,
                Answered::Message
                | Answered::Deferred { .. }
                | Answered::DeferredUpdate
                | Answered::Updated => true,
            };
            (had && original(world, found).is_none()).then_some(())
        };
        self.until(|| self.look(self.id()?, gone).flatten()).await.is_some()
    }

    async fn until<T>(&self, look: impl Fn() -> Option<T>) -> Option<T> {
        let (_, changes) = self.opened.as_ref().ok()?;
        let mut changes = changes.clone();
        let patience = tokio::time::sleep(self.sandbox.config().patience);
        tokio::pin!(patience);
        loop {
            changes.mark_unchanged();
            if let Some(found) = look() {
                return Some(found);
            }
            tokio::select! {
                changed = changes.changed() => changed.ok()?,
                () = &mut patience => return None,
            }
        }
    }

    /// The message right now: the answer, or for updates the message clicked on.
    pub fn message(&self) -> Option<MessageView> {
        self.look(self.id()?, original)?
    }

    /// Follow-ups, oldest first.
    pub fn followups(&self) -> Vec<MessageView> {
        let look = |world: &World, found: &Interaction| {
            let messages =
                found.followups.iter().filter_map(|id| world.message(found.channel, *id));
            messages.map(MessageView::of).collect()
        };
        self.id().and_then(|id| self.look(id, look)).unwrap_or_default()
    }

    /// The text of the message right now; empty when there is none.
    pub fn text(&self) -> String {
        self.message().map(|message| message.text()).unwrap_or_default()
    }

    /// The first answer as it stands now, without waiting; `None` when there is none yet.
    pub(crate) fn now(&self) -> Option<First> {
        match &self.opened {
            Ok((id, _)) => self.look(*id, first).flatten(),
            Err(why) => Some(First::Failed(why.clone())),
        }
    }

    fn look<T>(
        &self,
        id: InteractionId,
        look: impl FnOnce(&World, &Interaction) -> T,
    ) -> Option<T> {
        let world = self.sandbox.world();
        world.interactions.get(id).map(|found| look(&world, found))
    }
}

fn original(world: &World, found: &Interaction) -> Option<MessageView> {
    let message = world.message(found.channel, found.original?)?;
    Some(MessageView::of(message))
}

fn first(world: &World, found: &Interaction) -> Option<First> {
    let message = || original(world, found);
    let gone = || First::Failed(String::from("the answer was deleted"));
    Some(match &found.answered {
        Answered::Pending => return None,
        Answered::Message => message().map_or_else(gone, First::Message),
        // The bot may be quicker than the person: then there is no loading state to be seen any more.
        Answered::Deferred { .. } => message().map_or_else(gone, First::Deferred),
        Answered::DeferredUpdate => First::DeferredUpdate,
        Answered::Updated => message().map_or_else(gone, First::Updated),
        Answered::Choices(choices) => First::Choices(choices.clone()),
        Answered::Modal(modal) => {
            First::Modal(ModalView::new(found.id, found.channel, found.source, modal))
        }
    })
}
