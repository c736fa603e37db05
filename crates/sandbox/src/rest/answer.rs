//! What a handler answers.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, VIA};
use axum::http::{Response as HttpResponse, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use serde_json::Value;

use crate::error::ApiError;

/// The result of a handler.
pub(crate) type ApiResult = Result<Answer, ApiError>;

/// An HTTP answer before it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) body: Bytes,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Discord's error code, for the log.
    pub(crate) code: Option<u32>,
    /// Not Discord's word: what a fault or the proxy in front says in its place.
    pub(crate) foreign: bool,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "ok, created and no_content are the last line of handlers"
)]
impl Answer {
    /// A JSON body.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::raw(status, "application/json", body.to_string())
    }

    /// 200 with a JSON body.
    #[expect(clippy::needless_pass_by_value, reason = "handlers build the value in place")]
    pub(crate) fn ok(body: Value) -> ApiResult {
        Ok(Self::json(200, &body))
    }

    /// 201 with a JSON body.
    #[expect(clippy::needless_pass_by_value, reason = "handlers build the value in place")]
    pub(crate) fn created(body: Value) -> ApiResult {
        Ok(Self::json(201, &body))
    }

    /// 204.
    pub(crate) fn no_content() -> ApiResult {
        Ok(Self {
            status: 204,
            content_type: "",
            body: Bytes::new(),
            headers: Vec::new(),
            code: None,
            foreign: false,
        })
    }

    /// Any body.
    pub(crate) fn raw(status: u16, content_type: &'static str, body: String) -> Self {
        Self {
            status,
            content_type,
            body: Bytes::from(body),
            headers: Vec::new(),
            code: None,
            foreign: false,
        }
    }

    /// The same as somebody else's word.
    pub(crate) fn foreign(self) -> Self {
        Self { foreign: true, ..self }
    }

    /// An error body.
    pub(crate) fn error(error: &ApiError) -> Self {
        Self { code: Some(error.code), ..Self::json(error.status, &error.body()) }
    }

    pub(crate) fn into_response(self) -> Response {
        let mut response = HttpResponse::new(Body::from(self.body));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        if !self.content_type.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        }
        let from_cloudflare = self.headers.iter().any(|(name, _)| *name == "cf-ray");
        if !from_cloudflare {
            // Not documented, but always there; discord.py takes a 429 without it for Cloudflare's.
            headers.insert(VIA, HeaderValue::from_static("1.1 google"));
        }
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}
