//! Frames `{op, d, s, t}` and close codes.

use serde_json::{Value, json};

/// Opcodes sent and received (topics/opcodes-and-status-codes).
pub(crate) mod op {
    pub(crate) const DISPATCH: u64 = 0;
    pub(crate) const HEARTBEAT: u64 = 1;
    pub(crate) const IDENTIFY: u64 = 2;
    pub(crate) const PRESENCE: u64 = 3;
    pub(crate) const VOICE_STATE: u64 = 4;
    pub(crate) const RESUME: u64 = 6;
    pub(crate) const RECONNECT: u64 = 7;
    pub(crate) const REQUEST_MEMBERS: u64 = 8;
    pub(crate) const INVALID_SESSION: u64 = 9;
    pub(crate) const HELLO: u64 = 10;
    pub(crate) const HEARTBEAT_ACK: u64 = 11;
    pub(crate) const REQUEST_SOUNDBOARD: u64 = 31;
}

/// Close codes (topics/opcodes-and-status-codes).
pub(crate) mod close {
    pub(crate) const UNKNOWN: u16 = 4000;
    pub(crate) const UNKNOWN_OP: u16 = 4001;
    pub(crate) const DECODE: u16 = 4002;
    pub(crate) const NOT_AUTHENTICATED: u16 = 4003;
    pub(crate) const BAD_TOKEN: u16 = 4004;
    pub(crate) const ALREADY_IDENTIFIED: u16 = 4005;
    pub(crate) const BAD_SEQ: u16 = 4007;
    pub(crate) const RATE_LIMITED: u16 = 4008;
    pub(crate) const SESSION_TIMED_OUT: u16 = 4009;
    pub(crate) const BAD_SHARD: u16 = 4010;
    pub(crate) const SHARDING_REQUIRED: u16 = 4011;
    pub(crate) const BAD_VERSION: u16 = 4012;
    pub(crate) const BAD_INTENTS: u16 = 4013;
    pub(crate) const DISALLOWED_INTENTS: u16 = 4014;
}

/// A close code and what it means for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CloseCode {
    /// The code.
    pub code: u16,
    /// The text in the close frame.
    pub meaning: &'static str,
    /// The session can be resumed afterwards. The docs ask for a new session after 4007 and 4009, and forbid
    /// reconnecting after 4004 and 4010-4014; without authentication (4003) there is no session to speak of.
    pub resumable: bool,
}

const fn code(code: u16, meaning: &'static str, resumable: bool) -> CloseCode {
    CloseCode { code, meaning, resumable }
}

/// Every close code of the gateway.
pub const CLOSE_CODES: &[CloseCode] = &[
    code(close::UNKNOWN, "Unknown error.", true),
    code(close::UNKNOWN_OP, "Unknown opcode.", true),
    code(close::DECODE, "Error while decoding payload.", true),
    code(close::NOT_AUTHENTICATED, "Not authenticated.", false),
    code(close::BAD_TOKEN, "Authentication failed.", false),
    code(close::ALREADY_IDENTIFIED, "Already authenticated.", true),
    code(close::BAD_SEQ, "Invalid seq.", false),
    code(close::RATE_LIMITED, "Rate limited.", true),
    code(close::SESSION_TIMED_OUT, "Session timed out.", false),
    code(close::BAD_SHARD, "Invalid shard.", false),
    code(close::SHARDING_REQUIRED, "Sharding required.", false),
    code(close::BAD_VERSION, "Invalid API version.", false),
    code(close::BAD_INTENTS, "Invalid intent(s).", false),
    code(close::DISALLOWED_INTENTS, "Disallowed intent(s).", false),
];

fn known(code: u16) -> Option<&'static CloseCode> {
    CLOSE_CODES.iter().find(|one| one.code == code)
}

/// True for codes after which a RESUME cannot work.
pub(super) fn ends_session(code: u16) -> bool {
    known(code).is_some_and(|one| !one.resumable)
}

/// The text that goes with a close code.
pub(super) fn reason(code: u16) -> &'static str {
    known(code).map_or("Unknown error.", |one| one.meaning)
}

/// A frame that is no dispatch.
pub(crate) fn frame(op: u64, data: &Value) -> String {
    json!({"op": op, "d": data, "s": null, "t": null}).to_string()
}

/// A dispatch around an already serialised body.
pub(crate) fn dispatch(name: &str, seq: u64, body: &str) -> String {
    format!(r#"{{"t":"{name}","s":{seq},"op":{},"d":{body}}}"#, op::DISPATCH)
}
