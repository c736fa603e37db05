//! What the control API answers when something cannot be done: `{"error": "…"}` with a fitting status.

use axum::Json;
use axum::extract::OriginalUri;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::actor::BuildError;
use crate::error::ApiError;
use crate::scenario::Flaw;

/// A refusal; also the error type of every control handler.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    text: String,
}

/// The body of a refusal.
#[derive(Serialize, JsonSchema)]
pub(super) struct Problem {
    /// Why not.
    error: String,
}

impl Refusal {
    /// Something named does not exist.
    pub(super) fn unknown(what: &str, name: &str) -> Self {
        Self { status: StatusCode::NOT_FOUND, text: format!("there is no {what} {name}") }
    }

    /// The request makes no sense.
    pub(super) fn bad(text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, text: text.into() }
    }

    /// The request cannot be read.
    pub(super) fn unreadable(status: StatusCode, text: String) -> Self {
        Self { status, text }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
        Self { status, text: error.to_string() }
    }
}

impl From<Flaw> for Refusal {
    fn from(flaw: Flaw) -> Self {
        Self::bad(flaw.to_string())
    }
}

impl From<BuildError> for Refusal {
    fn from(error: BuildError) -> Self {
        match error {
            BuildError::Refused(error) => error.into(),
            error => Self::bad(error.to_string()),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(Problem { error: self.text })).into_response()
    }
}

/// What control handlers give back.
pub(super) type Shown<T = serde_json::Value> = Result<Json<T>, Refusal>;

/// A path nobody declared: a mistake of whoever steers, not of the bot.
pub(super) async fn no_such_call(method: Method, OriginalUri(uri): OriginalUri) -> Refusal {
    let text =
        format!("there is no control call {method} {}; see /sandbox/openapi.json", uri.path());
    Refusal { status: StatusCode::NOT_FOUND, text }
}

/// A path that is declared, for other methods.
pub(super) async fn wrong_method(method: Method, OriginalUri(uri): OriginalUri) -> Refusal {
    let text = format!("{} cannot be called with {method}; see /sandbox/openapi.json", uri.path());
    Refusal { status: StatusCode::METHOD_NOT_ALLOWED, text }
}
