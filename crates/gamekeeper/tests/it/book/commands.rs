//! What the book tells people to type.

use std::{
    collections::BTreeSet,
    io::Write as _,
    process::{Command, Stdio},
};

use clap::{CommandFactory as _, error::ErrorKind};
use gamekeeper::{cli::Cli, stage::verbs::Told};
use twilight_model::application::command::{CommandOption, CommandOptionType};

use super::page::{Code, Page};
use crate::program::gamekeeper;

/// In front of our program's arguments.
const BEFORE: [&[&str]; 7] = [
    &["gamekeeper"],
    &["sudo", "gamekeeper"],
    &["./target/release/gamekeeper"],
    &["cargo", "run", "--release", "--"],
    &["docker", "compose", "exec", "gamekeeper", "gamekeeper"],
    &["docker", "compose", "run", "--rm", "gamekeeper"],
    &["sudo", "-u", "gamekeeper", "gamekeeper"],
];

/// Between two commands, or where one's output goes.
fn ends(word: &str) -> bool {
    matches!(word, "|" | "&&" | "||" | ";" | "&") || word.starts_with(['>', '<'])
}

/// The arguments of our program on a line of a shell, one list for each time it is started.
fn ours(line: &str) -> Vec<Vec<String>> {
    let Some(words) = shlex::split(line) else { return Vec::new() };
    let commands = words.split(|word| ends(word));
    let arguments = commands.filter_map(|words| {
        let before = BEFORE.iter().find(|before| {
            words.len() >= before.len() && words.iter().zip(**before).all(|(a, b)| a == b)
        })?;
        Some(words[before.len()..].to_vec())
    });
    arguments.collect()
}

/// Whether it is a sentence about commands, such as `gamekeeper …`.
fn vague(arguments: &[String]) -> bool {
    arguments.is_empty() || arguments.iter().any(|word| word.contains('…'))
}

/// What is wrong with it, if anything is.
fn refused(arguments: &[String], in_a_sentence: bool) -> Option<String> {
    // A sentence says USER_ID where people put a number.
    let filled = |word: &str| match word {
        "ID" | "USER_ID" if in_a_sentence => "123456789012345678".to_owned(),
        word => word.to_owned(),
    };
    let words = arguments.iter().map(|word| filled(word));
    let all = std::iter::once("gamekeeper".to_owned()).chain(words);
    let error = Cli::command().try_get_matches_from(all).err()?;
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => None,
        // A sentence may name a command without saying what it is used on.
        ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            if in_a_sentence =>
        {
            None
        }
        _ => Some(error.to_string()),
    }
}

/// Every command of ours on every page: where, its arguments, and whether it is in a sentence.
fn all() -> Told<Vec<(String, Vec<String>, bool)>> {
    let mut all = Vec::new();
    for page in Page::all()? {
        for code in page.code() {
            let (text, in_a_sentence) = match code {
                Code::Inline(text) => (text, true),
                Code::Block(language, text) if ["", "sh"].contains(&language.as_str()) => {
                    (text, false)
                }
                Code::Block(..) => continue,
            };
            let text = text.replace("\\\n", " ");
            for arguments in text.lines().flat_map(ours).filter(|arguments| !vague(arguments)) {
                all.push((page.name(), arguments, in_a_sentence));
            }
        }
    }
    Ok(all)
}

#[test]
fn every_command_in_the_book_is_one() -> Told<()> {
    let all = all()?;
    assert!(all.len() > 80, "only {} commands were found", all.len());
    let wrong: Vec<String> = all
        .iter()
        .filter_map(|(page, arguments, in_a_sentence)| {
            let why = refused(arguments, *in_a_sentence)?;
            Some(format!("{page}: gamekeeper {}\n{why}", arguments.join(" ")))
        })
        .collect();
    assert!(wrong.is_empty(), "these are no commands:\n{}", wrong.join("\n"));
    Ok(())
}

/// Each command of the program is told somewhere.
#[test]
fn every_command_of_the_program_is_in_the_book() -> Told<()> {
    let told: BTreeSet<String> =
        all()?.into_iter().filter_map(|(_, a, _)| a.into_iter().next()).collect();
    let program = Cli::command();
    let untold: Vec<&str> = program
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .map(clap::Command::get_name)
        .filter(|name| !told.contains(*name))
        .collect();
    assert!(untold.is_empty(), "no page tells of {untold:?}");
    Ok(())
}

/// They print something, and need nothing and change nothing.
const HARMLESS: [&str; 8] = [
    "config template",
    "config template --toml",
    "config show",
    "completions bash",
    "man",
    "man migrate down",
    "service install --dry-run",
    "--version",
];

#[test]
fn what_only_prints_does_so_with_nothing_set() -> Told<()> {
    let all: BTreeSet<String> = all()?.into_iter().map(|(_, a, _)| a.join(" ")).collect();
    for command in HARMLESS {
        assert!(all.contains(command), "no page tells of `gamekeeper {command}`");
        let home = tempfile::tempdir().map_err(|e| e.to_string())?;
        let output = gamekeeper(home.path(), &[]).args(command.split(' ')).output();
        let output = output.map_err(|e| e.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "gamekeeper {command}: {said}");
        assert!(!output.stdout.is_empty(), "gamekeeper {command} prints nothing");
        let left = std::fs::read_dir(home.path()).map_err(|e| e.to_string())?.count();
        assert_eq!(left, 0, "gamekeeper {command} leaves something behind");
    }
    Ok(())
}

/// What is no program of ours is at least something that a shell can read.
#[test]
fn every_block_for_a_shell_is_one() -> Told<()> {
    let mut blocks = 0;
    for page in Page::all()? {
        for code in page.code() {
            let Code::Block(language, text) = code else { continue };
            if language != "sh" {
                continue;
            }
            blocks += 1;
            let mut bash = Command::new("bash")
                .arg("-n")
                .stdin(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .map_err(|e| e.to_string())?;
            if let Some(mut into) = bash.stdin.take() {
                into.write_all(text.as_bytes()).map_err(|e| e.to_string())?;
            }
            let output = bash.wait_with_output().map_err(|e| e.to_string())?;
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {said}\n{text}", page.name());
        }
    }
    assert!(blocks >= 10, "only {blocks} blocks were found");
    Ok(())
}

/// Whether a command on Discord has what the words after it say.
fn has(options: &[CommandOption], words: &[&str]) -> bool {
    let [first, rest @ ..] = words else { return true };
    let below = |option: &CommandOption| {
        matches!(option.kind, CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup)
    };
    match options.iter().find(|option| option.name == *first) {
        Some(option) => has(option.options.as_deref().unwrap_or_default(), rest),
        // What follows is what somebody fills in.
        None => !options.iter().any(below),
    }
}

/// What people type on Discord: `/game repair`.
#[test]
fn every_command_on_discord_is_one() -> Told<()> {
    let mut ours = bot::commands::all();
    ours.push(bot::commands::servers());
    let mut seen = 0;
    for page in Page::all()? {
        for code in page.code() {
            let Code::Inline(text) = code else { continue };
            let Some(words) = text.strip_prefix('/') else { continue };
            let words: Vec<&str> = words.split(' ').collect();
            let Some(command) = ours.iter().find(|command| command.name == words[0]) else {
                continue;
            };
            seen += 1;
            assert!(has(&command.options, &words[1..]), "{}: there is no {text}", page.name());
        }
    }
    assert!(seen > 40, "only {seen} were found");
    Ok(())
}
