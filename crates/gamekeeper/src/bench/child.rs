//! The bot as a process of its own, so that its memory and its core are its alone.

use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use sandbox::Sandbox;

use super::resident;
use crate::stage::verbs::{Told, until};

/// How long one probing command may take.
const PROBE: Duration = Duration::from_millis(100);

/// `gamekeeper run` against a local Discord. Killed when dropped.
pub(super) struct BotProcess {
    child: Child,
    started: Instant,
    _data: tempfile::TempDir,
}

impl BotProcess {
    /// Starts it, on one core where `taskset` is there to say so.
    pub(super) fn start(discord: &Sandbox, core: Option<usize>) -> Told<Self> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let data = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut command = match core {
            Some(core) if has_taskset() => {
                let mut command = Command::new("taskset");
                command.arg("-c").arg(core.to_string()).arg(&program);
                command
            }
            _ => Command::new(&program),
        };
        command
            .arg("run")
            .current_dir(data.path())
            .env("DISCORD_TOKEN", discord.token())
            .env("DISCORD_CLIENT_ID", discord.application_id().to_string())
            .env("DISCORD_API_URL", discord.origin())
            .env("GAMEKEEPER_DATA_DIR", data.path())
            .env("GAMEKEEPER_USER_LIMIT", "off")
            .env("GAMEKEEPER_GUILD_LIMIT", "off")
            .env("LOG_LEVEL", std::env::var("LOG_LEVEL").unwrap_or_else(|_| "error".to_owned()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit());
        let started = Instant::now();
        let child = command.spawn().map_err(|error| format!("the bot cannot start: {error}"))?;
        Ok(Self { child, started, _data: data })
    }

    /// Waits until somebody's command is answered; answers how long after the start.
    pub(super) async fn answers(&self, who: &sandbox::actor::Actor) -> Told<Duration> {
        until("the bot to answer", || async {
            let reply = who.slash("help", sandbox::actor::NO_OPTIONS);
            // A command that nobody listened to is not waited for.
            let first = tokio::time::timeout(PROBE, reply.first()).await;
            matches!(first, Ok(sandbox::actor::First::Message(_))).then_some(())
        })
        .await?;
        Ok(self.started.elapsed())
    }

    /// When it was started.
    pub(super) fn started(&self) -> Instant {
        self.started
    }

    /// Resident memory, in words: all of it, and the part that is the program file itself.
    pub(super) fn resident(&self) -> Told<String> {
        let process = self.child.id().to_string();
        Ok(format!(
            "{:.1} MiB resident, {:.1} of them pages of the program file",
            resident::mib(&process, "VmRSS:")?,
            resident::mib(&process, "RssFile:")?
        ))
    }
}

impl Drop for BotProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn has_taskset() -> bool {
    Command::new("taskset").arg("--version").stdout(Stdio::null()).status().is_ok()
}
