//! The server as Discord shows it now. Nothing is believed that was seen a moment ago.

use std::sync::Arc;

use discord::{Call, CallError};
use domain::{GuildId, RoleId, plan::ObservedGuild};
use engine::Engine;

use super::Step;

/// Asks Discord for the server, and lets the engine know.
pub(super) async fn look(engine: &Engine, id: GuildId) -> Step<Arc<ObservedGuild>> {
    let asked = engine.ask_for_guild(id, Call::interactive()).await;
    let guild = asked.map_err(|error| match error {
        CallError::NotFound { .. } | CallError::Forbidden { .. } => format!(
            "the bot is not on the server {id}. Check the id (right-click the server with Developer \
             Mode on, Copy Server ID), and invite the bot"
        ),
        other => format!("Discord did not show the server: {other}"),
    })?;
    engine.cache().put(engine.slim(&guild));
    engine.cache().guild(id).ok_or_else(|| "the server went out of sight".to_owned())
}

/// The bot's own roles there.
pub(super) async fn own_roles(engine: &Engine, id: GuildId) -> Step<Vec<RoleId>> {
    Ok(look(engine, id).await?.bot.roles.clone())
}
