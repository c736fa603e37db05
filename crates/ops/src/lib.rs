//! What an operator used to tick off by hand: checks of an installation, each with what was found
//! and what to do about it.
//!
//! Deliberately absent: any change of anything. A doctor that cures by itself at night would be one
//! more thing to watch. Where something is to be done, the finding names the command.

mod catalogue;
mod checks;
mod finding;
mod host;
mod journal;
mod report;
mod scene;

pub use catalogue::{CATALOGUE, CheckInfo, about};
pub use checks::examine;
pub use finding::{Finding, Severity};
pub use host::{Disk, Memory};
pub use journal::{LastRun, Life, RunJournal};
pub use report::{Report, Skips, UnknownCheck};
pub use scene::{AmpSeat, DatabaseSeat, DiscordSeat, Scene};
