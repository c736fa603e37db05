//! Whether clients get the compression they ask for.

use schemars::JsonSchema;
use serde::Deserialize;

/// What becomes of `compress=` in the URL and `compress` in IDENTIFY.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compression {
    /// As asked for.
    #[default]
    Served,
    /// Plain text all the same.
    Ignored,
    /// Connections that ask for it are closed with 4002, as with a value Discord does not know.
    Refused,
}
