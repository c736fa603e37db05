//! Integration tests of the sandbox, driven by a real client library.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test binary: nothing is public, a panic is a failure"
)]

mod bad_input;
mod bot;
mod control;
mod event_faults;
mod faults;
mod first_contact;
mod fuzz;
mod gateway;
mod gateway_client;
mod gateway_limits;
mod holds;
mod http;
mod interactions;
mod limits;
mod load;
mod oauth2;
mod page;
mod parity;
mod raw_shard;
mod rest;
mod scenario;
