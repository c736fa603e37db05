//! REST v10: log, then faults, then rate limits, then the handler.

mod answer;
mod auth;
mod call;
mod form;
mod multipart;
mod pipeline;
mod route;
pub(crate) mod routes;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};

pub(crate) use answer::{Answer, ApiResult};
pub(crate) use call::{Call, Query};
pub(crate) use form::{Field, Form};
pub(crate) use multipart::{Multipart, Upload};
pub(crate) use route::{Major, Route, RouteInfo};

use crate::error::ApiError;
use crate::observe::{RequestRecord, ViolationKind};
use crate::sandbox::Sandbox;
use crate::tap::Exchange;

/// Every declared route: the parity table, limits, faults and the log all use its operation names.
pub(crate) fn table() -> impl Iterator<Item = &'static Route> {
    routes::ALL.iter().flat_map(|group| group.iter())
}

/// The API under `/api/v10`, for older clients under `/api/v9`, and unversioned under `/api`. All speak version 10.
pub(crate) fn router(sandbox: &Sandbox) -> Router<Sandbox> {
    Router::new()
        .nest("/api/v10", api())
        .nest("/api/v9", api())
        .nest("/api", api())
        .fallback(unknown)
        .method_not_allowed_fallback(wrong_method)
        .with_state(sandbox.clone())
}

fn api() -> Router<Sandbox> {
    let mut by_path: BTreeMap<&'static str, MethodRouter<Sandbox>> = BTreeMap::new();
    for route in table() {
        let Ok(method) = MethodFilter::try_from(route.info.method.clone()) else { continue };
        let handler = move |State(sandbox): State<Sandbox>,
                            params: Result<RawPathParams, RawPathParamsRejection>,
                            request: Request| async move {
            match params {
                Ok(params) => pipeline::serve(sandbox, route, &params, request).await,
                // Bytes that are no text name nothing.
                Err(_) => strange(&sandbox, request, &ApiError::not_found()),
            }
        };
        let methods = by_path.remove(route.info.path).unwrap_or_default();
        by_path.insert(route.info.path, methods.on(method, handler));
    }
    by_path.into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods))
}

async fn unknown(State(sandbox): State<Sandbox>, request: Request) -> Response {
    strange(&sandbox, request, &ApiError::not_found())
}

async fn wrong_method(State(sandbox): State<Sandbox>, request: Request) -> Response {
    strange(&sandbox, request, &ApiError::method_not_allowed())
}

/// A request no route is declared for: answered, logged and held against the bot.
fn strange(sandbox: &Sandbox, request: Request, error: &ApiError) -> Response {
    let answer = Answer::error(error);
    let (parts, _) = request.into_parts();
    sandbox.judge(|| Exchange {
        parts: &parts,
        body: None,
        route: None,
        answer: Some(&answer),
        counted: false,
    });
    let (method, path) = (parts.method.to_string(), parts.uri.to_string());
    sandbox.note(ViolationKind::UnknownRoute, format!("{method} {path}"), error.message.clone());
    sandbox.requests().record(RequestRecord {
        at: sandbox.clock().now_ms(),
        took: 0,
        method,
        operation: "",
        path,
        status: error.status,
        code: Some(error.code),
        reason: None,
        body: bytes::Bytes::new(),
    });
    answer.into_response()
}
