//! Logs: one line an event on standard error, and in a file if one is wanted; docs/logging.md says
//! what a line looks like and what it never holds.

mod count;
mod file;
mod panics;

use std::{io, sync::OnceLock};

use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    fmt::{self, MakeWriter},
    prelude::*,
    registry::LookupSpan,
    reload,
};

use self::file::Rotating;
pub use self::{count::Metrics, file::LogFile};
use crate::config::LogConfig;

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LogLevel {
    /// Only what a person has to look at.
    Error,
    /// Also what may become a problem.
    Warn,
    /// Also what happens.
    #[default]
    Info,
    /// Also how.
    Debug,
    /// Everything.
    Trace,
}

impl LogLevel {
    /// Reads a level; the names the original took (winston's) are understood too.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.to_ascii_lowercase().as_str() {
            "error" | "fatal" => Self::Error,
            "warn" | "warning" => Self::Warn,
            "info" | "http" => Self::Info,
            "debug" | "verbose" => Self::Debug,
            "trace" | "silly" => Self::Trace,
            _ => return None,
        })
    }

    /// Our own rooms at this level, libraries one step quieter: their debug output can quote
    /// whole requests.
    fn filter(self) -> String {
        let (own, others) = match self {
            Self::Error => ("error", "error"),
            Self::Warn => ("warn", "warn"),
            Self::Info => ("info", "warn"),
            Self::Debug => ("debug", "info"),
            Self::Trace => ("trace", "info"),
        };
        let rooms = [
            "gamekeeper",
            "bot",
            "engine",
            "servers",
            "store",
            "discord",
            "alerts",
            "web",
            "backup",
            "ops",
            "sandbox",
            "amp_sandbox",
            "domain",
        ];
        let rooms: Vec<String> = rooms.iter().map(|room| format!("{room}={own}")).collect();
        // A line for everybody who waits for a connection says no more than our own line does that
        // the database is away.
        let pool = if matches!(self, Self::Debug | Self::Trace) { others } else { "error" };
        format!("{others},sqlx::pool={pool},sqlx_core::pool={pool},{}", rooms.join(","))
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

type Reload = reload::Handle<EnvFilter, Registry>;

/// The one subscriber of the process can be told another level.
static LEVEL: OnceLock<Reload> = OnceLock::new();

/// Logs nothing: for commands whose own words say all there is.
pub fn quiet() {
    let _ = tracing_subscriber::registry().with(EnvFilter::new("off")).try_init();
}

/// Starts logging on standard error, for people. Safe to call twice: the first one wins.
pub fn start(level: LogLevel) {
    // Without a file there is nothing that could fail.
    let _ = begin(&LogConfig { level, ..LogConfig::default() });
}

/// Starts logging; answers what counts the lines. Fails only where the file cannot be written.
/// Safe to call twice: the first one wins.
pub fn begin(config: &LogConfig) -> io::Result<Metrics> {
    let LogConfig { level, format, file } = config;
    let (filter, handle) = reload::Layer::new(EnvFilter::new(level.filter()));
    let file = file.clone().map(Rotating::open).transpose()?;
    let metrics = Metrics::default();
    let lines = lines(*format, io::stderr);
    let more = file.map(|file| self::lines(*format, file));
    let layers = tracing_subscriber::registry().with(filter).with(lines).with(more);
    if layers.with(metrics.clone()).try_init().is_ok() {
        let _ = LEVEL.set(handle);
        panics::log();
    }
    Ok(metrics)
}

/// From now on, so much is logged. Answers whether that was possible.
pub fn set_level(level: LogLevel) -> bool {
    LEVEL.get().is_some_and(|handle| handle.reload(EnvFilter::new(level.filter())).is_ok())
}

fn lines<S, W>(format: LogFormat, writer: W) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let layer = fmt::layer().with_writer(writer).with_target(true).with_ansi(false);
    match format {
        LogFormat::Text => Box::new(layer),
        LogFormat::Json => Box::new(layer.json().flatten_event(true).with_span_list(false)),
    }
}
