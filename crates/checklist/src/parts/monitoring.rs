//! What is seen of it from outside, and who is told.

use crate::item::{Part, check, command, test, yours};

pub(super) const MONITORING: Part = Part {
    key: "monitoring",
    title: "Monitoring",
    items: &[
        check(
            "monitoring.health",
            "The running bot answers its health endpoints and is ready",
            "process.health",
        ),
        check(
            "monitoring.logs",
            "The log directory is there and can be written to",
            "host.log-dir",
        ),
        command(
            "monitoring.metrics",
            "Its metrics can be read",
            "curl -s http://127.0.0.1:7610/metrics",
        ),
        test(
            "monitoring.drift",
            "Changes by hand are noticed without anybody looking",
            "gamekeeper::it::drift::sweep::what_no_event_told_is_found_by_the_sweep",
        ),
        test(
            "monitoring.history",
            "Every action has one row of history with all that belongs to it",
            "gamekeeper::it::audit::one_row_an_action_with_all_that_belongs_to_it",
        ),
    ],
};

pub(super) const CONFIGURATION: Part = Part {
    key: "monitoring-configuration",
    title: "Monitoring configuration",
    items: &[
        check("monitoring-configuration.route", "An alert reaches its route", "alerts.route"),
        check(
            "monitoring-configuration.deadman",
            "Somebody outside notices when the bot falls silent",
            "alerts.deadman",
        ),
        check(
            "monitoring-configuration.amp",
            "The panel of the game servers lets the bot in",
            "amp.login",
        ),
        check(
            "monitoring-configuration.amp-rights",
            "The bot's user there may do what it needs, and no more",
            "amp.rights",
        ),
        yours(
            "monitoring-configuration.reader",
            "Somebody reads the alerts at any time of the week, and knows it",
            "A route can be tested, a person's attention can not",
            "gamekeeper doctor --send-test",
        ),
    ],
};
