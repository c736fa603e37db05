//! The control API under `/sandbox/…`: what [`crate::actor`] offers, for programs in other languages.
//!
//! `GET /sandbox/openapi.json` describes every call, from the same table that routes them. The README of this crate
//! shows every call at work.

mod act;
mod body;
mod clock;
mod done;
mod faults;
mod gateway;
mod hand;
mod holds;
mod looking;
mod names;
mod new_guild;
mod oauth2;
mod openapi;
mod refusal;
mod shown;
mod state;
mod table;

use axum::Router;
use serde_json::Value;

use crate::faults::{EventFault, Fault, FaultKind, Hold, Mix};
use crate::sandbox::Sandbox;
use crate::scenario::{GuildPlan, Limits, Slow};
use done::Done;
use table::{Entry, delete, get, post};

/// Every control call: method, path below `/sandbox`, handler, a sentence; then query, body and answer.
#[rustfmt::skip]
fn calls() -> Vec<Entry> {
    vec![
        get("/", state::about, "What a bot needs to connect.").gives::<state::About>(),
        get("/openapi.json", openapi::serve, "This description.").gives::<Value>(),
        post("/users", state::new_user, "Makes an account that is in no guild yet.")
            .takes::<state::NewUser>().gives::<state::MadeUser>(),
        get("/guilds", state::guilds, "Which guilds there are.").gives::<Vec<state::Listed>>(),
        post("/guilds", new_guild::new_guild, "Makes a guild.")
            .takes::<GuildPlan>().gives::<new_guild::MadeGuild>(),
        get("/guilds/{guild}", state::guild, "Everything about a guild, whether the bot sees it or not.")
            .gives::<state::GuildState>(),
        post("/guilds/{guild}/hand", hand::change, "A change by hand. Nobody asks whether that person may.")
            .takes::<hand::Order>().gives::<hand::Changed>(),

        post("/guilds/{guild}/users/{user}/slash", act::slash, "Sends a slash command.")
            .takes::<act::Slash>().gives::<shown::Reply>(),
        post("/guilds/{guild}/users/{user}/autocomplete", act::autocomplete, "Types an option of a slash command.")
            .takes::<act::Slash>().gives::<shown::Reply>(),
        post("/guilds/{guild}/users/{user}/menu", act::menu, "Takes a command of a context menu.")
            .takes::<act::Menu>().gives::<shown::Reply>(),
        post("/guilds/{guild}/users/{user}/click", act::click, "Presses a button.")
            .takes::<act::Touch>().gives::<shown::Reply>(),
        post("/guilds/{guild}/users/{user}/select", act::select, "Chooses from a select.")
            .takes::<act::Touch>().gives::<shown::Reply>(),
        post("/guilds/{guild}/users/{user}/submit", act::submit, "Sends a filled-in modal.")
            .takes::<act::Submit>().gives::<shown::Reply>(),
        get("/guilds/{guild}/users/{user}/messages", act::read, "A channel as this person sees it, oldest first.")
            .asks::<act::Where>().gives::<Vec<shown::Message>>(),
        get("/guilds/{guild}/users/{user}/channels", act::channels, "The channels this person sees.")
            .gives::<Vec<act::Seen>>(),
        get("/interactions", looking::interactions, "The newest interactions, with tokens.")
            .gives::<Vec<looking::Interaction>>(),
        get("/interactions/{interaction}", act::interaction, "The answer so far, or once it has settled.")
            .asks::<act::Wait>().gives::<shown::Reply>(),

        get("/violations", looking::violations, "What the bot did against the contract.")
            .gives::<Vec<looking::Violation>>(),
        delete("/violations", looking::forget_violations, "Forgets the violations.").gives::<Done>(),
        get("/requests", looking::requests, "The bot's REST calls, oldest first.").gives::<Vec<looking::Request>>(),
        delete("/requests", looking::forget_requests, "Forgets the calls.").gives::<Done>(),
        get("/routes", looking::routes, "Which operations the sandbox knows.").gives::<Vec<looking::Route>>(),

        post("/token", state::reset_token, "Resets the bot's token.").gives::<state::NewToken>(),
        get("/oauth2", oauth2::about, "What a web application needs to sign people in.").gives::<oauth2::SignIn>(),
        post("/oauth2", oauth2::register, "Registers one more redirect URI.")
            .takes::<oauth2::NewRedirect>().gives::<oauth2::SignIn>(),
        delete("/oauth2", oauth2::forget, "Takes all redirect URIs back.").gives::<oauth2::SignIn>(),
        post("/oauth2/grants", oauth2::consent, "A user agrees, without a browser.")
            .takes::<oauth2::Grant>().gives::<oauth2::Granted>(),
        delete("/oauth2/grants/{user}", oauth2::revoke, "A user takes back all they agreed to; named by id.")
            .gives::<Done>(),
        get("/clock", clock::now, "The sandbox's time.").gives::<clock::Now>(),
        post("/clock/advance", clock::advance, "Pushes the clock.").takes::<clock::Advance>().gives::<clock::Now>(),
        post("/clock/stop", clock::stop, "Stops the clock: only pushing moves it now.").gives::<clock::Now>(),
        post("/clock/run", clock::run, "Lets the clock run again.").gives::<clock::Now>(),
        post("/faults", faults::add_rest, "Orders a fault of REST calls.")
            .takes::<Fault<FaultKind>>().gives::<Done>(),
        delete("/faults", faults::clear_rest, "Takes all faults of REST calls back.").gives::<Done>(),
        post("/faults/mix", faults::mix_rest, "Starts random faults of REST calls.")
            .takes::<Mix<FaultKind>>().gives::<Done>(),
        delete("/faults/mix", faults::stop_rest, "Ends random faults of REST calls.").gives::<Done>(),
        post("/event-faults", faults::add_event, "Orders a fault of gateway events.")
            .takes::<Fault<EventFault>>().gives::<Done>(),
        delete("/event-faults", faults::clear_event, "Takes all faults of gateway events back.").gives::<Done>(),
        post("/event-faults/mix", faults::mix_event, "Starts random faults of gateway events.")
            .takes::<Mix<EventFault>>().gives::<Done>(),
        delete("/event-faults/mix", faults::stop_event, "Ends random faults of gateway events.").gives::<Done>(),
        post("/lag", faults::lag, "How far reads may be behind, in ms.").takes::<faults::Behind>().gives::<Done>(),
        post("/holds", holds::order, "Holds a call in the middle.").takes::<Hold>().gives::<Done>(),
        get("/holds", holds::hanging, "The calls that hang now.").gives::<Vec<holds::Hanging>>(),
        delete("/holds", holds::lift, "Lifts all holds.").asks::<holds::Lift>().gives::<Done>(),
        post("/latency", faults::latency, "How long calls are under way, in ms.")
            .takes::<Slow>().gives::<Done>(),
        post("/limits", faults::limits, "Rate limits: a preset, or a whole configuration.")
            .takes::<Limits>().gives::<Done>(),
        post("/limits/block", faults::block, "Cloudflare blocks everybody for a while.")
            .takes::<faults::Block>().gives::<Done>(),
        delete("/limits/block", faults::unblock, "Ends the block, and all counts start anew.").gives::<Done>(),
        post("/intents", gateway::intents, "Which privileged intents the application has.")
            .takes::<gateway::PrivilegedIntents>().gives::<Done>(),
        post("/gateway/mood", gateway::mood, "How the gateway behaves from now on.")
            .takes::<gateway::Mood>().gives::<Done>(),
        get("/gateway", gateway::sessions, "All sessions, live or resumable.").gives::<Vec<gateway::Session>>(),
        post("/gateway", gateway::upset, "What connections have to live through.")
            .takes::<gateway::Order>().gives::<Done>(),
    ]
}

/// All control routes.
pub(crate) fn router() -> Router<Sandbox> {
    calls()
        .into_iter()
        .fold(Router::new(), |router, call| router.route(call.path, call.handler))
        .fallback(refusal::no_such_call)
        .method_not_allowed_fallback(refusal::wrong_method)
}
