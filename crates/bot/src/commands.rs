//! The slash commands as Discord is told them.
//!
//! Names are the same in every language, so that "type /joingame" is true for everyone who reads
//! it; descriptions and choices are localised. No command asks for a permission of Discord's:
//! configured admin roles must reach them too, so the engine checks at each action.

use std::collections::HashMap;

use domain::{DriftPolicy, Locale, layout};
use engine::{DirectProtocol, HistorySpan, MOST_MUTED_HOURS, PanelKind};
use twilight_model::{
    application::{
        command::{
            Command, CommandOption, CommandOptionChoice, CommandOptionChoiceValue,
            CommandOptionType, CommandOptionValue, CommandType,
        },
        interaction::InteractionContextType,
    },
    channel::ChannelType,
    oauth::ApplicationIntegrationType,
};
use twilight_util::builder::command::CommandBuilder;

use crate::{
    ids::value,
    text::{self, Words, chart, key},
    views,
};

/// Discord's codes of the languages that have texts beside English, which is the default.
const LANGUAGES: [(&str, Locale); 1] = [("de", Locale::De)];

/// What Discord is told, with or without a panel of game servers.
pub fn registered(panel: bool) -> Vec<Command> {
    let mut commands = all();
    commands.push(if panel { servers() } else { servers_without_panel() });
    commands
}

/// All commands but the one that depends on a panel, in the order they are registered.
pub fn all() -> Vec<Command> {
    vec![
        command(
            "setupdashboard",
            key!("command-setupdashboard"),
            vec![
                text_channel("channel", key!("command-setupdashboard-channel")),
                choices(
                    option(
                        CommandOptionType::String,
                        "kind",
                        key!("command-setupdashboard-kind"),
                        false,
                    ),
                    [
                        (PanelKind::Player.as_str(), key!("panel-kind-player")),
                        (PanelKind::Admin.as_str(), key!("panel-kind-admin")),
                    ],
                ),
            ],
        ),
        command("joingame", key!("command-joingame"), vec![game(true)]),
        command("leavegame", key!("command-leavegame"), vec![game(true)]),
        command("game", key!("command-game"), game_subcommands()),
        command("settings", key!("command-settings"), settings_subcommands()),
        command(
            "audit",
            key!("command-audit"),
            vec![
                game(false),
                option(CommandOptionType::User, "person", key!("command-audit-person"), false),
                choices(
                    option(
                        CommandOptionType::String,
                        "action",
                        key!("command-audit-action"),
                        false,
                    ),
                    views::audit::kind_choices(),
                ),
            ],
        ),
        command("mygames", key!("command-mygames"), vec![]),
        command("help", key!("command-help"), vec![]),
    ]
}

/// The commands about game servers, where there are any.
pub fn servers() -> Command {
    let on_server =
        |name, key, more: Vec<CommandOption>| sub(name, key, [vec![server()], more].concat());
    command(
        "server",
        key!("command-server"),
        vec![
            sub("list", key!("command-server-list"), vec![]),
            on_server("status", key!("command-server-status"), vec![]),
            on_server("history", key!("command-server-history"), vec![span()]),
            on_server("start", key!("command-server-start"), vec![]),
            on_server("stop", key!("command-server-stop"), vec![]),
            on_server("restart", key!("command-server-restart"), vec![]),
            on_server("kill", key!("command-server-kill"), vec![]),
            on_server("update", key!("command-server-update"), vec![]),
            on_server("backup", key!("command-server-backup"), vec![]),
            on_server(
                "console",
                key!("command-server-console"),
                vec![typed("line", key!("command-server-console-line"), 1_000)],
            ),
            on_server("link", key!("command-server-link"), vec![game(true)]),
            on_server("unlink", key!("command-server-unlink"), vec![]),
            on_server(
                "panel",
                key!("command-server-panel"),
                vec![
                    text_channel("channel", key!("command-server-panel-channel")),
                    yes("remove", key!("command-server-panel-remove")),
                ],
            ),
            on_server(
                "alerts",
                key!("command-server-alerts"),
                vec![
                    text_channel("channel", key!("command-server-alerts-channel")),
                    number("players", key!("command-server-alerts-players"), 100_000),
                    number("mute", key!("command-server-alerts-mute"), MOST_MUTED_HOURS.into()),
                    yes("off", key!("command-server-alerts-off")),
                ],
            ),
            on_server(
                "rights",
                key!("command-server-rights"),
                vec![option(
                    CommandOptionType::Role,
                    "role",
                    key!("command-server-rights-role"),
                    false,
                )],
            ),
            sub("add", key!("command-server-add"), address_options()),
            on_server("remove", key!("command-server-remove"), vec![]),
        ],
    )
}

/// What only a panel can do.
const OF_PANELS: [&str; 7] = ["start", "stop", "restart", "kill", "update", "console", "backup"];

/// The same where there is no panel, only servers that somebody enters by their address.
pub fn servers_without_panel() -> Command {
    let mut command = servers();
    command.options.retain(|option| !OF_PANELS.contains(&option.name.as_str()));
    command
}

/// A server without a panel: what it shall be called, what it speaks, where it is.
fn address_options() -> Vec<CommandOption> {
    let needed = |name, key, most| CommandOption {
        required: Some(true),
        // Longer than either may be: a sentence about it beats a client that cuts.
        ..typed(name, key, most)
    };
    let kind = option(CommandOptionType::String, "kind", key!("command-server-add-kind"), true);
    let kinds =
        DirectProtocol::ALL.map(|protocol| (protocol.as_str(), text::server::protocol(protocol)));
    vec![
        needed("name", key!("command-server-add-name"), 200),
        choices(kind, kinds),
        needed("address", key!("command-server-add-address"), 300),
    ]
}

fn game_subcommands() -> Vec<CommandOption> {
    let on_game =
        |name, key, more: Vec<CommandOption>| sub(name, key, [vec![game(true)], more].concat());
    let on_person = |name, key| on_game(name, key, vec![person()]);
    vec![
        sub(
            "create",
            key!("command-game-create"),
            vec![
                // Longer than a name may be: a sentence about it beats a client that cuts.
                typed("name", key!("command-game-create-name"), 200),
                typed("emoji", key!("command-game-create-emoji"), 100),
            ],
        ),
        sub("advanced", key!("command-game-advanced"), vec![]),
        on_game("edit", key!("command-game-edit"), vec![]),
        on_game(
            "archive",
            key!("command-game-archive"),
            vec![option(
                CommandOptionType::Boolean,
                "free",
                key!("command-game-archive-free"),
                false,
            )],
        ),
        on_game("restore", key!("command-game-restore"), vec![]),
        on_game("delete", key!("command-game-delete"), vec![]),
        on_game("info", key!("command-game-info"), vec![]),
        sub("list", key!("command-game-list"), vec![]),
        on_game("members", key!("command-game-members"), vec![]),
        on_game("repair", key!("command-game-repair"), vec![]),
        on_person("admin-add", key!("command-game-admin-add")),
        on_person("admin-remove", key!("command-game-admin-remove")),
        on_person("approve", key!("command-game-approve")),
        on_person("decline", key!("command-game-decline")),
        on_person("remove", key!("command-game-remove")),
    ]
}

fn settings_subcommands() -> Vec<CommandOption> {
    let role = || vec![option(CommandOptionType::Role, "role", key!("command-option-role"), true)];
    let mut voice = option(
        CommandOptionType::Integer,
        "voice",
        key!("command-settings-default-layout-voice"),
        false,
    );
    voice.min_value = Some(CommandOptionValue::Integer(layout::MIN_VOICE.into()));
    voice.max_value = Some(CommandOptionValue::Integer(layout::MAX_VOICE.into()));
    vec![
        sub("view", key!("command-settings-view"), vec![]),
        CommandOption {
            kind: CommandOptionType::SubCommandGroup,
            ..sub(
                "admin-role",
                key!("command-settings-admin-role"),
                vec![
                    sub("add", key!("command-settings-admin-role-add"), role()),
                    sub("remove", key!("command-settings-admin-role-remove"), role()),
                ],
            )
        },
        sub(
            "log-channel",
            key!("command-settings-log-channel"),
            vec![text_channel("channel", key!("command-settings-log-channel-channel"))],
        ),
        sub(
            "default-layout",
            key!("command-settings-default-layout"),
            vec![
                yes("chat", key!("command-settings-default-layout-chat")),
                yes("announcements", key!("command-settings-default-layout-announcements")),
                yes("looking-for-group", key!("command-settings-default-layout-looking-for-group")),
                yes("forum", key!("command-settings-default-layout-forum")),
                voice,
            ],
        ),
        sub(
            "drift-policy",
            key!("command-settings-drift-policy"),
            vec![choices(
                option(
                    CommandOptionType::String,
                    "policy",
                    key!("command-settings-drift-policy-policy"),
                    true,
                ),
                [
                    (value::of_drift(DriftPolicy::Repair), key!("drift-repair")),
                    (value::of_drift(DriftPolicy::Accept), key!("drift-accept")),
                    (value::of_drift(DriftPolicy::Ask), key!("drift-ask")),
                ],
            )],
        ),
    ]
}

fn command(name: &str, key: &str, options: Vec<CommandOption>) -> Command {
    let builder = CommandBuilder::new(name, english(key), CommandType::ChatInput)
        .description_localizations(elsewhere(key))
        .contexts([InteractionContextType::Guild])
        .integration_types([ApplicationIntegrationType::GuildInstall]);
    options.into_iter().fold(builder, CommandBuilder::option).build()
}

fn sub(name: &str, key: &str, options: Vec<CommandOption>) -> CommandOption {
    CommandOption {
        options: Some(options),
        required: None,
        ..option(CommandOptionType::SubCommand, name, key, false)
    }
}

/// A game, suggested while its name is typed.
fn game(required: bool) -> CommandOption {
    CommandOption {
        autocomplete: Some(true),
        ..option(CommandOptionType::String, "game", key!("command-option-game"), required)
    }
}

/// A game server, suggested while its name is typed.
fn server() -> CommandOption {
    CommandOption {
        autocomplete: Some(true),
        ..option(CommandOptionType::String, "server", key!("command-option-server"), true)
    }
}

/// How much of a server's past is shown.
fn span() -> CommandOption {
    let option =
        option(CommandOptionType::String, "span", key!("command-server-history-span"), false);
    let each = HistorySpan::ALL.map(|span| (value::of_span(span), chart::span(span)));
    choices(option, each)
}

fn person() -> CommandOption {
    option(CommandOptionType::User, "person", key!("command-option-person"), true)
}

fn typed(name: &str, key: &str, most: u16) -> CommandOption {
    CommandOption { max_length: Some(most), ..option(CommandOptionType::String, name, key, false) }
}

fn text_channel(name: &str, key: &str) -> CommandOption {
    CommandOption {
        channel_types: Some(vec![ChannelType::GuildText, ChannelType::GuildAnnouncement]),
        ..option(CommandOptionType::Channel, name, key, false)
    }
}

fn yes(name: &str, key: &str) -> CommandOption {
    option(CommandOptionType::Boolean, name, key, false)
}

/// A whole number from zero.
fn number(name: &str, key: &str, most: i64) -> CommandOption {
    CommandOption {
        min_value: Some(CommandOptionValue::Integer(0)),
        max_value: Some(CommandOptionValue::Integer(most)),
        ..option(CommandOptionType::Integer, name, key, false)
    }
}

fn choices<'a>(
    option: CommandOption,
    choices: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> CommandOption {
    let choices = choices
        .into_iter()
        .map(|(value, key)| CommandOptionChoice {
            name: english(key),
            name_localizations: Some(elsewhere(key)),
            value: CommandOptionChoiceValue::String(value.to_owned()),
        })
        .collect();
    CommandOption { choices: Some(choices), ..option }
}

fn option(kind: CommandOptionType, name: &str, key: &str, required: bool) -> CommandOption {
    CommandOption {
        autocomplete: None,
        channel_types: None,
        choices: None,
        description: english(key),
        description_localizations: Some(elsewhere(key)),
        file_types: None,
        kind,
        max_length: None,
        max_value: None,
        min_length: None,
        min_value: None,
        name: name.to_owned(),
        name_localizations: None,
        options: None,
        required: Some(required),
    }
}

fn english(key: &str) -> String {
    Words::of(Locale::En).get(key)
}

fn elsewhere(key: &str) -> HashMap<String, String> {
    LANGUAGES
        .into_iter()
        .map(|(code, locale)| (code.to_owned(), Words::of(locale).get(key)))
        .collect()
}

#[cfg(test)]
mod tests;
