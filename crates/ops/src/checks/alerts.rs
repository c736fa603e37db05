//! Whether anybody hears when something is wrong.

use alerts::Notice;

use super::notes::Notes;
use crate::{Finding, Scene};

const ROUTE: &str = "alerts.route";
const DEADMAN: &str = "alerts.deadman";

pub(super) async fn look(scene: &Scene, notes: &mut Notes) {
    notes.push(deadman(scene));
    if scene.routes.is_empty() {
        notes.push(Finding::warning(
            ROUTE,
            "nobody is told when something is wrong",
            "Set GAMEKEEPER_ALERT_DISCORD to a webhook's address (the channel's settings, \
             Integrations), or one of the other routes: docs/monitoring.md",
        ));
    } else if scene.send_test {
        notes.extend(send(scene).await);
    } else {
        let kinds: Vec<&str> = scene.routes.iter().map(|route| route.kind().word()).collect();
        let told = format!("{}: not tried; gamekeeper doctor --send-test does", kinds.join(", "));
        notes.push(Finding::skipped(ROUTE, told));
    }
}

/// By all routes at once: each has a deadline of its own, and none waits for another's.
async fn send(scene: &Scene) -> Vec<Finding> {
    let notice = Notice::test(&scene.instance, scene.now.as_millisecond());
    let tried = scene.routes.iter().map(async |route| {
        let kind = route.kind().word();
        match route.send(&notice).await {
            Ok(()) => Finding::ok(ROUTE, "took a test message").of(kind),
            Err(error) => Finding::error(
                ROUTE,
                format!("did not take a test message: {error}"),
                "Check its address in .env, and that this machine can reach it",
            )
            .of(kind),
        }
    });
    futures_util::future::join_all(tried).await
}

fn deadman(scene: &Scene) -> Finding {
    if scene.deadman {
        return Finding::ok(DEADMAN, "a sign of life is given to somebody else");
    }
    Finding::warning(
        DEADMAN,
        "nobody notices when this whole machine is gone",
        "Set GAMEKEEPER_DEADMAN_URL to the address of a check that misses a ping, such as one of \
         healthchecks.io or of your own: docs/monitoring.md",
    )
}
