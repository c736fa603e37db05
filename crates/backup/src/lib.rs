//! Backups: made while the bot runs, kept by age and by a second place, proven by a restore.
//!
//! An archive is tar, zstd and, where a recipient is set, age: what anybody's tools can open. It holds
//! every table as lines of JSON, so that it goes into either database, and the database's own copy
//! where that could be made. What is deliberately absent: Discord, rules, the command line.

mod archive;
mod create;
mod data;
mod error;
mod facts;
mod hash;
mod keeper;
mod keys;
mod lock;
mod manifest;
mod native;
mod offsite;
mod portable;
mod prune;
mod restore;
mod retention;
mod room;
mod schedule;
mod settings;
mod tools;
mod vault;
mod verify;

pub use create::{Created, create};
pub use data::{Imported, export, import};
pub use error::{BackupError, Damage, Mistake, Refusal};
pub use facts::{Doing, Facts, LastBackup, LastFailure, LastVerify, OffsiteCopy, TrendPoint};
pub use keeper::Keeper;
pub use keys::Keys;
pub use manifest::{FORMAT, Header, Manifest, Native, Sealed, TableSum};
pub use offsite::Offsite;
pub use prune::{Pruned, prune};
pub use restore::{Rehearsal, RestoreOptions, Restored, alone, rehearse, restore};
pub use retention::{Kept, Reason, retain};
pub use schedule::{Planned, plan};
pub use settings::{Keep, Place, Settings};
pub use tools::pg_dump_for;
pub use vault::{Listed, Vault};
pub use verify::{Verified, verify};
