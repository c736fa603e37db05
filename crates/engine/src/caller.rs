//! Who calls a use case, from where, and where the answer goes.

use std::fmt;

use domain::{Actor, Locale};
use serde::{Deserialize, Serialize};

/// Ties a click, its audit entry, its log lines and the sentence a person reads together. Short
/// enough to be read out: the interaction's id in base 36.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Correlation(pub String);

impl Correlation {
    /// From a Discord snowflake, unique by nature.
    pub fn from_snowflake(mut id: u64) -> Self {
        const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let mut digits = Vec::new();
        loop {
            digits.push(char::from(DIGITS[usize::try_from(id % 36).unwrap_or(0)]));
            id /= 36;
            if id == 0 {
                break;
            }
        }
        Self(digits.into_iter().rev().collect())
    }
}

impl fmt::Display for Correlation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where progress and the final answer of long work go: the interaction's own reply, for the 15
/// minutes its token lives. Kept in the database, so a restart in between does not leave the
/// person waiting.
#[derive(Clone)]
pub struct ReplyTo {
    /// The application the interaction was for.
    pub application: u64,
    /// The interaction's token.
    pub token: String,
    /// When the interaction was made, in milliseconds since the Unix epoch.
    pub at: i64,
}

impl fmt::Debug for ReplyTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplyTo(…)")
    }
}

/// One call of a use case.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The person, with roles and permissions as Discord sent them with this very action.
    pub actor: Actor,
    /// The person's language.
    pub locale: Locale,
    /// What ties everything about this call together.
    pub correlation: Correlation,
    /// Where the outcome of long work goes, if anywhere.
    pub reply_to: Option<ReplyTo>,
}
