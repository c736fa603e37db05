use super::{Section, Variable};

pub(super) const SECTION: Section = Section {
    title: "Logs",
    variables: &[Variable::new("LOG_LEVEL", "log.level", "error, warn, info, debug or trace.")
        .default("info")
        .reload()],
};
