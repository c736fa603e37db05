//! The bot as a process of its own beside a panel with 200 instances: how much of one core it takes.

use std::time::Duration;

use amp_sandbox::{Amp, AmpConfig};
use sandbox::{Config, Sandbox, actor::Actor, world::Permissions};
use tokio::time::sleep;

use super::{name, panel};
use crate::{
    child::{BotProcess, Program},
    local_amp::{PASSWORD, USER},
    resident,
    stage::{
        invited_with,
        verbs::{Told, says, shown, until},
    },
};

/// Servers on the panel.
const SERVERS: usize = 200;
/// Of them, those that people watch in the end.
const TIED: usize = 20;
/// A round comes each minute here, and each five minutes if nobody says otherwise.
const EVERY_MINUTE: &str = "* * * * *";
const DEFAULT_SECONDS: f64 = 300.0;
/// Rounds that are measured.
const ROUNDS: u32 = 2;
/// Of a minute, in milliseconds, when a round and what follows it are over.
const QUIET_FROM: i64 = 25_000;
const QUIET_FOR: Duration = Duration::from_secs(25);
/// In it, servers are looked at twice before the bot is sure of them.
const TWICE: Duration = Duration::from_secs(20);

pub(in crate::bench) async fn run() -> Told<Vec<String>> {
    // Nobody reads what was asked.
    let (amp, _) =
        panel(SERVERS, AmpConfig { request_log: 10_000, ..AmpConfig::default() }).await?;
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let guild = discord.new_guild("Club").bot(Permissions(invited_with().bits())).build();
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let bot = Program::this()?
        .set("AMP_ENABLED", "true")
        .set("AMP_URL", amp.url())
        .set("AMP_USERNAME", USER)
        .set("AMP_PASSWORD", PASSWORD)
        .set("AMP_POLL_INTERVAL", EVERY_MINUTE)
        .start(&discord, home.path())?;
    let olga = guild.owner();
    bot.answers(&olga).await?;
    until("every server to be looked at", || async { (looks(&amp) >= SERVERS).then_some(()) })
        .await?;
    sleep(TWICE).await;
    let (idle, round) = rounds(&bot, &amp).await?;
    let share = idle + round.seconds / DEFAULT_SECONDS;
    let mut lines = vec![
        format!(
            "{SERVERS} servers, nobody watches: idle between rounds {:.2} % of a core",
            idle * 100.0
        ),
        format!(
            "a round (the list, and {:.0} looks) takes {:.0} ms of processor: every 5 min {:.2} % \
             of a core in all",
            round.looks,
            round.seconds * 1_000.0,
            share * 100.0
        ),
    ];
    tie(&olga).await?;
    sleep(TWICE).await;
    quiet().await;
    let watched = measure(&bot, &amp, Duration::from_secs(30)).await?;
    let more = watched.seconds / 30.0;
    lines.push(format!(
        "{TIED} of them watched every 15 s ({:.0} looks in 30 s): {:.2} % of a core, with the rounds \
         {:.2} %",
        watched.looks,
        more * 100.0,
        (more + round.seconds / DEFAULT_SECONDS) * 100.0
    ));
    lines.push(format!("afterwards: {}", resident::of(&bot)?));
    drop(bot);
    amp.stop();
    discord.stop();
    Ok(lines)
}

/// Looks that the panel has been asked for, of those it remembers.
fn looks(amp: &Amp) -> usize {
    amp.requests().of("Core/GetStatus").len()
}

/// What something took.
struct Cost {
    seconds: f64,
    looks: f64,
}

/// Waits until the quiet part of a minute.
async fn quiet() {
    let now = jiff::Timestamp::now().as_millisecond();
    let wait = (QUIET_FROM - now).rem_euclid(60_000);
    let wait = Duration::from_millis(u64::try_from(wait).unwrap_or_default());
    sleep(wait).await;
}

/// What nothing at all takes, as a share of a core, and what one round takes beside it.
async fn rounds(bot: &BotProcess, amp: &Amp) -> Told<(f64, Cost)> {
    quiet().await;
    let idle = measure(bot, amp, QUIET_FOR).await?.seconds / QUIET_FOR.as_secs_f64();
    quiet().await;
    let length = Duration::from_mins(1) * ROUNDS;
    let all = measure(bot, amp, length).await?;
    let beside = (all.seconds - idle * length.as_secs_f64()).max(0.0);
    let count = f64::from(ROUNDS);
    Ok((idle, Cost { seconds: beside / count, looks: all.looks / count }))
}

async fn measure(bot: &BotProcess, amp: &Amp, length: Duration) -> Told<Cost> {
    amp.requests().clear();
    let before = resident::processor(&bot.id().to_string())?;
    sleep(length).await;
    let after = resident::processor(&bot.id().to_string())?;
    #[expect(clippy::cast_precision_loss, reason = "a count of requests for people")]
    let looks = looks(amp) as f64;
    Ok(Cost { seconds: after.saturating_sub(before).as_secs_f64(), looks })
}

/// Has some of them belong to a game, so that they are watched.
async fn tie(olga: &Actor) -> Told<()> {
    shown(&olga.slash("game create", [("name", "Chess")])).await?;
    for number in 1..=TIED {
        let server = name(number);
        let said = until("the server to be tied", || async {
            let options = [("server", server.as_str()), ("game", "Chess")];
            let said = shown(&olga.slash("server link", options)).await.ok()?;
            says(&said, "belongs to **Chess** now").is_ok().then_some(())
        });
        said.await?;
    }
    Ok(())
}
