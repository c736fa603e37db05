//! The page under `/app`: a chat client to click in, for any person of the sandbox. The files it is made of are built
//! from `crates/sandbox/page` and checked in; what it shows comes over one websocket, what its people do goes through
//! the control API.

mod assets;
mod card;
mod guard;
mod live;
mod place;
mod view;

use axum::Router;
use axum::routing::get;

pub use card::{Card, Step};
pub(crate) use guard::{refuse_strangers, tell_pages};
pub(crate) use live::Pages;

use crate::sandbox::Sandbox;

/// The page's files and its live view.
pub(crate) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/", get(assets::index))
        .route("/page.js", get(assets::script))
        .route("/page.css", get(assets::style))
        .route("/icon.svg", get(assets::icon))
        .route("/live", get(live::connect))
}
