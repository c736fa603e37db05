//! Game servers: looking at them, and having them do something.

use std::time::Duration;

use domain::server::{ServerAction, ServerId};

use super::{Said, direct, history, resolve, server_settings, stale};
use crate::{
    answer::Answer,
    app::App,
    door::{Asked, Chosen, ServerCommand},
    ids::ServerAct,
    views::{server_console, servers},
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
        ServerCommand::Console { server, line: None } => {
            console(app, asked, of(server).await?).await
        }
        ServerCommand::Console { server, line: Some(line) } => {
            type_line(app, asked, of(server).await?, line).await
        }
        ServerCommand::Panel { server, channel, remove } => {
            server_settings::card(app, asked, of(server).await?, *channel, *remove).await
        }
        ServerCommand::Alerts { server, edit } => {
            server_settings::alerts(app, asked, of(server).await?, *edit).await
        }
        ServerCommand::Rights { server, role } => {
            server_settings::rights(app, asked, of(server).await?, *role).await
        }
        ServerCommand::Link { server, game } => {
            let (server, game) = (of(server).await?, resolve(app, asked, game).await?);
            let view = app.engine.tie_server(&asked.caller, server, Some(game)).await?;
            Ok(Answer::Show(servers::tied(asked.words, &view)))
        }
        ServerCommand::Add { name, protocol, address } => {
            direct::add(app, asked, name, *protocol, address).await
        }
        ServerCommand::Remove { server } => direct::ask_remove(app, asked, of(server).await?).await,
        ServerCommand::Unlink { server } => {
            let view = app.engine.tie_server(&asked.caller, of(server).await?, None).await?;
            Ok(Answer::Show(servers::tied(asked.words, &view)))
        }
    }
}

pub(super) async fn press(
    app: &App,
    asked: &Asked,
    act: ServerAct,
    server: ServerId,
    chosen: &Chosen,
) -> Said {
    if act == ServerAct::Remove {
        return direct::remove(app, asked, server).await;
    }
    if let Some(span) = act.span() {
        return history::show(app, asked, server, span).await;
    }
    match (act.action(), act.asks()) {
        (Some(action), _) => return control(app, asked, server, action).await,
        (None, Some(action)) => return ask(app, asked, server, action).await,
        (None, None) => {}
    }
    match act {
        ServerAct::Console => console(app, asked, server).await,
        ServerAct::ConsoleType => {
            let view = app.engine.may_server(&asked.caller, server, ServerAction::Console).await?;
            Ok(Answer::Form(server_console::modal(asked.words, &view)))
        }
        ServerAct::Rights => server_settings::rights(app, asked, server, None).await,
        ServerAct::RightsRole => {
            let role = chosen.ids().first().copied();
            server_settings::rights(app, asked, server, role).await
        }
        ServerAct::ConsoleModal => Ok(stale(asked)),
        _ => show(app, asked, server).await,
    }
}

async fn console(app: &App, asked: &Asked, server: ServerId) -> Said {
    let console = app.engine.server_console(&asked.caller, server).await?;
    Ok(Answer::Show(server_console::page(asked.words, &console)))
}

/// Types a line into the console and shows what it says to that.
pub(super) async fn type_line(app: &App, asked: &Asked, server: ServerId, line: &str) -> Said {
    let console = app.engine.type_into_console(&asked.caller, server, line).await?;
    Ok(Answer::Show(server_console::page(asked.words, &console)))
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
    if action == ServerAction::Backup {
        let view = app.engine.back_up_server(&asked.caller, server).await?;
        return Ok(Answer::Show(servers::backup(asked.words, &view)));
    }
    let wish = app.engine.control_server(&asked.caller, server, action).await?;
    let outcome = app.engine.follow_server(server, wish, FOLLOWED_FOR).await?;
    let view = app.engine.server(&asked.caller, server).await?;
    Ok(Answer::Show(servers::outcome(asked.words, &view, action, outcome)))
}
