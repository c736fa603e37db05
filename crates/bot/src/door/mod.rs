//! The door: a raw interaction comes in, a typed [`Intent`] with its [`engine::Caller`] goes on.
//!
//! Each interaction gets a task of its own; none waits for another. What is deliberately absent:
//! decisions. Who may do what is the engine's to say, from the roles that came with this very
//! interaction.

mod ask;
mod command;
mod inputs;
mod limits;
mod seen;

pub(crate) use self::{
    ask::{Asked, Intent},
    command::{AdminRole, Command, GameCommand, ServerCommand, SettingsCommand, Typing},
    inputs::{Chosen, Fields},
    seen::Seen,
};
pub use limits::Limiter;

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;
use tracing::Instrument as _;
use twilight_model::application::interaction::{Interaction, InteractionType};

use crate::{
    answer::{Answer, FIRST_WITHIN},
    app::App,
    flows,
    metrics::{Kind, Outcome, UNKNOWN},
    views::{self, reply},
};

/// By how much Discord's time may seem later than it is: its answers tell whole seconds.
const UNSURE_MS: i64 = 1_000;

/// Takes one interaction off the gateway's hands. Never waits.
///
/// `replayed` says that a resumed session is catching up, so the interaction may be from the time
/// when nobody was listening.
pub(crate) fn take(app: &Arc<App>, interaction: Box<Interaction>, replayed: bool) {
    if interaction.kind == InteractionType::Ping || !app.seen.is_new(interaction.id.get()) {
        return;
    }
    let age = age(app, &interaction, replayed);
    if age > FIRST_WITHIN {
        // What is left alone fails on the person's screen; what is done too late fails there too,
        // and has happened all the same.
        app.metrics.interaction(Kind::Unknown, UNKNOWN, Outcome::Late);
        tracing::info!(interaction = %interaction.id, replayed, "heard of too late; not acted on");
        return;
    }
    // Its time to be answered began when it was made.
    let arrived = Instant::now();
    let arrived = arrived.checked_sub(age).unwrap_or(arrived);
    let Ok(room) = Arc::clone(&app.room).try_acquire_owned() else {
        app.metrics.interaction(Kind::Unknown, UNKNOWN, Outcome::TurnedAway);
        tracing::error!(interaction = %interaction.id, "turned away: too much at once");
        return;
    };
    let app = Arc::clone(app);
    let tracker = app.tasks.clone();
    tracker.spawn(async move {
        handle(&app, interaction, arrived).await;
        drop(room);
    });
}

/// How old it is at least, as far as that can be told.
fn age(app: &App, interaction: &Interaction, replayed: bool) -> Duration {
    // A snowflake's upper 42 bits are milliseconds since 2015 began (Discord, reference).
    const EPOCH_MS: i64 = 1_420_070_400_000;
    let made = i64::try_from(interaction.id.get() >> 22).unwrap_or(0) + EPOCH_MS;
    let theirs = app.engine.rest().discord_now();
    let age = if replayed {
        // Most likely it is old: whichever clock is later decides, since our own may be behind.
        let own = app.engine.clock().now();
        theirs.map_or(own, |theirs| theirs.max(own)).saturating_sub(made)
    } else {
        // Most likely it is new, and our own clock may be ahead: only Discord's decides.
        theirs.map_or(0, |now| now.saturating_sub(made).saturating_sub(UNSURE_MS))
    };
    Duration::from_millis(u64::try_from(age).unwrap_or(0))
}

async fn handle(app: &App, interaction: Box<Interaction>, arrived: Instant) {
    let (asked, line) = ask::read(app, *interaction, arrived);
    let Some(asked) = asked else {
        let sorry = reply::server_only(line.words);
        return line.deliver(app, async { Answer::Show(sorry) }).await;
    };
    let span = tracing::debug_span!(
        "interaction",
        correlation = %asked.caller.correlation,
        guild = %asked.caller.actor.guild,
        user = %asked.caller.actor.user,
    );
    let actor = &asked.caller.actor;
    let work = async {
        if let Intent::Typing(typing) = &asked.intent {
            let allowed = app.limits.may_type(actor.user);
            line.suggest(app, async {
                let outcome = if allowed { Outcome::Done } else { Outcome::Slowed };
                app.metrics.interaction(Kind::Typing, &asked.name, outcome);
                if allowed { flows::typing::suggest(app, &asked, typing).await } else { Vec::new() }
            })
            .await;
            return;
        }
        match app.limits.act(actor.guild, actor.user) {
            // Boxed: it is as large as the largest flow.
            Ok(()) if let Some(action) = asked.intent.waits_for() => {
                let meanwhile = views::servers::working(asked.words, action);
                line.deliver_slow(app, meanwhile, Box::pin(flows::route(app, &asked))).await;
            }
            Ok(()) => line.deliver(app, Box::pin(flows::route(app, &asked))).await,
            Err(wait) => {
                app.metrics.interaction(asked.intent.kind(), &asked.name, Outcome::Slowed);
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                let sorry = reply::try_again(asked.words, seconds.max(1));
                line.deliver(app, async { Answer::Show(sorry) }).await;
            }
        }
    };
    work.instrument(span).await;
}
