//! Everything that can go wrong around the bot, at random.

use std::time::{Duration, Instant};

use sandbox::{
    faults::{EventFault, Fault, FaultKind, Hold, Mix, Upset},
    limits::Scope,
};

use super::{Ground, dice::Dice};
use crate::stage::outage::Line;

/// A kind of trouble that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Trouble {
    /// Discord's REST answers with errors, limits, pages of its proxy, or not at all.
    Rest,
    /// The gateway's connection breaks in every way there is.
    Gateway,
    /// The database is away for seconds.
    Database,
    /// Every task of the bot ends where it waits, and the bot is started again.
    Kill,
    /// The bot's clock jumps by an hour.
    Clock,
    /// All of these.
    All,
}

impl Trouble {
    /// Every single kind.
    pub const EACH: [Self; 5] =
        [Self::Rest, Self::Gateway, Self::Database, Self::Kill, Self::Clock];

    /// What was asked for, without doubles.
    pub(super) fn chosen(asked: &[Self]) -> Vec<Self> {
        let all = asked.contains(&Self::All);
        Self::EACH.into_iter().filter(|kind| all || asked.contains(kind)).collect()
    }
}

/// How a stretch of trouble ends.
pub(super) enum End {
    /// Its time is over.
    Over,
    /// The bot is to be killed.
    Kill,
}

/// Between two troubles, in milliseconds.
const PAUSE: (u64, u64) = (500, 3_500);
/// By how much a clock jumps.
const JUMP_MS: i64 = 60 * 60 * 1_000;
/// Calls that change something: where an answer that is lost hurts.
const CALLS: [&str; 8] = [
    "create_guild_role",
    "create_guild_channel",
    "update_channel",
    "delete_channel",
    "delete_guild_role",
    "add_guild_member_role",
    "create_message",
    "update_original_webhook_message",
];

/// Makes trouble until it is time, or until the bot is to die.
pub(super) async fn rage(
    ground: &Ground<'_>,
    kinds: &[Trouble],
    until: Instant,
    dice: &mut Dice,
) -> End {
    loop {
        let pause = dice.between(PAUSE.0, PAUSE.1);
        if Instant::now() + pause >= until {
            tokio::time::sleep(until.saturating_duration_since(Instant::now())).await;
            return End::Over;
        }
        tokio::time::sleep(pause).await;
        match dice.pick(kinds) {
            None | Some(Trouble::All) => {}
            Some(Trouble::Rest) => rest(ground, dice).await,
            Some(Trouble::Gateway) => gateway(ground, dice).await,
            Some(Trouble::Database) => database(ground, dice).await,
            Some(Trouble::Clock) => clock(ground, dice),
            Some(Trouble::Kill) => {
                if dice.percent(50) {
                    // In the middle of a call that Discord may or may not have carried out.
                    let hold = if dice.percent(50) { Hold::before(1) } else { Hold::after(1) };
                    let held = ground.stage.discord.holds().order(hold);
                    let _ = tokio::time::timeout(dice.between(200, 3_000), held.reached()).await;
                    held.leave();
                }
                return End::Kill;
            }
        }
    }
}

/// Takes everything back.
pub(super) async fn heal(ground: &Ground<'_>) {
    let discord = &ground.stage.discord;
    discord.faults().clear();
    discord.event_faults().clear();
    discord.holds().release_all();
    discord.gateway().refuse_connections(false);
    discord.latency().set_rest(Duration::ZERO);
    if let Err(why) = ground.stage.database(Line::Through).await {
        ground.book.broken(format!("the database could not be given back: {why}"));
    }
    ground.jump(0);
    ground.book.calm();
}

async fn rest(ground: &Ground<'_>, dice: &mut Dice) {
    let faults = ground.stage.discord.faults();
    let on = dice.pick(&CALLS).unwrap_or(CALLS[0]);
    let soon = dice.between(200, 2_000);
    match dice.below(8) {
        0 | 1 => {
            ground.book.trouble("rest: many calls fail");
            let kinds = vec![
                FaultKind::Status(500),
                FaultKind::Status(503),
                FaultKind::Cloudflare(502),
                FaultKind::Cloudflare(520),
                FaultKind::RateLimited { scope: Scope::Shared, retry_after: soon },
                FaultKind::DropRequest,
                FaultKind::DropAnswer,
            ];
            faults
                .start_mix(Mix::new(dice.roll(), 0.15, kinds).lasting(dice.between(2_000, 6_000)));
        }
        2 | 3 => {
            ground.book.trouble("rest: an answer is lost");
            faults.add(Fault::on(on, FaultKind::DropAnswer));
        }
        // Few of these: they count against the bot, and the limit on them is checked.
        4 => {
            ground.book.trouble("rest: 429");
            let scope = dice.pick(&[Scope::User, Scope::Global]).unwrap_or(Scope::User);
            faults.add(Fault::on(on, FaultKind::RateLimited { scope, retry_after: soon }));
        }
        5 => {
            ground.book.trouble("rest: 429 of the proxy");
            let page = FaultKind::Raw {
                status: 429,
                content_type: "text/html".to_owned(),
                body: "<html>error 1015</html>".to_owned(),
                headers: vec![("retry-after", "1".to_owned())],
            };
            faults.add(Fault::on(on, page));
        }
        6 => {
            ground.book.trouble("rest: down");
            faults.add(Fault::anywhere(FaultKind::Status(503)).always());
            tokio::time::sleep(dice.between(1_000, 5_000)).await;
            faults.clear();
        }
        _ => {
            ground.book.trouble("rest: slow");
            let latency = ground.stage.discord.latency();
            latency.set_rest(dice.between(300, 1_500));
            tokio::time::sleep(dice.between(1_000, 4_000)).await;
            latency.set_rest(Duration::ZERO);
        }
    }
}

async fn gateway(ground: &Ground<'_>, dice: &mut Dice) {
    let discord = &ground.stage.discord;
    match dice.below(6) {
        0 => {
            ground.book.trouble("gateway: cut");
            discord.drop_gateway();
        }
        1 => {
            ground.book.trouble("gateway: reconnect");
            discord.ask_reconnect();
        }
        2 => {
            ground.book.trouble("gateway: invalid session");
            discord.gateway().upset(Upset::InvalidSession { resumable: dice.percent(50) });
        }
        3 => {
            ground.book.trouble("gateway: closed");
            discord.close_gateway(4_000);
        }
        4 => {
            ground.book.trouble("gateway: away");
            discord.gateway().refuse_connections(true);
            discord.drop_gateway();
            tokio::time::sleep(dice.between(500, 4_000)).await;
            discord.gateway().refuse_connections(false);
        }
        _ => {
            ground.book.trouble("gateway: told twice");
            let twice = Mix::new(dice.roll(), 0.5, vec![EventFault::Twice]);
            discord.event_faults().start_mix(twice.lasting(Duration::from_secs(5)));
        }
    }
}

async fn database(ground: &Ground<'_>, dice: &mut Dice) {
    let silent = dice.percent(50);
    let (line, what) =
        if silent { (Line::Silent, "database: silent") } else { (Line::Refused, "database: down") };
    ground.book.trouble(what);
    for line in [line, Line::Through] {
        if let Err(why) = ground.stage.database(line).await {
            // The bot itself may hold the lock just then.
            tracing::info!(why, "no trouble with the database this time");
            return;
        }
        if line != Line::Through {
            tokio::time::sleep(dice.between(500, 6_000)).await;
        }
    }
}

fn clock(ground: &Ground<'_>, dice: &mut Dice) {
    ground.book.trouble("clock: jumps");
    let to = dice.pick(&[-JUMP_MS, 0, JUMP_MS]).unwrap_or(0);
    ground.jump(to);
}
