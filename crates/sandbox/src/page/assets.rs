//! The built files, part of the program.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};

/// Nothing but this server's own files: what bots and people write is shown, never run or fetched.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

fn file(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        // Another version of the sandbox may listen here tomorrow.
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}

pub(super) async fn index() -> Response {
    file("text/html; charset=utf-8", include_str!("../../page/dist/index.html"))
}

pub(super) async fn script() -> Response {
    file("text/javascript; charset=utf-8", include_str!("../../page/dist/page.js"))
}

pub(super) async fn style() -> Response {
    file("text/css; charset=utf-8", include_str!("../../page/dist/page.css"))
}

pub(super) async fn icon() -> Response {
    file("image/svg+xml", include_str!("../../page/dist/icon.svg"))
}
