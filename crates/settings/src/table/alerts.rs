use super::{Section, Variable};

pub(super) const SECTION: Section = Section { title: "Alerts", variables: &[] as &[Variable] };
