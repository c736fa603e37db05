//! Backups, told as stories: each is written once and runs on SQLite and on PostgreSQL, over real
//! files, a real database and, for the second place, a real socket.
//!
//! PostgreSQL's half needs a server: see the store's stories.

#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod bad_archives;
mod both;
mod furniture;
mod guilds;
mod keeping;
mod native;
mod offsite;
mod older;
mod round;
mod rules;
mod safety;
mod sealed;
