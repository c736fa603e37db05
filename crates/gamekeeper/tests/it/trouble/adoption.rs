//! Answers to creates get lost while somebody makes something that looks the same. What is ours is
//! found again where that can be proven; what is a stranger's is never taken.

use std::time::Duration;

use discord::AuditLogReason as _;
use domain::{GameId, Phase, Slot, audit::AuditKind, plan::Op};
use futures_util::future::try_join_all;
use gamekeeper::stage::{
    Setup, Stage, invited_with,
    verbs::{Told, shown, until},
};
use sandbox::{
    actor::Reply,
    faults::{Fault, FaultKind, Hold},
    id::{ChannelId, RoleId},
    world::{Channel, ChannelKind, Permissions},
};

use crate::scene::{audited, ends_with, set, setup, stage};

const ROLES: &str = "create_guild_role";
const CHANNELS: &str = "create_guild_channel";

/// Each create of a simple game.
const CREATES: [(&str, u32); 5] =
    [(ROLES, 1), (ROLES, 2), (CHANNELS, 1), (CHANNELS, 2), (CHANNELS, 3)];

/// Whether the bot may read Discord's audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Log {
    Open,
    Closed,
}

/// When a stranger makes something alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    BeforeOurs,
    AfterOurs,
}

async fn stage_with(log: Log) -> Told<Stage> {
    let mut bits = Permissions(invited_with().bits());
    if log == Log::Closed {
        bits = bits.without(Permissions::VIEW_AUDIT_LOG);
    }
    set(Setup { permissions: bits, ..setup() }).await
}

async fn begin(stage: &Stage, name: &str) -> Told<Reply> {
    let reply = stage.guild.owner().slash("game create", [("name", name)]);
    shown(&reply).await?;
    Ok(reply)
}

/// What somebody made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    Role(RoleId),
    Channel(ChannelId),
}

fn roles(stage: &Stage) -> Vec<RoleId> {
    stage.guild.state().roles.iter().map(|role| role.id).collect()
}

fn channels(stage: &Stage) -> Vec<Channel> {
    stage.guild.channels()
}

/// The name and kind of the one object that the bot has asked for and not heard of.
async fn asked_for(stage: &Stage, operation: &str) -> Told<(String, ChannelKind)> {
    let game = stage.id("Chess").await?;
    let open = until("all answers but one to be heard", || async {
        let mut open = stage.engine().store().open_intents(game).await.ok()?;
        open.retain(|entry| {
            entry.op.creates() && entry.op.slot().is_some_and(Slot::is_role) == (operation == ROLES)
        });
        (open.len() == 1).then(|| open.pop())?
    })
    .await?;
    Ok(match open.op {
        Op::CreateRole { spec, .. } => (spec.name, ChannelKind::Text),
        Op::CreateChannel { slot: Slot::Category, spec } => (spec.name, ChannelKind::Category),
        Op::CreateChannel { slot: Slot::Voice(_), spec } => (spec.name, ChannelKind::Voice),
        Op::CreateChannel { spec, .. } => (spec.name, ChannelKind::Text),
        other => return Err(format!("no create: {other}")),
    })
}

/// A stranger makes exactly what the bot makes, permissions included.
async fn look_alike(stage: &Stage, operation: &str) -> Told<Made> {
    let adam = stage.person("Adam");
    let (name, kind) = asked_for(stage, operation).await?;
    if operation == ROLES {
        let made = adam.create_role(&name, Permissions::NONE).map_err(|e| e.to_string())?;
        return Ok(Made::Role(made));
    }
    let category = channels(stage).into_iter().find(|channel| channel.name == "Chess");
    let parent = category.as_ref().filter(|_| kind != ChannelKind::Category);
    let made = adam.create_channel(kind, &name, parent.map(|category| category.id));
    let made = made.map_err(|e| e.to_string())?;
    // The chat and the voice channel have the permissions of their category.
    for overwrite in category.iter().flat_map(|category| &category.overwrites) {
        adam.set_overwrite(made, overwrite.target, overwrite.allow, overwrite.deny)
            .map_err(|e| e.to_string())?;
    }
    Ok(Made::Channel(made))
}

/// The bot dies when a create has taken effect and nobody has heard of it. Meanwhile a stranger
/// makes the same. Answers what the stranger made, with the bot up again and at rest.
async fn robbed(
    stage: &mut Stage,
    (operation, nth): (&'static str, u32),
    when: When,
) -> Told<(Made, Reply)> {
    let hold = match when {
        When::BeforeOurs => Hold::before(nth),
        When::AfterOurs => Hold::after(nth),
    };
    let held = stage.discord.holds().order(hold.of(operation));
    let reply = begin(stage, "Chess").await?;
    held.reached().await.ok_or("it was never made")?;
    let made = look_alike(stage, operation).await?;
    stage.kill_bot();
    match when {
        // It arrives when the bot is dead already.
        When::BeforeOurs => held.release(),
        When::AfterOurs => held.cut(),
    }
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    Ok((made, reply))
}

/// The ids in a game's slots.
async fn bound(stage: &Stage, game: GameId) -> Told<Vec<u64>> {
    let bindings = stage.engine().store().bindings(game).await.map_err(|e| e.to_string())?;
    Ok(bindings.values().map(|binding| binding.id).collect())
}

/// A stranger's object is in no slot, on nobody, and outlives the game.
async fn untouched(stage: &Stage, game: GameId, made: Made) -> Told<()> {
    let is_there = || match made {
        Made::Role(role) => {
            let worn = stage.guild.state().members.values().any(|m| m.roles.contains(&role));
            roles(stage).contains(&role) && !worn
        }
        Made::Channel(id) => channels(stage).iter().any(|channel| channel.id == id),
    };
    let id = match made {
        Made::Role(id) => id.0,
        Made::Channel(id) => id.0,
    };
    if bound(stage, game).await?.contains(&id) || !is_there() {
        return Err(format!("{made:?} of a stranger was taken"));
    }
    let adam = stage.guild.owner();
    let changed = stage.changes();
    if let Some(call) = changed.iter().find(|call| call.path.contains(&id.to_string())) {
        return Err(format!("{made:?} of a stranger was touched: {} {}", call.method, call.path));
    }
    let engine = stage.engine();
    let actor = domain::Actor {
        guild: stage.guild_id(),
        user: crate::scene::user(&adam),
        roles: Vec::new(),
        permissions: domain::Permissions::ADMINISTRATOR,
    };
    let caller = engine::Caller {
        actor,
        correlation: engine::Correlation::from_snowflake(7),
        reply_to: None,
        locale: domain::Locale::En,
    };
    engine.delete_game(&caller, game, "Chess").await.map_err(|e| e.to_string())?;
    crate::scene::gone(stage, game).await?;
    if is_there() { Ok(()) } else { Err(format!("{made:?} of a stranger was deleted")) }
}

fn made(stage: &Stage, operation: &str) -> usize {
    stage.discord.requests().of(operation).len()
}

#[tokio::test]
async fn without_the_audit_log_what_is_ours_is_found_by_its_looks() -> Told<()> {
    try_join_all(CREATES.map(|(operation, nth)| async move {
        let mut stage = stage_with(Log::Closed).await?;
        let held = stage.discord.holds().order(Hold::after(nth).of(operation));
        let reply = begin(&stage, "Chess").await?;
        held.reached().await.ok_or("it was never made")?;
        stage.kill_bot();
        held.cut();
        stage.start_bot().await.map_err(|stop| stop.to_string())?;
        ends_with(&reply, "is ready").await?;
        let chess = stage.id("Chess").await?;
        stage.settled_in(chess, Phase::Active).await?;
        assert_eq!((made(&stage, ROLES), made(&stage, CHANNELS)), (2, 3), "{operation} {nth}");
        stage.truth().await
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn with_the_audit_log_a_look_alike_is_never_taken_and_ours_always_is() -> Told<()> {
    let cases = CREATES
        .into_iter()
        .flat_map(|create| [When::BeforeOurs, When::AfterOurs].map(|when| (create, when)));
    try_join_all(cases.map(|(create, when)| async move {
        let story = async {
            let mut stage = stage_with(Log::Open).await?;
            let (stranger, _) = robbed(&mut stage, create, when).await?;
            let chess = stage.id("Chess").await?;
            stage.settled_in(chess, Phase::Active).await?;
            assert_eq!((made(&stage, ROLES), made(&stage, CHANNELS)), (2, 3), "{create:?}");
            untouched(&stage, chess, stranger).await
        };
        story.await.map_err(|why: String| format!("{create:?} {when:?}: {why}"))
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn without_the_audit_log_two_that_look_alike_are_both_left_alone_and_spoken_of() -> Told<()> {
    let cases = CREATES
        .into_iter()
        .flat_map(|create| [When::BeforeOurs, When::AfterOurs].map(|when| (create, when)));
    try_join_all(cases.map(|(create, when)| async move {
        let story = async {
            let mut stage = stage_with(Log::Closed).await?;
            let (stranger, _) = robbed(&mut stage, create, when).await?;
            let chess = stage.id("Chess").await?;
            stage.settled_in(chess, Phase::Active).await?;
            let id = match stranger {
                Made::Role(id) => id.0,
                Made::Channel(id) => id.0,
            };
            let alone = audited(&stage, AuditKind::LeftAlone).await?;
            // A category made by hand before ours cannot have copied what was not there.
            if create == (CHANNELS, 1) && when == When::BeforeOurs {
                assert_eq!(alone.len(), 0);
            } else {
                let said = alone.first().and_then(|one| one.entry.after.clone()).ok_or("silent")?;
                assert_eq!(alone.len(), 1);
                assert_eq!(said.split(' ').count(), 2, "ours and the stranger's: {said}");
                assert!(said.contains(&id.to_string()), "{said}");
            }
            untouched(&stage, chess, stranger).await
        };
        story.await.map_err(|why: String| format!("{create:?} {when:?}: {why}"))
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn what_only_nearly_looks_like_ours_is_no_reason_to_doubt() -> Told<()> {
    let mut stage = stage_with(Log::Closed).await?;
    let held = stage.discord.holds().order(Hold::after(1).of(CHANNELS));
    let reply = begin(&stage, "Chess").await?;
    held.reached().await.ok_or("it was never made")?;
    let adam = stage.person("Adam");
    let other = adam.create_channel(ChannelKind::Category, "Chess", None);
    let other = other.map_err(|e| e.to_string())?;
    stage.kill_bot();
    held.cut();
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    assert_eq!(made(&stage, CHANNELS), 3);
    assert!(audited(&stage, AuditKind::LeftAlone).await?.is_empty());
    untouched(&stage, stage.id("Chess").await?, Made::Channel(other)).await
}

/// The bot dies before its create is sent, and somebody else's is there.
#[tokio::test]
async fn with_the_audit_log_a_look_alike_alone_is_not_taken_either() -> Told<()> {
    try_join_all(CREATES.map(|(operation, nth)| async move {
        let mut stage = stage_with(Log::Open).await?;
        let held = stage.discord.holds().order(Hold::before(nth).of(operation));
        let reply = begin(&stage, "Chess").await?;
        held.reached().await.ok_or("it was never asked for")?;
        let stranger = look_alike(&stage, operation).await?;
        stage.kill_bot();
        held.cut();
        stage.start_bot().await.map_err(|stop| stop.to_string())?;
        ends_with(&reply, "is ready").await?;
        stage.rest().await?;
        let chess = stage.id("Chess").await?;
        stage.settled_in(chess, Phase::Active).await?;
        untouched(&stage, chess, stranger).await.map_err(|why| format!("{operation} {nth}: {why}"))
    }))
    .await
    .map(drop)
}

/// Another installation with the same bot may count its steps alike.
#[tokio::test]
async fn a_mark_of_another_installation_is_not_ours() -> Told<()> {
    let mut stage = stage_with(Log::Open).await?;
    let held = stage.discord.holds().order(Hold::before(1).of(ROLES));
    let reply = begin(&stage, "Chess").await?;
    held.reached().await.ok_or("it was never asked for")?;
    let game = stage.id("Chess").await?;
    let open = stage.engine().store().open_intents(game).await.map_err(|e| e.to_string())?;
    let mut foreign = Vec::new();
    for entry in open {
        let Op::CreateRole { spec, .. } = &entry.op else { continue };
        let reason = format!("gamekeeper elsewhere.{}.{} · Chess", entry.id, entry.created_at);
        let rest = stage.engine().rest();
        let request = rest.factory().create_role(stage.guild_id()).name(&spec.name);
        let request = request.permissions(domain::Permissions::empty()).reason(&reason);
        let call = discord::Call::background();
        let role: twilight_model::guild::Role =
            rest.send(request, call).await.map_err(|e| e.to_string())?;
        foreign.push(RoleId(role.id.get()));
    }
    stage.kill_bot();
    held.cut();
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    let bound = bound(&stage, game).await?;
    assert!(!foreign.is_empty());
    for role in foreign {
        assert!(!bound.contains(&role.0), "a role of another installation was taken");
        assert!(roles(&stage).contains(&role));
    }
    Ok(())
}

/// Two games may well want roles of one name: the admins of Chess, the players of "Chess Admin".
#[tokio::test]
async fn roles_of_one_name_for_two_of_our_games_are_shared_out() -> Told<()> {
    let mut stage = stage_with(Log::Closed).await?;
    let held: Vec<_> =
        (1..=4).map(|nth| stage.discord.holds().order(Hold::after(nth).of(ROLES))).collect();
    let replies = [begin(&stage, "Chess").await?, begin(&stage, "Chess Admin").await?];
    for one in &held {
        one.reached().await.ok_or("it was never made")?;
    }
    stage.kill_bot();
    held.into_iter().for_each(sandbox::faults::Held::cut);
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    for reply in &replies {
        ends_with(reply, "is ready").await?;
    }
    stage.rest().await?;
    assert_eq!(made(&stage, ROLES), 4);
    stage.truth().await
}

/// A create whose answer is lost, with clocks that differ.
async fn lost_with_clocks_apart(log: Log, bot_ahead_by: i64) -> Told<Stage> {
    let stage = stage_with(log).await?;
    if let Ok(ahead) = u64::try_from(-bot_ahead_by) {
        stage.discord.clock().advance(Duration::from_millis(ahead));
    } else {
        stage.engine().clock().advance(bot_ahead_by);
    }
    stage.discord.faults().add(Fault::on(ROLES, FaultKind::DropAnswer));
    let reply = begin(&stage, "Chess").await?;
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    Ok(stage)
}

#[tokio::test]
async fn with_the_audit_log_clocks_may_differ() -> Told<()> {
    try_join_all([-600_000, 120_000].map(|ahead| async move {
        let stage = lost_with_clocks_apart(Log::Open, ahead).await?;
        assert_eq!(made(&stage, ROLES), 2, "{ahead}");
        stage.truth().await
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn without_the_audit_log_clocks_far_apart_prove_nothing_but_are_spoken_of() -> Told<()> {
    try_join_all([-120_000, 120_000].map(|ahead| async move {
        let stage = lost_with_clocks_apart(Log::Closed, ahead).await?;
        assert_eq!(made(&stage, ROLES), 3, "{ahead}");
        assert_eq!(audited(&stage, AuditKind::LeftAlone).await?.len(), 1, "{ahead}");
        Told::Ok(())
    }))
    .await
    .map(drop)
}

/// An audit log in which nothing is yet.
const EMPTY: &str = r#"{"audit_log_entries":[],"users":[],"integrations":[],"webhooks":[],
"guild_scheduled_events":[],"threads":[],"application_commands":[],"auto_moderation_rules":[]}"#;

#[tokio::test]
async fn an_audit_log_that_lags_is_waited_for() -> Told<()> {
    let stage = stage().await?;
    let empty = FaultKind::Raw {
        status: 200,
        content_type: "application/json".to_owned(),
        body: EMPTY.to_owned(),
        headers: Vec::new(),
    };
    let logs = "list_guild_audit_log_entries";
    stage.discord.faults().add(Fault::on(logs, empty).times(4));
    stage.discord.faults().add(Fault::on(ROLES, FaultKind::DropAnswer));
    let reply = begin(&stage, "Chess").await?;
    until("the log to be looked at", || async { (made(&stage, logs) >= 2).then_some(()) }).await?;
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    assert_eq!(stage.discord.faults().waiting(), 0);
    assert_eq!(made(&stage, ROLES), 2);
    stage.truth().await
}
