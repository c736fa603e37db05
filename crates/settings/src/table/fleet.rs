use super::{Section, Variable};

pub(super) const SECTION: Section = Section {
    title: "Several processes",
    variables: &[
        Variable::new(
            "GAMEKEEPER_INSTANCE",
            "fleet.instance",
            "Several processes on one PostgreSQL share the work. Each needs a name of its own, the \
             same after a restart: up to 64 letters, digits, dots, dashes and underscores. Unset: the \
             machine's name.",
        ),
        Variable::new(
            "GAMEKEEPER_LEASE_SECONDS",
            "fleet.lease_seconds",
            "After how many seconds without a sign of life a process's games are taken over by \
             another; its shards after a third of that. 9 to 600. Calls to Discord may take two \
             thirds of it.",
        )
        .default("90"),
    ],
};
