//! Declaring a route: once, with everything the middleware needs to know.

use axum::http::Method;

use super::answer::ApiResult;
use super::call::Call;

/// The top-level resource of rate limits (topics/rate-limits).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Major {
    None,
    Channel,
    Guild,
    Webhook,
}

impl Major {
    /// The path parameter that holds it.
    pub(crate) fn param(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Channel => Some("channel_id"),
            Self::Guild => Some("guild_id"),
            Self::Webhook => Some("webhook_id"),
        }
    }
}

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    /// `Bot <token>`.
    Bot,
    /// `Bot <token>`, or `Bearer <token>` with this scope.
    BotOr(&'static str),
    /// `Bearer <token>` with this scope; any token when it is empty.
    Bearer(&'static str),
    /// The token is in the path; no header needed.
    Path,
    /// Anyone.
    Open,
}

impl Auth {
    /// Takes the bot's token.
    pub(crate) fn takes_bot(self) -> bool {
        matches!(self, Self::Bot | Self::BotOr(_))
    }
}

/// A route's identity.
#[derive(Debug)]
pub(crate) struct RouteInfo {
    pub(crate) method: Method,
    /// Template in the router's syntax; parameters are named alike everywhere.
    pub(crate) path: &'static str,
    /// operationId of the published API description.
    pub(crate) operation: &'static str,
    pub(crate) major: Major,
    pub(crate) auth: Auth,
    /// False for routes outside all rate limits.
    pub(crate) limited: bool,
}

/// A handler. Handlers work on memory only, so they are plain functions.
pub(crate) type Handler = fn(&Call) -> ApiResult;

/// A route with its handler.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) info: RouteInfo,
    pub(crate) handler: Handler,
}

impl Route {
    pub(crate) const fn new(
        method: Method,
        path: &'static str,
        operation: &'static str,
        major: Major,
        handler: Handler,
    ) -> Self {
        Self {
            info: RouteInfo { method, path, operation, major, auth: Auth::Bot, limited: true },
            handler,
        }
    }

    /// Authorised by the token in its path.
    pub(crate) const fn token_in_path(mut self) -> Self {
        self.info.auth = Auth::Path;
        self
    }

    /// Also for users who granted this scope.
    pub(crate) const fn or_bearer(mut self, scope: &'static str) -> Self {
        self.info.auth = Auth::BotOr(scope);
        self
    }

    /// Only for users who granted this scope; any will do when it is empty.
    pub(crate) const fn bearer(mut self, scope: &'static str) -> Self {
        self.info.auth = Auth::Bearer(scope);
        self
    }

    /// Open to anyone.
    pub(crate) const fn open(mut self) -> Self {
        self.info.auth = Auth::Open;
        self
    }

    /// Outside all rate limits.
    pub(crate) const fn unlimited(mut self) -> Self {
        self.info.limited = false;
        self
    }
}
