//! The plainest client there could be, so that what is measured is the local Discord: it reads of each
//! event what it needs to answer and nothing else, and has no limits, cache or retries.

mod http;
mod shard;

pub(super) use http::{Desk, call};
pub(super) use shard::{Body, Packing, Shard};
