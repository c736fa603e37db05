//! What the sandbox says it does, as data. `docs/parity.md` is written from these tables, and the tests of this crate
//! hold every line of them to a story.

pub use crate::components::{COMPONENT_TYPES, ComponentType};
pub use crate::gateway::{CLOSE_CODES, CloseCode, EVENTS, EventInfo};

/// A declared REST operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// operationId of the published API description; the two OAuth2 token routes, which it lacks, have made-up ones.
    pub id: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// Path below the API's base, parameters in braces.
    pub path: &'static str,
}

/// Every REST operation, in the order of the route tables.
pub fn operations() -> Vec<Operation> {
    let all = crate::rest::table().map(|route| &route.info);
    all.map(|info| Operation { id: info.operation, method: info.method.as_str(), path: info.path })
        .collect()
}

/// Something that can be made to go wrong, or to look like live Discord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switch {
    /// What it is called in the table.
    pub name: &'static str,
    /// Where it is in Rust.
    pub rust: &'static str,
    /// The control call below `/sandbox`, with method.
    pub http: &'static str,
}

const fn switch(name: &'static str, rust: &'static str, http: &'static str) -> Switch {
    Switch { name, rust, http }
}

/// Every fault switch.
pub const SWITCHES: &[Switch] = &[
    switch("clock", "Clock::advance, freeze, thaw", "POST /clock/advance"),
    switch("late acknowledgement", "Latency::set_callbacks", "POST /latency"),
    switch("heartbeats without ACK", "Gateway::mute_acks", "POST /gateway/mood"),
    switch("lost events", "EventFault::Lose", "POST /event-faults"),
    switch("duplicate events", "EventFault::Twice", "POST /event-faults"),
    switch("reordered events", "EventFault::Swap", "POST /event-faults"),
    switch("late and stale events", "EventFault::Delay, Echo", "POST /event-faults"),
    switch("op 7", "Upset::Reconnect", "POST /gateway"),
    switch("op 9 true", "Upset::InvalidSession", "POST /gateway"),
    switch("op 9 false", "Upset::InvalidSession", "POST /gateway"),
    switch("each close code", "Upset::Close", "POST /gateway"),
    switch("gateway reset", "Upset::Drop", "POST /gateway"),
    switch("gateway closed", "Gateway::refuse_connections", "POST /gateway/mood"),
    switch("compression ignored", "Gateway::compression", "POST /gateway/mood"),
    switch("compression refused", "Gateway::compression", "POST /gateway/mood"),
    switch("guild outage", "Actor::set_outage", "POST /guilds/{guild}/hand"),
    switch("GUILD_CREATE with unavailable", "Actor::set_outage", "POST /guilds/{guild}/hand"),
    switch("slow READY", "Gateway::delay_ready", "POST /gateway/mood"),
    switch("overwrites that lag", "FaultKind::Later", "POST /faults"),
    switch("overwrites that get lost", "FaultKind::Pretend", "POST /faults"),
    switch("reads that lag", "Lag::set_reads", "POST /lag"),
    switch("hidden 429", "LimitsConfig::hidden", "POST /limits"),
    switch("shared 429", "HiddenLimit::shared", "POST /limits"),
    switch("global 429", "FaultKind::RateLimited", "POST /faults"),
    switch("scope on success", "LimitsConfig::scope_on_success", "POST /limits"),
    switch("Cloudflare page 403", "FaultKind::Cloudflare", "POST /faults"),
    switch("Cloudflare page 429", "Limits::block", "POST /limits/block"),
    switch("5xx", "FaultKind::Status", "POST /faults"),
    switch("random faults", "Faults::start_mix", "POST /faults/mix"),
    switch("reset before commit", "FaultKind::DropRequest", "POST /faults"),
    switch("reset after commit", "FaultKind::DropAnswer", "POST /faults"),
    switch("call held in the middle", "Holds::order", "POST /holds"),
    switch("role dragged above the bot", "Actor::drag_role_above", "POST /guilds/{guild}/hand"),
    switch("resources deleted by hand", "Actor::delete_role, …", "POST /guilds/{guild}/hand"),
    switch("guild nearly full of channels", "Actor::fill_channels", "POST /guilds/{guild}/hand"),
    switch("guild nearly full of roles", "Actor::fill_roles", "POST /guilds/{guild}/hand"),
    switch("category nearly full", "Actor::fill_category", "POST /guilds/{guild}/hand"),
    switch("token reset", "Sandbox::reset_token", "POST /token"),
    switch("intent refused", "Sandbox::set_privileged_intents", "POST /intents"),
];
