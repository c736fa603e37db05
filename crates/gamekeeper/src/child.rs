//! The bot as a process of its own: to have its memory and its core to itself, and to be killed
//! as an operating system kills.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use sandbox::Sandbox;
use tokio::net::UnixDatagram;

use crate::{
    notify,
    stage::{
        PATIENCE,
        verbs::{Told, until},
    },
};

/// How long one probing command may take.
const PROBE: Duration = Duration::from_millis(100);

/// How a process is started.
#[derive(Clone, Debug)]
pub struct Program {
    /// The binary.
    pub path: PathBuf,
    /// The one core it may use, where `taskset` is there to say so.
    pub core: Option<usize>,
    /// Settings beside those that name Discord and the directory.
    pub settings: Vec<(&'static str, String)>,
}

impl Program {
    /// The binary at `path`.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), core: None, settings: Vec::new() }
    }

    /// The very binary that runs now.
    pub fn this() -> Told<Self> {
        std::env::current_exe().map(Self::at).map_err(|error| error.to_string())
    }

    /// The same with one more setting.
    #[must_use]
    pub fn set(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.settings.push((name, value.into()));
        self
    }

    /// Starts `gamekeeper run` against a local Discord, with nothing of our own environment.
    pub fn start(&self, discord: &Sandbox, home: &Path) -> Told<BotProcess> {
        let mut command = match self.core {
            Some(core) if has_taskset() => {
                let mut command = Command::new("taskset");
                command.arg("-c").arg(core.to_string()).arg(&self.path);
                command
            }
            _ => Command::new(&self.path),
        };
        // Not in `home`, which several processes may share.
        let notes = tempfile::tempdir().map_err(|error| error.to_string())?;
        let socket = notes.path().join("notify");
        let heard = UnixDatagram::bind(&socket).map_err(|error| error.to_string())?;
        command
            .arg("run")
            .current_dir(home)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("DISCORD_TOKEN", discord.token())
            .env("DISCORD_CLIENT_ID", discord.application_id().to_string())
            .env("DISCORD_API_URL", discord.origin())
            .env("GAMEKEEPER_DATA_DIR", home)
            .env("NOTIFY_SOCKET", &socket)
            .env("GAMEKEEPER_HTTP", "off")
            .env("GAMEKEEPER_USER_LIMIT", "off")
            .env("GAMEKEEPER_GUILD_LIMIT", "off")
            .env("LOG_LEVEL", std::env::var("LOG_LEVEL").unwrap_or_else(|_| "error".to_owned()))
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit());
        let started = Instant::now();
        let child = command.spawn().map_err(|error| format!("the bot cannot start: {error}"))?;
        Ok(BotProcess { child, started, heard, _notes: notes })
    }
}

/// A running `gamekeeper run`. Killed when dropped.
#[derive(Debug)]
pub struct BotProcess {
    child: Child,
    started: Instant,
    /// What it says of itself.
    heard: UnixDatagram,
    _notes: tempfile::TempDir,
}

impl BotProcess {
    /// Waits until it says that it is up; answers how long after the start.
    pub async fn ready(&self) -> Told<Duration> {
        self.says(notify::READY).await?;
        Ok(self.started.elapsed())
    }

    /// Waits until it says this to its supervisor.
    pub async fn says(&self, state: &str) -> Told<()> {
        let said = async {
            let mut note = [0; 64];
            loop {
                let length = self.heard.recv(&mut note).await.map_err(|error| error.to_string())?;
                if note.get(..length) == Some(state.as_bytes()) {
                    return Ok(());
                }
            }
        };
        let in_time = tokio::time::timeout(PATIENCE, said).await;
        in_time.map_err(|_| format!("the bot did not say {state} in time"))?
    }

    /// Waits until somebody's command is answered; answers how long after the start.
    pub async fn answers(&self, who: &sandbox::actor::Actor) -> Told<Duration> {
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
    pub fn started(&self) -> Instant {
        self.started
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Ends it with SIGKILL: it cannot do anything about it, nor notice.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to end, and waits until it has.
    pub async fn stop(mut self) -> Told<ExitStatus> {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status();
        asked.map_err(|error| format!("kill: {error}"))?;
        until("the bot to end", || {
            let ended = self.ended();
            async move { ended }
        })
        .await
    }
}

impl Drop for BotProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

fn has_taskset() -> bool {
    Command::new("taskset").arg("--version").stdout(Stdio::null()).status().is_ok()
}
