//! What a test can look at afterwards: the request log and the list of violations.

mod events;
mod requests;
mod ring;
mod violations;

pub use events::{EventLog, EventRecord};
pub use requests::{RequestLog, RequestRecord};
pub use violations::{Violation, ViolationKind, Violations};
