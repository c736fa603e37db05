use super::{Section, Variable};

pub(super) const SECTION: Section = Section { title: "Backups", variables: &[] as &[Variable] };
