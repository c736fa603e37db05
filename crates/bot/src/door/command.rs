//! Commands, from Discord's options to types.

use domain::{
    ChannelId, DriftPolicy, Layout, RoleId, UserId, audit::AuditKind, server::ServerAction,
};
use engine::{AlertEdit, DirectProtocol, HistorySpan, PanelKind};
use twilight_model::application::interaction::application_command::{
    CommandData, CommandDataOption, CommandOptionValue,
};

use super::inputs::{Options, bots};
use crate::ids::value;

/// A command, with everything it carries. Games are as typed; the engine resolves them.
#[derive(Debug)]
pub(crate) enum Command {
    SetupDashboard { channel: Option<ChannelId>, kind: PanelKind },
    Join { game: String },
    Leave { game: String },
    Game(GameCommand),
    Settings(SettingsCommand),
    Server(ServerCommand),
    Audit { game: Option<String>, person: Option<UserId>, action: Option<AuditKind> },
    MyGames,
    Help,
}

/// `/game …`
#[derive(Debug)]
pub(crate) enum GameCommand {
    Create { name: Option<String>, emoji: Option<String> },
    Advanced,
    Edit { game: String },
    Archive { game: String, free: bool },
    Restore { game: String },
    Delete { game: String },
    Info { game: String },
    List,
    Members { game: String },
    Repair { game: String },
    AdminAdd { game: String, person: UserId, is_bot: bool },
    AdminRemove { game: String, person: UserId },
    Approve { game: String, person: UserId },
    Decline { game: String, person: UserId },
    Remove { game: String, person: UserId },
}

/// `/server …`. Servers are as typed, as games are.
#[derive(Debug)]
pub(crate) enum ServerCommand {
    List,
    Status { server: String },
    History { server: String, span: HistorySpan },
    Control { server: String, action: ServerAction },
    Console { server: String, line: Option<String> },
    Panel { server: String, channel: Option<ChannelId>, remove: bool },
    Alerts { server: String, edit: AlertEdit },
    Rights { server: String, role: Option<RoleId> },
    Add { name: String, protocol: DirectProtocol, address: String },
    Remove { server: String },
    Link { server: String, game: String },
    Unlink { server: String },
}

/// Which way an admin role goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AdminRole {
    Add(RoleId),
    Remove(RoleId),
}

/// `/settings …`
#[derive(Debug)]
pub(crate) enum SettingsCommand {
    View,
    AdminRole(AdminRole),
    LogChannel(Option<ChannelId>),
    DefaultLayout(LayoutChange),
    DriftPolicy(DriftPolicy),
}

/// The parts of a layout that were named.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LayoutChange {
    chat: Option<bool>,
    announcements: Option<bool>,
    looking_for_group: Option<bool>,
    forum: Option<bool>,
    voice: Option<u8>,
}

impl LayoutChange {
    /// The layout with what was named, the rest as it was.
    pub(crate) fn applied_to(self, layout: Layout) -> Layout {
        Layout {
            chat: self.chat.unwrap_or(layout.chat),
            announcements: self.announcements.unwrap_or(layout.announcements),
            forum: self.forum.unwrap_or(layout.forum),
            looking_for_group: self.looking_for_group.unwrap_or(layout.looking_for_group),
            voice: self.voice.unwrap_or(layout.voice),
        }
    }
}

/// A command being typed.
#[derive(Debug)]
pub(crate) struct Typing {
    /// Command and subcommand, such as `game archive`.
    pub(crate) path: String,
    /// The option being typed.
    pub(crate) option: String,
    /// The text so far.
    pub(crate) text: String,
}

/// Command, subcommand group and subcommand in one text, and the innermost options.
fn flatten(name: String, mut options: Vec<CommandDataOption>) -> (String, Options) {
    let mut path = name;
    loop {
        match options.pop() {
            Some(CommandDataOption {
                name,
                value:
                    CommandOptionValue::SubCommand(inner) | CommandOptionValue::SubCommandGroup(inner),
            }) => {
                path = format!("{path} {name}");
                options = inner;
            }
            Some(option) => {
                options.push(option);
                return (path, Options::new(options));
            }
            None => return (path, Options::default()),
        }
    }
}

/// Reads a command being typed.
pub(super) fn typing(data: CommandData) -> Typing {
    let (path, options) = flatten(data.name, data.options);
    let (option, text) = options.focused().unwrap_or_default();
    Typing { path, option: option.to_owned(), text: text.to_owned() }
}

/// What changes about a server's alarms; none if a number is not one that we offer.
fn alerts(options: &Options) -> Option<AlertEdit> {
    let channel = options.channel("channel").map(Some);
    Some(AlertEdit {
        // Both at once is a channel.
        channel: channel.or(options.yes("off").filter(|off| *off).map(|_| None)),
        crowd: options.number("players").map(u32::try_from).transpose().ok()?,
        muted_hours: options.number("mute").map(u16::try_from).transpose().ok()?,
    })
}

/// Reads a command that was sent, with its name; none if this version does not know it.
pub(super) fn read(data: CommandData) -> Option<(String, Command)> {
    let bots = bots(data.resolved.as_ref());
    let (path, options) = flatten(data.name, data.options);
    let command = command(&path, &options, &bots)?;
    Some((path, command))
}

fn command(path: &str, options: &Options, bots: &[UserId]) -> Option<Command> {
    let game = || options.text("game").map(ToOwned::to_owned);
    let person = || options.user("person");
    let server = || options.text("server").map(ToOwned::to_owned);
    Some(match path {
        "setupdashboard" => Command::SetupDashboard {
            channel: options.channel("channel"),
            kind: match options.text("kind") {
                Some(kind) => kind.parse().ok()?,
                None => PanelKind::Player,
            },
        },
        "joingame" => Command::Join { game: game()? },
        "leavegame" => Command::Leave { game: game()? },
        "mygames" => Command::MyGames,
        "help" => Command::Help,
        "audit" => Command::Audit {
            game: game(),
            person: person(),
            action: match options.text("action") {
                Some(action) => value::audit_kind(action)?,
                None => None,
            },
        },
        "game create" => Command::Game(GameCommand::Create {
            name: options.text("name").map(ToOwned::to_owned),
            emoji: options.text("emoji").map(ToOwned::to_owned),
        }),
        "game advanced" => Command::Game(GameCommand::Advanced),
        "game edit" => Command::Game(GameCommand::Edit { game: game()? }),
        "game archive" => Command::Game(GameCommand::Archive {
            game: game()?,
            free: options.yes("free").unwrap_or(false),
        }),
        "game restore" => Command::Game(GameCommand::Restore { game: game()? }),
        "game delete" => Command::Game(GameCommand::Delete { game: game()? }),
        "game info" => Command::Game(GameCommand::Info { game: game()? }),
        "game list" => Command::Game(GameCommand::List),
        "game members" => Command::Game(GameCommand::Members { game: game()? }),
        "game repair" => Command::Game(GameCommand::Repair { game: game()? }),
        "game admin-add" => {
            let person = person()?;
            let is_bot = bots.contains(&person);
            Command::Game(GameCommand::AdminAdd { game: game()?, person, is_bot })
        }
        "game admin-remove" => {
            Command::Game(GameCommand::AdminRemove { game: game()?, person: person()? })
        }
        "game approve" => Command::Game(GameCommand::Approve { game: game()?, person: person()? }),
        "game decline" => Command::Game(GameCommand::Decline { game: game()?, person: person()? }),
        "game remove" => Command::Game(GameCommand::Remove { game: game()?, person: person()? }),
        "settings view" => Command::Settings(SettingsCommand::View),
        "settings admin-role add" => {
            Command::Settings(SettingsCommand::AdminRole(AdminRole::Add(options.role("role")?)))
        }
        "settings admin-role remove" => {
            Command::Settings(SettingsCommand::AdminRole(AdminRole::Remove(options.role("role")?)))
        }
        "settings log-channel" => {
            Command::Settings(SettingsCommand::LogChannel(options.channel("channel")))
        }
        "settings default-layout" => {
            Command::Settings(SettingsCommand::DefaultLayout(LayoutChange {
                chat: options.yes("chat"),
                announcements: options.yes("announcements"),
                looking_for_group: options.yes("looking-for-group"),
                forum: options.yes("forum"),
                voice: options.number("voice").and_then(|n| u8::try_from(n).ok()),
            }))
        }
        "settings drift-policy" => {
            Command::Settings(SettingsCommand::DriftPolicy(value::drift(options.text("policy")?)?))
        }
        "server list" => Command::Server(ServerCommand::List),
        "server status" => Command::Server(ServerCommand::Status { server: server()? }),
        "server history" => Command::Server(ServerCommand::History {
            server: server()?,
            span: match options.text("span") {
                Some(span) => value::span(span)?,
                None => HistorySpan::Day,
            },
        }),
        "server add" => Command::Server(ServerCommand::Add {
            name: options.text("name")?.to_owned(),
            protocol: DirectProtocol::parse(options.text("kind")?)?,
            address: options.text("address")?.to_owned(),
        }),
        "server remove" => Command::Server(ServerCommand::Remove { server: server()? }),
        "server link" => Command::Server(ServerCommand::Link { server: server()?, game: game()? }),
        "server unlink" => Command::Server(ServerCommand::Unlink { server: server()? }),
        "server console" => Command::Server(ServerCommand::Console {
            server: server()?,
            line: options.text("line").map(ToOwned::to_owned),
        }),
        "server panel" => Command::Server(ServerCommand::Panel {
            server: server()?,
            channel: options.channel("channel"),
            remove: options.yes("remove").unwrap_or(false),
        }),
        "server alerts" => {
            Command::Server(ServerCommand::Alerts { server: server()?, edit: alerts(options)? })
        }
        "server rights" => {
            Command::Server(ServerCommand::Rights { server: server()?, role: options.role("role") })
        }
        "server start" | "server stop" | "server restart" | "server kill" | "server update"
        | "server backup" => {
            let action = ServerAction::parse(path.rsplit(' ').next()?)?;
            Command::Server(ServerCommand::Control { server: server()?, action })
        }
        _ => return None,
    })
}
