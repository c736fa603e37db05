//! An installation as an operator has it: a directory with `.env`, in git, and a bot that lives on
//! the local Discord and looks at a local panel.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::PathBuf,
    process::{Command, Stdio},
};

use age::secrecy::ExposeSecret as _;
use amp_sandbox::{Amp, AmpConfig, InstanceId, InstanceSpec};
use engine::PanelKind;
use gamekeeper::stage::{
    Setup, Stage,
    verbs::{Told, until},
};
use sandbox::world::Intents;
use sea_orm::{ConnectionTrait as _, Database};
use serde_json::Value;
use store::{Store, StoreConfig};

use super::tenant::Tenant;
use crate::{program::gamekeeper, scene};

/// The rights that the operator's guide names.
const RIGHTS: [&str; 6] = [
    "Core.AppManagement.StartApplication",
    "Core.AppManagement.StopApplication",
    "Core.AppManagement.RestartApplication",
    "Core.AppManagement.UpdateApplication",
    "Core.AppManagement.ReadConsole",
    "Core.AppManagement.SendConsoleInput",
];

/// What the machine that runs the tests cannot help.
const SKIPS: [&str; 5] = [
    "host.root=whoever runs the tests",
    "host.memory=whoever runs the tests",
    "host.hardening=no unit here",
    "host.disk=whoever runs the tests",
    "host.inodes=whoever runs the tests",
];

pub(super) struct House {
    pub(super) home: tempfile::TempDir,
    pub(super) stage: Stage,
    /// Whose database it is, on PostgreSQL. Goes after the stage, which goes with that database.
    pub(super) tenant: Option<Tenant>,
    pub(super) amp: Amp,
    pub(super) arena: InstanceId,
    /// Who hears alerts and signs of life.
    listener: String,
    /// What backups are encrypted for.
    key: age::x25519::Identity,
}

/// A bot's process, killed when nobody needs it any more.
pub(super) struct Bot(pub(super) std::process::Child);

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the doctor said.
pub(super) struct Answer {
    pub(super) code: Option<i32>,
    pub(super) table: String,
    pub(super) complaints: String,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        format!("{}{}", self.table, self.complaints)
    }
}

pub(super) fn told<T, E: ToString>(result: Result<T, E>) -> Told<T> {
    result.map_err(|error| error.to_string())
}

impl House {
    /// Everything as it should be, the bot stopped in order, on the database that the stories play on.
    pub(super) async fn in_order() -> Told<Self> {
        Self::on(scene::setup().postgres).await
    }

    /// The same on this PostgreSQL server, or on an SQLite file.
    pub(super) async fn on(server: Option<String>) -> Told<Self> {
        let home = told(tempfile::tempdir())?;
        let data = home.path().join("data");
        told(std::fs::create_dir(&data))?;
        told(std::fs::set_permissions(&data, PermissionsExt::from_mode(0o700)))?;
        let tenant = match server {
            Some(server) => Some(Tenant::move_in(server).await?),
            None => None,
        };
        let setup = match &tenant {
            Some(tenant) => Setup { postgres: Some(tenant.server()), ..Setup::default() },
            None => Setup { data: Some(data), ..Setup::default() },
        };
        let mut stage = Stage::set(setup).await.map_err(|stop| stop.to_string())?;
        stage.set_up_panel(&stage.person("Olga"), PanelKind::Admin, "admin").await?;
        stage.have_game(&stage.person("Olga"), "Chess").await?;
        stage.stop_bot().await;
        // No more than the bot asks for.
        stage.discord.set_privileged_intents(Intents::GUILD_MEMBERS);
        let amp = told(Amp::start(AmpConfig::default()).await)?;
        let arena = amp.add_instance(InstanceSpec::valve("Arena").running());
        let user =
            RIGHTS.iter().fold(amp.add_user("bot", "long-enough-a-password"), |user, node| {
                user.permission(node)
            });
        user.manages(arena);
        let listener = speaks_http("")?;
        let key = age::x25519::Identity::generate();
        let house = Self { home, stage, tenant, amp, arena, listener, key };
        told(std::fs::create_dir(house.path("elsewhere")))?;
        house.write_env("")?;
        told(std::fs::write(house.home.path().join(".gitignore"), ".env\n/data\n/elsewhere\n"))?;
        house.git(&["init", "-q"])?;
        house.live_once().await?;
        house.does(&["backup", "create"])?;
        house.does(&["backup", "verify", "latest"])?;
        Ok(house)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The `.env` of a good installation, and more lines, which count where they come twice.
    pub(super) fn write_env(&self, more: &str) -> Told<()> {
        let database = match &self.tenant {
            Some(_) => format!("DATABASE_URL={}\n", self.database().url),
            None => String::new(),
        };
        let text = format!(
            "{database}DISCORD_TOKEN={}\nDISCORD_CLIENT_ID={}\nDISCORD_API_URL={}\nAMP_ENABLED=true\n\
             AMP_URL={}\nAMP_USERNAME=bot\nAMP_PASSWORD=long-enough-a-password\n\
             GAMEKEEPER_INSTANCE=house\nGAMEKEEPER_HTTP=off\nGAMEKEEPER_ALERT_WEBHOOK={}\n\
             GAMEKEEPER_DEADMAN_URL={}\nGAMEKEEPER_BACKUP_URL=file://{}\n\
             GAMEKEEPER_BACKUP_RECIPIENT={}\nGAMEKEEPER_BACKUP_IDENTITY={}\n{more}",
            self.stage.discord.token(),
            self.stage.discord.application_id(),
            self.stage.discord.origin(),
            self.amp.url(),
            self.listener,
            self.listener,
            self.path("elsewhere").display(),
            self.key.to_public(),
            self.key.to_string().expose_secret()
        );
        let file = self.path(".env");
        told(std::fs::write(&file, text))?;
        told(std::fs::set_permissions(file, PermissionsExt::from_mode(0o600)))
    }

    pub(super) fn git(&self, words: &[&str]) -> Told<()> {
        let names = ["-c", "user.name=Olga", "-c", "user.email=olga@example.org"];
        let mut git = Command::new("git");
        let output = told(git.args(names).args(words).current_dir(self.home.path()).output())?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(format!("git {words:?}: {said}")) }
    }

    /// A command that has to succeed.
    fn does(&self, words: &[&str]) -> Told<()> {
        let output = told(gamekeeper(self.home.path(), &[]).args(words).output())?;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        if output.status.success() { Ok(()) } else { Err(format!("{words:?}: {said}")) }
    }

    /// The bot as a process: up, and ended in order.
    async fn live_once(&self) -> Told<()> {
        let mut bot = self.start()?;
        self.is_up().await?;
        told(Command::new("kill").args(["-TERM", &bot.0.id().to_string()]).status())?;
        let status = until("the bot to end", || {
            let ended = bot.0.try_wait();
            async move { ended.ok().flatten() }
        })
        .await?;
        if status.success() { Ok(()) } else { Err(format!("the bot ended with {status}")) }
    }

    /// Starts the bot as a process.
    pub(super) fn start(&self) -> Told<Bot> {
        let mut command = gamekeeper(self.home.path(), &[("LOG_LEVEL", "error")]);
        told(command.arg("run").stderr(Stdio::null()).spawn()).map(Bot)
    }

    /// Waits until the bot's process is up.
    pub(super) async fn is_up(&self) -> Told<()> {
        let olga = self.stage.person("Olga");
        until("the bot to answer", || async {
            let reply = olga.slash("help", sandbox::actor::NO_OPTIONS);
            let patience = std::time::Duration::from_millis(200);
            let first = tokio::time::timeout(patience, reply.first()).await;
            matches!(first, Ok(sandbox::actor::First::Message(_))).then_some(())
        })
        .await
    }

    /// What the doctor says, with more words and with other settings in its environment.
    pub(super) async fn ask(&self, words: &[&str], settings: &[(&str, &str)]) -> Told<Answer> {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut settings = settings.to_vec();
        // Git is looked for there.
        settings.push(("PATH", &path));
        let mut command = gamekeeper(self.home.path(), &settings);
        command.arg("doctor").args(words);
        for skip in SKIPS {
            command.args(["--skip", skip]);
        }
        // The local Discord lives in this very process and has to go on meanwhile.
        let output = tokio::task::spawn_blocking(move || command.output());
        let output = told(told(output.await)?)?;
        Ok(Answer {
            code: output.status.code(),
            table: String::from_utf8_lossy(&output.stdout).into_owned(),
            complaints: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// The doctor has to name this check as a warning or an error, with a cure, and say this of it.
    pub(super) async fn finds(
        &self,
        check: &str,
        words: &str,
        settings: &[(&str, &str)],
    ) -> Told<()> {
        let answer = self.ask(&["--json"], settings).await?;
        let report: Value = told(serde_json::from_str(&answer.table))
            .map_err(|why| format!("{check}: {why}: {}", answer.text()))?;
        let findings = report["findings"].as_array().cloned().unwrap_or_default();
        let bad: Vec<&Value> = findings
            .iter()
            .filter(|finding| matches!(finding["severity"].as_str(), Some("warning" | "error")))
            .collect();
        let named = bad.iter().find(|finding| finding["check"] == *check);
        let Some(named) = named else {
            return Err(format!("{check} does not find it; it finds {bad:#?}"));
        };
        let whole = named.to_string();
        if !bad
            .iter()
            .any(|finding| finding["check"] == *check && finding.to_string().contains(words))
        {
            return Err(format!("{check} does not say {words:?}: {whole}"));
        }
        let uncured: Vec<_> = bad.iter().filter(|finding| !finding["cure"].is_string()).collect();
        if !uncured.is_empty() {
            return Err(format!("without a cure: {uncured:#?}"));
        }
        let errors = bad.iter().any(|finding| finding["severity"] == "error");
        let code = if errors { 2 } else { 0 };
        if answer.code == Some(code) {
            Ok(())
        } else {
            Err(format!("{check}: ended with {:?}, not {code}", answer.code))
        }
    }

    /// Everything is as it was.
    pub(super) async fn is_in_order(&self, after: &str) -> Told<()> {
        let answer = self.ask(&["--strict"], &[]).await?;
        if answer.code == Some(0) {
            Ok(())
        } else {
            Err(format!("after {after}, not everything was put back: {}", answer.text()))
        }
    }

    /// Where the database is.
    pub(super) fn database(&self) -> StoreConfig {
        self.stage.database_config()
    }

    /// Runs SQL on the bot's database.
    pub(super) async fn sql(&self, statement: &str) -> Told<()> {
        let db = told(Database::connect(self.database().url).await)?;
        let done = told(db.execute_unprepared(statement).await);
        told(db.close().await)?;
        done.map(drop)
    }

    async fn store(&self) -> Told<Store> {
        let store = told(Store::open_as_is(&self.database()).await)?;
        store.ok_or_else(|| "there is no database".to_owned())
    }

    /// What the bot remembers.
    pub(super) async fn fact(&self, key: &str) -> Told<Option<String>> {
        let store = self.store().await?;
        let fact = told(store.fact(key).await);
        told(store.close().await)?;
        fact
    }

    /// Has the bot remember something else, or nothing.
    pub(super) async fn set_fact(&self, key: &str, value: Option<&str>) -> Told<()> {
        let Some(value) = value else {
            return self.sql(&format!("DELETE FROM kv WHERE key = '{key}'")).await;
        };
        let store = self.store().await?;
        told(store.set_fact(key, value).await)?;
        told(store.close().await)
    }

    /// Ends it. The database goes before the one whose it is.
    pub(super) async fn close(self) -> Told<()> {
        self.stage.close().await;
        match self.tenant {
            Some(tenant) => tenant.move_out().await,
            None => Ok(()),
        }
    }
}

/// A server that answers whatever it is asked with nothing, and with this line in its head.
pub(super) fn speaks_http(line: &'static str) -> Told<String> {
    let listener = told(TcpListener::bind("127.0.0.1:0"))?;
    let address = told(listener.local_addr())?;
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let _ = stream.read(&mut [0; 4_096]);
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n";
            let _ = stream.write_all(format!("{head}{line}\r\n{{}}").as_bytes());
        }
    });
    Ok(format!("http://{address}"))
}
