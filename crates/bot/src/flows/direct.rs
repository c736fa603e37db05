//! Game servers without a panel: entered by their address, and taken off the list.

use domain::server::ServerId;
use engine::DirectProtocol;

use super::Said;
use crate::{answer::Answer, app::App, door::Asked, views::direct};

pub(super) async fn add(
    app: &App,
    asked: &Asked,
    name: &str,
    protocol: DirectProtocol,
    address: &str,
) -> Said {
    let added = app.engine.add_direct_server(&asked.caller, name, protocol, address).await?;
    Ok(Answer::Show(direct::added(asked.words, &added)))
}

/// Asks before everything that was set for it is of no use any more.
pub(super) async fn ask_remove(app: &App, asked: &Asked, server: ServerId) -> Said {
    let view = app.engine.direct_server(&asked.caller, server).await?;
    Ok(Answer::Show(direct::confirm_remove(asked.words, &view)))
}

pub(super) async fn remove(app: &App, asked: &Asked, server: ServerId) -> Said {
    let view = app.engine.remove_direct_server(&asked.caller, server).await?;
    Ok(Answer::Show(direct::removed(asked.words, &view)))
}
