//! What can go wrong, sorted by what the caller has to do about it.

use std::{
    fmt,
    time::{Duration, Instant},
};

/// Why [`crate::Rest::new`] refused its settings.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The token is empty or holds characters a header cannot carry. It is not repeated here.
    #[error("the bot token is empty or holds characters no token has")]
    Token,
    /// The user agent cannot be sent as a header.
    #[error("the user agent holds characters a header cannot carry")]
    UserAgent,
    /// TLS could not be set up.
    #[error("TLS could not be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// Called outside a Tokio runtime, which the request factory needs.
    #[error("the connection to Discord must be set up inside a Tokio runtime")]
    NoRuntime,
}

/// Which limit holds a call back.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LimitScope {
    /// The visible bucket of the route.
    User,
    /// A limit Discord does not announce: 429 while the visible bucket still had room.
    Hidden,
    /// The resource is busy through everybody's calls; does not count as an invalid request.
    Shared,
    /// The whole bot.
    Global,
    /// Cloudflare stands in front of Discord and refuses us.
    Cloudflare,
    /// One of our own [`crate::Limits`]; Discord was not asked.
    Own,
}

/// One leaf of the `errors` tree of code 50035.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FieldError {
    /// Dotted path of the field, empty for the whole body, such as `components.0.label`.
    pub path: String,
    /// Discord's inner code, such as `BASE_TYPE_REQUIRED`.
    pub code: String,
    /// Discord's sentence.
    pub message: String,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "body" } else { &self.path };
        write!(f, "{path}: {} ({})", self.message, self.code)
    }
}

/// A call that brought no usable answer. `Display` is a sentence without secrets.
#[derive(Clone, Debug)]
pub enum CallError {
    /// The request builder refused the values; nothing was sent.
    Unbuildable {
        /// Which value and why.
        why: String,
    },
    /// Status 401. On a bot-token route the token is dead ([`crate::Rest::token_rejected`]); on a
    /// webhook or interaction route only that route's token is (50027 after 15 min).
    Unauthorized {
        /// Discord's code; 0 for a bad bot token.
        code: u64,
    },
    /// 403: 50001 no access, 50013 permission or role order, 50007 direct message refused ...
    Forbidden {
        /// Discord's code.
        code: u64,
        /// Discord's sentence.
        message: String,
    },
    /// 404: 10003 channel, 10004 guild, 10011 role, 10062 interaction ... After a repeated
    /// DELETE it can also mean that the first try worked.
    NotFound {
        /// Discord's code; 0 for an unknown route.
        code: u64,
    },
    /// Any other 4xx: 30005 and 30013 are full guilds, 50035 names fields.
    Invalid {
        /// HTTP status.
        status: u16,
        /// Discord's code.
        code: u64,
        /// Discord's sentence.
        message: String,
        /// The fields complained about, if any.
        errors: Vec<FieldError>,
    },
    /// The wait would pass the deadline, or the 429s of this call ran out. Not carried out.
    RateLimited {
        /// When it is worth trying again.
        retry_at: Instant,
        /// Which limit it was.
        scope: LimitScope,
    },
    /// A create was sent and its answer is unknown: it may exist. Look for it before repeating.
    AnswerLost {
        /// What broke.
        why: String,
    },
    /// Discord could not be reached or answered 5xx until the tries ran out. For a create this
    /// also means that it was not carried out.
    Unavailable {
        /// What broke last.
        why: String,
    },
    /// Time ran out. A create in flight is reported as [`CallError::AnswerLost`] instead.
    DeadlineExceeded {
        /// Whether a try was in flight or had failed without an answer.
        sent: bool,
    },
    /// Too many invalid requests lately, or a dead token: Discord was not asked.
    BreakerOpen {
        /// When calls pass again; `None` if the token was rejected.
        until: Option<Instant>,
    },
    /// Discord reported success but the answer could not be read. The call was carried out.
    BadAnswer {
        /// What did not fit. Never a part of the answer.
        why: String,
    },
}

impl CallError {
    /// Whether the same call can succeed later without anybody changing anything. An
    /// [`CallError::AnswerLost`] is temporary too, but needs a look first.
    pub const fn is_temporary(&self) -> bool {
        matches!(
            self,
            Self::RateLimited { .. }
                | Self::AnswerLost { .. }
                | Self::Unavailable { .. }
                | Self::DeadlineExceeded { .. }
                | Self::BreakerOpen { until: Some(_) }
        )
    }

    /// Short constant name, for metrics and logs.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Unbuildable { .. } => "unbuildable",
            Self::Unauthorized { .. } => "unauthorized",
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound { .. } => "not_found",
            Self::Invalid { .. } => "invalid",
            Self::RateLimited { .. } => "rate_limited",
            Self::AnswerLost { .. } => "answer_lost",
            Self::Unavailable { .. } => "unavailable",
            Self::DeadlineExceeded { .. } => "deadline_exceeded",
            Self::BreakerOpen { .. } => "breaker_open",
            Self::BadAnswer { .. } => "bad_answer",
        }
    }

    /// How long to wait before another try, when that is known.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_at: at, .. } | Self::BreakerOpen { until: Some(at) } => {
                Some(at.saturating_duration_since(Instant::now()))
            }
            _ => None,
        }
    }

    /// Discord's JSON error code, when it sent one other than 0.
    pub const fn code(&self) -> Option<u64> {
        match self {
            Self::Unauthorized { code }
            | Self::NotFound { code }
            | Self::Forbidden { code, .. }
            | Self::Invalid { code, .. }
                if *code != 0 =>
            {
                Some(*code)
            }
            _ => None,
        }
    }
}

impl std::error::Error for CallError {}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unbuildable { why } => write!(f, "the request is not valid: {why}"),
            Self::Unauthorized { code } => {
                write!(f, "Discord does not accept the token (code {code})")
            }
            Self::Forbidden { code, message } => {
                write!(f, "Discord does not allow this: {message} (code {code})")
            }
            Self::NotFound { code } => write!(f, "Discord does not know it (code {code})"),
            Self::Invalid { code, message, errors, .. } => {
                write!(f, "Discord refused the request: {message} (code {code})")?;
                errors.iter().try_for_each(|error| write!(f, "; {error}"))
            }
            Self::RateLimited { scope, .. } => {
                let after = self.retry_after().unwrap_or_default().as_secs_f32();
                let whose = match scope {
                    LimitScope::User | LimitScope::Hidden => "Discord limits this action",
                    LimitScope::Shared => "Discord limits this resource",
                    LimitScope::Global => "Discord limits the whole bot",
                    LimitScope::Cloudflare => "Discord's network refuses this address",
                    LimitScope::Own => "the allowance for this action is used up",
                };
                write!(f, "{whose}; possible again in {after:.1} s")
            }
            Self::AnswerLost { why } => {
                write!(f, "sent, but the answer was lost, so it may have happened: {why}")
            }
            Self::Unavailable { why } => write!(f, "Discord is not available: {why}"),
            Self::DeadlineExceeded { sent: true } => {
                f.write_str("Discord did not answer in the time allowed")
            }
            Self::DeadlineExceeded { sent: false } => {
                f.write_str("the time allowed passed before the request could be sent")
            }
            Self::BreakerOpen { until: Some(_) } => {
                let after = self.retry_after().unwrap_or_default().as_secs_f32();
                write!(f, "paused after many refused requests; on again in {after:.0} s")
            }
            Self::BreakerOpen { until: None } => {
                f.write_str("stopped: Discord rejected the bot token")
            }
            Self::BadAnswer { why } => {
                write!(f, "done, but Discord's answer could not be read: {why}")
            }
        }
    }
}
