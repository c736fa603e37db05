//! Things the server does to a gateway connection (topics/opcodes-and-status-codes).

use schemars::JsonSchema;
use serde::Deserialize;

/// Something a gateway connection has to live through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Upset {
    /// Op 7: the client should reconnect and resume.
    Reconnect,
    /// Op 9. Not resumable also ends the session.
    InvalidSession {
        /// The `d` of the message.
        resumable: bool,
    },
    /// Op 1: the client must heartbeat at once.
    Heartbeat,
    /// A close frame with this code.
    Close(u16),
    /// The connection breaks with a reset, without a close frame.
    Drop,
}
