//! Whether anybody hears when something is wrong.

use alerts::Notice;

use crate::{Finding, Scene};

const ROUTE: &str = "alerts.route";
const DEADMAN: &str = "alerts.deadman";

pub(super) async fn look(scene: &Scene) -> Vec<Finding> {
    let mut findings = vec![deadman(scene)];
    if scene.routes.is_empty() {
        findings.push(Finding::warning(
            ROUTE,
            "nobody is told when something is wrong",
            "Set GAMEKEEPER_ALERT_DISCORD to a webhook's address (the channel's settings, \
             Integrations), or one of the other routes: docs/monitoring.md",
        ));
    } else if scene.send_test {
        findings.extend(send(scene).await);
    } else {
        let kinds: Vec<&str> = scene.routes.iter().map(|route| route.kind().word()).collect();
        let told = format!("told by {}; --send-test tries it", kinds.join(", "));
        findings.push(Finding::ok(ROUTE, told));
    }
    findings
}

async fn send(scene: &Scene) -> Vec<Finding> {
    let notice = Notice::test(&scene.instance, scene.now.as_millisecond());
    let mut findings = Vec::new();
    for route in &scene.routes {
        let kind = route.kind().word();
        findings.push(match route.send(&notice).await {
            Ok(()) => Finding::ok(ROUTE, "took a test message").of(kind),
            Err(error) => Finding::error(
                ROUTE,
                format!("did not take a test message: {error}"),
                "Check its address in .env, and that this machine can reach it",
            )
            .of(kind),
        });
    }
    findings
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
