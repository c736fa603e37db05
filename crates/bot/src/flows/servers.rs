//! Game servers: looking at them, and having them do something.

use std::time::Duration;

use domain::server::{ServerAction, ServerId};

use super::{Said, history, resolve};
use crate::{
    answer::Answer,
    app::App,
    door::{Asked, ServerCommand},
    ids::ServerAct,
    views::servers,
};

/// How long a person is kept waiting for the end of what was asked for. Big games take longer; then
/// the page says that it goes on.
const FOLLOWED_FOR: Duration = Duration::from_secs(150);

pub(super) async fn command(app: &App, asked: &Asked, command: &ServerCommand) -> Said {
    let of = |typed| app.engine.resolve_server(&asked.caller, typed);
    match command {
        ServerCommand::List => {
            let all = app.engine.servers(&asked.caller).await?;
            Ok(Answer::Show(servers::list(asked.words, &all)))
        }
        ServerCommand::Status { server } => show(app, asked, of(server).await?).await,
        ServerCommand::History { server, span } => {
            history::show(app, asked, of(server).await?, *span).await
        }
        ServerCommand::Control { server, action } => {
            let server = of(server).await?;
            if action.is_destructive() {
                ask(app, asked, server, *action).await
            } else {
                control(app, asked, server, *action).await
            }
        }
        ServerCommand::Link { server, game } => {
            let (server, game) = (of(server).await?, resolve(app, asked, game).await?);
            let view = app.engine.tie_server(&asked.caller, server, Some(game)).await?;
            Ok(Answer::Show(servers::tied(asked.words, &view)))
        }
        ServerCommand::Unlink { server } => {
            let view = app.engine.tie_server(&asked.caller, of(server).await?, None).await?;
            Ok(Answer::Show(servers::tied(asked.words, &view)))
        }
    }
}

pub(super) async fn press(app: &App, asked: &Asked, act: ServerAct, server: ServerId) -> Said {
    if let Some(span) = act.span() {
        return history::show(app, asked, server, span).await;
    }
    match (act.action(), act.asks()) {
        (Some(action), _) => control(app, asked, server, action).await,
        (None, Some(action)) => ask(app, asked, server, action).await,
        (None, None) => show(app, asked, server).await,
    }
}

async fn show(app: &App, asked: &Asked, server: ServerId) -> Said {
    let view = app.engine.server(&asked.caller, server).await?;
    Ok(Answer::Show(servers::page(asked.words, &view)))
}

/// Asks before something that people who play would notice.
async fn ask(app: &App, asked: &Asked, server: ServerId, action: ServerAction) -> Said {
    let view = app.engine.may_server(&asked.caller, server, action).await?;
    Ok(Answer::Show(servers::confirm(asked.words, &view, action)))
}

/// Has it done and waits for what comes of it.
async fn control(app: &App, asked: &Asked, server: ServerId, action: ServerAction) -> Said {
    let wish = app.engine.control_server(&asked.caller, server, action).await?;
    let outcome = app.engine.follow_server(server, wish, FOLLOWED_FOR).await?;
    let view = app.engine.server(&asked.caller, server).await?;
    Ok(Answer::Show(servers::outcome(asked.words, &view, action, outcome)))
}
