//! The judge.

use std::fmt;

use crate::answer::{self, Answer};
use crate::document::{Document, LoadError};
use crate::finding::Finding;
use crate::frame::{self, Frame};
use crate::operation::{self, Operation};
use crate::overlay;
use crate::request::{self, Request};
use crate::schemas::Schemas;

/// Discord's API description with the reviewed corrections, ready to judge.
pub struct Contract {
    schemas: Schemas,
    operations: Vec<Operation>,
}

impl Contract {
    /// Reads the published document.
    pub fn new(document: &[u8]) -> Result<Self, LoadError> {
        Self::with(document, &overlay::ours().map_err(LoadError::new)?)
    }

    /// Reads a document that needs no corrections, such as a small one of a test.
    pub fn uncorrected(document: &[u8]) -> Result<Self, LoadError> {
        Self::with(document, &[])
    }

    fn with(document: &[u8], corrections: &[overlay::Correction]) -> Result<Self, LoadError> {
        let document = Document::read(document, corrections)?;
        let operations = operation::all(&document.value);
        Ok(Self { schemas: Schemas::new(document), operations })
    }

    /// All operations.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The operation of a method and a path below the API's base, such as `/channels/42`.
    pub fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        operation::find(&self.operations, method, path)
    }

    /// Everything wrong with a request.
    pub fn request(&self, operation: &Operation, request: &Request<'_>) -> Vec<Finding> {
        request::judge(&self.schemas, operation, request)
    }

    /// Everything wrong with an answer. Without an operation only a refusal is right.
    pub fn answer(&self, operation: Option<&Operation>, answer: &Answer<'_>) -> Vec<Finding> {
        answer::judge(&self.schemas, operation, answer)
    }

    /// Everything wrong with a frame that the gateway sends.
    pub fn frame(&self, text: &str) -> Frame {
        frame::judge(&self.schemas, text)
    }

    /// Pointers of all schemas that cannot be compiled: bodies of requests and answers in both readings, parameters,
    /// and everything about the gateway. Takes seconds; for a test of a new document.
    pub fn uncompilable(&self) -> Vec<String> {
        self.schemas.uncompilable(&self.operations)
    }

    /// The names of all gateway events that are described.
    pub fn events(&self) -> Vec<&str> {
        let events = self.schemas.get("/gateway/events").and_then(serde_json::Value::as_object);
        events.map(|events| events.keys().map(String::as_str).collect()).unwrap_or_default()
    }
}

impl fmt::Debug for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contract")
            .field("operations", &self.operations.len())
            .finish_non_exhaustive()
    }
}
