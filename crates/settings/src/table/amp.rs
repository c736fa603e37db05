use std::borrow::Cow;

use super::{Found, Section, Variable};

/// What each panel beside the first has, and whether it is secret.
const OF_A_PANEL: [(&str, bool); 5] = [
    ("_URL", false),
    ("_USERNAME", false),
    ("_PASSWORD", true),
    ("_GUILD_ID", false),
    ("_VERIFY_TLS", false),
];

pub(super) const SECTION: Section = Section {
    title: "Game servers on CubeCoders AMP panels",
    variables: &[
        Variable::new(
            "AMP_ENABLED",
            "amp.enabled",
            "Whether the bot looks at the servers of an AMP panel. false: only servers that admins \
             enter by address. With true, the next three are needed. docs/operators.md says how to \
             make a user for the bot that may little.",
        )
        .default("false"),
        Variable::new("AMP_URL", "amp.url", "The panel's address.").example("https://amp.example.org"),
        Variable::new(
            "AMP_USERNAME",
            "amp.username",
            "The user made for the bot. One without a second factor.",
        ),
        Variable::new("AMP_PASSWORD", "amp.password", "That user's password.").secret(),
        Variable::new(
            "AMP_POLL_INTERVAL",
            "amp.poll_interval",
            "When the list of servers is read and every server is looked at: five fields of cron, in \
             UTC (minute, hour, day of the month, month, day of the week). Servers that belong to a \
             game are looked at every 15 seconds, those on their way every 2.",
        )
        .default("*/5 * * * *"),
        Variable::new(
            "AMP_GUILD_ID",
            "amp.guild_id",
            "The id of the Discord server whose admins may deal with them. Unset: the only one the \
             bot is in.",
        ),
        Variable::new(
            "AMP_VERIFY_TLS",
            "amp.verify_tls",
            "false takes any certificate, so that whoever is in between can read the password. For \
             panels at home with a certificate of their own making.",
        )
        .default("true"),
        Variable::new(
            "AMP_PANELS",
            "amp.panels",
            "More panels than this one: their names, separated by commas. Each then has settings of \
             its own, with its name in capitals: for `attic`, AMP_ATTIC_URL, AMP_ATTIC_USERNAME and \
             AMP_ATTIC_PASSWORD are needed, AMP_ATTIC_GUILD_ID (unset: AMP_GUILD_ID) and \
             AMP_ATTIC_VERIFY_TLS (unset: true) can be set. In TOML: amp.attic.url and so on.",
        )
        .example("attic,shed"),
    ],
};

/// A setting of a panel that `AMP_PANELS` may name.
pub(super) fn of_a_panel(name: &str) -> Option<Found> {
    let rest = name.strip_prefix("AMP_")?;
    let (panel, secret) = OF_A_PANEL
        .iter()
        .find_map(|(suffix, secret)| Some((rest.strip_suffix(suffix)?, *secret)))?;
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let named = !panel.is_empty() && panel.chars().all(fits);
    named.then(|| Found { name: Cow::Owned(name.to_owned()), secret, reload: false })
}
