//! The listening socket.

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::line::{Line, Lines};
use crate::sandbox::Sandbox;
use crate::{control, gateway, oauth2, rest};

/// Serves REST, gateway and control on one port until the sandbox stops.
pub(crate) async fn serve(sandbox: Sandbox, listener: TcpListener) {
    let router = Router::new()
        // The gateway lives at the root: clients append only a query to the URL they are given.
        .route("/", get(gateway::connect))
        .nest("/sandbox", control::router())
        .merge(oauth2::router())
        .merge(rest::router(&sandbox))
        .with_state(sandbox.clone());
    let stop = sandbox.stopped();
    let service = router.into_make_service_with_connect_info::<Line>();
    let served = axum::serve(Lines(listener), service)
        .with_graceful_shutdown(async move { stop.cancelled().await })
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "sandbox server ended");
    }
}
