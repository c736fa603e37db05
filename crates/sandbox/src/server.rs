//! The listening socket.

use std::fmt::Debug;

use axum::extract::connect_info::Connected;
use axum::routing::get;
use axum::serve::{IncomingStream, Listener};
use axum::{Router, middleware};

use crate::line::Line;
use crate::sandbox::Sandbox;
use crate::{control, gateway, oauth2, page, rest};

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
        .merge(oauth2::router())
        .merge(rest::router(&sandbox))
        .with_state(sandbox.clone());
    let stop = sandbox.stopped();
    let service = router.into_make_service_with_connect_info::<Line>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(async move { stop.cancelled().await })
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "sandbox server ended");
    }
}
