//! The first day, and the name under it all.

use crate::item::{Part, check, command, test, yours};

pub(super) const FIRST_DAY: Part = Part {
    key: "first-24-hours",
    title: "First 24 hours",
    items: &[
        command(
            "first-24-hours.report",
            "The first day is watched, with a report at hours 1, 4, 8, 12 and 24",
            "gamekeeper watch --hours 24",
        ),
        check("first-24-hours.shutdown", "The last stop was an orderly one", "process.shutdown"),
        test(
            "first-24-hours.reconnects",
            "A broken connection to Discord is resumed and misses nothing",
            "gamekeeper::it::trouble::gateway::a_broken_connection_is_resumed",
        ),
        test(
            "first-24-hours.everything",
            "With everything going wrong at once, everybody still gets an answer",
            "gamekeeper::it::soak::twenty_seconds_of_everything",
        ),
        check("first-24-hours.backup", "The first night's backup was made", "backup.age"),
    ],
};

pub(super) const SIGN_OFF: Part = Part {
    key: "sign-off",
    title: "Sign-off",
    items: &[
        command(
            "sign-off.strict",
            "No check has an error or a warning that nobody gave a reason for",
            "gamekeeper doctor --strict",
        ),
        command(
            "sign-off.record",
            "There is a dated record with version, schema, results and checksums",
            "gamekeeper checklist --sign-off NAME",
        ),
        command(
            "sign-off.document",
            "The whole list can be handed over as a document",
            "gamekeeper checklist --format markdown",
        ),
        yours(
            "sign-off.second",
            "A second person read the record and agrees",
            "Two names are worth more than one, and the second is a person's",
            "gamekeeper checklist --sign-off SECOND_NAME",
        ),
    ],
};
