use super::{Section, Variable};

pub(super) const SECTION: Section = Section {
    title: "Health and metrics",
    variables: &[
        Variable::new(
            "GAMEKEEPER_HTTP",
            "http.address",
            "Where the bot shows /livez, /readyz, /metrics and /version, or off. See \
             docs/monitoring.md before you open it to other machines.",
        )
        .default("127.0.0.1:7610"),
        Variable::new(
            "GAMEKEEPER_METRICS_TOKEN",
            "http.metrics_token",
            "What /metrics asks for as a bearer token; nothing when unset.",
        )
        .example("a-long-random-text")
        .secret(),
    ],
};
