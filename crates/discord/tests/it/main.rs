//! The door against a scripted Discord on the loopback device.

#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod guard;
mod limits;
mod lost;
mod parallel;
mod server;
