//! Every way the world can change. Callers check permissions first; these methods apply, log and emit.

mod bans;
mod channel_patch;
mod channel_removal;
mod channels;
mod dms;
mod guilds;
mod members;
mod messages;
mod overwrites;
mod pins;
mod reactions;
mod roles;
mod threads;
mod voice;
mod webhooks;

pub use channel_patch::{ChannelPatch, ForumPatch, ThreadPatch};
pub use members::MemberPatch;
pub use messages::{MessagePatch, MessageSpec};
pub(crate) use messages::{REPLY, number_components};
pub use roles::RolePatch;
