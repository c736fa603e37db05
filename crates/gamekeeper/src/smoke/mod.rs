//! `gamekeeper smoke`: the initial testing on a real server, in a temporary corner of it.
//!
//! It makes a game as the bot itself, takes its seat and role, archives, restores and deletes it,
//! and after each step compares Discord, asked afresh, with the database by the planner's own eyes.
//! It never opens a gateway session: where the bot runs, the running bot does the work and is what
//! is tested; where none runs, this process works on the one game.

mod complaints;
mod corner;
mod guild;
mod steps;
mod worker;

use std::time::{Duration, Instant};

use clap::Args;
use domain::GuildId;
use engine::{Clock, Engine, Membership};
use store::{
    Store,
    migration::{self, Standing},
};
use tokio::signal::unix::{Signal, SignalKind, signal};
use twilight_model::id::Id;

use self::{
    complaints::{Complaints, OfTheBot},
    corner::Corner,
    worker::Worker,
};
use crate::{config::Config, database, exit::Stop, run::no_signals, watch::Asking, wire};

/// How every corner's name begins; none of a person's games is taken for one, because its maker has
/// to be the bot as well.
pub(crate) const NAME: &str = "Smoke test ";

/// Where, and what is left.
#[derive(Args, Clone, Debug)]
pub struct SmokeArgs {
    /// The Discord server to test on, by its id.
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(u64).range(1..))]
    pub guild: u64,
    /// Leave the game there, to look at it.
    #[arg(long)]
    pub keep: bool,
    /// Only delete what earlier tests have left there.
    #[arg(long, conflicts_with = "keep")]
    pub clean: bool,
}

/// Why a step did not go as it should, in a sentence.
pub(crate) type Step<T> = Result<T, String>;

/// Does it, and says each step with its time.
pub async fn run(args: &SmokeArgs, config: Config) -> Result<(), Stop> {
    let complaints = Complaints::listen();
    let began = Instant::now();
    let mut interrupted = Interrupt::listen()?;
    let engine = enter(&config).await?;
    let guild = Id::new(args.guild);
    let told = play(args, &config, &engine, guild, &complaints, &mut interrupted);
    let told = Box::pin(told).await;
    if let Err(error) = engine.store().clone().close().await {
        tracing::warn!(%error, "the database could not be closed");
    }
    let seconds = began.elapsed().as_secs_f64();
    match told {
        Ok(()) => {
            say(&format!("The smoke test passed in {seconds:.1} s."));
            Ok(())
        }
        Err(why) => Err(Stop::Failed(format!("the smoke test failed after {seconds:.1} s: {why}"))),
    }
}

/// Everything that a test needs of the installation, without changing any of it.
async fn enter(config: &Config) -> Result<Engine, Stop> {
    let status = migration::status(&config.database.store).await;
    let schema = status.map_err(|problem| database::stop(&problem, &config.database))?;
    if !schema.exists || schema.migrations.iter().any(|one| one.standing != Standing::Applied) {
        return Err(Stop::Failed(
            "the database is not of this version's schema. Run `gamekeeper migrate status`, and \
             `gamekeeper migrate up` or the version that the database is of"
                .to_owned(),
        ));
    }
    let rest = wire::door(&config.discord.token, config.discord.origin.clone(), |_| {})?;
    let own = wire::introduce(&rest, config.discord.application).await?;
    let store = Store::open(&config.database.store).await;
    let store = store.map_err(|problem| database::stop(&problem, &config.database))?;
    // A name that no bot has, so that nothing of theirs is taken.
    let membership = Membership {
        name: format!("smoke-{}-{}", config.membership.name, std::process::id()),
        lease: config.membership.lease,
    };
    let engine = Engine::new(store, rest, Clock::default(), own.id, membership);
    engine.visit().await.map_err(|fault| Stop::Unavailable(fault.to_string()))?;
    Ok(engine)
}

async fn play(
    args: &SmokeArgs,
    config: &Config,
    engine: &Engine,
    guild: GuildId,
    complaints: &Complaints,
    interrupted: &mut Interrupt,
) -> Step<()> {
    let known = guild::look(engine, guild).await?;
    let worker = Worker::find(engine, config.membership.lease).await?;
    say(&format!("Smoke test on “{}” ({guild}), {worker}.", known.name));
    let left = corner::left_behind(engine, guild).await?;
    if args.clean {
        for game in left {
            let mut corner = Corner::of(engine, &worker, guild, game);
            timed("deleted what an earlier test had left", Box::pin(corner.delete())).await?;
        }
        return Ok(());
    }
    for game in &left {
        say(&format!(
            "      “{}” is still there from an earlier test; `gamekeeper smoke --guild {guild} \
             --clean` deletes it",
            game.name
        ));
    }
    let asking = Asking::of(&config.http).ok().filter(|_| worker.is_a_bot());
    let bot = OfTheBot::hear(asking).await;
    let mut corner = Corner::new(engine, &worker, guild);
    let told = tokio::select! {
        told = steps::all(&mut corner, args.keep, complaints, &bot) => told,
        () = interrupted.heard() => Err("it was interrupted".to_owned()),
    };
    if told.is_err() {
        corner.find(&left).await?;
    }
    let Some(name) = corner.left() else { return told };
    if args.keep && told.is_ok() {
        say(&format!(
            "“{name}” is left there. Delete it with `gamekeeper smoke --guild {guild} --clean`, or \
             with /game delete on the server."
        ));
        return told;
    }
    let cleaned = tokio::select! {
        cleaned = timed("cleaned up", Box::pin(corner.delete())) => cleaned,
        () = interrupted.heard() => Err("it was interrupted again".to_owned()),
    };
    cleaned.map_err(|why| {
        let first = told.as_ref().err().map(|told| format!("{told}; and ")).unwrap_or_default();
        format!(
            "{first}“{name}” is left there: {why}. Delete it with `gamekeeper smoke --guild \
             {guild} --clean`"
        )
    })?;
    told
}

/// Says how a step went, and how long it took.
pub(crate) async fn timed<T: ToString>(
    what: &str,
    step: impl Future<Output = Step<T>>,
) -> Step<()> {
    let began = Instant::now();
    let done = step.await;
    let seconds = began.elapsed().as_secs_f64();
    match done {
        Ok(more) => {
            let more = Some(more.to_string()).filter(|more| !more.is_empty());
            let more = more.map(|more| format!(": {more}")).unwrap_or_default();
            say(&format!("ok    {seconds:5.1} s  {what}{more}"));
            Ok(())
        }
        Err(why) => {
            say(&format!("FAIL  {seconds:5.1} s  not {what}: {why}"));
            Err(format!("not {what}: {why}"))
        }
    }
}

#[expect(clippy::print_stdout, reason = "the steps are what was asked for")]
fn say(line: &str) {
    println!("{line}");
}

/// Ctrl-C, or whoever else ends us: the corner is cleaned up first.
struct Interrupt {
    interrupt: Signal,
    terminate: Signal,
}

impl Interrupt {
    fn listen() -> Result<Self, Stop> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt()).map_err(no_signals)?,
            terminate: signal(SignalKind::terminate()).map_err(no_signals)?,
        })
    }

    async fn heard(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// How long a step may take: rate limits of Discord's are waited for.
const PATIENCE: Duration = Duration::from_mins(2);
