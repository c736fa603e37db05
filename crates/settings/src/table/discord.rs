use super::{Section, Variable};

pub(super) const SECTION: Section = Section {
    title: "Discord",
    variables: &[
        Variable::new(
            "DISCORD_TOKEN",
            "discord.token",
            "The bot's token: https://discord.com/developers/applications, your application, Bot, \
             Reset Token.",
        )
        .secret()
        .needed(),
        Variable::new(
            "DISCORD_CLIENT_ID",
            "discord.client_id",
            "The application's id: the same place, General Information, Application ID.",
        )
        .needed(),
        Variable::new(
            "DASHBOARD_CHANNEL_ID",
            "discord.dashboard_channel",
            "The id of a text channel that gets both panels on the first start. Unset: use \
             /setupdashboard.",
        ),
        Variable::new(
            "GAMEKEEPER_MEMBERS_INTENT",
            "discord.members_intent",
            "Whether to ask Discord for the Server Members intent (switch it on at Bot, Privileged \
             Gateway Intents). Without it, members who leave and roles changed by hand are noticed \
             later.",
        )
        .default("true"),
        Variable::new("GAMEKEEPER_SHARDS", "discord.shards", "Shards: 1 to 10000. Unset: what Discord recommends."),
        Variable::new(
            "DISCORD_API_URL",
            "discord.api_url",
            "Another Discord than Discord's, such as a local one: scheme, host and port only.",
        )
        .example("http://127.0.0.1:4700"),
        Variable::new(
            "GAMEKEEPER_CONFIG",
            "config",
            "A TOML file with settings, weaker than the environment and .env. Unset: gamekeeper.toml \
             in the working directory, if it is there.",
        )
        .example("/etc/gamekeeper/gamekeeper.toml"),
        Variable::new(
            "NODE_ENV",
            "discord.node_env",
            "Of the original, understood and without effect. So is APP_ENV.",
        ),
        Variable::new("APP_ENV", "discord.app_env", "See NODE_ENV."),
    ],
};
