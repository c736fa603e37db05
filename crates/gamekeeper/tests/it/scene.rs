//! What the stories share: a set stage, and words for looking at it.

use std::collections::BTreeMap;

use bot::{
    InboundLimits,
    ids::{CustomId, GameAct},
};
use domain::{
    Admission, Description, Game, GameId, GameName, GuildId, Layout, Phase, SeatState, Slot,
    UserId, Visibility,
    audit::AuditKind,
    plan::{ObservedGuild, Problem},
};
use engine::PanelKind;
use gamekeeper::stage::{
    Setup, Stage,
    verbs::{Told, modal, shown, until},
};
use sandbox::{
    actor::{Actor, MessageView, OptionValue, Reply},
    id::{ChannelId, RoleId},
};
use store::{AuditQuery, AuditRecord};

/// Options of a command, of any kinds side by side.
pub(crate) type Options<'a> = Vec<(&'a str, OptionValue)>;

/// A stage whose people may be faster than people.
pub(crate) async fn stage() -> Told<Stage> {
    set(setup()).await
}

/// `postgres` plays the stories on the server of [`SERVER`]; else they play on SQLite.
const STORIES: &str = "GAMEKEEPER_TEST_STORIES";
/// Where a PostgreSQL server is that tests may make databases on.
pub(crate) const SERVER: &str = "GAMEKEEPER_TEST_POSTGRES";

/// Says that a story needs a PostgreSQL server, past the test runner, which hides what passing
/// tests print.
#[expect(clippy::unnecessary_wraps, reason = "it ends a story")]
pub(crate) fn skip() -> Told<()> {
    let text = format!("skipped: {SERVER} does not say where a PostgreSQL server is\n");
    let _ = std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes());
    Ok(())
}

/// The settings of [`stage`], to be changed.
pub(crate) fn setup() -> Setup {
    let on_postgres = std::env::var(STORIES).is_ok_and(|stories| stories == "postgres");
    let postgres = on_postgres
        .then(|| server().unwrap_or_else(|| panic!("{SERVER} has to say where PostgreSQL is")));
    Setup { bot: |bot| bot.inbound = InboundLimits::NONE, postgres, ..Setup::default() }
}

/// The server of [`SERVER`], if there is one.
pub(crate) fn server() -> Option<String> {
    std::env::var(SERVER).ok()
}

/// A stage with other settings.
pub(crate) async fn set(setup: Setup) -> Told<Stage> {
    Stage::set(setup).await.map_err(|stop| stop.to_string())
}

/// The bot stops as in a crash and comes back.
pub(crate) async fn crash(stage: &mut Stage) -> Told<()> {
    stage.kill_bot();
    stage.start_bot().await.map_err(|stop| stop.to_string())
}

/// The bot stops in order and comes back.
pub(crate) async fn restart(stage: &mut Stage) -> Told<()> {
    stage.stop_bot().await;
    stage.start_bot().await.map_err(|stop| stop.to_string())
}

/// Both panels and the log channel, where everybody expects them.
pub(crate) async fn furnish(stage: &Stage) -> Told<()> {
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await?;
    stage.set_up_panel(&olga, PanelKind::Player, "games").await?;
    log_into(stage, "log").await
}

/// Lines go to this channel from now on.
pub(crate) async fn log_into(stage: &Stage, channel: &str) -> Told<()> {
    let channel = stage.channel(channel)?;
    run(&stage.guild.owner(), "settings log-channel", [("channel", channel)]).await.map(drop)
}

/// A command, and what it shows.
pub(crate) async fn run<N, V>(
    who: &Actor,
    path: &str,
    options: impl IntoIterator<Item = (N, V)>,
) -> Told<MessageView>
where
    N: Into<String>,
    V: Into<OptionValue>,
{
    shown(&who.slash(path, options)).await
}

/// A command about a game, and what it shows.
pub(crate) async fn on(who: &Actor, path: &str, game: &str) -> Told<MessageView> {
    run(who, path, [("game", game)]).await
}

/// A command about a person in a game, and what it shows.
pub(crate) async fn about(
    who: &Actor,
    path: &str,
    game: &str,
    person: &Actor,
) -> Told<MessageView> {
    let options: Options = vec![("game", game.into()), ("person", person.id().into())];
    run(who, path, options).await
}

/// A game made by the owner, whole.
pub(crate) async fn game(stage: &Stage, name: &str) -> Told<GameId> {
    made_by(stage, &stage.guild.owner(), name).await
}

/// A game made by somebody by command, whole.
pub(crate) async fn made_by(stage: &Stage, who: &Actor, name: &str) -> Told<GameId> {
    let reply = who.slash("game create", [("name", name)]);
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    stage.id(name).await
}

/// Waits until the answer to long work says something.
pub(crate) async fn ends_with(reply: &Reply, wanted: &str) -> Told<MessageView> {
    let done = until("the answer to be complete", || async {
        reply.message().filter(|message| message.text().contains(wanted))
    })
    .await;
    done.map_err(|why| format!("{why}; it says: {}", reply.text()))
}

/// A person's id, as our own rooms know it.
pub(crate) fn user(who: &Actor) -> UserId {
    UserId::new(who.id().0.max(1))
}

/// Where somebody stands with a game.
pub(crate) async fn seat(stage: &Stage, game: GameId, who: &Actor) -> Told<Option<SeatState>> {
    let seat = stage.engine().store().seat(game, user(who)).await.map_err(|e| e.to_string())?;
    Ok(seat.map(|seat| seat.state))
}

/// What fills a slot of a game.
pub(crate) async fn bound(stage: &Stage, game: GameId, slot: Slot) -> Told<u64> {
    let bindings = stage.engine().store().bindings(game).await.map_err(|e| e.to_string())?;
    bindings.get(&slot).map(|binding| binding.id).ok_or_else(|| format!("nothing is in {slot}"))
}

/// A game's channel.
pub(crate) async fn channel_of(stage: &Stage, game: GameId, slot: Slot) -> Told<ChannelId> {
    bound(stage, game, slot).await.map(ChannelId)
}

/// A game's role.
pub(crate) async fn role_of(stage: &Stage, game: GameId, slot: Slot) -> Told<RoleId> {
    bound(stage, game, slot).await.map(RoleId)
}

/// Whether somebody has a role right now.
pub(crate) fn wears(who: &Actor, role: RoleId) -> bool {
    who.member().is_some_and(|member| member.roles.contains(&role))
}

/// What stands in the way of a game.
pub(crate) async fn problems(stage: &Stage, game: GameId) -> Told<Vec<Problem>> {
    let record = stage.engine().store().game(game).await.map_err(|e| e.to_string())?;
    Ok(record.ok_or("no row")?.problems)
}

/// Audit entries of one kind, newest first.
pub(crate) async fn audited(stage: &Stage, kind: AuditKind) -> Told<Vec<AuditRecord>> {
    entries(stage, AuditQuery { kind: Some(kind), ..AuditQuery::default() }).await
}

/// Audit entries, newest first.
pub(crate) async fn entries(stage: &Stage, query: AuditQuery) -> Told<Vec<AuditRecord>> {
    let query = AuditQuery { limit: 10_000, ..query };
    let found = stage.engine().store().audit(stage.guild_id(), &query).await;
    found.map_err(|e| e.to_string())
}

/// Names of all games there are.
pub(crate) async fn names(stage: &Stage) -> Told<Vec<String>> {
    let games = stage.engine().games(stage.guild_id()).await.map_err(|e| e.to_string())?;
    Ok(games.into_iter().map(|summary| summary.game.name.to_string()).collect())
}

/// Waits until a deleted game is gone for good.
pub(crate) async fn gone(stage: &Stage, game: GameId) -> Told<()> {
    until("the game to be gone", || async {
        stage.engine().store().game(game).await.ok()??.gone.then_some(())
    })
    .await
}

/// How often each changing operation was called.
pub(crate) fn tally(stage: &Stage) -> BTreeMap<&'static str, u32> {
    let mut tally = BTreeMap::new();
    for call in stage.changes() {
        *tally.entry(call.operation).or_default() += 1;
    }
    tally
}

/// Changes a game's texts through the form behind `/game edit`.
pub(crate) async fn reword<'a>(
    stage: &Stage,
    who: &Actor,
    game: &str,
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Told<Reply> {
    let id = stage.id(game).await?;
    let page = on(who, "game edit", game).await?;
    let form = modal(&who.click(&page, &CustomId::Game(GameAct::Words, id).to_string())).await?;
    let reply = who.submit(&form, fields);
    shown(&reply).await?;
    Ok(reply)
}

/// Chooses in a select of the page behind `/game edit`; answers the page afterwards.
pub(crate) async fn choose(
    stage: &Stage,
    who: &Actor,
    game: &str,
    act: GameAct,
    values: &[&str],
) -> Told<MessageView> {
    let id = stage.id(game).await?;
    let page = on(who, "game edit", game).await?;
    shown(&who.select(&page, &CustomId::Game(act, id).to_string(), values)).await
}

/// A game as somebody would make it.
pub(crate) fn a_game(guild: GuildId, name: &str, by: UserId, now: i64) -> Told<Game> {
    Ok(Game {
        id: GameId(0),
        guild,
        name: GameName::parse(name).map_err(|e| e.to_string())?,
        emoji: None,
        colour: None,
        description: Description::default(),
        capacity: None,
        admission: Admission::Open,
        visibility: Visibility::Members,
        layout: Layout::SIMPLE,
        phase: Phase::Active,
        generation: 1,
        created_by: by,
        created_at: now,
    })
}

/// So many games that nobody has made anything of on Discord yet: for long lists.
pub(crate) async fn stock(stage: &Stage, count: usize) -> Told<Vec<GameId>> {
    let tx = stage.engine().store().begin().await.map_err(|e| e.to_string())?;
    let now = stage.engine().clock().now();
    let mut made = Vec::new();
    for n in 1..=count {
        let owner = user(&stage.guild.owner());
        let game = a_game(stage.guild_id(), &format!("Game {n:03}"), owner, now)?;
        made.push(tx.insert_game(&game, now).await.map_err(|e| e.to_string())?);
    }
    tx.commit().await.map_err(|e| e.to_string())?;
    Ok(made)
}

/// Waits until the bot has seen something of its server.
pub(crate) async fn knows(stage: &Stage, what: impl Fn(&ObservedGuild) -> bool) -> Told<()> {
    until("the bot to have seen it", || async {
        what(&*stage.engine().cache().guild(stage.guild_id())?).then_some(())
    })
    .await
}
