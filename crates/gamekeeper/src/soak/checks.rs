//! What must hold: some of it always, the rest whenever everything is left in peace for a moment.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::{Duration, Instant},
};

use domain::{Locale, Phase, audit::AuditKind};
use engine::{Caller, Correlation};
use store::AuditQuery;

use super::{
    Ground,
    book::{Known, goes_on},
};
use crate::stage::verbs::Told;

/// How soon after the last trouble everything has to be in order. A call may have failed so often
/// that its next try is half a minute away.
const WITHIN: Duration = Duration::from_secs(90);
/// Between two looks.
const GLANCE: Duration = Duration::from_millis(200);
/// Audit entries read at once.
const PAGE: u64 = 2_000;

/// Everything, until it holds; what does not in time is written down. Answers how long it took.
pub(super) async fn in_order(ground: &Ground<'_>) -> Duration {
    let began = Instant::now();
    let told = loop {
        let told = all(ground).await;
        if told.is_ok() || began.elapsed() > WITHIN {
            break told;
        }
        tokio::time::sleep(GLANCE).await;
    };
    ground.book.write(|pages| pages.checks += 1);
    if let Err(why) = told {
        ground.book.broken(format!("not in order {} s after the trouble: {why}", WITHIN.as_secs()));
    }
    began.elapsed()
}

async fn all(ground: &Ground<'_>) -> Told<()> {
    if !ground.stage.is_up() {
        return Err("the bot is not connected".to_owned());
    }
    nothing_owed(ground).await?;
    ground.stage.truth().await?;
    seen_as_it_is(ground)?;
    nothing_to_do(ground).await?;
    panels_once(ground).await?;
    audited_once(ground).await?;
    everybody_answered(ground).await?;
    remember_games(ground).await
}

async fn nothing_owed(ground: &Ground<'_>) -> Told<()> {
    match ground.stage.owed().await? {
        Some(owed) => Err(format!("a game is still owed a look: {owed:?}")),
        None => Ok(()),
    }
}

/// What the bot believes of its guild is how it is.
fn seen_as_it_is(ground: &Ground<'_>) -> Told<()> {
    let stage = ground.stage;
    let known = stage.engine().cache().guild(stage.guild_id()).ok_or("the guild is unknown")?;
    let seen: BTreeMap<u64, (String, Option<u64>)> = known
        .channels
        .iter()
        .map(|(id, c)| (id.get(), (c.name.to_string(), c.parent.map(twilight_model::id::Id::get))))
        .chain(known.roles.iter().map(|(id, role)| (id.get(), (role.name.to_string(), None))))
        .collect();
    let channels = stage.guild.channels().into_iter();
    let there: BTreeMap<u64, (String, Option<u64>)> = channels
        .map(|c| (c.id.0, (c.name.clone(), c.parent.map(|parent| parent.0))))
        .chain(stage.guild.state().roles.iter().map(|r| (r.id.0, (r.name.clone(), None))))
        .collect();
    if seen == there {
        return Ok(());
    }
    let odd: BTreeSet<u64> = seen
        .keys()
        .chain(there.keys())
        .filter(|id| seen.get(id) != there.get(id))
        .copied()
        .collect();
    let odd: Vec<_> = odd.iter().map(|id| (id, seen.get(id), there.get(id))).collect();
    Err(format!("the bot believes otherwise than it is (id, believed, is): {odd:?}"))
}

/// The planner has nothing to add, and no game has a problem.
async fn nothing_to_do(ground: &Ground<'_>) -> Told<()> {
    let stage = ground.stage;
    let olga = twilight_model::id::Id::new(stage.guild.owner().id().0.max(1));
    let caller = Caller {
        actor: domain::Actor {
            guild: stage.guild_id(),
            user: olga,
            roles: Vec::new(),
            permissions: domain::Permissions::all(),
        },
        locale: Locale::En,
        correlation: Correlation("soak".to_owned()),
        reply_to: None,
    };
    let games = stage.engine().store().games_of_guild(stage.guild_id()).await;
    for record in games.map_err(|e| e.to_string())? {
        let game = &record.game;
        if !record.problems.is_empty() {
            return Err(format!("{} has problems: {:?}", game.name, record.problems));
        }
        if record.settled_generation != game.generation {
            return Err(format!("{} is not settled", game.name));
        }
        let preview = stage.engine().preview_repair(&caller, game.id).await;
        let plan = preview.map_err(|e| e.to_string())?.plan;
        if !plan.steps.is_empty() && !ground.accepts().await? {
            let steps: Vec<String> = plan.steps.iter().map(|step| step.op.to_string()).collect();
            return Err(format!("{} is not as it should be: {steps:?}", game.name));
        }
    }
    Ok(())
}

/// Each panel stands exactly once, where the database says.
async fn panels_once(ground: &Ground<'_>) -> Told<()> {
    let stage = ground.stage;
    let panels =
        stage.engine().store().panels(stage.guild_id()).await.map_err(|e| e.to_string())?;
    let wanted: BTreeSet<(u64, u64)> = panels
        .iter()
        .filter_map(|panel| Some((panel.channel.get(), panel.message?.get())))
        .collect();
    let there: Vec<(u64, u64)> =
        ground.panels().into_iter().map(|(_, channel, message)| (channel.0, message.0)).collect();
    let once: BTreeSet<(u64, u64)> = there.iter().copied().collect();
    if once == wanted && there.len() == wanted.len() && panels.len() == 2 {
        Ok(())
    } else {
        Err(format!("panels should be {wanted:?}, and there are {there:?}"))
    }
}

/// One accepted action, one entry: no action of a person is in the audit twice.
async fn audited_once(ground: &Ground<'_>) -> Told<()> {
    let query = AuditQuery { limit: PAGE, ..AuditQuery::default() };
    let store = ground.stage.engine().store();
    let rows = store.audit(ground.stage.guild_id(), &query).await.map_err(|e| e.to_string())?;
    let mut seen: HashMap<_, i64> = HashMap::new();
    let mut made: HashMap<_, i64> = HashMap::new();
    for row in &rows {
        let entry = &row.entry;
        if entry.actor.is_none() {
            continue;
        }
        let game = entry.game.as_ref().map(|(id, _)| *id);
        let key = (entry.correlation.clone(), entry.kind.as_str(), game, entry.subject);
        if let Some(other) = seen.insert(key, row.id) {
            return Err(format!("entries {other} and {} are about the same action", row.id));
        }
        if entry.kind == AuditKind::GameCreated
            && let Some(game) = game
            && let Some(other) = made.insert(game, row.id)
        {
            return Err(format!("entries {other} and {} make the same game", row.id));
        }
    }
    Ok(())
}

/// Nobody sees "I am on it" any more.
async fn everybody_answered(ground: &Ground<'_>) -> Told<()> {
    let waiters = ground.stage.engine().store().all_waiters().await.map_err(|e| e.to_string())?;
    if !waiters.is_empty() {
        return Err(format!("{} people still wait for the end of their work", waiters.len()));
    }
    ground.book.write(|pages| {
        if let Some(one) = pages.waiting.iter().find(|one| goes_on(&one.reply)) {
            return Err(format!("“{}” still reads: {}", one.what, one.reply.text()));
        }
        pages.waiting.clear();
        Ok(())
    })
}

/// People know what there is.
async fn remember_games(ground: &Ground<'_>) -> Told<()> {
    let stage = ground.stage;
    let games = stage.engine().store().games_of_guild(stage.guild_id()).await;
    let games = games.map_err(|e| e.to_string())?;
    let games = games
        .into_iter()
        .map(|record| Known {
            name: record.game.name.to_string(),
            archived: record.game.phase != Phase::Active,
        })
        .collect();
    ground.book.write(|pages| pages.games = games);
    Ok(())
}
