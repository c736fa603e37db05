use super::{Section, Variable};

pub(super) const SECTION: Section = Section {
    title: "Alerts",
    variables: &[
        Variable::new(
            "GAMEKEEPER_ALERT_DISCORD",
            "alerts.discord",
            "The URL of a webhook of a Discord channel that is told when something is wrong. Better \
             in another server than the one that it is about.",
        )
        .example("https://discord.com/api/webhooks/123456789012345678/token")
        .secret()
        .reload(),
        Variable::new(
            "GAMEKEEPER_ALERT_WEBHOOK",
            "alerts.webhook",
            "Any URL that is told as JSON; docs/monitoring.md has the fields.",
        )
        .example("https://alerts.example.org/gamekeeper")
        .secret()
        .reload(),
        Variable::new(
            "GAMEKEEPER_ALERT_WEBHOOK_TOKEN",
            "alerts.webhook_token",
            "A bearer token for that URL.",
        )
        .example("token")
        .secret()
        .reload(),
        Variable::new(
            "GAMEKEEPER_ALERT_SMTP",
            "alerts.smtp",
            "The mail server that brings alerts. An @ in the name is %40. smtp://host:25 uses TLS \
             where it is offered, and nothing else when there is a password.",
        )
        .example("smtps://user:password@mail.example.org:465")
        .secret()
        .reload(),
        Variable::new("GAMEKEEPER_ALERT_MAIL_FROM", "alerts.mail_from", "Who writes them.")
            .example("Gamekeeper <bot@example.org>")
            .reload(),
        Variable::new(
            "GAMEKEEPER_ALERT_MAIL_TO",
            "alerts.mail_to",
            "Who gets them, separated by commas.",
        )
        .example("you@example.org")
        .reload(),
        Variable::new(
            "GAMEKEEPER_ALERT_QUIET",
            "alerts.quiet",
            "When warnings wait, in UTC; what is critical does not. At no time when unset.",
        )
        .example("22:00-07:00")
        .reload(),
        Variable::new(
            "GAMEKEEPER_DEADMAN_URL",
            "alerts.deadman_url",
            "A URL that is asked for as long as the bot lives, so that somebody else notices when it \
             does not any more (healthchecks.io, Uptime Kuma).",
        )
        .example("https://hc-ping.com/0a1b2c3d")
        .secret()
        .reload(),
        Variable::new(
            "GAMEKEEPER_DEADMAN_SECONDS",
            "alerts.deadman_seconds",
            "How often, in seconds, 5 to 86400.",
        )
        .default("60")
        .reload(),
    ],
};
