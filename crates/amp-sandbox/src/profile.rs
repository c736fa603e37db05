//! What differs between versions of AMP.

use serde_json::{Value, json};

use crate::clock::Millis;

/// The version that is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// Up to 2.4.6: results inside an object `result`, sessions in the body, `/Date(ms)/`.
    V2_4,
    /// 2.5: bare results; versions are objects, times `/Date(ms)/`, sessions in the body.
    V2_5,
    /// 2.6.2: versions are strings, times ISO 8601, sessions as Bearer or in the body.
    #[default]
    V2_6_2,
    /// 2.8: `Ports` in the status; a session in the body is deprecated, which AMP writes into its console.
    V2_8,
}

impl Profile {
    pub(crate) fn version(self) -> &'static str {
        match self {
            Self::V2_4 => "2.4.6.0",
            Self::V2_5 => "2.5.1.0",
            Self::V2_6_2 => "2.6.2.0",
            Self::V2_8 => "2.8.0.4",
        }
    }

    /// The version of AMP as instances report it.
    pub(crate) fn version_value(self) -> Value {
        if self >= Self::V2_6_2 {
            return json!(self.version());
        }
        let mut parts = self.version().split('.').map(|part| part.parse::<i32>().unwrap_or(0));
        let mut next = || parts.next().unwrap_or(0);
        json!({
            "Major": next(), "Minor": next(), "Build": next(), "Revision": next(),
            "MajorRevision": 0, "MinorRevision": 0,
        })
    }

    /// A moment as this version writes it.
    pub(crate) fn time(self, ms: Millis) -> Value {
        if self < Self::V2_6_2 {
            return json!(format!("/Date({ms})/"));
        }
        let time = jiff::Timestamp::from_millisecond(ms).unwrap_or_default();
        json!(time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
    }

    pub(crate) fn knows_bearer(self) -> bool {
        self >= Self::V2_6_2
    }

    pub(crate) fn wraps_results(self) -> bool {
        self == Self::V2_4
    }
}
