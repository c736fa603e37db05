//! What can go wrong with a panel. None of it carries a password or a session.

use std::time::Duration;

use serde_json::Value;

/// Why a call to a panel brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmpError {
    /// Nobody there.
    #[error("the panel cannot be reached: {0}")]
    Unreachable(String),
    /// The connection broke after we had asked.
    #[error("the connection to the panel broke: {0}")]
    Broken(String),
    /// No answer in time.
    #[error("the panel did not answer within {} s", .0.as_secs())]
    Slow(Duration),
    /// Its certificate was not accepted.
    #[error("the panel's certificate was not accepted: {0}")]
    Certificate(String),
    /// Somebody answered, but not AMP: a proxy's page, a redirect, something without sense.
    #[error("what answered is not AMP (HTTP {status}): {what}")]
    NotAmp {
        /// The HTTP status.
        status: u16,
        /// What came instead.
        what: String,
    },
    /// The session is gone. Callers outside this room see it only when logging in anew did not help.
    #[error("the panel does not know our session")]
    NoSession,
    /// The user may not do this.
    #[error("the panel's user lacks a right: {0}")]
    Denied(String),
    /// The instance's daemon does not run, so there is nobody to ask.
    #[error("the instance is not running")]
    DaemonDown,
    /// The panel understood and said no. AMP's own words; they may quote paths.
    #[error("the panel refused: {0}")]
    Refused(String),
    /// Logging in was refused.
    #[error("the panel does not let us in: {0}")]
    Login(LoginRefusal),
    /// Logging in was refused a while ago, and is not tried again yet.
    #[error("the panel did not let us in; tried again in {} s", .0.as_secs())]
    LoginPaused(Duration),
}

/// Why a panel refused to let us in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginRefusal {
    /// Wrong name or password.
    #[error("the name or the password is wrong")]
    Password,
    /// A second factor is wanted.
    #[error("this user needs a second factor; use a user without")]
    SecondFactor,
    /// The user may not use this instance.
    #[error("this user has no access to the instance")]
    NoAccess,
    /// The user is switched off.
    #[error("this user is disabled")]
    Disabled,
    /// The password has to be changed first.
    #[error("this user has to change its password first")]
    PasswordChange,
    /// The instance is suspended.
    #[error("the instance is suspended")]
    Suspended,
    /// The panel's own login service is away.
    #[error("the panel's login service is not available")]
    Unavailable,
    /// Anything else.
    #[error("it gives no reason that is known here (result {0})")]
    Other(i64),
}

impl LoginRefusal {
    pub(super) fn of(result: i64) -> Self {
        match result {
            0..=2 => Self::Password,
            5 => Self::NoAccess,
            6 => Self::Suspended,
            20 => Self::PasswordChange,
            25 => Self::Disabled,
            40 | 45 | 50 => Self::SecondFactor,
            500 => Self::Unavailable,
            other => Self::Other(other),
        }
    }
}

impl AmpError {
    /// Whether it is the user who is refused, and not this place alone.
    pub(super) fn is_of_the_user(&self) -> bool {
        use LoginRefusal::{Disabled, Password, PasswordChange, SecondFactor};
        matches!(self, Self::Login(Password | Disabled | PasswordChange | SecondFactor))
    }

    /// Whether it says what the instance does, and nothing of us.
    pub(super) fn is_of_the_instance(&self) -> bool {
        matches!(self, Self::DaemonDown | Self::Login(LoginRefusal::Suspended))
    }

    /// Whether what was asked may have been done all the same.
    pub fn is_unclear(&self) -> bool {
        matches!(self, Self::Slow(_) | Self::NotAmp { .. } | Self::Broken(_) | Self::NoSession)
    }

    /// Whether the same call may well succeed a little later.
    pub fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_)
                | Self::Broken(_)
                | Self::Slow(_)
                | Self::NotAmp { .. }
                | Self::NoSession
                | Self::Login(LoginRefusal::Unavailable)
        )
    }
}

/// Finds the failure in an answer that came as a success.
pub(super) fn find(body: &Value) -> Option<AmpError> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let title = body.get("Title").and_then(Value::as_str);
    let is_fault =
        title.is_some() && (body.get("Message").is_some() || body.get("StackTrace").is_some());
    let is_refusal = body.get("Status") == Some(&Value::Bool(false));
    if !is_fault && !is_refusal {
        return None;
    }
    let said = if is_fault { text("Message") } else { text("Reason") };
    // The same title covers a session that is gone and a right that is missing.
    if said.contains("Session.Exists") {
        return Some(AmpError::NoSession);
    }
    Some(match title.unwrap_or_default() {
        "Instance Unavailable" => AmpError::DaemonDown,
        "Unauthorized Access" => AmpError::Denied(right_in(said)),
        _ => AmpError::Refused(short(said)),
    })
}

/// The right's own name out of a sentence around it, if one can be found.
fn right_in(said: &str) -> String {
    let is_node = |word: &&str| word.contains('.') && !word.starts_with('/');
    let words = said.split(|c: char| !(c.is_alphanumeric() || "._-*/".contains(c)));
    let node = words.map(|word| word.trim_matches('.')).rfind(is_node);
    node.map_or_else(|| short(said), ToOwned::to_owned)
}

/// Texts of others, cut to what a log can bear.
pub(super) fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}
