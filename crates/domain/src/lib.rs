//! The rules of Gamekeeper, and nothing else.
//!
//! Parsed values, the authorization table, the capacity forecast and the planner live here.
//! What is deliberately absent: I/O, async, clocks, randomness, SQL and any Discord client.
//! Everything in this crate is a pure function of its arguments, so everything in it can be
//! tested without a server.

pub mod actor;
pub mod audit;
pub mod authorize;
pub mod colour;
pub mod emoji;
pub mod fleet;
pub mod game;
pub mod layout;
pub mod name;
pub mod plan;
pub mod seat;
pub mod server;
pub mod settings;
pub mod slot;
pub mod text;

pub use actor::{Actor, Standing};
pub use authorize::{Action, Refusal, authorize};
pub use colour::Colour;
pub use emoji::Emoji;
pub use game::{Admission, Capacity, Game, GameId, Phase, Visibility};
pub use layout::Layout;
pub use name::{GameName, NameError};
pub use seat::{Seat, SeatState};
pub use settings::{DriftPolicy, GuildSettings, Locale};
pub use slot::Slot;
pub use text::{Description, TextError};

use twilight_model::id::{Id, marker};

/// A Discord server.
pub type GuildId = Id<marker::GuildMarker>;
/// A Discord user, also when seen as a member of a guild.
pub type UserId = Id<marker::UserMarker>;
/// A role in a guild.
pub type RoleId = Id<marker::RoleMarker>;
/// A channel, category or thread.
pub type ChannelId = Id<marker::ChannelMarker>;
/// A message in a channel.
pub type MessageId = Id<marker::MessageMarker>;

pub use twilight_model::guild::Permissions;
