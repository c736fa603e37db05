//! `gamekeeper soak`: people and strangers do at random what they do, things go wrong at random,
//! and what must hold is checked all the time.
//!
//! It goes in rounds: half a minute of everything at once, then peace, in which all must come to
//! rest and be in order. Bot and local Discord share the process, so what it keeps in memory is
//! both; what the local Discord remembers for tests is thrown away all the time.

mod book;
mod checks;
pub mod day;
mod dice;
mod people;
mod report;
mod strangers;
mod trouble;
mod watch;

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::{Duration, Instant},
};

use bot::{
    InboundLimits,
    ids::{CustomId, Purpose},
};
use discord::Allowance;
use engine::PanelKind;
use futures_util::future::join_all;
use sandbox::{
    actor::Actor,
    id::{ChannelId, MessageId},
};

use self::{book::Book, dice::Dice, trouble::End, watch::Samples};
pub use self::{report::Report, trouble::Trouble};
use crate::{
    cli::SoakArgs,
    exit::Stop,
    logging::{self, LogLevel},
    stage::{Setup, Stage},
};

/// How long people, strangers and trouble are let loose before all is checked.
const ROUND: Duration = Duration::from_secs(30);
/// Between two lines of progress.
const LINE_EVERY: Duration = Duration::from_secs(10);
/// Community admins, and everybody else.
const ADMINS: [&str; 2] = ["Olga", "Adam"];
const PLAYERS: [&str; 8] = ["Gus", "Mia", "Ben", "Kim", "Sid", "Guest 1", "Guest 2", "Guest 3"];
/// Where panels and lines can be.
const ROOMS: [&str; 4] = ["general", "games", "admin", "log"];

/// What a soak is asked to be.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How long.
    pub length: Duration,
    /// Which trouble.
    pub trouble: Vec<Trouble>,
    /// A PostgreSQL server; SQLite when left out.
    pub postgres: Option<String>,
    /// Of everything random.
    pub seed: u64,
}

/// Everything the players share.
struct Ground<'a> {
    stage: &'a Stage,
    book: &'a Book,
    /// How far the bot's clock is off.
    clock: &'a AtomicI64,
}

impl Ground<'_> {
    /// Everybody but the owner, who does not leave.
    fn people(&self) -> Vec<Actor> {
        PLAYERS.iter().map(|name| self.stage.person(name)).collect()
    }

    /// The channels that are nobody's game.
    fn rooms(&self) -> Vec<ChannelId> {
        ROOMS.iter().filter_map(|name| self.stage.channel(name).ok()).collect()
    }

    /// Every panel that stands anywhere.
    fn panels(&self) -> Vec<(PanelKind, ChannelId, MessageId)> {
        let olga = self.stage.guild.owner();
        let marks = [
            (PanelKind::Admin, CustomId::CreateSimple.to_string()),
            (PanelKind::Player, CustomId::Pick(Purpose::Join, 0).to_string()),
        ];
        let mut found = Vec::new();
        for room in self.rooms() {
            for message in olga.read(room).into_iter().filter(|message| !message.ephemeral) {
                for (kind, mark) in &marks {
                    if message.component(mark).is_some() {
                        found.push((*kind, room, message.id));
                    }
                }
            }
        }
        found
    }

    /// Puts the bot's clock so far off the real time.
    fn jump(&self, to: i64) {
        let from = self.clock.swap(to, Ordering::Relaxed);
        if from != to {
            self.stage.jump(to - from);
        }
    }

    /// Whether changes by hand are left as they are.
    async fn accepts(&self) -> Result<bool, String> {
        let settings = self.stage.engine().settings(self.stage.guild_id()).await;
        let settings = settings.map_err(|error| error.to_string())?;
        Ok(settings.drift_policy != domain::DriftPolicy::Repair)
    }
}

/// Runs it and prints how it goes; an error when anything did not hold.
#[expect(clippy::print_stdout, reason = "the soak is told on the terminal")]
pub async fn run(args: &SoakArgs) -> Result<(), Stop> {
    // What the bot complains of under trouble is what was asked for; whoever wants to read it says so.
    if let Some(level) = std::env::var("LOG_LEVEL").ok().and_then(|text| LogLevel::parse(&text)) {
        logging::start(level);
    }
    let length = Duration::try_from_secs_f64(args.minutes * 60.0)
        .map_err(|_| Stop::Failed("--minutes has to be a time".to_owned()))?;
    let seed = args.seed.unwrap_or_else(|| u64::from(std::process::id()));
    let plan = Plan {
        length,
        trouble: Trouble::chosen(&args.faults),
        postgres: (args.database != "sqlite").then(|| args.database.clone()),
        seed,
    };
    println!("Soaking for {:.1} min, seed {seed}, trouble: {:?}", args.minutes, plan.trouble);
    let report = play(&plan, &|line: &str| println!("{line}")).await?;
    println!("{}", report.text.trim_end());
    if report.broken.is_empty() {
        Ok(())
    } else {
        let (count, seed) = (report.broken.len(), plan.seed);
        Err(Stop::Failed(format!("{count} violations; the seed was {seed}")))
    }
}

/// Runs it.
pub async fn play(plan: &Plan, say: &dyn Fn(&str)) -> Result<Report, Stop> {
    let failed = Stop::Failed;
    let mut stage = Stage::set(setup(plan)).await?;
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await.map_err(failed)?;
    stage.set_up_panel(&olga, PanelKind::Player, "games").await.map_err(failed)?;
    // Two read German, so that both languages are written all the time.
    stage.person("Kim").set_locale("de");
    stage.person("Adam").set_locale("de");
    let log = stage.channel("log").map_err(failed)?;
    let _ = olga.slash("settings log-channel", [("channel", log)]).first().await;
    let (book, clock, mut samples) = (Book::open(), AtomicI64::new(0), Samples::default());
    let before = stage.engine().store().size().await.ok();
    let mut dice = Dice::of(plan.seed, 0);
    let mut spoken = Instant::now();
    let end = Instant::now() + plan.length;
    loop {
        let until = (Instant::now() + ROUND).min(end);
        loop {
            let ground = Ground { stage: &stage, book: &book, clock: &clock };
            let lively = let_loose(&ground, plan, until, &mut dice);
            let ended = tokio::select! {
                ended = lively => Some(ended),
                () = look_on(&ground, &mut samples, &mut spoken, say) => None,
                _ = tokio::signal::ctrl_c() => None,
            };
            match ended {
                Some(End::Kill) => start_again(&mut stage, &book, &mut dice).await?,
                Some(End::Over) => break,
                None => {
                    say("Stopped early.");
                    return finish(stage, &book, &samples, before).await;
                }
            }
        }
        let ground = Ground { stage: &stage, book: &book, clock: &clock };
        trouble::heal(&ground).await;
        strangers::come_back(&ground);
        let took = tokio::select! {
            took = checks::in_order(&ground) => took,
            () = look_on(&ground, &mut samples, &mut spoken, say) => return finish(stage, &book, &samples, before).await,
        };
        tracing::info!(ms = took.as_millis(), "everything was in order after");
        if Instant::now() >= end {
            return finish(stage, &book, &samples, before).await;
        }
    }
}

fn setup(plan: &Plan) -> Setup {
    let mut setup = Setup {
        postgres: plan.postgres.clone(),
        outages: true,
        bot: |bot| {
            bot.inbound = InboundLimits::NONE;
            // Nobody tells a bot that a message was deleted: it looks. Ten minutes are too long to
            // wait for here.
            bot.panel_check = Duration::from_secs(10);
        },
        rest: |rest| {
            // People here rename more in a minute than Discord lets a bot do in an hour.
            let plenty = Allowance { calls: 10_000, window: Duration::from_secs(1) };
            rest.limits.channel_rename = plenty;
            rest.limits.channel_topic = plenty;
            rest.limits.role_create = plenty;
        },
        ..Setup::default()
    };
    setup.reconcile.sweep_every = Duration::from_secs(5);
    // What the local Discord keeps for looking at is not to grow into the figures.
    setup.discord.request_log = 200;
    setup.discord.kept_interactions = 3_000;
    setup.discord.kept_ephemerals = 3_000;
    setup.discord.replay_events = 1_000;
    setup.discord.patience = Duration::from_secs(25);
    setup
}

/// People, strangers and trouble, until it is time.
async fn let_loose(ground: &Ground<'_>, plan: &Plan, until: Instant, dice: &mut Dice) -> End {
    let everybody = ADMINS.iter().map(|name| (name, true));
    let everybody = everybody.chain(PLAYERS.iter().map(|name| (name, false)));
    let people: Vec<(Actor, bool, Dice)> = everybody
        .map(|(name, admin)| (ground.stage.person(name), admin, Dice::of(dice.roll(), 1)))
        .collect();
    let people =
        people.iter().map(|(who, admin, dice)| people::live(ground, who, *admin, dice.clone()));
    let strangers = strangers::meddle(ground, Dice::of(dice.roll(), 2));
    tokio::select! {
        _ = join_all(people) => End::Over,
        () = strangers => End::Over,
        end = trouble::rage(ground, &plan.trouble, until, dice) => end,
    }
}

/// Looks every second; never ends.
async fn look_on(
    ground: &Ground<'_>,
    samples: &mut Samples,
    spoken: &mut Instant,
    say: &dyn Fn(&str),
) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        samples.take(ground);
        if spoken.elapsed() >= LINE_EVERY {
            *spoken = Instant::now();
            say(&report::line(ground.book, samples));
        }
    }
}

/// Kills the bot and starts it again, however long Discord and the database do not let it.
async fn start_again(stage: &mut Stage, book: &Book, dice: &mut Dice) -> Result<(), Stop> {
    book.trouble("kill");
    book.cut_off();
    stage.kill_bot();
    book.write(|pages| pages.kills += 1);
    stage.discord.holds().cut_all();
    tokio::time::sleep(dice.between(0, 2_000)).await;
    let mut tries = 0;
    loop {
        match stage.launch_bot().await {
            Ok(()) => return Ok(()),
            Err(_) if tries < 30 => tries += 1,
            Err(stop) => return Err(stop),
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

async fn finish(
    stage: Stage,
    book: &Book,
    samples: &Samples,
    before: Option<u64>,
) -> Result<Report, Stop> {
    let after = stage.engine().store().size().await.ok();
    let report = report::report(book, samples, before.zip(after));
    stage.close().await;
    Ok(report)
}
