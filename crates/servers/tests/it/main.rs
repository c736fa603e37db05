//! The client and the poller against a local AMP, over real sockets; what is remembered is in real
//! databases.

#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod direct;
mod dns;
mod login;
mod looks;
mod panel;
mod quirks;
mod scene;
mod trouble;
