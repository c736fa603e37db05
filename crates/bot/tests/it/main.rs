//! The bot against the local Discord, over real sockets.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says what it found, and may panic"
)]

mod house;
mod restart;
mod smoke;
mod speed;
mod stories;
