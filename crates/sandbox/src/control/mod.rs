//! The control API under `/sandbox/…`: what [`crate::actor`] offers, for programs in other languages. The README of
//! this crate shows every call.

mod act;
mod clock;
mod faults;
mod gateway;
mod hand;
mod names;
mod refusal;
mod shown;
mod state;

use axum::Router;
use axum::routing::{get, post};

use crate::sandbox::Sandbox;

/// All control routes.
pub(crate) fn router() -> Router<Sandbox> {
    let person = Router::new()
        .route("/slash", post(act::slash))
        .route("/autocomplete", post(act::autocomplete))
        .route("/menu", post(act::menu))
        .route("/click", post(act::click))
        .route("/select", post(act::select))
        .route("/submit", post(act::submit))
        .route("/messages", get(act::read))
        .route("/channels", get(act::channels));
    Router::new()
        .route("/", get(state::about))
        .route("/users", post(state::new_user))
        .route("/guilds", get(state::guilds).post(state::new_guild))
        .route("/guilds/{guild}", get(state::guild))
        .route("/guilds/{guild}/hand", post(hand::change))
        .nest("/guilds/{guild}/users/{user}", person)
        .route("/interactions", get(state::interactions))
        .route("/interactions/{interaction}", get(act::interaction))
        .route("/violations", get(state::violations).delete(state::forget_violations))
        .route("/requests", get(state::requests).delete(state::forget_requests))
        .route("/routes", get(state::routes))
        .route("/token", post(state::reset_token))
        .route("/clock", get(clock::now))
        .route("/clock/advance", post(clock::advance))
        .route("/faults", post(faults::add_rest).delete(faults::clear_rest))
        .route("/faults/mix", post(faults::mix_rest).delete(faults::stop_rest))
        .route("/event-faults", post(faults::add_event).delete(faults::clear_event))
        .route("/event-faults/mix", post(faults::mix_event).delete(faults::stop_event))
        .route("/latency", post(faults::latency))
        .route("/limits", post(faults::limits))
        .route("/gateway", get(gateway::sessions).post(gateway::upset))
}
