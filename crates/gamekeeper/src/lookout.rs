//! Whoever looks after the process itself, from its first moment to its last: the pages, the figures,
//! the alerts, the signs of life.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, OnceLock},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use alerts::{Alerts, Deadman, Manner};
use jiff::Timestamp;
use parking_lot::Mutex;
use tokio::{net::TcpListener, sync::watch};
use tokio_util::sync::CancellationToken;
use web::{Format, Pages};

use crate::{
    alarms::{self, Limits},
    config::{AlertsConfig, ConfigError, HttpConfig},
    exit::Stop,
    last_words::LastWords,
    logging,
    metrics::{Figures, Rooms},
    vitals::{self, Beats, Vitals, Watched},
    watchdog,
    wire::Running,
};

/// Between two looks while there is nothing to look at yet.
const STARTING: Duration = Duration::from_secs(1);
/// How long the last words of a process that ends by itself may take.
const LAST_WORDS: Duration = Duration::from_secs(4);

/// What it is begun with.
pub struct LookoutConfig {
    /// The pages.
    pub http: HttpConfig,
    /// Who is told.
    pub alerts: AlertsConfig,
    /// When.
    pub limits: Limits,
    /// Where the data is.
    pub data: PathBuf,
    /// What is wanted of backups.
    pub backups: ::backup::Settings,
    /// How people are told.
    pub manner: Manner,
    /// Lines of the log.
    pub log: logging::Metrics,
}

/// See the module.
pub struct Lookout {
    alerts: Alerts,
    beats: Beats,
    vitals: watch::Sender<Vitals>,
    figures: Arc<OnceLock<Figures>>,
    address: Option<SocketAddr>,
    data: PathBuf,
    backups: ::backup::Settings,
    log: logging::Metrics,
    words: LastWords,
    stop: CancellationToken,
    /// Ends with the first look at the running bot.
    starting: CancellationToken,
    /// Ends with the next dead man's switch.
    deadman: Mutex<CancellationToken>,
}

impl Lookout {
    /// Begins, before anything else is there to look at.
    pub async fn begin(config: LookoutConfig) -> Result<Self, Stop> {
        let LookoutConfig { http, alerts: told, limits, data, backups, manner, log } = config;
        let listener = bind(&http).await?;
        let address = listener.as_ref().and_then(|listener| listener.local_addr().ok());
        let words = LastWords::of(&data, &manner.process);
        let alerts = Alerts::new(manner, Arc::new(now));
        let lookout = Self {
            alerts,
            beats: Beats::default(),
            vitals: watch::Sender::new(Vitals::default()),
            figures: Arc::default(),
            address,
            data,
            backups,
            log,
            words,
            stop: CancellationToken::new(),
            starting: CancellationToken::new(),
            deadman: Mutex::default(),
        };
        lookout.tell(told);
        if let (Some(listener), Some(address)) = (listener, address) {
            tracing::info!(http.address = %address, "health and figures are shown");
            let pages = lookout.pages(&http);
            tokio::spawn(web::serve(listener, pages, lookout.stop.clone()));
        }
        lookout.go_round(limits);
        Ok(lookout)
    }

    /// Everything that goes on until the end.
    fn go_round(&self, limits: Limits) {
        let stop = self.stop.clone();
        let (alerts, ended) = (self.alerts.clone(), stop.clone());
        tokio::spawn(async move { alerts.run(&ended).await });
        let vitals = self.vitals.subscribe();
        tokio::spawn(alarms::watch(self.alerts.clone(), vitals, limits, stop.clone()));
        let (beats, vitals) = (self.beats.clone(), self.vitals.subscribe());
        tokio::spawn(watchdog::run(beats, vitals, stop.clone()));
        let (vitals, began) = (self.vitals.clone(), Instant::now());
        let starting = async move {
            loop {
                let gateway_down = Some(began.elapsed());
                vitals.send_replace(Vitals { gateway_down, ..Vitals::default() });
                tokio::time::sleep(STARTING).await;
            }
        };
        let (begun, clock) = (self.starting.clone(), self.beats.clone());
        tokio::spawn(async move { begun.run_until_cancelled(starting).await });
        tokio::spawn(async move { stop.run_until_cancelled(clock.tick()).await });
    }

    /// There is something to look at now.
    pub fn follow(&self, running: &Running) {
        self.starting.cancel();
        let engine = running.engine().clone();
        let rooms = Rooms {
            engine: engine.clone(),
            bot: running.figures().clone(),
            status: running.status(),
            alerts: self.alerts.clone(),
            log: self.log.clone(),
        };
        let _ = self.figures.set(Figures::of(rooms, self.vitals.subscribe()));
        self.be_back(running.status());
        let (data, backups) = (self.data.clone(), self.backups.clone());
        let watched = Watched { engine, status: running.status(), data, backups };
        vitals::begin(watched, &self.vitals, &self.beats, &self.stop);
    }

    /// Whoever was told that the bot has ended hears that it is back, once it is.
    fn be_back(&self, mut status: watch::Receiver<bot::Status>) {
        let Some((alert, since)) = self.words.told() else { return };
        let (alerts, words) = (self.alerts.clone(), self.words.clone());
        let (key, since) = (alert.key.clone(), since.as_millisecond());
        let back = async move {
            if status.wait_for(|status| status.is_ready()).await.is_ok() {
                alerts.was_told(alert, since);
                alerts.resolve(&key);
                words.forget();
            }
        };
        let stop = self.stop.clone();
        tokio::spawn(async move { stop.run_until_cancelled(back).await });
    }

    /// These are told from now on, and nobody else.
    pub fn tell(&self, told: AlertsConfig) {
        let AlertsConfig { routes, quiet, deadman } = told;
        self.alerts.set_quiet(quiet);
        self.alerts.set_routes(routes);
        let mut signs = self.deadman.lock();
        signs.cancel();
        *signs = self.stop.child_token();
        if let Some(deadman) = deadman {
            self.give_signs(deadman, signs.clone());
        }
    }

    fn give_signs(&self, deadman: Deadman, stop: CancellationToken) {
        let (beats, metrics) = (self.beats.clone(), self.alerts.metrics().clone());
        tokio::spawn(async move { deadman.run(|| beats.is_alive(), &metrics, &stop).await });
    }

    /// What is wrong, and who is told.
    pub fn alerts(&self) -> &Alerts {
        &self.alerts
    }

    /// Where the pages are; none where they are off.
    pub fn address(&self) -> Option<SocketAddr> {
        self.address
    }

    /// The process ends by itself, for this reason: whoever is told hears it, if it is news.
    pub async fn last_words(&self, why: &Stop) {
        if self.alerts.routes().is_empty() {
            return;
        }
        let starting = self.figures.get().is_none() && matches!(why, Stop::Unavailable(_));
        if let Some(alert) = self.words.news(&why.to_string(), starting, Timestamp::now()) {
            self.alerts.raise(alert);
            self.alerts.drain(LAST_WORDS).await;
        }
    }

    /// Looks no longer.
    pub fn end(self) {
        self.starting.cancel();
        self.stop.cancel();
    }

    fn pages(&self, http: &HttpConfig) -> Pages {
        let (beats, vitals) = (self.beats.clone(), self.vitals.subscribe());
        let (figures, names) = (Arc::clone(&self.figures), Figures::names());
        Pages::new(
            move || beats.report(),
            move || vitals.borrow().report(),
            move |format: Format| figures.get().unwrap_or(&names).text(format),
            env!("CARGO_PKG_VERSION"),
            http.token.clone(),
        )
    }
}

async fn bind(http: &HttpConfig) -> Result<Option<TcpListener>, Stop> {
    let Some(address) = http.address else { return Ok(None) };
    TcpListener::bind(address).await.map(Some).map_err(|problem| {
        Stop::Config(ConfigError::new(
            "GAMEKEEPER_HTTP",
            format!("is {address}, where nobody can listen: {problem}"),
            "Choose another port (another process of the bot may have this one), or off to do \
             without",
        ))
    })
}

/// The time of day.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
