//! What is set for a game server: its live message, its alarms, who may do what.

use domain::{ChannelId, RoleId, server::ServerId};
use engine::AlertEdit;

use super::{Said, stale};
use crate::{
    answer::Answer,
    app::App,
    door::{Asked, Chosen},
    ids::value,
    views::server_settings,
};

/// Puts the live message into a channel, or where the command was typed; or takes it away.
pub(super) async fn card(
    app: &App,
    asked: &Asked,
    server: ServerId,
    channel: Option<ChannelId>,
    remove: bool,
) -> Said {
    if remove {
        let view = app.engine.remove_cards(&asked.caller, server).await?;
        return Ok(Answer::Show(server_settings::card_removed(asked.words, &view)));
    }
    let Some(channel) = channel.or(asked.channel) else { return Ok(stale(asked)) };
    let view = app.engine.place_card(&asked.caller, server, channel).await?;
    Ok(Answer::Show(server_settings::card_placed(asked.words, &view, channel)))
}

/// Changes where alarms go, or only shows it.
pub(super) async fn alerts(app: &App, asked: &Asked, server: ServerId, edit: AlertEdit) -> Said {
    let view = if edit == AlertEdit::default() {
        app.engine.server_settings(&asked.caller, server).await?
    } else {
        app.engine.change_alerts(&asked.caller, server, edit).await?
    };
    let now = app.engine.clock().now();
    Ok(Answer::Show(server_settings::alerts(asked.words, &view, now)))
}

/// Shows what roles may do, and what one of them may do in full.
pub(super) async fn rights(
    app: &App,
    asked: &Asked,
    server: ServerId,
    role: Option<RoleId>,
) -> Said {
    let rights = app.engine.server_rights(&asked.caller, server).await?;
    Ok(Answer::Show(server_settings::rights(asked.words, &rights, role)))
}

/// A role may do what was chosen, and nothing else.
pub(super) async fn grant(
    app: &App,
    asked: &Asked,
    server: ServerId,
    role: RoleId,
    chosen: &Chosen,
) -> Said {
    let Some(actions) = value::server_actions(&chosen.values) else { return Ok(stale(asked)) };
    let rights = app.engine.grant_server(&asked.caller, server, role, actions).await?;
    Ok(Answer::Show(server_settings::rights(asked.words, &rights, Some(role))))
}
