//! Game servers: who looks at them, started beside the bot.

use std::sync::Arc;

use domain::GuildId;
use engine::Engine;
use jiff::Timestamp;
use servers::{
    amp::{Panel, PanelConfig},
    direct::{Direct, DirectConfig},
    poll::{Pace, PanelSource, PollConfig, Poller, Source},
    schedule::Schedule,
};
use tokio::task::JoinHandle;

use crate::exit::Stop;

/// What the first panel is called in the database.
pub const MAIN: &str = "main";

/// A panel to look after.
#[derive(Debug)]
pub struct AttendedPanel {
    /// What it is called in the database.
    pub name: String,
    /// The way to it.
    pub panel: PanelConfig,
    /// The guild whose servers they are.
    pub guild: GuildId,
}

/// What to look after.
#[derive(Debug)]
pub struct Attended {
    /// The panels.
    pub panels: Vec<AttendedPanel>,
    /// When everything is looked at.
    pub schedule: Schedule,
    /// How often what somebody watches is.
    pub pace: Pace,
}

/// Somebody who looks at game servers until told to stop.
pub struct Attendance {
    poller: Poller,
    task: JoinHandle<()>,
}

impl Attended {
    /// One panel and no other.
    pub fn one(panel: PanelConfig, guild: GuildId, schedule: Schedule, pace: Pace) -> Self {
        let panels = vec![AttendedPanel { name: MAIN.to_owned(), panel, guild }];
        Self { panels, schedule, pace }
    }
}

impl Attendance {
    /// Begins to look at the servers of panels, and at those that are only an address.
    pub fn begin(engine: &Engine, attended: Attended) -> Result<Self, Stop> {
        let Attended { panels, schedule, pace } = attended;
        let attendance = Self::open(engine, DirectConfig::default(), schedule, pace);
        panels.into_iter().try_for_each(|panel| panel.watched_by(&attendance.poller))?;
        Ok(attendance)
    }

    /// Begins to look at servers that are only an address, and lets the engine know whom to ask.
    pub fn open(engine: &Engine, direct: DirectConfig, schedule: Schedule, pace: Pace) -> Self {
        tell(&schedule);
        let (clock, fleet) = (engine.clock().clone(), engine.clone());
        let config = PollConfig {
            schedule,
            pace,
            now: Arc::new(move || clock.now()),
            // A guild that the bot has left is nobody's.
            mine: Arc::new(move |guild| {
                fleet.serves(guild) && fleet.cache().guild(guild).is_some()
            }),
        };
        let poller = Poller::new(engine.store().clone(), config);
        poller.look_after(Source::Direct(Direct::new(direct)));
        engine.attend(poller.clone());
        let (running, listener) = (poller.clone(), engine.clone());
        let task = tokio::spawn(async move {
            tokio::select! {
                () = running.run() => {}
                () = listener.listen_to_servers() => {}
            }
        });
        Self { poller, task }
    }

    /// Looks at the servers of panels as well, as soon as it is known whose they are.
    pub fn add_panels<F>(&self, panels: F) -> JoinHandle<()>
    where
        F: Future<Output = Vec<AttendedPanel>> + Send + 'static,
    {
        let poller = self.poller.clone();
        tokio::spawn(async move {
            for panel in panels.await {
                if let Err(stop) = panel.watched_by(&poller) {
                    tracing::error!(error = ?stop, "a panel's servers cannot be looked at");
                }
            }
        })
    }

    /// Stops looking; looks under way are given up.
    pub async fn end(self) {
        self.poller.stop();
        if let Err(error) = self.task.await {
            tracing::error!(%error, "whoever looked at game servers died");
        }
    }
}

impl AttendedPanel {
    fn watched_by(self, poller: &Poller) -> Result<(), Stop> {
        let Self { name, panel, guild } = self;
        let address = panel.url.to_string();
        let panel = Panel::new(panel).map_err(|error| Stop::Unavailable(error.to_string()))?;
        tracing::info!(panel = address, "game servers of a panel are looked at");
        let panel = Arc::new(panel);
        poller.look_after(Source::Panel(PanelSource { name, guild, panel }));
        Ok(())
    }
}

fn tell(schedule: &Schedule) {
    let next: Vec<String> =
        schedule.next_three(Timestamp::now()).iter().map(ToString::to_string).collect();
    tracing::info!(next = next.join(", "), "game servers are looked at");
}
