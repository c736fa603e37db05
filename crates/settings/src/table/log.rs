use super::{Section, Variable};

pub(super) const SECTION: Section = Section {
    title: "Logs",
    variables: &[
        Variable::new("LOG_LEVEL", "log.level", "error, warn, info, debug or trace.")
            .default("info")
            .reload(),
        Variable::new(
            "GAMEKEEPER_LOG_FORMAT",
            "log.format",
            "text for people, json for programs: one object a line.",
        )
        .default("text"),
        Variable::new(
            "GAMEKEEPER_LOG_FILE",
            "log.file",
            "A file for the log, beside standard error. It is rotated by the bot itself.",
        )
        .example("/var/log/gamekeeper/bot.log"),
        Variable::new(
            "GAMEKEEPER_LOG_FILE_MB",
            "log.file_mb",
            "Largest size of that file in MiB, 1 to 1024.",
        )
        .default("20"),
        Variable::new(
            "GAMEKEEPER_LOG_FILES",
            "log.files",
            "How many there are at most, older ones included, 1 to 100.",
        )
        .default("10"),
        Variable::new(
            "GAMEKEEPER_SENTRY_DSN",
            "log.sentry_dsn",
            "Where errors go as well; needs a program that was built with the feature sentry.",
        )
        .example("https://key@sentry.example.org/1")
        .secret(),
        Variable::new(
            "GAMEKEEPER_OTLP_URL",
            "log.otlp_url",
            "An OpenTelemetry collector (OTLP over HTTP) that is told what takes how long; needs a \
             program that was built with the feature otlp.",
        )
        .example("http://127.0.0.1:4318"),
    ],
};
