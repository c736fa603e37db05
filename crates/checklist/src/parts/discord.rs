//! The application at Discord, and the servers it is in.

use crate::item::{Part, check, test, yours};

pub(super) const APPLICATION: Part = Part {
    key: "discord",
    title: "Discord application",
    items: &[
        check("discord.token", "The token is valid", "discord.token"),
        check(
            "discord.application",
            "The client id is that of the token's application",
            "discord.application",
        ),
        check(
            "discord.intents",
            "The privileged intents that are asked for are switched on",
            "discord.intents",
        ),
        check(
            "discord.commands",
            "The commands that Discord shows are those of this version",
            "discord.commands",
        ),
        check(
            "discord.permissions",
            "The bot holds each permission that a feature needs, in each server",
            "guild.permissions",
        ),
        check(
            "discord.role-position",
            "The bot's role stands above the roles it gives",
            "guild.role-position",
        ),
        check(
            "discord.room",
            "Each server has room for roles, channels and categories",
            "guild.room",
        ),
        check(
            "discord.channels",
            "Dashboard and log channels are there and can be written to",
            "guild.channels",
        ),
        test(
            "discord.least-intents",
            "No intent is asked for that nothing needs",
            "gamekeeper::it::setup::start::only_needed_intents_are_asked_for",
        ),
        yours(
            "discord.owner",
            "Whoever owns the application has two-factor login, and is not the only one who can reach it",
            "Discord shows the owners' login settings to nobody but them",
            "xdg-open https://discord.com/developers/teams",
        ),
    ],
};
