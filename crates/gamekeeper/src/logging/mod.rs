//! Logs: one line an event on standard error, level by `LOG_LEVEL`.

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

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

/// Starts logging. Safe to call twice: the first one wins.
pub fn start(level: LogLevel) {
    let layer = fmt::layer().with_writer(std::io::stderr).with_target(true).with_ansi(false);
    let _ =
        tracing_subscriber::registry().with(EnvFilter::new(level.filter())).with(layer).try_init();
}
