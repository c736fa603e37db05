//! The way back.

use crate::item::{Part, command, test};

pub(super) const ROLLBACK: Part = Part {
    key: "rollback",
    title: "Rollback",
    items: &[
        command(
            "rollback.distance",
            "It is known whether this upgrade can be taken back without loss",
            "gamekeeper upgrade-check",
        ),
        command(
            "rollback.copy",
            "There is a backup from right before the upgrade",
            "gamekeeper backup create",
        ),
        command(
            "rollback.down",
            "The schema can be taken back to that of the version before",
            "gamekeeper migrate down",
        ),
        test(
            "rollback.there-and-back",
            "The schema was taken down and up again in a test, step by step",
            "store::it::migrate::it_goes_up_and_down_and_says_what_it_did",
        ),
        test(
            "rollback.newer",
            "An old version refuses a newer schema, and says both ways out",
            "gamekeeper::it::migrate::a_newer_schema_is_refused_with_both_cures",
        ),
    ],
};
