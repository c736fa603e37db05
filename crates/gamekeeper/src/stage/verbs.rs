//! What people do on a stage, in the words of a story.

use std::time::{Duration, Instant};

use bot::ids::{CustomId, GameAct, Purpose, field};
use domain::{GameId, Phase};
use engine::{GameSummary, PanelKind};
use sandbox::{
    actor::{Actor, First, MessageView, ModalView, Reply},
    observe::RequestRecord,
};
use store::{Panel, Work};

use super::{PATIENCE, Stage};

/// A story that went another way than told.
pub type Told<T> = Result<T, String>;

/// How often a wait looks.
const GLANCE: Duration = Duration::from_millis(10);

/// Looks again and again until there is something, or patience ends.
pub async fn until<T, F: Future<Output = Option<T>>>(
    what: &str,
    mut look: impl FnMut() -> F,
) -> Told<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = look().await {
            return Ok(found);
        }
        if start.elapsed() > PATIENCE {
            return Err(format!("waited {} s in vain: {what}", PATIENCE.as_secs()));
        }
        tokio::time::sleep(GLANCE).await;
    }
}

/// The modal an action opens.
pub async fn modal(reply: &Reply) -> Told<ModalView> {
    match reply.first().await {
        First::Modal(modal) => Ok(modal),
        other => Err(format!("a form was expected, but: {}", describe(&other))),
    }
}

/// The message an action shows, once it is not loading any more.
pub async fn shown(reply: &Reply) -> Told<MessageView> {
    match reply.first().await {
        First::Message(message) | First::Updated(message) => Ok(message),
        First::Deferred(_) | First::DeferredUpdate => {
            reply.settled().await.ok_or_else(|| "the answer never came".to_owned())
        }
        other => Err(format!("a message was expected, but: {}", describe(&other))),
    }
}

fn describe(first: &First) -> String {
    match first {
        First::Message(message) | First::Deferred(message) | First::Updated(message) => {
            message.text()
        }
        First::DeferredUpdate => "nothing visible".to_owned(),
        First::Choices(choices) => format!("{} choices", choices.len()),
        First::Modal(modal) => format!("the form “{}”", modal.title),
        First::Failed(why) => why.clone(),
    }
}

/// Whether a text is in a message; the message in the error.
pub fn says(message: &MessageView, wanted: &str) -> Told<()> {
    let text = message.text();
    if text.contains(wanted) {
        Ok(())
    } else {
        Err(format!("“{wanted}” was expected in: {text}"))
    }
}

impl Stage {
    /// A channel of the guild by name.
    pub fn channel(&self, name: &str) -> Told<sandbox::id::ChannelId> {
        let found = self.guild.channel(name).map(|channel| channel.id);
        found.ok_or_else(|| format!("there is no channel {name}"))
    }

    /// Somebody puts a panel into a channel by command.
    pub async fn set_up_panel(&self, who: &Actor, kind: PanelKind, channel: &str) -> Told<()> {
        let channel = self.channel(channel)?;
        let options: [(&str, sandbox::actor::OptionValue); 2] =
            [("channel", channel.into()), ("kind", kind.as_str().into())];
        shown(&who.slash("setupdashboard", options)).await?;
        self.panel(who, kind).await.map(drop)
    }

    /// The row of a panel, once it is posted and up to date.
    pub async fn posted(&self, kind: PanelKind) -> Told<Panel> {
        let (store, guild) = (self.engine().store().clone(), self.guild_id());
        until(&format!("the {kind} panel to be posted"), || {
            let store = store.clone();
            async move {
                let panel = store.panel(guild, kind.as_str()).await.ok().flatten()?;
                panel.message.is_some().then_some(panel)
            }
        })
        .await
    }

    /// A panel as somebody sees it.
    pub async fn panel(&self, viewer: &Actor, kind: PanelKind) -> Told<MessageView> {
        let panel = self.posted(kind).await?;
        let message = panel.message.map_or(0, twilight_model::id::Id::get);
        let channel = sandbox::id::ChannelId(panel.channel.get());
        viewer
            .read(channel)
            .into_iter()
            .find(|seen| seen.id.0 == message)
            .ok_or_else(|| format!("the {kind} panel cannot be seen"))
    }

    /// Waits until a panel says something.
    pub async fn panel_says(&self, viewer: &Actor, kind: PanelKind, wanted: &str) -> Told<()> {
        until(&format!("the {kind} panel to say “{wanted}”"), || async {
            let panel = self.panel(viewer, kind).await.ok()?;
            panel.text().contains(wanted).then_some(())
        })
        .await
    }

    /// A game by name.
    pub async fn game(&self, name: &str) -> Told<GameSummary> {
        let games = self.engine().games(self.guild_id()).await.map_err(|e| e.to_string())?;
        games
            .into_iter()
            .find(|summary| summary.game.name.as_str() == name)
            .ok_or_else(|| format!("there is no game {name}"))
    }

    /// A game's number by name.
    pub async fn id(&self, name: &str) -> Told<GameId> {
        Ok(self.game(name).await?.game.id)
    }

    /// Simple create from the admin panel. Answers when the work has begun.
    pub async fn create_simple(&self, who: &Actor, name: &str, emoji: &str) -> Told<Reply> {
        let panel = self.panel(who, PanelKind::Admin).await?;
        let form = modal(&who.click(&panel, &CustomId::CreateSimple.to_string())).await?;
        let reply = who.submit(&form, [(field::NAME, name), (field::EMOJI, emoji)]);
        shown(&reply).await?;
        Ok(reply)
    }

    /// The same, and waits until Discord has it all.
    pub async fn have_game(&self, who: &Actor, name: &str) -> Told<GameId> {
        self.create_simple(who, name, "").await?;
        self.rest().await?;
        self.id(name).await
    }

    /// Opens the page of one game that `purpose` leads to, through the admin panel's picker.
    pub async fn pick(&self, who: &Actor, purpose: Purpose, game: GameId) -> Told<MessageView> {
        let kind = match purpose {
            Purpose::Join | Purpose::Leave => PanelKind::Player,
            _ => PanelKind::Admin,
        };
        let panel = self.panel(who, kind).await?;
        let mut page = 0;
        let mut message =
            shown(&who.click(&panel, &CustomId::Pick(purpose, page).to_string())).await?;
        loop {
            let select = CustomId::Picked(purpose, page).to_string();
            let options = message.component(&select).map(ToString::to_string).unwrap_or_default();
            if options.contains(&format!("\"value\":\"{game}\"")) {
                return shown(&who.select(&message, &select, &[&game.to_string()])).await;
            }
            page += 1;
            let next = CustomId::Pick(purpose, page).to_string();
            if message.component(&next).is_none() {
                return Err(format!("game {game} cannot be picked here"));
            }
            message = shown(&who.click(&message, &next)).await?;
        }
    }

    /// Presses a button about a game and answers what it shows.
    pub async fn press(
        &self,
        who: &Actor,
        on: &MessageView,
        act: GameAct,
        game: GameId,
    ) -> Told<MessageView> {
        shown(&who.click(on, &CustomId::Game(act, game).to_string())).await
    }

    /// A game that the reconciler still owes a look. A problem that waits for a person is none; a
    /// retry is one, and so is a claim that was given back for a moment and says nothing.
    pub async fn owed(&self) -> Told<Option<Work>> {
        let work = self.engine().store().work_of_guild(self.guild_id()).await;
        let now = self.engine().clock().now();
        let waits = |work: &Work| work.waiting_for.as_ref().is_some_and(|why| !why.is_empty());
        let rests = |work: &Work| work.not_before > now && work.attempts == 0 && waits(work);
        Ok(work.map_err(|e| e.to_string())?.into_iter().find(|work| !rests(work)))
    }

    /// Calls that changed something, answers to people left out: what holds count.
    pub fn changes(&self) -> Vec<RequestRecord> {
        let answers = ["create_interaction_response", "update_original_webhook_message"];
        let all = self.discord.requests().all().into_iter();
        all.filter(|call| call.method != "GET" && !answers.contains(&call.operation)).collect()
    }

    /// Waits until the reconciler owes nothing and every action has its outcome.
    pub async fn rest(&self) -> Told<()> {
        let rested = until("the reconciler to come to rest", || async {
            matches!(self.owed().await, Ok(None)).then_some(())
        });
        if rested.await.is_err() {
            return Err(format!("the reconciler does not come to rest: {:?}", self.owed().await));
        }
        Ok(())
    }

    /// Waits until a game is in a phase and at rest.
    pub async fn settled_in(&self, game: GameId, phase: Phase) -> Told<()> {
        self.rest().await?;
        let record =
            self.engine().store().game(game).await.map_err(|e| e.to_string())?.ok_or("no row")?;
        let whole = record.settled_generation == record.game.generation;
        if record.game.phase == phase && whole && record.problems.is_empty() {
            Ok(())
        } else {
            Err(format!("the game is not settled in {phase:?}: {record:?}"))
        }
    }
}
