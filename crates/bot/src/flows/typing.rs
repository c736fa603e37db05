//! Suggestions while somebody types a command.

use domain::server::ServerAction;
use engine::usecase::{query::Suggest, servers::ServerView};
use twilight_model::application::command::{CommandOptionChoice, CommandOptionChoiceValue};

use crate::{
    app::App,
    door::{Asked, Typing},
    views,
};

/// Most characters of a suggestion's name, and most suggestions (Discord, application commands).
const MAX_CHARS: usize = 100;
const MAX_CHOICES: usize = 25;

/// Games that fit what is typed. Nothing when something fails: the person can still type on.
pub(crate) async fn suggest(app: &App, asked: &Asked, typing: &Typing) -> Vec<CommandOptionChoice> {
    if typing.option == "server" {
        return servers(app, asked, typing).await;
    }
    if typing.option != "game" {
        return Vec::new();
    }
    let which = match typing.path.as_str() {
        "joingame" => Suggest::Joinable,
        "leavegame" => Suggest::Mine,
        "game restore" => Suggest::Archived,
        "game archive" => Suggest::Active,
        "game edit" | "game approve" | "game decline" | "game remove" => Suggest::Administered,
        _ => Suggest::Any,
    };
    match app.engine.suggest_games(&asked.caller, &typing.text, which).await {
        Ok(games) => games
            .into_iter()
            .take(MAX_CHOICES)
            .map(|(id, name)| CommandOptionChoice {
                name: name.chars().take(MAX_CHARS).collect(),
                name_localizations: None,
                value: CommandOptionChoiceValue::String(format!("#{id}")),
            })
            .collect(),
        Err(error) => {
            tracing::debug!(%error, "no suggestions");
            Vec::new()
        }
    }
}

/// Servers that fit what is typed, with what they do.
async fn servers(app: &App, asked: &Asked, typing: &Typing) -> Vec<CommandOptionChoice> {
    let action = match typing.path.as_str() {
        "server link" | "server unlink" | "server remove" | "server panel" | "server alerts"
        | "server rights" => ServerAction::Manage,
        path => {
            path.rsplit(' ').next().and_then(ServerAction::parse).unwrap_or(ServerAction::Status)
        }
    };
    match app.engine.suggest_servers(&asked.caller, &typing.text, action).await {
        Ok(found) => found
            .iter()
            // Of those on a panel none can be removed here.
            .filter(|view| typing.path != "server remove" || view.is_direct())
            .map(|view| CommandOptionChoice {
                name: views::servers::suggestion(asked.words, view, is_doubled(&found, view))
                    .chars()
                    .take(MAX_CHARS)
                    .collect(),
                name_localizations: None,
                value: CommandOptionChoiceValue::String(format!("#{}", view.record.id)),
            })
            .collect(),
        Err(error) => {
            tracing::debug!(%error, "no suggestions");
            Vec::new()
        }
    }
}

/// Whether another one has that name.
fn is_doubled(all: &[ServerView], view: &ServerView) -> bool {
    let name = |view: &ServerView| view.record.found.name.as_str().to_lowercase();
    all.iter().filter(|other| name(other) == name(view)).count() > 1
}
