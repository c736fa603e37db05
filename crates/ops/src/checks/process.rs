//! The bot itself: its last life, and how it is now.

use std::time::Duration;

use crate::{Finding, RunJournal, Scene};

const SHUTDOWN: &str = "process.shutdown";
const VERSION: &str = "process.version";
const HEALTH: &str = "process.health";
/// How long the bot may take to tell how it is.
const WITHIN: Duration = Duration::from_secs(5);
/// More of its answer is not told.
const MOST: usize = 500;

pub(super) async fn look(scene: &Scene) -> Vec<Finding> {
    let Some(run) = RunJournal::of(&scene.data_dir, &scene.instance).read() else {
        return [SHUTDOWN, VERSION, HEALTH]
            .map(|check| Finding::ok(check, "the bot was not started here yet"))
            .to_vec();
    };
    let alive = run.is_alive();
    let cut_short = if alive { run.before_ended == Some(false) } else { run.stopped.is_none() };
    let shutdown = if cut_short {
        Finding::warning(
            SHUTDOWN,
            "the last run did not end in order: killed, out of memory, or the power went",
            "journalctl -u gamekeeper -n 100; dmesg | grep -i kill. What was half done is finished \
             at the next start",
        )
    } else {
        Finding::ok(SHUTDOWN, "the last run ended in order")
    };
    let version = if alive && run.version != scene.version {
        Finding::warning(
            VERSION,
            format!("the bot that runs is {}, and this program is {}", run.version, scene.version),
            "systemctl restart gamekeeper",
        )
    } else if alive {
        Finding::ok(VERSION, format!("the bot that runs is {}", run.version))
    } else {
        Finding::ok(VERSION, "the bot does not run")
    };
    vec![shutdown, version, health(scene, alive).await]
}

async fn health(scene: &Scene, alive: bool) -> Finding {
    let Some(address) = scene.http.filter(|_| alive) else {
        let why = if alive { "GAMEKEEPER_HTTP is off" } else { "the bot does not run" };
        return Finding::ok(HEALTH, why);
    };
    let client = reqwest::Client::builder().timeout(WITHIN).build();
    let asked = async { client?.get(format!("http://{address}/readyz")).send().await };
    match asked.await {
        Ok(answer) if answer.status().is_success() => Finding::ok(HEALTH, "the bot is ready"),
        Ok(answer) => {
            let text = answer.text().await.unwrap_or_default();
            let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text: String = text.chars().take(MOST).collect();
            let cure = "Read what is not ready; journalctl -u gamekeeper -n 100 has the reason";
            Finding::error(HEALTH, format!("the bot is not ready: {text}"), cure)
        }
        Err(_) => Finding::error(
            HEALTH,
            format!("the bot runs, but does not answer at {address}"),
            "systemctl restart gamekeeper; before that, journalctl -u gamekeeper -n 100",
        ),
    }
}
