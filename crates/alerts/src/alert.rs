//! What is told.

use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It can wait until the morning.
    Warning,
    /// People notice, or will soon.
    Critical,
}

impl Severity {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// What it is about, always the same text, such as `database.away`.
    pub key: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, as a sentence.
    pub sentence: String,
    /// What to do; a command where there is one.
    pub cure: String,
}

/// Why something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is new.
    Raised,
    /// It is still so.
    Reminder,
    /// It is over.
    Resolved,
    /// Somebody wants to know whether a route works.
    Test,
}

impl Kind {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Reminder => "reminder",
            Self::Resolved => "resolved",
            Self::Test => "test",
        }
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Why it is told.
    pub kind: Kind,
    /// What it is about.
    pub alert: Alert,
    /// Since when it is so, in milliseconds since the Unix epoch.
    pub since: i64,
    /// For how long it has been so, or was, in milliseconds.
    pub lasted: i64,
    /// The process that tells it.
    pub process: String,
}

impl Notice {
    /// The message that only asks whether a route works.
    pub fn test(process: &str, now: i64) -> Self {
        let alert = Alert {
            key: "test".to_owned(),
            severity: Severity::Warning,
            sentence: "This is a test: alerts of this bot arrive here.".to_owned(),
            cure: "Nothing is to be done.".to_owned(),
        };
        Self { kind: Kind::Test, alert, since: now, lasted: 0, process: process.to_owned() }
    }

    /// One line: what happened.
    pub fn headline(&self) -> String {
        let Self { kind, alert, process, .. } = self;
        match kind {
            Kind::Raised => format!("{process}: {} ({})", alert.key, alert.severity),
            Kind::Reminder => format!("{process}: still {} ({})", alert.key, alert.severity),
            Kind::Resolved => format!("{process}: {} is over", alert.key),
            Kind::Test => format!("{process}: a test"),
        }
    }

    /// What is wrong and what to do, or for how long it was so.
    pub fn body(&self) -> String {
        let lasted = span(self.lasted);
        match self.kind {
            Kind::Raised | Kind::Test => format!("{}\n{}", self.alert.sentence, self.alert.cure),
            Kind::Reminder => {
                format!("{}\n{}\nSo for {lasted}.", self.alert.sentence, self.alert.cure)
            }
            Kind::Resolved => format!("It lasted {lasted}. It was: {}", self.alert.sentence),
        }
    }

    /// The same in the log, for those without a route.
    pub(crate) fn log(&self) {
        let (key, severity) = (self.alert.key.as_str(), self.alert.severity.word());
        let Alert { sentence, cure, .. } = &self.alert;
        match self.kind {
            Kind::Resolved => {
                let seconds = self.lasted / 1_000;
                tracing::info!(alert.key = key, alert.seconds = seconds, "over: {sentence}");
            }
            _ if self.alert.severity == Severity::Critical => {
                tracing::error!(alert.key = key, alert.severity = severity, "{sentence} {cure}");
            }
            _ => tracing::warn!(alert.key = key, alert.severity = severity, "{sentence} {cure}"),
        }
    }
}

/// A time span for people.
fn span(ms: i64) -> String {
    let seconds = (ms / 1_000).max(0);
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}
