//! What a test can look at afterwards: the request log and the list of violations.

mod requests;
mod violations;

pub use requests::{RequestLog, RequestRecord};
pub use violations::{Violation, ViolationKind, Violations};
