use std::collections::HashSet;

use super::*;

/// Characters as Discord counts them: for each name and description the longest language.
fn characters(name: &str, description: &str, there: Option<&HashMap<String, String>>) -> usize {
    let longest = there.into_iter().flat_map(HashMap::values).map(|text| text.chars().count());
    name.chars().count() + longest.fold(description.chars().count(), usize::max)
}

fn limits(name: &str, description: &str, there: Option<&HashMap<String, String>>) {
    assert!((1..=32).contains(&name.len()), "{name}");
    assert!(
        name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
        "{name}"
    );
    let there = there.expect("localised");
    assert_eq!(there.keys().collect::<Vec<_>>(), ["de"]);
    for text in there.values().map(String::as_str).chain([description]) {
        assert!((1..=100).contains(&text.chars().count()), "{name}: {text}");
    }
}

/// Checks options against section 4.4 of Discord's command reference; answers their characters.
fn check(options: &[CommandOption], depth: usize) -> usize {
    assert!(options.len() <= 25);
    assert!(options.is_empty() || depth <= 2, "command, group, subcommand, options: no deeper");
    let names: HashSet<&str> = options.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), options.len(), "names are unique");
    let required: Vec<bool> = options.iter().map(|it| it.required == Some(true)).collect();
    assert!(required.is_sorted_by_key(|it| !it), "required options come first");
    let mut total = 0;
    for option in options {
        limits(&option.name, &option.description, option.description_localizations.as_ref());
        total += characters(
            &option.name,
            &option.description,
            option.description_localizations.as_ref(),
        );
        let is_sub = matches!(
            option.kind,
            CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup
        );
        assert_eq!(option.options.is_some(), is_sub);
        assert_eq!(option.required.is_none(), is_sub);
        if option.kind == CommandOptionType::SubCommandGroup {
            assert_eq!(depth, 0);
            let subs = option.options.as_deref().unwrap_or_default();
            assert!(subs.iter().all(|it| it.kind == CommandOptionType::SubCommand));
        }
        let choices = option.choices.as_deref().unwrap_or_default();
        assert!(choices.len() <= 25);
        assert!(choices.is_empty() || option.autocomplete != Some(true));
        let values: HashSet<String> = choices.iter().map(|it| format!("{:?}", it.value)).collect();
        assert_eq!(values.len(), choices.len());
        for choice in choices {
            let there = choice.name_localizations.as_ref().expect("localised");
            for text in there.values().chain([&choice.name]) {
                assert!((1..=100).contains(&text.chars().count()), "{text}");
            }
            total += 100;
        }
        total += check(option.options.as_deref().unwrap_or_default(), depth + 1);
    }
    total
}

#[test]
fn all_commands_keep_discords_limits() {
    let all: Vec<_> = all().into_iter().chain([servers()]).collect();
    assert!(all.len() <= 100);
    let names: HashSet<&str> = all.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), all.len());
    for command in &all {
        twilight_validate::command::command(command)
            .unwrap_or_else(|error| panic!("{}: {error}", command.name));
        limits(&command.name, &command.description, command.description_localizations.as_ref());
        let total = check(&command.options, 0)
            + characters(
                &command.name,
                &command.description,
                command.description_localizations.as_ref(),
            );
        assert!(total <= 8000, "{} has {total} characters", command.name);
        assert_eq!(command.default_member_permissions, None, "we check ourselves");
        assert_eq!(command.contexts, Some(vec![InteractionContextType::Guild]));
    }
}

#[test]
fn the_commands_of_the_brief_are_there() {
    let mut paths = Vec::new();
    for command in all().into_iter().chain([servers()]) {
        let mut subs = Vec::new();
        for option in &command.options {
            match option.kind {
                CommandOptionType::SubCommand => subs.push(option.name.clone()),
                CommandOptionType::SubCommandGroup => {
                    for inner in option.options.as_deref().unwrap_or_default() {
                        subs.push(format!("{} {}", option.name, inner.name));
                    }
                }
                _ => {}
            }
        }
        if subs.is_empty() {
            paths.push(command.name);
        } else {
            paths.extend(subs.into_iter().map(|sub| format!("{} {sub}", command.name)));
        }
    }
    assert_eq!(
        paths,
        [
            "setupdashboard",
            "joingame",
            "leavegame",
            "game create",
            "game advanced",
            "game edit",
            "game archive",
            "game restore",
            "game delete",
            "game info",
            "game list",
            "game members",
            "game repair",
            "game admin-add",
            "game admin-remove",
            "game approve",
            "game decline",
            "game remove",
            "settings view",
            "settings admin-role add",
            "settings admin-role remove",
            "settings log-channel",
            "settings default-layout",
            "settings drift-policy",
            "audit",
            "mygames",
            "help",
            "server list",
            "server status",
            "server history",
            "server start",
            "server stop",
            "server restart",
            "server kill",
            "server update",
            "server backup",
            "server console",
            "server link",
            "server unlink",
            "server panel",
            "server alerts",
            "server rights",
            "server add",
            "server remove",
        ]
    );
}

#[test]
fn without_a_panel_nothing_is_offered_that_only_a_panel_can_do() {
    let command = servers_without_panel();
    let names: Vec<&str> = command.options.iter().map(|option| option.name.as_str()).collect();
    let controls = ["start", "stop", "restart", "kill", "update", "backup", "console"];
    assert!(!controls.iter().any(|name| names.contains(name)), "{names:?}");
    let there = ["list", "status", "history", "link", "alerts", "panel", "add", "remove"];
    assert!(there.iter().all(|name| names.contains(name)), "{names:?}");
}
