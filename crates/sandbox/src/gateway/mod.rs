//! Gateway v10 (events/gateway): sessions, delivery, resume, compression.

mod compress;
mod compression;
mod connection;
mod control;
mod event;
mod handshake;
mod hub;
mod inbound;
mod listener;
mod members;
mod payload;
mod session;
mod socket;

pub use compression::Compression;
pub use control::{Gateway, SessionInfo};
pub use event::{EVENTS, EventInfo};
pub(crate) use event::{Event, EventBody};
pub(crate) use hub::Hub;
pub(crate) use listener::Listener;
pub use payload::{CLOSE_CODES, CloseCode};
pub(crate) use socket::connect;
