//! The listening socket.

use std::fmt::Debug;

use axum::extract::Request;
use axum::extract::connect_info::Connected;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use axum::serve::{IncomingStream, Listener};
use axum::{Router, middleware};

use crate::line::Line;
use crate::sandbox::Sandbox;
use crate::{control, gateway, media, oauth2, page, rest};

/// Serves REST, gateway and control on one port until the sandbox stops.
pub(crate) async fn serve<L>(sandbox: Sandbox, listener: L)
where
    L: Listener<Addr: Debug>,
    Line: for<'a> Connected<IncomingStream<'a, L>>,
{
    let guard = || middleware::from_fn(page::refuse_strangers);
    let tell = middleware::from_fn_with_state(sandbox.clone(), page::tell_pages);
    let router = Router::new()
        // The gateway lives at the root: clients append only a query to the URL they are given.
        .route("/", get(gateway::connect))
        .nest("/sandbox", control::router().layer(tell).layer(guard()))
        .nest("/app", page::router().layer(guard()))
        .merge(media::router().layer(guard()))
        .merge(oauth2::router())
        .merge(rest::router(&sandbox))
        .with_state(sandbox.clone());
    let router = Router::new().fallback_service(router).layer(middleware::from_fn(plain_at));
    let stop = sandbox.stopped();
    let service = router.into_make_service_with_connect_info::<Line>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(async move { stop.cancelled().await })
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "sandbox server ended");
    }
}

/// `%40original` is `@original`: discord.js sends it encoded, and routes are found by the path as sent.
async fn plain_at(mut request: Request, next: Next) -> Response {
    if let Some(uri) = with_plain_at(request.uri()) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

fn with_plain_at(uri: &Uri) -> Option<Uri> {
    let path = uri.path();
    if !path.contains("%40") {
        return None;
    }
    let mut text = path.replace("%40", "@");
    if let Some(query) = uri.query() {
        text = format!("{text}?{query}");
    }
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(text.parse::<PathAndQuery>().ok()?);
    Uri::from_parts(parts).ok()
}
