//! A client for CubeCoders AMP, one controller or one single instance.
//!
//! AMP has no published contract, and answers nearly everything with HTTP 200. So this client
//! believes little: numbers may be texts, fields may be missing, states may be new, a session may be
//! gone at any moment. It logs in again when AMP says so and not by a clock.

mod console;
mod error;
mod loose;
mod panel;
mod session;
mod state;
mod transport;
mod url;
mod wire;

pub use error::{AmpError, LoginRefusal};
pub use panel::{Command, Panel, PanelConfig};
pub use state::app_of;
pub use url::{PanelUrl, PanelUrlError};
pub use wire::{ConsoleLine, Instance, InstanceId, Status};
