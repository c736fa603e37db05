//! Discord's published API description, used as a judge.
//!
//! [`Contract`] reads the OpenAPI document that Discord publishes (GitHub repository discord/discord-api-spec, file
//! `specs/openapi.json`), applies the corrections of `data/overlay.json` and then says of a request, an answer or a
//! gateway frame what is wrong with it. It is a pure room: bytes in, findings out. No sockets, no files, no clock.
//!
//! ```no_run
//! # fn demo(document: &[u8]) -> Result<(), contract::LoadError> {
//! use contract::{Body, Contract, Request};
//! let contract = Contract::new(document)?;
//! let operation = contract.operation("PATCH", "/channels/42").expect("a known operation");
//! let request = Request { path: "/channels/42", query: "", body: Body::Json(br#"{"topik": "chess"}"#) };
//! for finding in contract.request(operation, &request) {
//!     println!("{finding}");
//! }
//! # Ok(()) }
//! ```

mod answer;
mod close;
mod contract;
mod document;
mod explain;
mod finding;
mod frame;
mod known;
mod loose;
mod operation;
mod overlay;
mod request;
mod schemas;
mod strings;
mod tally;

pub use answer::Answer;
pub use contract::Contract;
pub use document::LoadError;
pub use finding::{Finding, Rule};
pub use frame::Frame;
pub use operation::Operation;
pub use request::{Body, Request};
pub use tally::{Lapse, Tally};
