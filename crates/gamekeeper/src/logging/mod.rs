//! Logs: one line an event on standard error, and in a file if one is wanted; docs/logging.md says
//! what a line looks like and what it never holds.

mod count;
mod file;
mod journal;
#[cfg(feature = "otlp")]
mod otlp;
mod panics;
#[cfg(feature = "sentry")]
mod sentry;

use std::{io, sync::OnceLock};

use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    fmt::{self, MakeWriter},
    prelude::*,
    reload,
};

pub use self::{count::Metrics, file::LogFile, journal::mark_of_an_error};
use self::{file::Rotating, journal::Stderr};
use crate::config::LogConfig;

/// Our own rooms.
const ROOMS: [&str; 15] = [
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
    "settings",
    "checklist",
    "sandbox",
    "amp_sandbox",
    "domain",
];

/// How long what goes elsewhere may take at the end: a part of the ten seconds in which the process
/// has to end.
#[cfg(any(feature = "sentry", feature = "otlp"))]
const LAST_WITHIN: std::time::Duration = std::time::Duration::from_millis(1_500);

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
        let rooms: Vec<String> = ROOMS.iter().map(|room| format!("{room}={own}")).collect();
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

#[cfg(feature = "sentry")]
static ERRORS: OnceLock<sentry::Errors> = OnceLock::new();
#[cfg(feature = "otlp")]
static SPANS: OnceLock<otlp::Spans> = OnceLock::new();

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
    let (filter, handle) = reload::Layer::new(EnvFilter::new(config.level.filter()));
    let file = config.file.clone().map(Rotating::open).transpose()?;
    let metrics = Metrics::default();
    let mut layers = vec![lines(config.format, Stderr::new()), metrics.clone().boxed()];
    layers.extend(file.map(|file| lines(config.format, file)));
    #[cfg(feature = "sentry")]
    if let Some(errors) = config.sentry.as_ref().and_then(sentry::Errors::start) {
        layers.push(errors.clone().boxed());
        let _ = ERRORS.set(errors);
    }
    // Spans have a level of their own: what a person reads is no measure for them.
    let all = vec![Some(layers.with_filter(filter).boxed()), spans(config)];
    if tracing_subscriber::registry().with(all).try_init().is_ok() {
        let _ = LEVEL.set(handle);
        panics::log();
    }
    Ok(metrics)
}

#[cfg(feature = "otlp")]
fn spans(config: &LogConfig) -> Option<Box<dyn Layer<Registry> + Send + Sync>> {
    let spans = config.otlp.as_deref().and_then(otlp::Spans::start)?;
    let layer = spans.layer().boxed();
    let _ = SPANS.set(spans);
    Some(layer)
}

#[cfg(not(feature = "otlp"))]
fn spans(_: &LogConfig) -> Option<Box<dyn Layer<Registry> + Send + Sync>> {
    None
}

/// Before the process ends: what goes elsewhere than into the log has a moment to get there.
pub fn end() {
    #[cfg(any(feature = "sentry", feature = "otlp"))]
    {
        let (done, told) = std::sync::mpsc::sync_channel(1);
        // On a thread of its own, since not all of it can be told how long it may take.
        std::thread::spawn(move || {
            #[cfg(feature = "sentry")]
            if let Some(errors) = ERRORS.get() {
                errors.flush();
            }
            #[cfg(feature = "otlp")]
            if let Some(spans) = SPANS.get() {
                spans.flush();
            }
            let _ = done.send(());
        });
        let _ = told.recv_timeout(LAST_WITHIN);
    }
}

/// From now on, so much is logged. Answers whether that was possible.
pub fn set_level(level: LogLevel) -> bool {
    LEVEL.get().is_some_and(|handle| handle.reload(EnvFilter::new(level.filter())).is_ok())
}

fn lines<W>(format: LogFormat, writer: W) -> Box<dyn Layer<Registry> + Send + Sync>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let layer = fmt::layer().with_writer(writer).with_target(true).with_ansi(false);
    match format {
        LogFormat::Text => Box::new(layer),
        LogFormat::Json => Box::new(layer.json().flatten_event(true).with_span_list(false)),
    }
}
