//! What a day is judged by, out of all that the bot tells.

use crate::{exposition::lines, histogram::Histogram};

/// The names that are read. The bot has a test that it tells each of them.
pub const NAMES: [&str; 19] = [
    "process_start_time_seconds",
    "process_resident_memory_bytes",
    "gamekeeper_build_info",
    "gamekeeper_memory_limit_bytes",
    "gamekeeper_log_lines_total",
    "gamekeeper_interactions_total",
    "gamekeeper_interaction_answer_seconds_bucket",
    "gamekeeper_interaction_answers_total",
    "gamekeeper_database_seconds_bucket",
    "gamekeeper_database_errors_total",
    "gamekeeper_database_up",
    "gamekeeper_ready",
    "gamekeeper_gateway_connections_total",
    "gamekeeper_gateway_closed_total",
    "gamekeeper_gateway_shards",
    "gamekeeper_reconcile_depth",
    "gamekeeper_reconcile_oldest_seconds",
    "gamekeeper_discord_rate_limited_total",
    "gamekeeper_backup_age_seconds",
];

/// What the bot told at one look. Counts are since its start.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Its version.
    pub version: String,
    /// When it was started, in seconds since the Unix epoch.
    pub started: f64,
    /// Memory held, in bytes.
    pub memory: f64,
    /// Memory that it may take, in bytes; none where nothing limits it.
    pub memory_limit: Option<f64>,
    /// Errors in its log.
    pub errors: f64,
    /// Warnings in its log.
    pub warnings: f64,
    /// Commands, presses and forms.
    pub interactions: f64,
    /// Those that ended in a fault of ours.
    pub faults: f64,
    /// Those whose answer came too late, or never.
    pub unanswered: f64,
    /// Time to the first answer.
    pub answers: Histogram,
    /// Time for statements.
    pub statements: Histogram,
    /// Errors of the database, but for values that were taken.
    pub database_errors: f64,
    /// Whether the database answers.
    pub database_up: bool,
    /// Whether it serves people.
    pub ready: bool,
    /// Sessions that were taken up again.
    pub resumed: f64,
    /// Sessions that were begun.
    pub sessions: f64,
    /// Connections that ended.
    pub closed: f64,
    /// Shards of the process.
    pub shards: f64,
    /// Games that are owed a look.
    pub owed: f64,
    /// How long the oldest of them waits, in seconds.
    pub oldest: f64,
    /// Answers 429.
    pub limited: f64,
    /// How old the last backup is, in hours; none where there is none.
    pub backup_hours: Option<f64>,
}

impl Figures {
    /// Reads what `/metrics` answers; none where it is something else.
    pub fn read(text: &str) -> Option<Self> {
        let mut figures = Self::default();
        let mut known = false;
        for line in lines(text) {
            let value = line.value;
            let counted = if value.is_finite() { value.max(0.0) } else { 0.0 };
            match line.name {
                "process_start_time_seconds" => {
                    known = true;
                    figures.started = counted;
                }
                "process_resident_memory_bytes" => figures.memory = counted,
                "gamekeeper_build_info" => line.label("version").clone_into(&mut figures.version),
                "gamekeeper_memory_limit_bytes" => {
                    figures.memory_limit = Some(counted).filter(|limit| *limit > 0.0);
                }
                "gamekeeper_log_lines_total" => match line.label("level") {
                    "error" => figures.errors += counted,
                    "warn" => figures.warnings += counted,
                    _ => {}
                },
                "gamekeeper_interactions_total" => {
                    figures.interactions += counted;
                    if line.label("outcome") == "fault" {
                        figures.faults += counted;
                    }
                }
                "gamekeeper_interaction_answers_total" if line.label("result") != "sent" => {
                    figures.unanswered += counted;
                }
                "gamekeeper_interaction_answer_seconds_bucket" => {
                    bucket(&mut figures.answers, line.label("le"), counted);
                }
                "gamekeeper_database_seconds_bucket" if line.label("what") == "statement" => {
                    bucket(&mut figures.statements, line.label("le"), counted);
                }
                "gamekeeper_database_errors_total" if line.label("kind") != "constraint" => {
                    figures.database_errors += counted;
                }
                "gamekeeper_database_up" => figures.database_up = value > 0.0,
                "gamekeeper_ready" => figures.ready = value > 0.0,
                "gamekeeper_gateway_connections_total" => match line.label("how") {
                    "resumed" => figures.resumed += counted,
                    _ => figures.sessions += counted,
                },
                "gamekeeper_gateway_closed_total" => figures.closed += counted,
                "gamekeeper_gateway_shards" if line.label("state") == "all" => {
                    figures.shards += counted;
                }
                "gamekeeper_reconcile_depth" => figures.owed += counted,
                "gamekeeper_reconcile_oldest_seconds" => {
                    figures.oldest = figures.oldest.max(counted);
                }
                "gamekeeper_discord_rate_limited_total" => figures.limited += counted,
                "gamekeeper_backup_age_seconds" if value.is_finite() => {
                    figures.backup_hours = Some(value / 3_600.0);
                }
                _ => {}
            }
        }
        known.then_some(figures)
    }
}

fn bucket(histogram: &mut Histogram, bound: &str, count: f64) {
    let bound = if bound == "+Inf" { Ok(f64::INFINITY) } else { bound.parse() };
    if let Ok(bound) = bound {
        histogram.add(bound, count);
    }
}
