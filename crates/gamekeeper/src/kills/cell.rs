//! One cell: a flow, killed at one call.

use std::{fmt, time::Duration};

use engine::PanelKind;
use sandbox::{
    actor::{First, MessageView, Reply},
    faults::{Held, Hold},
    id::ChannelId,
    world::Permissions,
};
use store::AuditQuery;

use super::{Ground, flow::Flow};
use crate::stage::{
    Setup, Stage,
    verbs::{Told, until},
};

/// So long without a change on Discord, and nothing is on its way any more: panels and log lines
/// wait up to two seconds for company.
const QUIET: Duration = Duration::from_millis(2_600);
/// A call that did not come by then does not come. Longer than everything that delays one.
const COMES_WITHIN: Duration = Duration::from_secs(8);

/// The first answer to an interaction.
const ANSWER: &str = "create_interaction_response";

/// What becomes of the call that hangs when the bot dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Held before it took effect; it never does.
    NeverSent,
    /// Held before it took effect; it does when the bot is dead already.
    Late,
    /// Held after it took effect; nobody hears of it.
    Unheard,
}

impl Fate {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::NeverSent, Self::Late, Self::Unheard];

    /// Where the `nth` call has to be held for it.
    pub fn hold(self, nth: u32) -> Hold {
        match self {
            Self::NeverSent | Self::Late => Hold::before(nth),
            Self::Unheard => Hold::after(nth),
        }
    }

    /// Lets the call meet it; the bot is dead by now.
    pub fn befall(self, held: Held) {
        if self == Self::Late { held.release() } else { held.cut() }
    }
}

/// One cell of the matrix.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// The flow.
    pub flow: &'static Flow,
    /// The call it is killed at, from 1; 0 is the answer to the person.
    pub nth: u32,
    /// What becomes of that call.
    pub fate: Fate,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, killed at call {}, {:?}", self.flow.name, self.nth, self.fate)
    }
}

/// How a cell went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything is as it should be.
    Passed,
    /// The call did not come this time: calls that run side by side come in no fixed number,
    /// since panels are drawn once for several changes.
    Missed,
    /// Something is not as it should be.
    Failed(String),
}

/// A stage with the panels and the log, and the flow's own preparations.
async fn set(flow: &Flow, ground: &Ground) -> Told<Stage> {
    let mut setup = Setup {
        program: Some(ground.program.clone()),
        postgres: ground.postgres.clone(),
        ..Setup::default()
    };
    if !ground.audit_log {
        setup.permissions.0 &= !Permissions::VIEW_AUDIT_LOG.0;
    }
    let stage = Stage::set(setup).await.map_err(|stop| stop.to_string())?;
    let olga = stage.guild.owner();
    if flow.furnished {
        stage.set_up_panel(&olga, PanelKind::Admin, "admin").await?;
        stage.set_up_panel(&olga, PanelKind::Player, "games").await?;
    }
    let log = [("channel", stage.channel("log")?)];
    crate::stage::verbs::shown(&olga.slash("settings log-channel", log)).await?;
    (flow.prepare)(&stage).await?;
    quiet(&stage).await?;
    Ok(stage)
}

/// How many changing calls a flow makes when all is well.
pub(super) async fn calls_of(flow: &Flow, ground: &Ground) -> Told<u32> {
    let stage = set(flow, ground).await?;
    stage.discord.requests().clear();
    let reply = (flow.act)(&stage).await?;
    judge(&stage, flow, reply).await?;
    let calls = stage.changes().len();
    stage.close().await;
    u32::try_from(calls).map_err(|e| e.to_string())
}

impl Cell {
    /// Plays it on a stage of its own.
    pub async fn play(&self, ground: &Ground) -> Verdict {
        match self.told(ground).await {
            Ok(true) => Verdict::Passed,
            Ok(false) => Verdict::Missed,
            Err(why) => Verdict::Failed(why),
        }
    }

    /// Whether the call came; an error when something is wrong in the end.
    async fn told(&self, ground: &Ground) -> Told<bool> {
        let mut stage = set(self.flow, ground).await?;
        let hold = self.fate.hold(self.nth.max(1));
        // Answers do not count as changes; the first one of a flow is asked for by name.
        let hold = if self.nth == 0 { hold.of(ANSWER) } else { hold };
        let held = stage.discord.holds().order(hold);
        let reply = (self.flow.act)(&stage).await?;
        match tokio::time::timeout(COMES_WITHIN, held.reached()).await {
            Ok(Some(_)) => {}
            _ => return Ok(false),
        }
        stage.kill_bot();
        self.fate.befall(held);
        stage.start_bot().await.map_err(|stop| stop.to_string())?;
        judge(&stage, self.flow, reply).await?;
        stage.close().await;
        Ok(true)
    }
}

/// Everything that must hold in the end.
async fn judge(stage: &Stage, flow: &Flow, reply: Option<Reply>) -> Told<()> {
    quiet(stage).await?;
    let asked_again = match reply {
        Some(reply) => answered(stage, flow, &reply).await?,
        None => false,
    };
    (flow.check)(stage).await?;
    stage.truth().await?;
    let more = if asked_again { flow.again_adds } else { 0 };
    audited_once(stage, flow, 1 + more).await?;
    panels_once(stage).await
}

/// The person who waited has the outcome before the eyes. Where the bot died before it answered
/// at all, Discord itself said so; then asking again must be answered. Answers whether it was.
async fn answered(stage: &Stage, flow: &Flow, reply: &Reply) -> Told<bool> {
    if matches!(reply.first().await, First::Failed(_)) {
        let again = (flow.act)(stage).await?.ok_or("nobody asks again")?;
        return match again.first().await {
            First::Failed(why) => Err(format!("asked again, still no answer: {why}")),
            _ => quiet(stage).await.map(|()| true),
        };
    }
    let done = until("the answer to be complete", || async {
        reply.message().filter(|message| message.text().contains(flow.answer))
    });
    done.await.map(|_| false).map_err(|why| format!("{why}; it says: {}", reply.text()))
}

/// Nothing is owed and nothing is on its way.
async fn quiet(stage: &Stage) -> Told<()> {
    stage.rest().await?;
    until("every line to be in the log", || async {
        stage.engine().store().guilds_with_unlogged().await.ok()?.is_empty().then_some(())
    })
    .await?;
    let mut seen = stage.changes().len();
    loop {
        tokio::time::sleep(QUIET).await;
        let now = stage.changes().len();
        if now == seen {
            return stage.rest().await;
        }
        seen = now;
    }
}

/// The audit has one entry for the action, and the log channel one line.
async fn audited_once(stage: &Stage, flow: &Flow, wanted: usize) -> Told<()> {
    let query = AuditQuery { kind: Some(flow.audit), limit: 100, ..AuditQuery::default() };
    let entries = stage.engine().store().audit(stage.guild_id(), &query).await;
    let entries = entries.map_err(|e| e.to_string())?.len();
    if entries != wanted {
        return Err(format!("{entries} audit entries “{}”, not {wanted}", flow.audit));
    }
    let lines: String = shown_in(stage, "log")?.iter().map(MessageView::text).collect();
    match lines.matches(flow.line).count() {
        count if count == wanted => Ok(()),
        count => Err(format!("{count} lines “{}” in the log: {lines}", flow.line)),
    }
}

/// Each panel is there once.
async fn panels_once(stage: &Stage) -> Told<()> {
    for (kind, channel) in [(PanelKind::Admin, "admin"), (PanelKind::Player, "games")] {
        let wanted = usize::from(
            stage
                .engine()
                .store()
                .panel(stage.guild_id(), kind.as_str())
                .await
                .map_err(|e| e.to_string())?
                .is_some_and(|panel| panel.message.is_some()),
        );
        let found = shown_in(stage, channel)?.len();
        if found != wanted {
            return Err(format!("{found} messages in #{channel}, not {wanted}"));
        }
    }
    Ok(())
}

fn shown_in(stage: &Stage, channel: &str) -> Told<Vec<MessageView>> {
    let channel: ChannelId = stage.channel(channel)?;
    let all = stage.guild.owner().read(channel).into_iter();
    Ok(all.filter(|message| !message.ephemeral).collect())
}
