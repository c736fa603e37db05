//! The list is whole and true: every box has somebody who answers for it, and they exist.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a test binary: nothing is public, a panic is a failure"
)]

mod answers;
mod boxes;
mod doc;
mod rendering;
mod sign_off;
mod stage;
