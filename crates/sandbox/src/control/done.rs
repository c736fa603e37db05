//! The answer of calls that only do something.

use axum::Json;
use schemars::JsonSchema;
use serde::Serialize;

/// It is done.
#[derive(Serialize, JsonSchema)]
pub(super) struct Done {
    ok: bool,
}

impl Done {
    pub(super) fn now() -> Json<Self> {
        Json(Self { ok: true })
    }
}
