//! How fast it is, and what it costs.

use crate::item::{Part, check, command, test};

pub(super) const BOT: Part = Part {
    key: "bot-performance",
    title: "Bot performance",
    items: &[
        test(
            "bot-performance.callbacks",
            "Answers to clicks never wait for one another",
            "discord::it::parallel::callbacks_never_queue",
        ),
        test(
            "bot-performance.slow-work",
            "Work that takes longer shows that it is under way, before Discord gives up on it",
            "bot::it::stories::slow_work_is_deferred",
        ),
        test(
            "bot-performance.quiet-start",
            "A restart without any change asks Discord for no change",
            "gamekeeper::it::drift::hands::a_restart_without_any_change_asks_discord_for_no_change",
        ),
        command(
            "bot-performance.figures",
            "Answer times on this machine are known",
            "gamekeeper bench interactions",
        ),
        check(
            "bot-performance.latency",
            "The way to Discord is short enough to answer in time",
            "discord.reach",
        ),
    ],
};

pub(super) const DATABASE: Part = Part {
    key: "database-performance",
    title: "Database performance",
    items: &[
        check(
            "database-performance.pool",
            "The connection pool fits into what the server allows",
            "database.pool",
        ),
        check("database-performance.slow", "No statement is slow", "database.slow"),
        check(
            "database-performance.bloat",
            "Tables are vacuumed and not bloated",
            "database.bloat",
        ),
        test(
            "database-performance.indexes",
            "No click looks at every row of a table",
            "store::it::indexes::no_click_looks_at_every_row",
        ),
        test(
            "database-performance.hanging",
            "A statement that hangs is given up",
            "store::it::timeouts::a_statement_that_hangs_is_given_up",
        ),
    ],
};
