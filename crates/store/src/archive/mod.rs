//! Every row of every table, out and in again: what backups, exports and imports are made of.
//!
//! Rows are JSON with the same words on both databases, so that what one wrote the other can read.
//! Which columns there are is asked of the database, so that a schema older than ours can be read.

mod read;
mod shape;
mod write;

use domain::GuildId;
use serde_json::{Map, Value};

use crate::row;

pub use read::{Rows, Snapshot};
pub use shape::{Column, Kind, Shape};
pub use write::{Kept, Refill};

/// One row: its columns by name.
pub type Row = Map<String, Value>;

/// Whose a table's rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A guild's, by `guild_id`.
    Guild,
    /// A game's, by `game_id`.
    Game,
    /// A game server's, by `server_id`.
    Server,
    /// The whole installation's.
    Installation,
}

impl Owner {
    /// Holds for rows of one guild.
    fn condition(self, guild: GuildId) -> String {
        // Nothing but a number goes in.
        let guild = row::to_column(guild);
        match self {
            Self::Guild => format!("guild_id = {guild}"),
            Self::Game => format!("game_id IN (SELECT id FROM game WHERE guild_id = {guild})"),
            Self::Server => {
                format!("server_id IN (SELECT id FROM server WHERE guild_id = {guild})")
            }
            Self::Installation => "1 = 0".to_owned(),
        }
    }
}

/// One of our tables.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its primary key, by which rows are ordered.
    pub key: &'static [&'static str],
    /// Whose rows are in it.
    pub owner: Owner,
    /// Whether its rows mean something later and elsewhere. Leases, sessions and people who wait for
    /// an answer do not: they are in a backup, so that it is whole, and are left out of a restore.
    pub lasts: bool,
}

const fn table(name: &'static str, key: &'static [&'static str], owner: Owner) -> Table {
    Table { name, key, owner, lasts: true }
}

const fn fleeting(name: &'static str, key: &'static [&'static str], owner: Owner) -> Table {
    Table { name, key, owner, lasts: false }
}

/// All our tables, in the order in which they can be filled.
pub const TABLES: [Table; 18] = [
    table("kv", &["key"], Owner::Installation),
    table("guild", &["guild_id"], Owner::Guild),
    table("game", &["id"], Owner::Guild),
    table("binding", &["game_id", "slot"], Owner::Game),
    table("seat", &["game_id", "user_id"], Owner::Guild),
    table("journal", &["id"], Owner::Game),
    table("audit", &["id"], Owner::Guild),
    table("panel", &["guild_id", "kind"], Owner::Guild),
    table("server", &["id"], Owner::Guild),
    table("server_grant", &["server_id", "role_id"], Owner::Server),
    table("server_sample", &["server_id", "at"], Owner::Server),
    table("server_hour", &["server_id", "hour"], Owner::Server),
    fleeting("work", &["game_id"], Owner::Guild),
    fleeting("draft", &["id"], Owner::Guild),
    fleeting("waiter", &["id"], Owner::Game),
    fleeting("session", &["shard"], Owner::Installation),
    fleeting("instance", &["name"], Owner::Installation),
    fleeting("shard", &["total", "number"], Owner::Installation),
];

/// Facts about backups are this database's own: they neither travel nor are they overwritten.
pub const OWN_FACTS: &str = "backup.";
