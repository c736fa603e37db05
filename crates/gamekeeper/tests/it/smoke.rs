//! `gamekeeper smoke`, as an operator types it: beside the running bot and without it, on both
//! databases, and what it does where something is wrong.

use std::{
    collections::BTreeSet,
    process::{Child, Command, Output, Stdio},
};

use domain::Phase;
use gamekeeper::{
    child::Program,
    stage::{Setup, Stage, invited_with, verbs::Told},
};
use sandbox::{
    actor::{First, NO_OPTIONS},
    faults::{Fault, FaultKind, Hold},
    world::Permissions,
};
use store::Store;

use crate::{
    program::gamekeeper,
    scene::{game, server, set, setup, skip, stage},
};

const CHANNELS: &str = "create_guild_channel";

/// Every role and channel there is.
fn objects(stage: &Stage) -> BTreeSet<u64> {
    let roles = stage.guild.state().roles.iter().map(|role| role.id.0).collect::<Vec<_>>();
    roles.into_iter().chain(stage.guild.channels().iter().map(|channel| channel.id.0)).collect()
}

/// A stage whose database is there and whose bot is not.
async fn without_bot(setup: Setup) -> Told<Stage> {
    let stage = Stage::empty(setup).await.map_err(|stop| stop.to_string())?;
    let store = Store::open(&stage.database_config()).await.map_err(|e| e.to_string())?;
    store.close().await.map_err(|e| e.to_string())?;
    Ok(stage)
}

fn command(stage: &Stage, more: &[&str]) -> Command {
    on(stage, stage.guild.id().0, more)
}

fn on(stage: &Stage, guild: u64, more: &[&str]) -> Command {
    let client = stage.discord.application_id().to_string();
    let url = stage.database_config().url;
    let settings = [
        ("DISCORD_TOKEN", stage.discord.token()),
        ("DISCORD_CLIENT_ID", &client),
        ("DISCORD_API_URL", &stage.discord.origin()),
        ("DATABASE_URL", &url),
        ("GAMEKEEPER_HTTP", "off"),
    ];
    let mut command = gamekeeper(&std::env::temp_dir(), &settings);
    command.args(["smoke", "--guild", &guild.to_string()]).args(more);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// How it ended, and everything it said.
struct Said {
    code: Option<i32>,
    text: String,
}

impl Said {
    fn of(output: &Output) -> Self {
        let text = [&output.stdout, &output.stderr].map(|said| String::from_utf8_lossy(said));
        Self { code: output.status.code(), text: text.concat() }
    }

    fn has(&self, words: &[&str]) -> Told<()> {
        match words.iter().find(|word| !self.text.contains(**word)) {
            Some(word) => Err(format!("“{word}” was expected in:\n{}", self.text)),
            None => Ok(()),
        }
    }

    fn ended(&self, code: i32) -> Told<()> {
        let ended = self.code == Some(code);
        if ended { Ok(()) } else { Err(format!("ended with {:?}:\n{}", self.code, self.text)) }
    }
}

async fn end_of(child: Child) -> Told<Said> {
    let waited = tokio::task::spawn_blocking(move || child.wait_with_output()).await;
    let output = waited.map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
    Ok(Said::of(&output))
}

async fn smoke(stage: &Stage, more: &[&str]) -> Told<Said> {
    end_of(command(stage, more).spawn().map_err(|e| e.to_string())?).await
}

const EACH_STEP: [&str; 9] = [
    "  planned: ",
    "  made a game: 2 roles and 3 channels",
    "  left it and joined again: the role was taken, and given",
    "  archived it: 2 roles and 3 channels",
    "  restored it: 2 roles and 3 channels",
    "  deleted it: nothing is left of 5 roles and channels",
    "  found the database in order: ",
    "  found the log without an error",
    "The smoke test passed in ",
];

async fn beside(setup: Setup) -> Told<()> {
    let stage = set(setup).await?;
    let chess = game(&stage, "Chess").await?;
    let before = objects(&stage);
    let said = smoke(&stage, &[]).await?;
    said.ended(0)?;
    said.has(&EACH_STEP)?;
    said.has(&["on “Friendly Dragons”", "by the running bot ("])?;
    if objects(&stage) != before {
        return Err("something was left, or taken along".to_owned());
    }
    // Nobody has taken the bot's place: it is there, and answers.
    let reply = stage.person("Mia").slash("help", NO_OPTIONS);
    assert!(matches!(reply.first().await, First::Message(_)) && stage.is_up());
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await?;
    stage.close().await;
    Ok(())
}

async fn alone(setup: Setup) -> Told<()> {
    let stage = without_bot(setup).await?;
    let before = objects(&stage);
    let said = smoke(&stage, &[]).await?;
    said.ended(0)?;
    said.has(&EACH_STEP)?;
    said.has(&["by itself, because no bot runs on this database"])?;
    assert_eq!(objects(&stage), before);
    assert!(stage.discord.violations().is_empty(), "{:?}", stage.discord.violations());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_the_running_bot_on_sqlite() -> Told<()> {
    beside(Setup { postgres: None, ..setup() }).await
}

/// Of the running bot the log counts too, where it tells of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_running_bot_logs_meanwhile_counts() -> Told<()> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let address = listener.local_addr().map_err(|e| e.to_string())?.to_string();
    drop(listener);
    let program = Program::at(env!("CARGO_BIN_EXE_gamekeeper")).set("GAMEKEEPER_HTTP", &address);
    let stage = set(Setup { program: Some(program), ..setup() }).await?;
    let child = command(&stage, &["--keep"]).env("GAMEKEEPER_HTTP", &address).spawn();
    let said = end_of(child.map_err(|e| e.to_string())?).await?;
    said.ended(0)?;
    said.has(&["found the log without an error: here, and of the running bot"])
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_the_running_bot_on_postgres() -> Told<()> {
    let Some(server) = server() else { return skip() };
    beside(Setup { postgres: Some(server), ..setup() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_running_bot_on_sqlite() -> Told<()> {
    alone(Setup { postgres: None, ..setup() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_running_bot_on_postgres() -> Told<()> {
    let Some(server) = server() else { return skip() };
    alone(Setup { postgres: Some(server), ..setup() }).await
}

/// The database still takes the bot for alive; the work is done all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_was_killed_a_moment_ago_is_not_waited_for_for_ever() -> Told<()> {
    let program = Some(Program::at(env!("CARGO_BIN_EXE_gamekeeper")));
    let mut stage = set(Setup { program, ..setup() }).await?;
    stage.kill_bot();
    let before = objects(&stage);
    let said = smoke(&stage, &[]).await?;
    said.ended(0)?;
    said.has(&[
        "by the running bot (",
        "The bot leaves the game alone",
        "The smoke test passed in",
    ])?;
    assert_eq!(objects(&stage), before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_permission_is_named_before_anything_is_made() -> Told<()> {
    let lacking = invited_with() - domain::Permissions::MANAGE_CHANNELS;
    let stage = without_bot(Setup { permissions: Permissions(lacking.bits()), ..setup() }).await?;
    let before = objects(&stage);
    let said = smoke(&stage, &[]).await?;
    said.ended(1)?;
    said.has(&["FAIL", "the bot lacks permissions: ", "the smoke test failed after"])?;
    assert_eq!(objects(&stage), before);
    Ok(())
}

/// Roles are made, and then no channel may be: what is there already goes again.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_half_made_is_cleaned_up() -> Told<()> {
    for beside in [false, true] {
        let stage = if beside { stage().await? } else { without_bot(setup()).await? };
        let before = objects(&stage);
        let no = FaultKind::Raw {
            status: 403,
            content_type: "application/json".to_owned(),
            body: r#"{"message": "Missing Permissions", "code": 50013}"#.to_owned(),
            headers: Vec::new(),
        };
        stage.discord.faults().add(Fault::on(CHANNELS, no).always());
        let said = smoke(&stage, &[]).await?;
        said.ended(1)?;
        said.has(&[
            "FAIL",
            "not made a game: Discord refused to ",
            "  cleaned up: nothing is left",
        ])?;
        assert_eq!(objects(&stage), before, "{}", said.text);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_in_the_middle_of_a_call_it_cleans_up() -> Told<()> {
    let stage = without_bot(setup()).await?;
    let before = objects(&stage);
    let held = stage.discord.holds().order(Hold::before(2).of(CHANNELS));
    let child = command(&stage, &[]).spawn().map_err(|e| e.to_string())?;
    held.reached().await.ok_or("the call never came")?;
    assert!(objects(&stage).len() > before.len());
    let id = child.id().to_string();
    Command::new("kill").args(["-INT", &id]).status().map_err(|e| e.to_string())?;
    held.release();
    let said = end_of(child).await?;
    said.ended(1)?;
    said.has(&["  cleaned up: nothing is left", "it was interrupted"])?;
    assert_eq!(objects(&stage), before, "{}", said.text);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_there_until_it_is_cleaned() -> Told<()> {
    let mut stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    stage.stop_bot().await;
    let before = objects(&stage);
    let kept = smoke(&stage, &["--keep"]).await?;
    kept.ended(0)?;
    kept.has(&["is left there. Delete it with `gamekeeper smoke --guild ", "--clean`"])?;
    assert_eq!(objects(&stage).len(), before.len() + 5);
    let again = smoke(&stage, &[]).await?;
    again.ended(0)?;
    again.has(&["is still there from an earlier test"])?;
    let cleaned = smoke(&stage, &["--clean"]).await?;
    cleaned.ended(0)?;
    cleaned.has(&["deleted what an earlier test had left: nothing is left of 5"])?;
    assert_eq!(objects(&stage), before);
    // A game of a person is nobody's to clean.
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_cannot_work_with_is_said_in_a_sentence() -> Told<()> {
    // No database yet: a test makes none.
    let stage = Stage::empty(setup()).await.map_err(|stop| stop.to_string())?;
    let said = smoke(&stage, &[]).await?;
    said.ended(1)?;
    said.has(&["the database is not of this version's schema. Run `gamekeeper migrate status`"])?;
    // A server that the bot was never on.
    let stage = without_bot(setup()).await?;
    let elsewhere = stage.discord.new_guild("Elsewhere").owner("Eve").build();
    let child = on(&stage, elsewhere.id().0, &[]).spawn().map_err(|e| e.to_string())?;
    let said = end_of(child).await?;
    said.ended(1)?;
    said.has(&["the bot is not on the server"])
}
