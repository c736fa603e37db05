//! The bot itself: its last life, and how it is now.

use std::time::Duration;

use super::notes::Notes;
use crate::{Finding, LastRun, Life, RunJournal, Scene};

const SHUTDOWN: &str = "process.shutdown";
const VERSION: &str = "process.version";
const HEALTH: &str = "process.health";
/// Why nothing is known of a bot that is off.
const OFF: &str = "the bot does not run: systemctl start gamekeeper, then gamekeeper doctor";
/// Why nothing is known of a bot in another container.
const OUT_OF_SIGHT: &str = "the bot was started in another container; whether it runs cannot be \
                            seen from here: docker compose exec gamekeeper gamekeeper doctor";
/// How long the bot may take to tell how it is.
const WITHIN: Duration = Duration::from_secs(5);
/// More of its answer is not told.
const MOST: usize = 500;

pub(super) async fn look(scene: &Scene, notes: &mut Notes) {
    let Some(run) = RunJournal::of(&scene.data_dir, &scene.instance).read() else {
        let why = "the bot was not started here yet: gamekeeper run, then gamekeeper doctor";
        notes.extend([SHUTDOWN, VERSION, HEALTH].map(|check| Finding::skipped(check, why)));
        return;
    };
    let life = run.life();
    notes.extend([shutdown(&run, life), version(&run, life, scene)]);
    notes.at(HEALTH);
    notes.push(health(scene, life).await);
}

fn shutdown(run: &LastRun, life: Life) -> Finding {
    let cut_short = match life {
        Life::Runs => run.before_ended == Some(false),
        Life::Ended => run.stopped.is_none(),
        Life::OutOfSight => return Finding::skipped(SHUTDOWN, OUT_OF_SIGHT),
    };
    if cut_short {
        Finding::warning(
            SHUTDOWN,
            "the last run did not end in order: killed, out of memory, or the power went",
            "journalctl -u gamekeeper -n 100; dmesg | grep -i kill. What was half done is finished \
             at the next start",
        )
    } else {
        Finding::ok(SHUTDOWN, "the last run ended in order")
    }
}

fn version(run: &LastRun, life: Life, scene: &Scene) -> Finding {
    match life {
        Life::Runs if run.version != scene.version => Finding::warning(
            VERSION,
            format!("the bot that runs is {}, and this program is {}", run.version, scene.version),
            "systemctl restart gamekeeper",
        ),
        Life::Runs => Finding::ok(VERSION, format!("the bot that runs is {}", run.version)),
        Life::Ended => Finding::skipped(VERSION, OFF),
        Life::OutOfSight => Finding::skipped(VERSION, OUT_OF_SIGHT),
    }
}

async fn health(scene: &Scene, life: Life) -> Finding {
    let address = match (life, scene.http) {
        (Life::Ended, _) => return Finding::skipped(HEALTH, OFF),
        (_, None) => {
            let why = "GAMEKEEPER_HTTP is off, so the bot cannot be asked: set it to \
                       127.0.0.1:7610, then gamekeeper health --ready";
            return Finding::skipped(HEALTH, why);
        }
        (_, Some(address)) => address,
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
        // A container has a network of its own, too.
        Err(_) if life == Life::OutOfSight => Finding::skipped(HEALTH, OUT_OF_SIGHT),
        Err(_) => Finding::error(
            HEALTH,
            format!("the bot runs, but does not answer at {address}"),
            "systemctl restart gamekeeper; before that, journalctl -u gamekeeper -n 100",
        ),
    }
}
