//! The planner: desired state and observed state in, an ordered set of typed steps out.
//!
//! Create, edit, archive, restore, delete, repair: all are this one function with another desired
//! state. Equal states give an empty plan. No step ever names a Discord object that is not bound
//! to one of the game's slots.

pub mod access;
mod channels;
pub mod desired;
pub mod diff;
pub mod drift;
pub mod observed;
pub mod place;
pub mod problem;
pub mod room;
pub mod step;

pub use desired::{ChannelSpec, Desired, Grant, OverwriteSpec, Principal, RoleSpec, desired};
pub use diff::{Input, Plan, plan};
pub use observed::{
    Binding, Bindings, BotStanding, ChannelKind, ObservedChannel, ObservedGuild, ObservedOverwrite,
    ObservedRole, OverwriteKind,
};
pub use problem::Problem;
pub use room::Room;
pub use step::{ChannelChange, Op, RoleChange, Step};
