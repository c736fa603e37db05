//! Discord in a box: a local server that behaves like Discord towards any bot.
//!
//! It speaks REST v10, gateway v10 and interactions over real sockets, keeps a small world of guilds,
//! applies Discord's validation, permissions, limits and events, and lets tests and demos play the human
//! side through [`actor`] (Rust) or `/sandbox/…` (HTTP).
//!
//! ```no_run
//! # async fn demo() -> std::io::Result<()> {
//! use sandbox::{Config, Sandbox, world::Permissions};
//! let sandbox = Sandbox::start(Config::default()).await?;
//! let guild = sandbox.new_guild("Chess club").member("alice").bot(Permissions::ADMINISTRATOR).build();
//! println!("point the bot at {} with token {}", sandbox.origin(), sandbox.token());
//! let reply = guild.actor("alice").slash("ping", sandbox::actor::NO_OPTIONS);
//! println!("{:?}", reply.first().await);
//! # Ok(()) }
//! ```
#![recursion_limit = "512"]
#![allow(
    clippy::option_option,
    reason = "absent, null and a value are three different things on the wire"
)]

pub mod actor;
pub mod clock;
mod components;
pub mod config;
mod control;
pub mod error;
pub mod faults;
#[doc(hidden)]
pub mod fuzzing;
pub mod gateway;
pub mod id;
pub mod interactions;
pub mod limits;
mod line;
mod media;
pub mod oauth2;
pub mod observe;
pub mod page;
pub mod parity;
mod pulse;
mod render;
mod rest;
mod sandbox;
pub mod scenario;
mod server;
mod tap;
pub mod world;

pub use clock::Clock;
pub use config::Config;
pub use pulse::WorldGuard;
pub use sandbox::Sandbox;
pub use tap::ContractCheck;
