//! Why the program stops, as a sentence for people and a code for supervisors.
//!
//! Codes follow sysexits where one fits, so that a supervisor can tell "try again" (1, 69) from
//! "do not, a person has to change something" (65, 77, 78).

use std::process::ExitCode;

use crate::logging;

/// Why the program stops before its time.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// Configuration is wrong or missing; 78.
    #[error("{0}")]
    Config(#[from] crate::config::ConfigError),
    /// A file cannot be used: one that somebody wrote, or a damaged database; 65.
    #[error("{0}")]
    File(String),
    /// Discord does not accept the token; 77.
    #[error("{0}")]
    Token(String),
    /// Something we need is not there right now (database, port); 69.
    #[error("{0}")]
    Unavailable(String),
    /// The command line asks for what cannot be; 2, as for one that cannot be read.
    #[error("{0}")]
    Usage(String),
    /// The doctor found something that has to be put right; 2.
    #[error("{0}")]
    Unfit(String),
    /// A check of ours failed, such as a step of the tour; 1.
    #[error("{0}")]
    Failed(String),
}

impl Stop {
    /// The exit code.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Config(_) => 78,
            Self::File(_) => 65,
            Self::Token(_) => 77,
            Self::Unavailable(_) => 69,
            Self::Usage(_) | Self::Unfit(_) => 2,
            Self::Failed(_) => 1,
        })
    }

    /// Says why, where an operator looks.
    #[expect(clippy::print_stderr, reason = "the last words of a command belong on the terminal")]
    pub fn explain(&self) {
        eprintln!("{}gamekeeper: {self}", logging::mark_of_an_error());
    }
}
