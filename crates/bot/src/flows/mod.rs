//! From what is meant to what is said: each flow calls the engine and renders its answer.
//!
//! What is deliberately absent: rules, and anything about Discord's deadlines.

mod advanced;
mod approve;
mod audit;
mod browse;
mod create;
mod delete;
mod direct;
mod edit;
mod history;
mod lifecycle;
mod manage;
mod pick;
mod seats;
mod server_settings;
mod servers;
mod settings;
mod setup;
pub(crate) mod typing;

pub(crate) use self::settings::lost_panels;

use domain::{Emoji, Game, GameId};
use engine::{Fault, GameSummary, Mistake, UseError};

use crate::{
    answer::Answer,
    app::App,
    door::{Asked, Chosen, Command, Fields, GameCommand, Intent},
    ids::{CustomId, GameAct, Purpose, SeatAct, ServerAct, value},
    metrics::Outcome,
    views::reply,
};

/// What a flow ends with.
type Said = Result<Answer, UseError>;

/// Finds the flow for an intent and turns every kind of "no" into a sentence.
pub(crate) async fn route(app: &App, asked: &Asked) -> Answer {
    let said = match &asked.intent {
        Intent::Command(command) => run_command(app, asked, command).await,
        Intent::Press(id, chosen) => press(app, asked, id, chosen).await,
        Intent::Submit(id, fields) => submit(app, asked, id, fields).await,
        Intent::Typing(_) | Intent::Unknown => Ok(stale(asked)),
    };
    let outcome = said.as_ref().err().map_or(Outcome::Done, Outcome::from);
    app.metrics.interaction(asked.intent.kind(), &asked.name, outcome);
    said.unwrap_or_else(|error| sorry(asked, &error))
}

/// The answer for a "no". Faults of ours go to the log with their reference.
fn sorry(asked: &Asked, error: &UseError) -> Answer {
    Answer::Show(no(asked, error))
}

/// The message for a "no".
fn no(asked: &Asked, error: &UseError) -> crate::views::Parts {
    match error {
        UseError::Fault(Fault::GuildUnavailable(_)) => return reply::starting(asked.words),
        UseError::Fault(fault) => {
            tracing::error!(
                correlation = %asked.caller.correlation,
                guild = %asked.caller.actor.guild,
                %fault,
                "a use case failed"
            );
        }
        UseError::Mistake(_)
        | UseError::Refused(_)
        | UseError::ServerRefused(_)
        | UseError::Panel(_) => {}
    }
    reply::error(asked.words, error, &asked.caller.correlation)
}

/// For a control of another version, or one that carries what we never offered.
fn stale(asked: &Asked) -> Answer {
    Answer::Show(reply::stale(asked.words))
}

async fn run_command(app: &App, asked: &Asked, command: &Command) -> Said {
    match command {
        Command::SetupDashboard { channel, kind } => {
            setup::place(app, asked, *kind, *channel).await
        }
        Command::Join { game } => {
            let game = resolve(app, asked, game).await?;
            seats::join(app, asked, game).await
        }
        Command::Leave { game } => {
            let game = resolve(app, asked, game).await?;
            seats::leave(app, asked, game).await
        }
        Command::Game(command) => game_command(app, asked, command).await,
        Command::Settings(command) => settings::command(app, asked, command).await,
        Command::Server(command) => servers::command(app, asked, command).await,
        Command::Audit { game, person, action } => {
            let game = match game {
                Some(typed) => Some(resolve(app, asked, typed).await?),
                None => None,
            };
            audit::first(app, asked, game, *person, *action).await
        }
        Command::MyGames => browse::mine(app, asked, 0).await,
        Command::Help => browse::help(app, asked).await,
    }
}

async fn game_command(app: &App, asked: &Asked, command: &GameCommand) -> Said {
    let of = |typed| resolve(app, asked, typed);
    match command {
        GameCommand::Create { name: None, .. } => create::open(app, asked).await,
        GameCommand::Create { name: Some(name), emoji } => {
            create::simple(app, asked, name, emoji.as_deref().unwrap_or_default()).await
        }
        GameCommand::Advanced => advanced::open(app, asked).await,
        GameCommand::Edit { game } => manage::show(app, asked, of(game).await?).await,
        GameCommand::Archive { game, free } => {
            lifecycle::archive(app, asked, of(game).await?, *free).await
        }
        GameCommand::Restore { game } => lifecycle::restore(app, asked, of(game).await?).await,
        GameCommand::Delete { game } => delete::ask(app, asked, of(game).await?).await,
        GameCommand::Info { game } => browse::info(app, asked, of(game).await?).await,
        GameCommand::List => browse::list(app, asked, 0).await,
        GameCommand::Members { game } => browse::members(app, asked, of(game).await?, 0).await,
        GameCommand::Repair { game } => lifecycle::ask_repair(app, asked, of(game).await?).await,
        GameCommand::AdminAdd { game, person, is_bot } => {
            let game = of(game).await?;
            edit::appoint(app, asked, game, *person, *is_bot).await
        }
        GameCommand::AdminRemove { game, person } => {
            edit::dismiss(app, asked, of(game).await?, *person).await
        }
        GameCommand::Approve { game, person } => {
            approve::decide(app, asked, SeatAct::Approve, of(game).await?, *person).await
        }
        GameCommand::Decline { game, person } => {
            approve::decide(app, asked, SeatAct::Decline, of(game).await?, *person).await
        }
        GameCommand::Remove { game, person } => {
            approve::decide(app, asked, SeatAct::Remove, of(game).await?, *person).await
        }
    }
}

async fn press(app: &App, asked: &Asked, id: &CustomId, chosen: &Chosen) -> Said {
    match id {
        CustomId::CreateSimple => create::open(app, asked).await,
        CustomId::CreateAdvanced => advanced::open(app, asked).await,
        CustomId::Draft(part, draft) => advanced::press(app, asked, *part, draft, chosen).await,
        CustomId::Pick(purpose, page) => pick::show(app, asked, *purpose, *page).await,
        CustomId::Picked(purpose, _) => {
            let Some(game) = chosen.first().and_then(value::game) else {
                return Ok(stale(asked));
            };
            picked(app, asked, *purpose, game).await
        }
        CustomId::Refresh(kind) => Ok(setup::refresh(app, asked, *kind)),
        CustomId::Repost(kind) => setup::repost(app, asked, *kind).await,
        CustomId::CheckPanel(kind, channel) => {
            setup::place(app, asked, *kind, Some(*channel)).await
        }
        CustomId::List(page) => browse::list(app, asked, *page).await,
        CustomId::MyGames(page) => browse::mine(app, asked, *page).await,
        CustomId::Game(act, game) => act_on(app, asked, *act, *game, chosen).await,
        CustomId::Members(game, page) => browse::members(app, asked, *game, *page).await,
        CustomId::Seat(act, game, user) => approve::decide(app, asked, *act, *game, *user).await,
        CustomId::Server(act, server) => servers::press(app, asked, *act, *server, chosen).await,
        CustomId::ServerRights(server, role) => {
            server_settings::grant(app, asked, *server, *role, chosen).await
        }
        CustomId::Audit(part, query) => audit::press(app, asked, *part, query, chosen).await,
        CustomId::Settings(part) => settings::press(app, asked, *part, chosen).await,
        CustomId::Help => browse::help(app, asked).await,
        CustomId::Close => Ok(Answer::Close),
        CustomId::SimpleModal | CustomId::GameWords(..) => Ok(stale(asked)),
    }
}

async fn picked(app: &App, asked: &Asked, purpose: Purpose, game: GameId) -> Said {
    match purpose {
        Purpose::Join => seats::join(app, asked, game).await,
        Purpose::Leave => seats::leave(app, asked, game).await,
        Purpose::Manage => manage::show(app, asked, game).await,
        Purpose::Archive => lifecycle::ask_archive(app, asked, game).await,
        Purpose::Restore => lifecycle::ask_restore(app, asked, game).await,
        Purpose::Delete => delete::ask(app, asked, game).await,
        Purpose::Info => browse::info(app, asked, game).await,
    }
}

async fn act_on(app: &App, asked: &Asked, act: GameAct, game: GameId, chosen: &Chosen) -> Said {
    match act {
        GameAct::Info => browse::info(app, asked, game).await,
        GameAct::Manage => manage::show(app, asked, game).await,
        GameAct::Join => seats::join(app, asked, game).await,
        GameAct::Leave => seats::leave(app, asked, game).await,
        GameAct::Words => edit::open(app, asked, game).await,
        GameAct::Admission
        | GameAct::Visibility
        | GameAct::Channels
        | GameAct::Voice
        | GameAct::Admins => manage::press(app, asked, act, game, chosen).await,
        GameAct::ArchiveAsk => lifecycle::ask_archive(app, asked, game).await,
        GameAct::Archive => lifecycle::archive(app, asked, game, false).await,
        GameAct::ArchiveRelease => lifecycle::archive(app, asked, game, true).await,
        GameAct::RestoreAsk => lifecycle::ask_restore(app, asked, game).await,
        GameAct::Restore => lifecycle::restore(app, asked, game).await,
        GameAct::DeleteAsk => delete::ask(app, asked, game).await,
        GameAct::DeleteType => delete::open(app, asked, game).await,
        GameAct::RepairAsk => lifecycle::ask_repair(app, asked, game).await,
        GameAct::Repair => lifecycle::repair(app, asked, game).await,
        GameAct::RemovePick => match chosen.ids().first() {
            Some(user) => approve::decide(app, asked, SeatAct::Remove, game, *user).await,
            None => Ok(Answer::Quiet),
        },
        GameAct::DeleteModal => Ok(stale(asked)),
    }
}

async fn submit(app: &App, asked: &Asked, id: &CustomId, fields: &Fields) -> Said {
    use crate::ids::{DraftPart, field};
    match id {
        CustomId::SimpleModal => {
            create::simple(app, asked, fields.text(field::NAME), fields.text(field::EMOJI)).await
        }
        CustomId::Draft(DraftPart::WordsModal, draft) => {
            advanced::words(app, asked, draft, fields).await
        }
        CustomId::GameWords(game, shown) => edit::words(app, asked, *game, *shown, fields).await,
        CustomId::Server(ServerAct::ConsoleModal, server) => {
            servers::type_line(app, asked, *server, fields.text(field::LINE)).await
        }
        CustomId::Game(GameAct::DeleteModal, game) => {
            delete::confirmed(app, asked, *game, fields.text(field::CONFIRM)).await
        }
        _ => Ok(stale(asked)),
    }
}

/// The game a command option names.
async fn resolve(app: &App, asked: &Asked, typed: &str) -> Result<GameId, UseError> {
    app.engine.resolve_game(&asked.caller, typed).await
}

/// One game's facts, from one row: for answers that need no more than its name. It may be on its
/// way out already.
async fn game(app: &App, asked: &Asked, id: GameId) -> Result<Game, UseError> {
    let record = app.engine.store().game(id).await?;
    let record = record.filter(|record| record.game.guild == asked.caller.actor.guild);
    Ok(record.ok_or(Mistake::NoSuchGame)?.game)
}

/// One game as lists show it.
async fn summary(app: &App, asked: &Asked, game: GameId) -> Result<GameSummary, UseError> {
    Ok(app.engine.game_info(&asked.caller, game).await?.summary)
}

/// An emoji field: empty is none.
fn emoji(app: &App, asked: &Asked, typed: &str) -> Result<Option<Emoji>, UseError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let guild = asked.caller.actor.guild;
    let parsed = Emoji::parse(typed, |id| app.engine.owns_emoji(guild, id));
    Ok(Some(parsed.map_err(Mistake::from)?))
}
