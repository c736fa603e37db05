//! The bot's one door to Discord's REST API.
//!
//! `twilight-http` builds and validates requests here, but never sends them: its client repeats
//! every 429 for ever and serialises requests that Discord would take in parallel. [`Rest`] sends
//! them itself, with a deadline on every call, rate limits learnt from Discord's headers, and
//! errors that tell the caller whether a call may have been carried out.
//!
//! ```no_run
//! # async fn example(rest: discord::Rest) -> Result<(), discord::CallError> {
//! use discord::{AuditLogReason, Call};
//! use twilight_model::{guild::{Permissions, Role}, id::Id};
//!
//! let request = rest
//!     .factory()
//!     .create_role(Id::new(1))
//!     .name("Seekers")
//!     .permissions(Permissions::empty())
//!     .reason("game 7, step 2");
//! let role: Role = rest.send(request, Call::background()).await?;
//! # drop(role); Ok(()) }
//! ```

mod answer;
mod breaker;
mod call;
mod clock;
mod config;
mod error;
mod limit;
mod metrics;
mod origin;
mod rest;
mod retry;
mod route;
mod stats;
mod transport;

pub use self::{
    call::Call,
    config::{Allowance, BreakerConfig, Deadlines, Limits, RestConfig, Retries},
    error::{BuildError, CallError, FieldError, LimitScope},
    metrics::Metrics,
    origin::{Origin, OriginError},
    rest::Rest,
    stats::{Stats, Tally},
};
pub use twilight_http::request::{AuditLogReason, Request, TryIntoRequest};
