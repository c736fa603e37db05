//! The server as Discord shows it now. Nothing is believed that was seen a moment ago.

use std::sync::Arc;

use discord::{Call, CallError};
use domain::{GuildId, RoleId, plan::ObservedGuild};
use engine::Engine;
use twilight_model::{
    channel::Channel,
    guild::{Guild, Member},
};

use super::Step;

/// Asks Discord for the server, and lets the engine know.
pub(super) async fn look(engine: &Engine, id: GuildId) -> Step<Arc<ObservedGuild>> {
    let rest = engine.rest();
    let (make, call) = (rest.factory(), Call::interactive());
    let asked = futures_util::future::try_join3(
        rest.send::<Guild>(make.guild(id), call),
        rest.send::<Vec<Channel>>(make.guild_channels(id), call),
        rest.send::<Member>(make.guild_member(id, engine.bot_user()), call),
    );
    let (guild, channels, own) = Box::pin(asked).await.map_err(|error| match error {
        CallError::NotFound { .. } | CallError::Forbidden { .. } => format!(
            "the bot is not on the server {id}. Check the id (right-click the server with Developer \
             Mode on, Copy Server ID), and invite the bot"
        ),
        other => format!("Discord did not show the server: {other}"),
    })?;
    engine.cache().put(engine.slim(&Guild { channels, members: vec![own], ..guild }));
    engine.cache().guild(id).ok_or_else(|| "the server went out of sight".to_owned())
}

/// The bot's own roles there.
pub(super) async fn own_roles(engine: &Engine, id: GuildId) -> Step<Vec<RoleId>> {
    Ok(look(engine, id).await?.bot.roles.clone())
}
