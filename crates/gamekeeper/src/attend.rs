//! Game servers: who looks at them, started beside the bot.

use std::sync::Arc;

use domain::GuildId;
use engine::Engine;
use jiff::Timestamp;
use servers::{
    amp::{Panel, PanelConfig},
    poll::{Pace, PanelSource, PollConfig, Poller},
    schedule::Schedule,
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::exit::Stop;

/// What the only panel is called in the database.
const MAIN: &str = "main";

/// A panel to look after.
#[derive(Debug)]
pub struct Attended {
    /// The way to it.
    pub panel: PanelConfig,
    /// The guild whose servers they are.
    pub guild: GuildId,
    /// When everything is looked at.
    pub schedule: Schedule,
    /// How often what somebody watches is.
    pub pace: Pace,
}

/// Somebody who looks at game servers until told to stop.
pub struct Attendance {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Attendance {
    /// Begins to look, and lets the engine know whom to ask.
    pub fn begin(engine: &Engine, attended: Attended) -> Result<Self, Stop> {
        let Attended { panel, guild, schedule, pace } = attended;
        let address = panel.url.to_string();
        let panel = Panel::new(panel).map_err(|error| Stop::Unavailable(error.to_string()))?;
        tell(&address, &schedule);
        let source = PanelSource { name: MAIN.to_owned(), guild, panel: Arc::new(panel) };
        let (clock, fleet) = (engine.clock().clone(), engine.clone());
        let config = PollConfig {
            schedule,
            pace,
            now: Arc::new(move || clock.now()),
            mine: Arc::new(move |guild| fleet.serves(guild)),
        };
        let poller = Poller::new(engine.store().clone(), vec![source], config);
        engine.attend(poller.clone());
        let stop = CancellationToken::new();
        let (stopped, listener) = (stop.clone(), engine.clone());
        let task = tokio::spawn(async move {
            let deaf = stopped.clone();
            tokio::join!(poller.run(stopped), async {
                deaf.run_until_cancelled(listener.listen_to_servers()).await;
            });
        });
        Ok(Self { stop, task })
    }

    /// Stops looking; looks under way end by their deadline.
    pub async fn end(self) {
        self.stop.cancel();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "whoever looked at game servers died");
        }
    }
}

fn tell(address: &str, schedule: &Schedule) {
    let next: Vec<String> =
        schedule.next_three(Timestamp::now()).iter().map(ToString::to_string).collect();
    tracing::info!(panel = address, next = next.join(", "), "game servers are looked at");
}
