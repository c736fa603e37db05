//! Stories about the local panel, told over real sockets.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test binary: nothing is public, a panic is a failure"
)]

mod applications;
mod client;
mod console;
mod errors;
mod faults;
mod form;
mod http;
mod layers;
mod login;
mod permissions;
mod profiles;
mod quirks;
mod roster;
mod sessions;
mod single;
mod spec;
mod tls;
