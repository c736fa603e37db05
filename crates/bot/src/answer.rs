//! Talking back: the first answer within Discord's 3 seconds, and what comes after it.
//!
//! A flow computes an [`Answer`] and never thinks about time. When it takes longer than
//! [`DEFER_AFTER`], the person sees "thinking" and the answer comes by an edit.

use std::{future::Future, pin::pin, time::Duration};

use discord::{Call, CallError};
use domain::{ChannelId, MessageId};
use tokio::time::{Instant, sleep_until, timeout_at};
use twilight_model::{
    application::command::CommandOptionChoice,
    channel::message::{AllowedMentions, Component, MessageFlags},
    http::attachment::Attachment,
    http::interaction::{InteractionResponse, InteractionResponseData, InteractionResponseType},
    id::{
        Id,
        marker::{ApplicationMarker, InteractionMarker},
    },
};

use crate::{
    app::App,
    metrics::Kind,
    text::Words,
    views::{Modal, Parts, reply},
};

/// Discord drops an interaction that was not answered within 3 s. What is left after this pause
/// is for the way there and a second try.
const DEFER_AFTER: Duration = Duration::from_millis(1_500);

/// The same for what is known to take long: long enough for a refusal, which is the answer then.
const DEFER_SOON: Duration = Duration::from_millis(200);

/// Until when the first answer is worth sending, and anything is worth doing: Discord's 3 s began before the click reached us,
/// and end when the answer has reached Discord.
pub(crate) const FIRST_WITHIN: Duration = Duration::from_millis(2_700);

/// An interaction's token lives 15 minutes; an answer to be is given up a little before.
const LAST_WITHIN: Duration = Duration::from_secs(14 * 60 + 30);

/// Before an answer is said again that Discord had trouble with and no time for.
const AGAIN: Duration = Duration::from_secs(2);

/// What a flow says.
#[derive(Debug)]
pub(crate) enum Answer {
    /// For the person alone: a new ephemeral message, or a new page of the one that was clicked.
    Show(Parts),
    /// As [`Answer::Show`], with a file that the page shows.
    Picture(Parts, Attachment),
    /// As [`Answer::Show`], for work that goes on: from here on the keeper of replies speaks.
    Started(Parts),
    /// The clicked message itself becomes this, also when everybody sees it.
    Replace(Parts),
    /// A form. Only possible as the first answer.
    Form(Modal),
    /// Suggestions while somebody types.
    Choices(Vec<CommandOptionChoice>),
    /// Nothing to see.
    Quiet,
    /// The clicked ephemeral message goes away.
    Close,
}

/// Where the person clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A command, or a form opened by one.
    Nowhere,
    /// A message that only this person sees.
    Private,
    /// A message that everybody in the channel sees: a panel or a request.
    Public {
        /// Its channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
        /// Whether the message itself is what changes, so that "thinking" shows nothing new.
        becomes: bool,
    },
}

/// The line to the person who did something.
pub(crate) struct Line {
    pub(crate) application: Id<ApplicationMarker>,
    pub(crate) id: Id<InteractionMarker>,
    pub(crate) token: String,
    pub(crate) arrived: Instant,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    /// Whether a file hangs on the message that was clicked.
    pub(crate) pictured: bool,
    pub(crate) words: &'static Words,
}

impl Line {
    /// Runs a flow and brings its answer to the person.
    pub(crate) async fn deliver(&self, app: &App, flow: impl Future<Output = Answer>) {
        self.deliver_after(app, DEFER_AFTER, None, flow).await;
    }

    /// The same for a flow that waits for what is not ours: the person reads `meanwhile` what goes
    /// on.
    pub(crate) async fn deliver_slow(
        &self,
        app: &App,
        meanwhile: Parts,
        flow: impl Future<Output = Answer>,
    ) {
        self.deliver_after(app, DEFER_SOON, Some(meanwhile), flow).await;
    }

    async fn deliver_after(
        &self,
        app: &App,
        pause: Duration,
        meanwhile: Option<Parts>,
        flow: impl Future<Output = Answer>,
    ) {
        let mut flow = pin!(flow);
        let result = tokio::select! {
            answer = &mut flow => self.first(app, answer).await,
            () = sleep_until(self.arrived + pause) => {
                let deferred = match meanwhile {
                    Some(parts) => self.first(app, Answer::Show(parts)).await,
                    None => self.callback(app, self.thinking()).await,
                };
                let answer = timeout_at(self.arrived + LAST_WITHIN, flow).await;
                match (deferred, answer) {
                    (Ok(()), Ok(answer)) => self.bring(app, &answer).await,
                    // The flow has run its course either way; only the person does not hear of it.
                    (Err(error), _) => Err(error),
                    (Ok(()), Err(_)) => {
                        tracing::warn!("an answer took longer than its token lives");
                        Ok(())
                    }
                }
            }
        };
        app.metrics.whole(self.kind, self.arrived.elapsed());
        self.note(app, result);
    }

    /// Suggestions: never deferred, and worthless when late.
    pub(crate) async fn suggest(
        &self,
        app: &App,
        flow: impl Future<Output = Vec<CommandOptionChoice>>,
    ) {
        let choices = timeout_at(self.arrived + DEFER_AFTER, flow).await.unwrap_or_default();
        self.note(app, self.first(app, Answer::Choices(choices)).await);
    }

    fn note(&self, app: &App, result: Result<(), CallError>) {
        match result {
            Ok(()) => app.metrics.answer_sent(),
            // Unknown interaction, or already answered: nobody is waiting any more.
            Err(error) if matches!(error.code(), Some(10_062 | 40_060)) => {
                app.metrics.answer_late();
                tracing::info!(interaction = %self.id, "the answer came too late or twice");
            }
            Err(error) => {
                app.metrics.answer_failed();
                tracing::warn!(interaction = %self.id, %error, "could not answer");
            }
        }
    }

    async fn first(&self, app: &App, answer: Answer) -> Result<(), CallError> {
        use InteractionResponseType as T;
        let private = self.place == Place::Private;
        let in_place = if private { T::UpdateMessage } else { T::ChannelMessageWithSource };
        let (kind, data) = match answer {
            Answer::Replace(parts) if self.place != Place::Nowhere => {
                (T::UpdateMessage, Some(message(parts)))
            }
            Answer::Show(parts) | Answer::Started(parts) | Answer::Replace(parts) => {
                (in_place, Some(message(parts)))
            }
            Answer::Picture(parts, file) => {
                let data =
                    InteractionResponseData { attachments: Some(vec![file]), ..message(parts) };
                (in_place, Some(data))
            }
            Answer::Form(modal) => (T::Modal, Some(modal.data())),
            Answer::Choices(choices) => (
                T::ApplicationCommandAutocompleteResult,
                Some(InteractionResponseData {
                    choices: Some(choices),
                    ..InteractionResponseData::default()
                }),
            ),
            Answer::Quiet if self.place != Place::Nowhere => (T::DeferredUpdateMessage, None),
            Answer::Quiet => (in_place, Some(message(reply::stale(self.words)))),
            Answer::Close => {
                let quiet = InteractionResponse { kind: T::DeferredUpdateMessage, data: None };
                self.callback(app, quiet).await?;
                return if private { self.delete_original(app).await } else { Ok(()) };
            }
        };
        let data = data.map(|mut data| {
            if kind == T::ChannelMessageWithSource {
                data.flags = data.flags.map(|flags| flags | MessageFlags::EPHEMERAL);
            } else if kind == T::UpdateMessage && self.pictured {
                // Files stay with a message unless somebody says which ones do: none but ours.
                data.attachments.get_or_insert_default();
            }
            data
        });
        self.callback(app, InteractionResponse { kind, data }).await
    }

    /// "Thinking": Discord allows no flag here but the ephemeral one.
    fn thinking(&self) -> InteractionResponse {
        use InteractionResponseType as T;
        let updates = matches!(self.place, Place::Private | Place::Public { becomes: true, .. });
        if updates {
            return InteractionResponse { kind: T::DeferredUpdateMessage, data: None };
        }
        let data = InteractionResponseData {
            flags: Some(MessageFlags::EPHEMERAL),
            ..InteractionResponseData::default()
        };
        InteractionResponse { kind: T::DeferredChannelMessageWithSource, data: Some(data) }
    }

    /// The answer after "thinking", for as long as it can be read: who sees "thinking" has nothing
    /// to press again.
    async fn bring(&self, app: &App, answer: &Answer) -> Result<(), CallError> {
        loop {
            let Err(error) = self.later(app, answer).await else { return Ok(()) };
            let wait = error.retry_after().unwrap_or(AGAIN);
            // A second message whose answer was lost may stand there already.
            let again = error.is_temporary() && !matches!(error, CallError::AnswerLost { .. });
            if !again || Instant::now() + wait >= self.arrived + LAST_WITHIN {
                return Err(error);
            }
            tracing::info!(interaction = %self.id, %error, "an answer is said again later");
            tokio::time::sleep(wait).await;
        }
    }

    /// One try at the answer after "thinking".
    async fn later(&self, app: &App, answer: &Answer) -> Result<(), CallError> {
        match (answer, self.place) {
            // After `Started` the keeper of replies may have spoken already; do not talk over it.
            (Answer::Started(_) | Answer::Choices(_), _)
            | (Answer::Quiet, Place::Private | Place::Public { becomes: true, .. })
            | (Answer::Close, Place::Public { becomes: true, .. }) => Ok(()),
            (Answer::Show(parts), Place::Public { becomes: true, .. }) => {
                self.follow_up(app, parts, &[]).await
            }
            (Answer::Picture(parts, file), Place::Public { becomes: true, .. }) => {
                self.follow_up(app, parts, std::slice::from_ref(file)).await
            }
            (Answer::Picture(parts, file), _) => {
                let file = std::slice::from_ref(file);
                let call = Call::interactive();
                edit_original_with(app, self.application, &self.token, parts, file, call).await
            }
            (Answer::Replace(parts), Place::Public { channel, message, becomes: false }) => {
                edit(app, channel, message, parts).await?;
                self.delete_original(app).await
            }
            (Answer::Show(parts) | Answer::Replace(parts), _) => {
                edit_original(app, self.application, &self.token, parts, Call::interactive()).await
            }
            // A form cannot follow "thinking"; the next click will find us faster.
            (Answer::Form(_), Place::Public { becomes: true, .. }) => {
                self.follow_up(app, &reply::stale(self.words), &[]).await
            }
            (Answer::Form(_), _) => {
                let parts = reply::stale(self.words);
                edit_original(app, self.application, &self.token, &parts, Call::interactive()).await
            }
            (Answer::Quiet | Answer::Close, _) => self.delete_original(app).await,
        }
    }

    async fn callback(&self, app: &App, response: InteractionResponse) -> Result<(), CallError> {
        let rest = app.engine.rest();
        let interactions = rest.factory().interaction(self.application);
        let request = interactions.create_response(self.id, &self.token, &response);
        let until = (self.arrived + FIRST_WITHIN).into_std();
        rest.send_empty(request, Call::until(until)).await?;
        app.metrics.first_answer(self.kind, self.arrived.elapsed());
        Ok(())
    }

    async fn follow_up(
        &self,
        app: &App,
        parts: &[Component],
        files: &[Attachment],
    ) -> Result<(), CallError> {
        let rest = app.engine.rest();
        let mentions = nobody();
        let interactions = rest.factory().interaction(self.application);
        let request = interactions
            .create_followup(&self.token)
            .flags(MessageFlags::EPHEMERAL | MessageFlags::IS_COMPONENTS_V2)
            .attachments(files)
            .allowed_mentions(Some(&mentions))
            .components(parts);
        rest.send_empty(request, Call::interactive()).await
    }

    async fn delete_original(&self, app: &App) -> Result<(), CallError> {
        let rest = app.engine.rest();
        let interactions = rest.factory().interaction(self.application);
        rest.send_empty(interactions.delete_response(&self.token), Call::interactive()).await
    }
}

/// Nobody is pinged by what we say.
pub(crate) fn nobody() -> AllowedMentions {
    AllowedMentions::default()
}

fn message(parts: Parts) -> InteractionResponseData {
    InteractionResponseData {
        components: Some(parts),
        flags: Some(MessageFlags::IS_COMPONENTS_V2),
        allowed_mentions: Some(nobody()),
        ..InteractionResponseData::default()
    }
}

/// Edits the first answer to an interaction.
pub(crate) async fn edit_original(
    app: &App,
    application: Id<ApplicationMarker>,
    token: &str,
    parts: &[Component],
    call: Call,
) -> Result<(), CallError> {
    edit_original_with(app, application, token, parts, &[], call).await
}

/// The same with files, which take the place of those that were there.
async fn edit_original_with(
    app: &App,
    application: Id<ApplicationMarker>,
    token: &str,
    parts: &[Component],
    files: &[Attachment],
    call: Call,
) -> Result<(), CallError> {
    let rest = app.engine.rest();
    let mentions = nobody();
    let interactions = rest.factory().interaction(application);
    let request = interactions
        .update_response(token)
        .keep_attachment_ids(&[])
        .attachments(files)
        .flags(MessageFlags::IS_COMPONENTS_V2)
        .allowed_mentions(Some(&mentions))
        .components(Some(parts));
    rest.send_empty(request, call).await
}

/// Edits a message of ours in a channel.
pub(crate) async fn edit(
    app: &App,
    channel: ChannelId,
    message: MessageId,
    parts: &[Component],
) -> Result<(), CallError> {
    let rest = app.engine.rest();
    let mentions = nobody();
    let request = rest
        .factory()
        .update_message(channel, message)
        .flags(MessageFlags::IS_COMPONENTS_V2)
        .allowed_mentions(Some(&mentions))
        .components(Some(parts));
    rest.send_empty(request, Call::background()).await
}
