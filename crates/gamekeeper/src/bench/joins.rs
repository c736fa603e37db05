//! Join clicks with their database write: the bot on one core, Discord and the crowd on the other.

use std::time::{Duration, Instant};

use bot::ids::{CustomId, Purpose};
use engine::PanelKind;
use sandbox::{
    Config, Sandbox,
    actor::{Actor, First, GuildHandle, MessageView, OptionValue},
    world::{ChannelKind, Permissions},
};
use tokio::{sync::Semaphore, task::JoinSet};

use super::spread::Spread;
use crate::{
    child::{BotProcess, Program},
    resident,
    stage::{
        invited_with,
        verbs::{Told, shown, until},
    },
};

/// As many games as the panel's own select holds.
const GAMES: usize = 25;
/// People who click.
const PEOPLE: usize = 800;
/// Clicks under way at once in the closed loop.
const AT_ONCE: usize = 64;
/// Clicks a second in the open loop.
const PACE: u32 = 500;
/// How long the open loop runs.
const OPEN_FOR: Duration = Duration::from_secs(8);

struct Fair {
    guild: GuildHandle,
    panel: MessageView,
    people: Vec<Actor>,
    games: Vec<String>,
    select: String,
}

pub(super) async fn run() -> Told<Vec<String>> {
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let core = std::thread::available_parallelism().ok().map(|n| n.get() - 1);
    let bot = Program { core, ..Program::this()? }.start(&discord, home.path())?;
    let fair = open_fair(&discord, &bot).await?;
    // Every person joins every game once; the first ones are the warm-up.
    let mut clicks = (0..PEOPLE).flat_map(|person| (0..GAMES).map(move |game| (person, game)));
    let warm: Vec<_> = clicks.by_ref().take(1_000).collect();
    closed(&fair, warm).await?;
    let measured: Vec<_> = clicks.by_ref().take(10_000).collect();
    let count = measured.len();
    let (time, spread) = closed(&fair, measured).await?;
    #[expect(clippy::cast_precision_loss, reason = "a count of clicks for people")]
    let rate = count as f64 / time.as_secs_f64();
    let mut lines = vec![format!("{count} joins, {AT_ONCE} at once: {rate:.0} a second; {spread}")];
    let paced: Vec<_> = clicks.collect();
    let spread = open(&fair, paced).await?;
    lines.push(format!("{PACE} joins a second for {} s: {spread}", OPEN_FOR.as_secs()));
    lines.push(format!("afterwards: {}", resident::of(&bot)?));
    drop(bot);
    discord.stop();
    Ok(lines)
}

async fn open_fair(discord: &Sandbox, bot: &BotProcess) -> Told<Fair> {
    let mut builder = discord
        .new_guild("Fair")
        .owner("Olga")
        .channel(ChannelKind::Text, "games")
        .bot(Permissions(invited_with().bits()));
    for person in 0..PEOPLE {
        builder = builder.member(&format!("Guest {person}"));
    }
    let guild = builder.build();
    let olga = guild.owner();
    bot.answers(&olga).await?;
    let channel = guild.channel("games").map(|channel| channel.id).ok_or("no channel")?;
    let options: [(&str, OptionValue); 2] =
        [("channel", channel.into()), ("kind", PanelKind::Player.as_str().into())];
    shown(&olga.slash("setupdashboard", options)).await?;
    for game in 0..GAMES {
        let name = format!("Game {game}");
        shown(&olga.slash("game create", [("name", name.as_str())])).await?;
    }
    let select = CustomId::Picked(Purpose::Join, 0).to_string();
    let panel = until("the panel to offer all games", || async {
        let seen = olga.read(channel).into_iter().find(|seen| seen.select(&select).is_some())?;
        (seen.select(&select)?.options.len() == GAMES).then_some(seen)
    })
    .await
    .map_err(|why| {
        let seen: Vec<_> = olga.read(channel).iter().map(MessageView::text).collect();
        format!("{why}; the channel shows {seen:?}")
    })?;
    let games = panel
        .select(&select)
        .map(|select| select.options.into_iter().map(|option| option.value).collect())
        .unwrap_or_default();
    // The roles of the games are given out under Discord's limits; let the games be done first.
    until("the games to be there", || async { (guild.channels().len() > GAMES * 3).then_some(()) })
        .await?;
    let people = (0..PEOPLE).map(|person| guild.actor(&format!("Guest {person}"))).collect();
    Ok(Fair { guild, panel, people, games, select })
}

impl Fair {
    fn click(&self, (person, game): (usize, usize)) -> sandbox::actor::Reply {
        self.people[person].select(&self.panel, &self.select, &[self.games[game].as_str()])
    }
}

async fn answered(reply: sandbox::actor::Reply) -> Told<()> {
    match reply.first().await {
        First::Message(_) => Ok(()),
        other => Err(format!("a click went wrong: {other:?}")),
    }
}

/// Keeps a number of clicks under way until all are done.
async fn closed(fair: &Fair, clicks: Vec<(usize, usize)>) -> Told<(Duration, Spread)> {
    let room = std::sync::Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    let start = Instant::now();
    for click in clicks {
        let permit = std::sync::Arc::clone(&room).acquire_owned().await;
        let clicked = Instant::now();
        let reply = fair.click(click);
        running.spawn(async move {
            let told = answered(reply).await;
            drop(permit);
            told.map(|()| clicked.elapsed())
        });
    }
    let times = gather(running).await?;
    Ok((start.elapsed(), Spread::of(times)))
}

/// Clicks at a steady pace, whatever the bot does.
async fn open(fair: &Fair, clicks: Vec<(usize, usize)>) -> Told<Spread> {
    let mut pace = tokio::time::interval(Duration::from_secs(1) / PACE);
    let mut running = JoinSet::new();
    let start = Instant::now();
    for click in clicks {
        pace.tick().await;
        if start.elapsed() > OPEN_FOR {
            break;
        }
        let clicked = Instant::now();
        let reply = fair.click(click);
        running.spawn(async move { answered(reply).await.map(|()| clicked.elapsed()) });
    }
    debug_assert!(fair.guild.channels().len() > GAMES);
    Ok(Spread::of(gather(running).await?))
}

async fn gather(mut running: JoinSet<Told<Duration>>) -> Told<Vec<Duration>> {
    let mut times = Vec::new();
    while let Some(done) = running.join_next().await {
        times.push(done.map_err(|error| error.to_string())??);
    }
    Ok(times)
}
