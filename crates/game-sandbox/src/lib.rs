//! Game servers in a box: what answers is what a real one would answer when somebody asks how it is
//! doing, over real sockets, and nobody can play there.
//!
//! Minecraft: Java Edition (status over TCP), Bedrock Edition (unconnected ping over UDP), and Valve's
//! A2S (info, players and rules over UDP, with a challenge). Tests and demos play the other side:
//! people who join, a server that falls silent, one that answers rubbish.
//!
//! ```no_run
//! # async fn demo() -> std::io::Result<()> {
//! use game_sandbox::{GameServer, Kind};
//! let server = GameServer::start(Kind::MinecraftJava, "Survival").await?;
//! server.join("Steve");
//! println!("ask {}", server.address());
//! # Ok(()) }
//! ```

mod bedrock;
mod java;
mod server;
mod tcp;
mod udp;
mod valve;

pub use server::{Behaviour, GameServer, Kind};
