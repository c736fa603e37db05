//! AMP's HTTP API.
#![allow(clippy::unnecessary_wraps, reason = "all methods of the table have one signature")]

mod ads;
mod answer;
mod args;
mod caller;
mod control;
mod core;
mod front;
mod login;
mod path;
mod permit;
mod roster;
mod shapes;
mod spec;
mod table;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use tokio_util::sync::CancellationToken;

use crate::amp::Amp;
use crate::line::{Line, Lines};

/// A request's body may be so long.
const LONGEST: usize = 1 << 20;

/// Serves until told to stop.
pub(crate) async fn serve(amp: Amp, lines: Lines, stop: CancellationToken) {
    let router = Router::new()
        .fallback(front::answer)
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(amp)
        .into_make_service_with_connect_info::<Line>();
    let served = axum::serve(lines, router).with_graceful_shutdown(stop.cancelled_owned());
    if let Err(error) = served.await {
        tracing::error!(%error, "the panel's server ended");
    }
}
