//! AMP in a box: a local panel that behaves like CubeCoders AMP towards any client of its HTTP API.
//!
//! One controller (ADS) with instances, or one instance alone, over real sockets: sessions, permissions, two layers
//! with transitions that take time, a console, players, and the quirks that real panels have. Tests and demos play
//! the other side: people who join, servers that crash, an administrator who changes passwords.
//!
//! ```no_run
//! # async fn demo() -> std::io::Result<()> {
//! use amp_sandbox::{Amp, AmpConfig, InstanceSpec};
//! let amp = Amp::start(AmpConfig::default()).await?;
//! let id = amp.add_instance(InstanceSpec::minecraft("Survival"));
//! amp.add_user("bot", "secret").manages(id).permission("Core.AppManagement.*");
//! amp.instance(id).join("Steve");
//! println!("point the bot at {}", amp.url());
//! # Ok(()) }
//! ```
//!
//! CubeCoders publishes no description of the API. What is played here is what its clients have learned; where they
//! differ, there is a [`Switches`] field. All texts are our own.

mod amp;
mod chance;
mod clock;
mod config;
mod console;
mod desk;
mod faults;
mod id;
mod instance;
mod line;
mod metrics;
mod names;
mod observe;
mod permission;
mod players;
mod profile;
mod session;
mod spec;
mod state;
mod switches;
mod tasks;
mod totp;
mod user;
mod wire;
mod world;

pub use amp::Amp;
pub use clock::{Clock, Millis};
pub use config::{AmpConfig, TlsIdentity};
pub use desk::Server;
pub use faults::{Fault, Faults};
pub use id::InstanceId;
pub use instance::Phase;
pub use observe::{Outcome, Request, Requests, Violation, ViolationKind};
pub use profile::Profile;
pub use spec::{InstanceSpec, Metering};
pub use state::AppState;
pub use switches::{
    Restarted, SessionWay, StateWhileDown, Switchboard, Switches, Unauthorized, UptimeStyle, Void,
};
pub use totp::code as totp_code;
pub use user::UserHandle;
