//! Reads a guild over REST, for a resumed session that will not bring it.

use discord::{Call, CallError};
use domain::GuildId;
use twilight_model::{
    channel::Channel,
    guild::{Guild, Member},
};

use crate::app::App;

/// The guild as Discord would have sent it at the start of a session: with its channels and the
/// bot's own membership.
pub(super) async fn guild(app: &App, id: GuildId) -> Result<Guild, CallError> {
    let rest = app.engine.rest();
    let factory = rest.factory();
    let call = Call::interactive();
    let (guild, channels, own) = futures_util::future::try_join3(
        rest.send::<Guild>(factory.guild(id), call),
        rest.send::<Vec<Channel>>(factory.guild_channels(id), call),
        rest.send::<Member>(factory.guild_member(id, app.engine.bot_user()), call),
    )
    .await?;
    Ok(Guild { channels, members: vec![own], ..guild })
}
