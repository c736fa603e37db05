//! Does it do what it should, and for how many.

use crate::item::{Part, command, test};

pub(super) const INITIAL: Part = Part {
    key: "initial-testing",
    title: "Initial testing",
    items: &[
        command(
            "initial-testing.smoke",
            "On the real server a game is made, joined, archived, restored and deleted, and nothing is left of it",
            "gamekeeper smoke --guild 123456789012345678",
        ),
        test(
            "initial-testing.create",
            "A game is made from the panel",
            "gamekeeper::it::create::simple::from_the_panel_with_an_emoji",
        ),
        test(
            "initial-testing.join",
            "People get in by command, panel, picker and button",
            "gamekeeper::it::seats::ways::in_by_command_panel_picker_and_button",
        ),
        test(
            "initial-testing.leave",
            "People get out by command, picker and button",
            "gamekeeper::it::seats::ways::out_by_command_picker_and_button",
        ),
        test(
            "initial-testing.archive",
            "An archived game is read-only and can be restored",
            "gamekeeper::it::lifecycle::archived_by_panel_it_is_read_only_and_restored_by_panel",
        ),
        test(
            "initial-testing.delete",
            "A deleted game leaves nothing, and its name is free again",
            "gamekeeper::it::lifecycle::deleted_by_command_and_the_name_is_free_again",
        ),
    ],
};

pub(super) const LOAD: Part = Part {
    key: "load-testing",
    title: "Load testing",
    items: &[
        test(
            "load-testing.join",
            "A hundred people join at once",
            "gamekeeper::it::seats::many::a_hundred_people_join_at_once",
        ),
        test(
            "load-testing.create",
            "Twenty-five games are made at once",
            "gamekeeper::it::create::simple::twenty_five_at_once",
        ),
        command("load-testing.bench", "This machine's own figures are known", "gamekeeper bench"),
        command(
            "load-testing.soak",
            "It was let loose with everything going wrong for an hour, and nothing was lost",
            "gamekeeper soak --minutes 60 --faults all",
        ),
    ],
};
