//! What can go wrong, on order or at random.
//!
//! REST faults are asked for by the request pipeline, event faults by the gateway hub; both are kept in the same
//! kind of list ([`Faults`]), scoped to a place and a count, plus at most one seeded random [`Mix`].

mod hold;
mod kind;
mod lag;
mod latency;
mod list;
mod mix;
mod upset;

pub use hold::{Held, HeldCall, Hold, Holds};
pub use kind::{EventFault, FaultKind, Moment};
pub use lag::Lag;
pub use latency::Latency;
pub use list::{Fault, Faults};
pub use mix::Mix;
pub use upset::Upset;

pub(crate) use hold::Go;
pub(crate) use kind::Plan;

/// REST faults; a place is an operationId, a major id the channel, guild or webhook of the path.
pub type RestFaults = Faults<FaultKind>;

/// Event faults; a place is an event name, a major id the guild.
pub type EventFaults = Faults<EventFault>;
