//! The machine that it runs on, and what it is told there.

use crate::item::{Part, check, command, file, test};

pub(super) const ENVIRONMENT: Part = Part {
    key: "environment",
    title: "Environment",
    items: &[
        check("environment.disk", "The data directory's disk has room", "host.disk"),
        check("environment.inodes", "The disk has inodes left", "host.inodes"),
        check("environment.memory", "The memory limit leaves room for the bot", "host.memory"),
        check("environment.files", "The limit of open files is high enough", "host.files"),
        check("environment.timezone", "The machine's clock shows UTC", "host.timezone"),
        check("environment.clock", "The machine's clock agrees with Discord's", "discord.clock"),
        check(
            "environment.data-dir",
            "The data directory is there and can be written to",
            "host.data-dir",
        ),
        check(
            "environment.network",
            "Discord is reached by name, over TLS, in good time",
            "discord.reach",
        ),
    ],
};

pub(super) const VARIABLES: Part = Part {
    key: "variables",
    title: "Environment variables",
    items: &[
        file(
            "variables.template",
            "There is a template with every variable explained",
            ".env.example",
        ),
        command(
            "variables.filled",
            "The template is filled in, and nothing in it is guessed",
            "gamekeeper config check",
        ),
        check(
            "variables.complete",
            "What is needed is set, and no optional part is half filled in",
            "config.complete",
        ),
        check("variables.unknown", "No name is misspelt", "config.unknown"),
        check("variables.mode", "Only the bot's user can read `.env`", "config.env-mode"),
        command(
            "variables.effective",
            "What is in effect is what was meant, and comes from where it was meant to",
            "gamekeeper config show",
        ),
        test(
            "variables.refused",
            "A variable that is missing or wrong ends the start with its name and the cure",
            "gamekeeper::it::run::what_is_missing_or_wrong_is_named_with_its_cure",
        ),
        test(
            "variables.original",
            "The `.env` of the original goes on working (NODE_ENV is understood, and does nothing)",
            "gamekeeper::it::run::an_env_file_of_the_original_works_and_sigterm_ends_it_in_order",
        ),
    ],
};
