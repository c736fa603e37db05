//! `demo --tour`: the whole post-deployment test of an operator, played by people of the local
//! Discord through everything a person can press or type.

mod admins;
mod ending;
mod making;
mod playing;
mod refusals;
mod servers;
pub(crate) mod trouble;
mod watch;

use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;

use crate::{
    cli::DemoArgs,
    exit::Stop,
    stage::{Setup, Stage, verbs::Told},
};

/// What the steps share.
struct Tour {
    stage: Stage,
    watch: watch::ErrorWatch,
    faults: bool,
    panel: Option<servers::Panel>,
}

type Play = for<'a> fn(&'a mut Tour) -> BoxFuture<'a, Told<()>>;

/// The steps, in order: each stands on what the ones before it left.
const STEPS: [(&str, Play); 26] = [
    ("the bot is online, commands are registered", |t| Box::pin(making::online(t))),
    ("both panels are set up, and twice is not double", |t| Box::pin(making::panels(t))),
    ("simple create", |t| Box::pin(making::simple(t))),
    ("advanced create, with the plan shown first", |t| Box::pin(making::advanced(t))),
    ("join by command, by button and by select", |t| Box::pin(playing::join(t))),
    ("leave by command and by button", |t| Box::pin(playing::leave(t))),
    ("a full game refuses; two race for the last seat", |t| Box::pin(playing::full(t))),
    ("join by approval: approved and declined", |t| Box::pin(playing::approval(t))),
    ("edit by form and by select", |t| Box::pin(admins::edit(t))),
    ("archive: read-only, seats kept", |t| Box::pin(admins::archive(t))),
    ("restore", |t| Box::pin(admins::restore(t))),
    ("delete, by typing the name", |t| Box::pin(admins::delete(t))),
    ("a player is refused an admin's button", |t| Box::pin(refusals::player(t))),
    ("a game admin is refused another game", |t| Box::pin(refusals::game_admin(t))),
    ("bad names are refused", |t| Box::pin(refusals::names(t))),
    ("a game server is tied to a game", |t| Box::pin(servers::tied(t))),
    ("it is stopped and started, and followed", |t| Box::pin(servers::controlled(t))),
    ("a player is refused to stop it", |t| Box::pin(servers::refused(t))),
    ("it crashes and comes back, and both are told", |t| Box::pin(servers::crashed(t))),
    ("its history is a picture, and in words", |t| Box::pin(servers::history(t))),
    ("a channel deleted by hand is repaired", |t| Box::pin(trouble::deleted_by_hand(t))),
    ("killed in the middle of a create, it converges", |t| Box::pin(trouble::killed(t))),
    ("the audit is complete", |t| Box::pin(ending::audit(t))),
    ("the database says what Discord shows", |t| Box::pin(ending::truth(t))),
    ("no error in the log", |t| Box::pin(ending::quiet(t))),
    ("no violation of Discord's contract", |t| Box::pin(ending::contract(t))),
];

/// Plays the tour; an error when a step does not hold.
#[expect(clippy::print_stdout, reason = "the tour is told on the terminal")]
pub async fn run(args: &DemoArgs) -> Result<(), Stop> {
    let watch = watch::ErrorWatch::start();
    let mut setup = Setup { data: args.data.clone(), ..Setup::default() };
    setup.discord.listen.set_port(args.port);
    setup.reconcile.sweep_every = Duration::from_secs(20);
    // The tour's people are faster than people.
    setup.bot = |bot| {
        bot.inbound = bot::InboundLimits::NONE;
        bot.servers = true;
    };
    let start = Instant::now();
    let stage = Stage::set(setup).await?;
    println!("The stage is set at {} ({} ms)", stage.discord.origin(), start.elapsed().as_millis());
    let mut tour = Tour { stage, watch, faults: args.faults, panel: None };
    let mut failed = 0;
    for (number, (name, play)) in STEPS.iter().enumerate() {
        let start = Instant::now();
        let told = play(&mut tour).await;
        let (mark, time) = (if told.is_ok() { "ok  " } else { "FAIL" }, start.elapsed());
        println!("{mark} {:>2}. {name} ({} ms)", number + 1, time.as_millis());
        if let Err(why) = told {
            println!("         {why}");
            failed += 1;
        }
        if number == 1 && tour.faults {
            trouble::misbehave(&tour.stage);
            println!("     ·  from here on 5 % of calls fail; the connection is cut once");
        }
    }
    println!(
        "{} of {} steps hold, {:.1} s in all",
        STEPS.len() - failed,
        STEPS.len(),
        start.elapsed().as_secs_f32()
    );
    tour.stage.close().await;
    if failed == 0 { Ok(()) } else { Err(Stop::Failed(format!("{failed} steps do not hold"))) }
}
