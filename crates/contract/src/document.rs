//! Reading the description.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::overlay;

/// What the gateway sends, in terms of the description's own schemas; under `/gateway` of the document.
const GATEWAY: &str = include_str!("../data/gateway.json");

/// Why a description cannot be used.
#[derive(Debug)]
pub struct LoadError(String);

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the API description cannot be used: {}", self.0)
    }
}

impl std::error::Error for LoadError {}

impl LoadError {
    pub(crate) fn new(cause: impl fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

/// The corrected description.
pub(crate) struct Document {
    pub(crate) value: Value,
    /// Keys that closed objects may have besides their own, by pointer.
    pub(crate) allowed: BTreeMap<String, Vec<String>>,
}

impl Document {
    pub(crate) fn read(
        bytes: &[u8],
        corrections: &[overlay::Correction],
    ) -> Result<Self, LoadError> {
        let mut value: Value = serde_json::from_slice(bytes).map_err(LoadError::new)?;
        let Value::Object(members) = &mut value else {
            return Err(LoadError::new("no JSON object"));
        };
        if !members.get("paths").is_some_and(Value::is_object) {
            return Err(LoadError::new("no paths"));
        }
        members.insert(
            String::from("gateway"),
            serde_json::from_str(GATEWAY).map_err(LoadError::new)?,
        );
        let allowed = overlay::apply(&mut value, corrections).map_err(LoadError::new)?;
        Ok(Self { value, allowed })
    }
}
