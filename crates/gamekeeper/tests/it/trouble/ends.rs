//! The program ends while it works: because it is told to, or because it has to.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use futures_util::future::try_join_all;
use gamekeeper::{
    child::Program,
    notify,
    stage::{
        PATIENCE, invited_with,
        verbs::{Told, shown, until},
    },
};
use sandbox::{
    Config, Sandbox,
    actor::{GuildHandle, NO_OPTIONS},
    faults::{Held, Hold},
    world::Permissions,
};

use crate::scene::ends_with;

/// Many times the pause between two signs of life in the story about them.
const SILENCE: Duration = Duration::from_secs(1);

/// A guild, and the program that is to serve it.
async fn field() -> Told<(Sandbox, GuildHandle, Program, tempfile::TempDir)> {
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let bits = Permissions(invited_with().bits());
    let guild = discord.new_guild("Club").owner("Olga").bot(bits).build();
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    Ok((discord, guild, Program::at(env!("CARGO_BIN_EXE_gamekeeper")), home))
}

/// The sessions there are, and whether anybody listens.
fn sessions(discord: &Sandbox) -> (Vec<String>, bool) {
    let all = discord.gateway().sessions();
    let listens = all.iter().any(|session| session.connected);
    (all.into_iter().map(|session| session.id).collect(), listens)
}

/// Told to end while a call is under way that is answered in time, or never.
async fn told_to_end(answered: bool) -> Told<()> {
    let (discord, guild, program, home) = field().await?;
    let bot = program.start(&discord, home.path())?;
    bot.ready().await?;
    let before = sessions(&discord).0;
    let held = discord.holds().order(Hold::after(3));
    let reply = guild.owner().slash("game create", [("name", "Chess")]);
    shown(&reply).await?;
    held.reached().await.ok_or("the call never came")?;
    let released = async {
        until("the bot to say goodbye", || async { (!sessions(&discord).1).then_some(()) }).await?;
        if answered {
            held.release();
        } else {
            held.leave();
        }
        Told::Ok(())
    };
    let (status, released) = tokio::join!(bot.stop(), released);
    released?;
    assert_eq!(status?.code(), Some(0));
    discord.holds().release_all();

    let bot = program.start(&discord, home.path())?;
    ends_with(&reply, "is ready").await?;
    assert_eq!(sessions(&discord).0, before, "the session was not saved");
    let made = |operation| discord.requests().of(operation).len();
    assert_eq!((made("create_guild_role"), made("create_guild_channel")), (2, 3));
    assert_eq!(bot.stop().await?.code(), Some(0));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_in_the_middle_of_work_ends_with_0_and_the_next_start_goes_on() -> Told<()> {
    try_join_all([true, false].map(|answered| async move {
        told_to_end(answered).await.map_err(|why| format!("answered: {answered}: {why}"))
    }))
    .await
    .map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_reset_while_the_bot_runs_ends_it_with_77() -> Told<()> {
    let (discord, _guild, program, home) = field().await?;
    let mut bot = program.start(&discord, home.path())?;
    bot.ready().await?;
    discord.reset_token();
    let status = until("the bot to end", || {
        let ended = bot.ended();
        async move { ended }
    })
    .await?;
    assert_eq!(status.code(), Some(77));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_hears_that_it_is_alive_until_it_hangs() -> Told<()> {
    let (discord, _guild, program, home) = field().await?;
    let bot = program.set("WATCHDOG_USEC", "300000").start(&discord, home.path())?;
    bot.ready().await?;
    for _ in 0..3 {
        bot.says(notify::ALIVE).await?;
    }
    let signal = |name: &str| Command::new("kill").args([name, &bot.id().to_string()]).status();
    signal("-STOP").map_err(|e| e.to_string())?;
    // What it had said before is read first.
    let silent =
        async { while tokio::time::timeout(SILENCE, bot.says(notify::ALIVE)).await.is_ok() {} };
    let silent = tokio::time::timeout(PATIENCE, silent).await;
    signal("-CONT").map_err(|e| e.to_string())?;
    silent.map_err(|_| "a program that stands still says that it is alive".to_owned())?;
    bot.says(notify::ALIVE).await?;
    assert_eq!(bot.stop().await?.code(), Some(0));
    Ok(())
}

/// Supervisors wait ten seconds before they kill: systemd is told twenty, Docker ten by itself.
const ENDS_WITHIN: Duration = Duration::from_secs(10);

/// Many people at once, a Discord that is slow with every call and silent on some, and a panel that
/// does not answer either.
#[tokio::test(flavor = "multi_thread")]
async fn sigterm_under_load_ends_it_within_ten_seconds_and_nothing_is_lost() -> Told<()> {
    const GAMES: usize = 12;
    let (discord, guild, program, home) = field().await?;
    let panel = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let address = panel.local_addr().map_err(|e| e.to_string())?;
    let program = program
        .set("AMP_ENABLED", "true")
        .set("AMP_URL", format!("http://{address}"))
        .set("AMP_USERNAME", "bot")
        .set("AMP_PASSWORD", "never-asked-for");
    let bot = program.start(&discord, home.path())?;
    bot.ready().await?;
    let owner = guild.owner();
    let before = (guild.state().roles.len(), guild.state().channels.len());
    discord.latency().set_rest(Duration::from_millis(1_500));
    // The third, the ninth, the fifteenth: each is carried out and never answered.
    let held: Vec<_> = [3, 9, 15].map(|nth| discord.holds().order(Hold::after(nth))).into();
    let replies: Vec<_> =
        (1..=GAMES).map(|n| owner.slash("game create", [("name", format!("Game {n}"))])).collect();
    for reply in &replies {
        shown(reply).await?;
    }
    for held in &held {
        held.reached().await.ok_or("the call never came")?;
    }
    let told = Instant::now();
    let pressing = async {
        loop {
            let reply = owner.slash("help", NO_OPTIONS);
            let _ = tokio::time::timeout(Duration::from_millis(50), reply.first()).await;
        }
    };
    let status = tokio::select! {
        status = bot.stop() => status?,
        () = pressing => unreachable!("people press for ever"),
    };
    let took = told.elapsed();
    assert_eq!(status.code(), Some(0));
    assert!(took < ENDS_WITHIN, "it took {took:?}");
    held.into_iter().for_each(Held::leave);
    discord.holds().release_all();
    discord.latency().set_rest(Duration::ZERO);

    // What was under way is in the journal: the next start finishes it, and makes nothing twice.
    let bot = program.start(&discord, home.path())?;
    for reply in &replies {
        ends_with(reply, "is ready").await?;
    }
    let now = guild.state();
    let (roles, channels) = (now.roles.len() - before.0, now.channels.len() - before.1);
    assert_eq!((roles, channels), (2 * GAMES, 3 * GAMES), "made twice, or not at all");
    assert_eq!(bot.stop().await?.code(), Some(0));
    Ok(())
}
