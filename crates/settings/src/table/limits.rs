use super::{Section, Variable};

pub(super) const SECTION: Section = Section {
    title: "What people may ask for",
    variables: &[
        Variable::new(
            "GAMEKEEPER_USER_LIMIT",
            "limits.user",
            "What one person may ask for: actions a second / actions at once, or off.",
        )
        .default("4/24")
        .reload(),
        Variable::new(
            "GAMEKEEPER_GUILD_LIMIT",
            "limits.guild",
            "What one Discord server may ask for: actions a second / actions at once, or off.",
        )
        .default("50/300")
        .reload(),
        Variable::new(
            "GAMEKEEPER_DIRECT_PRIVATE",
            "limits.direct_private",
            "Whether admins may have servers without a panel watched that are on this machine or in \
             a private network. Without, nobody can look around in there by means of the bot.",
        )
        .default("false"),
    ],
};
