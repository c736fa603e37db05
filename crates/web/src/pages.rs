//! What is shown where.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{RawQuery, State as Given},
    http::{
        HeaderMap, HeaderName, HeaderValue, StatusCode,
        header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS},
    },
    response::{IntoResponse, Response},
    routing::get,
};
use secrecy::SecretString;
use serde_json::json;

use crate::{Report, guard};

/// How figures are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Prometheus' text format, version 0.0.4.
    Prometheus,
    /// OpenMetrics, for those who ask for it.
    OpenMetrics,
}

type Reports = Arc<dyn Fn() -> Report + Send + Sync>;
type Figures = Arc<dyn Fn(Format) -> String + Send + Sync>;

/// Where the pages get what they show. All of it answers at once.
#[derive(Clone)]
pub struct Pages {
    live: Reports,
    ready: Reports,
    figures: Figures,
    version: &'static str,
    token: Option<SecretString>,
}

impl Pages {
    /// `live` says whether the process itself works, `ready` whether everything does, `figures`
    /// what was counted; a token, where there is one, is for these only.
    pub fn new(
        live: impl Fn() -> Report + Send + Sync + 'static,
        ready: impl Fn() -> Report + Send + Sync + 'static,
        figures: impl Fn(Format) -> String + Send + Sync + 'static,
        version: &'static str,
        token: Option<SecretString>,
    ) -> Self {
        let (live, ready, figures) = (Arc::new(live), Arc::new(ready), Arc::new(figures));
        Self { live, ready, figures, version, token }
    }

    pub(crate) fn router(self) -> Router {
        Router::new()
            .route("/livez", get(live))
            .route("/readyz", get(ready))
            .route("/metrics", get(figures))
            .route("/version", get(version))
            .with_state(self)
    }
}

async fn live(Given(pages): Given<Pages>, headers: HeaderMap, query: RawQuery) -> Response {
    shown(&(pages.live)(), &headers, &query)
}

async fn ready(Given(pages): Given<Pages>, headers: HeaderMap, query: RawQuery) -> Response {
    shown(&(pages.ready)(), &headers, &query)
}

async fn figures(Given(pages): Given<Pages>, headers: HeaderMap) -> Response {
    if !guard::is_let_in(pages.token.as_ref(), &headers) {
        let asks = [(WWW_AUTHENTICATE, "Bearer")];
        let why = "GAMEKEEPER_METRICS_TOKEN is set; send it as a bearer token\n";
        return plain((StatusCode::UNAUTHORIZED, asks, why));
    }
    let (format, kind) = if accepts(&headers, "application/openmetrics-text") {
        (Format::OpenMetrics, "application/openmetrics-text; version=1.0.0; charset=utf-8")
    } else {
        (Format::Prometheus, "text/plain; version=0.0.4; charset=utf-8")
    };
    plain(([(CONTENT_TYPE, kind)], (pages.figures)(format)))
}

async fn version(Given(pages): Given<Pages>) -> Response {
    plain(Json(json!({ "name": "gamekeeper", "version": pages.version })))
}

fn shown(report: &Report, headers: &HeaderMap, RawQuery(query): &RawQuery) -> Response {
    let good = report.is_good();
    let status = if good { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let wants = query.as_deref() == Some("format=json") || accepts(headers, "application/json");
    if wants { plain((status, Json(report.json()))) } else { plain((status, report.text())) }
}

fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    headers.get(ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|all| all.contains(kind))
}

/// What is true now is not to be kept, nor taken for something else.
fn plain(answer: impl IntoResponse) -> Response {
    const SAID: [(HeaderName, HeaderValue); 2] = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    let mut response = answer.into_response();
    response.headers_mut().extend(SAID);
    response
}
