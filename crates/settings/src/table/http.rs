use super::{Section, Variable};

pub(super) const SECTION: Section =
    Section { title: "Health and metrics", variables: &[] as &[Variable] };
