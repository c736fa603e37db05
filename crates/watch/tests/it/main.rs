//! Days, and what is said of them.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test binary: nothing is public, a panic is a failure"
)]

mod anything;
mod days;
mod figures;
mod stage;
