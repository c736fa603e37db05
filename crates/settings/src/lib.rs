//! What an operator can set: the table of all variables, and where their values come from.
//!
//! Strongest first: the command line (`--set`), the environment, `.env`, a TOML file. A secret can
//! also stand in a file of its own, which `NAME_FILE` names, or be a credential of systemd. Names of
//! the original keep working; so do the providers' own for object stores. Empty counts as unset, because a template copied to `.env` has empty
//! lines for everything nobody filled in.
//!
//! Deliberately absent: what the values mean. Each concern of the program parses its own.

mod dotenv;
mod error;
mod layers;
mod nearest;
pub mod render;
mod secret_file;
mod table;
mod toml_file;
mod values;

pub use error::SettingError;
pub use layers::Flags;
pub use table::{Found, Section, Variable, all, find, sections};
pub use values::{Origin, Settings};
