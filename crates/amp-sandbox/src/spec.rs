//! What an instance is made from.

use std::time::Duration;

use crate::state::AppState;

/// What an instance measures.
#[derive(Clone, Copy, Debug)]
pub struct Metering {
    /// Memory it may use.
    pub memory_mb: i64,
    /// Ticks per second, which Minecraft alone has.
    pub tps: bool,
}

/// An instance to be made.
#[derive(Clone, Debug)]
pub struct InstanceSpec {
    pub(crate) friendly_name: String,
    pub(crate) name: String,
    pub(crate) module: &'static str,
    pub(crate) app_name: String,
    pub(crate) image: String,
    pub(crate) description: String,
    pub(crate) max_players: usize,
    pub(crate) sleeps: bool,
    pub(crate) daemon_running: bool,
    pub(crate) state: AppState,
    pub(crate) daemon_start: Duration,
    pub(crate) start: Duration,
    pub(crate) stop: Duration,
    pub(crate) update: Duration,
    pub(crate) backup: Duration,
    pub(crate) game_port: u16,
    pub(crate) endpoint: String,
    pub(crate) container: bool,
    pub(crate) metering: Metering,
    pub(crate) restarts_itself: bool,
    pub(crate) lively: Option<u64>,
    pub(crate) target: usize,
}

impl InstanceSpec {
    fn new(friendly_name: &str, module: &'static str, app_name: &str, game_port: u16) -> Self {
        let name: String = friendly_name.chars().filter(char::is_ascii_alphanumeric).collect();
        Self {
            friendly_name: friendly_name.to_owned(),
            name: format!("{name}01"),
            module,
            app_name: app_name.to_owned(),
            image: format!("internal:{module}"),
            description: String::new(),
            max_players: 20,
            sleeps: false,
            daemon_running: true,
            state: AppState::Stopped,
            daemon_start: Duration::from_secs(2),
            start: Duration::from_secs(8),
            stop: Duration::from_secs(3),
            update: Duration::from_secs(20),
            backup: Duration::from_secs(6),
            game_port,
            endpoint: "0.0.0.0".to_owned(),
            container: false,
            metering: Metering { memory_mb: 4_096, tps: false },
            restarts_itself: false,
            lively: None,
            target: 0,
        }
    }

    /// A Minecraft server: 20 places, ticks, sleep mode possible.
    pub fn minecraft(friendly_name: &str) -> Self {
        let mut spec = Self::new(friendly_name, "Minecraft", "Minecraft Java Edition", 25_565);
        spec.metering.tps = true;
        spec
    }

    /// A server that is asked with Valve's A2S: 24 places.
    pub fn valve(friendly_name: &str) -> Self {
        let spec = Self::new(friendly_name, "GenericModule", "Counter-Strike 2", 27_015);
        spec.image("steam:730").max_players(24)
    }

    /// Anything else: 16 places.
    pub fn generic(friendly_name: &str) -> Self {
        let spec = Self::new(friendly_name, "GenericModule", "Generic application", 7_777);
        spec.max_players(16)
    }

    /// The short name, by which `StartInstance` and the like know it.
    pub fn name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// What it says of itself.
    pub fn description(mut self, text: &str) -> Self {
        text.clone_into(&mut self.description);
        self
    }

    /// What the panel calls the game.
    pub fn app_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.app_name);
        self
    }

    /// `internal:Name`, `steam:appid` or `url:https…`.
    pub fn image(mut self, source: &str) -> Self {
        source.clone_into(&mut self.image);
        self
    }

    /// Places for players.
    pub fn max_players(mut self, places: usize) -> Self {
        self.max_players = places;
        self
    }

    /// It can be put to sleep, and wakes when somebody connects.
    pub fn sleeps(mut self) -> Self {
        self.sleeps = true;
        self
    }

    /// Whether its daemon runs at first.
    pub fn daemon_running(mut self, running: bool) -> Self {
        self.daemon_running = running;
        self
    }

    /// What the game does at first.
    pub fn state(mut self, state: AppState) -> Self {
        self.state = state;
        self
    }

    /// The game runs at first.
    pub fn running(self) -> Self {
        self.state(AppState::Ready)
    }

    /// How long the daemon takes to come up; 2 s by default.
    pub fn daemon_takes(mut self, time: Duration) -> Self {
        self.daemon_start = time;
        self
    }

    /// How long the game takes to start; 8 s by default.
    pub fn start_takes(mut self, time: Duration) -> Self {
        self.start = time;
        self
    }

    /// How long the game takes to stop; 3 s by default.
    pub fn stop_takes(mut self, time: Duration) -> Self {
        self.stop = time;
        self
    }

    /// How long an update takes; 20 s by default.
    pub fn update_takes(mut self, time: Duration) -> Self {
        self.update = time;
        self
    }

    /// How long a backup takes; 6 s by default.
    pub fn backup_takes(mut self, time: Duration) -> Self {
        self.backup = time;
        self
    }

    /// Starting, stopping, updating, backups and the daemon all take this long.
    pub fn everything_takes(self, time: Duration) -> Self {
        self.daemon_takes(time)
            .start_takes(time)
            .stop_takes(time)
            .update_takes(time)
            .backup_takes(time)
    }

    /// The game's port.
    pub fn game_port(mut self, port: u16) -> Self {
        self.game_port = port;
        self
    }

    /// The address that the panel shows of the game; 0.0.0.0 by default, as it often is.
    pub fn endpoint(mut self, address: &str) -> Self {
        address.clone_into(&mut self.endpoint);
        self
    }

    /// It lives in a container.
    pub fn in_container(mut self) -> Self {
        self.container = true;
        self
    }

    /// What it measures.
    pub fn metering(mut self, metering: Metering) -> Self {
        self.metering = metering;
        self
    }

    /// After a crash the daemon starts the game again by itself.
    pub fn restarts_itself(mut self) -> Self {
        self.restarts_itself = true;
        self
    }

    /// People come and go by themselves, the same way for the same seed.
    pub fn lively(mut self, seed: u64) -> Self {
        self.lively = Some(seed);
        self
    }

    /// Puts it on another target (see `Amp::add_target`); 0 is the controller's own.
    pub fn on_target(mut self, target: usize) -> Self {
        self.target = target;
        self
    }
}
