//! A panel: its roster, and each instance behind it.

use std::{collections::HashMap, sync::Arc, time::Duration};

use parking_lot::Mutex;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{
    AmpError, ConsoleLine, Instance, InstanceId, PanelUrl, Status,
    console::{self, Scrolls},
    session::{Credentials, Session},
    transport::Transport,
    wire,
};

/// Sessions kept for instances. A panel with more is asked anew for those beyond.
const MOST_SESSIONS: usize = 1_000;

/// Where a panel is and who we are there.
#[derive(Debug)]
pub struct PanelConfig {
    /// Its address.
    pub url: PanelUrl,
    /// The user made for the bot.
    pub username: String,
    /// Its password.
    pub password: SecretString,
    /// Whether its certificate has to be right. Panels with one of their own making are common.
    pub verify_tls: bool,
    /// How long one call may take.
    pub within: Duration,
}

/// Something to do with a game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Start it.
    Start,
    /// Stop it in order.
    Stop,
    /// Stop and start it.
    Restart,
    /// End it at once.
    Kill,
    /// Put it to sleep.
    Sleep,
    /// Update it.
    Update,
    /// Type a line into its console.
    Say(String),
    /// Make a backup with this title.
    Backup(String),
}

impl Command {
    fn call(&self) -> (&'static str, Value) {
        match self {
            Self::Start => ("Core/Start", json!({})),
            Self::Stop => ("Core/Stop", json!({})),
            Self::Restart => ("Core/Restart", json!({})),
            Self::Kill => ("Core/Kill", json!({})),
            Self::Sleep => ("Core/Sleep", json!({})),
            Self::Update => ("Core/UpdateApplication", json!({})),
            Self::Say(line) => ("Core/SendConsoleMessage", json!({ "message": line })),
            Self::Backup(title) => (
                "LocalFileBackupPlugin/TakeBackup",
                json!({ "Title": title, "Description": "", "Sticky": false }),
            ),
        }
    }
}

/// A client of one panel. Cheap to share; all calls may run side by side.
pub struct Panel {
    http: Transport,
    who: Credentials,
    /// The controller, or the only instance.
    front: Session,
    behind: Mutex<HashMap<InstanceId, Arc<Session>>>,
    consoles: Scrolls,
}

impl Panel {
    /// A client. Nothing is asked yet.
    pub fn new(config: PanelConfig) -> Result<Self, AmpError> {
        let PanelConfig { url, username, password, verify_tls, within } = config;
        Ok(Self {
            http: Transport::new(&url, verify_tls, within)?,
            who: Credentials::new(username, password),
            front: Session::new(String::new()),
            behind: Mutex::default(),
            consoles: Scrolls::default(),
        })
    }

    /// Every game on the panel that the bot's user may manage. A short list is a matter of rights.
    pub async fn roster(&self) -> Result<Vec<Instance>, AmpError> {
        let body = json!({ "ForceIncludeSelf": false });
        match self.front(("ADSModule/GetInstances", body)).await {
            Ok(answer) => wire::roster(&answer).ok_or_else(|| garbled("the list of instances")),
            Err(error @ (AmpError::Refused(_) | AmpError::Denied(_))) => {
                // A single instance has no controller's methods, but knows itself.
                let one = self.single().await.ok();
                // A controller that refuses knows itself, too, and must not be taken for a game.
                let one = one.filter(|one| !one.module.eq_ignore_ascii_case("ADS"));
                one.map(|one| vec![one]).ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    /// Sees what was granted or made since the last login.
    pub async fn look_anew(&self) {
        self.front.forget().await;
        self.behind.lock().clear();
    }

    async fn single(&self) -> Result<Instance, AmpError> {
        let info = self.front(("Core/GetModuleInfo", json!({}))).await?;
        let name = |what| super::loose::text(&info, what);
        Ok(Instance {
            id: InstanceId::single(),
            short_name: name("InstanceName").unwrap_or_default(),
            name: name("FriendlyName").or_else(|| name("AppName")).unwrap_or_default(),
            module: name("Name").unwrap_or_default(),
            running: true,
            suspended: false,
            address: None,
        })
    }

    /// What an instance says right now.
    pub async fn status(&self, instance: &InstanceId) -> Result<Status, AmpError> {
        let answer = self.at(instance, ("Core/GetStatus", json!({}))).await?;
        wire::status(&answer).ok_or_else(|| garbled("the status"))
    }

    /// Who plays on an instance.
    pub async fn users(&self, instance: &InstanceId) -> Result<Vec<String>, AmpError> {
        let answer = self.at(instance, ("Core/GetUserList", json!({}))).await?;
        Ok(wire::users(&answer))
    }

    /// What the console said since this was last asked; at first, AMP's last 40 lines.
    pub async fn console(&self, instance: &InstanceId) -> Result<Vec<ConsoleLine>, AmpError> {
        let answer = self.at(instance, ("Core/GetUpdates", json!({}))).await?;
        Ok(wire::console(&answer))
    }

    /// The last lines of the console, also those that were read before.
    pub async fn scroll(&self, instance: &InstanceId) -> Result<Vec<ConsoleLine>, AmpError> {
        let scroll = self.consoles.of(instance);
        let mut kept = scroll.lock().await;
        console::add(&mut kept, self.console(instance).await?);
        Ok(kept.iter().cloned().collect())
    }

    /// Has something done. AMP only says that it begins; whether it comes about is to be seen.
    pub async fn command(&self, instance: &InstanceId, what: &Command) -> Result<(), AmpError> {
        self.at(instance, what.call()).await.map(drop)
    }

    /// Whether our user has a right there, by the name of its node.
    pub async fn may(&self, instance: &InstanceId, node: &str) -> Result<bool, AmpError> {
        let body = json!({ "PermissionNode": node });
        let answer = self.at(instance, ("Core/CurrentSessionHasPermission", body)).await?;
        // Newer panels wrap it.
        let plain = answer.as_bool().or_else(|| answer.get("result")?.as_bool());
        plain.ok_or_else(|| garbled("whether we have a right"))
    }

    /// Starts the daemon of an instance. The game in it may need a start of its own.
    pub async fn start_daemon(&self, instance: &Instance) -> Result<(), AmpError> {
        let body = json!({ "InstanceName": instance.short_name });
        self.front(("ADSModule/StartInstance", body)).await.map(drop)
    }

    async fn front(&self, (method, body): (&str, Value)) -> Result<Value, AmpError> {
        self.front.call(&self.http, &self.who, method, body).await
    }

    async fn at(
        &self,
        instance: &InstanceId,
        (method, body): (&str, Value),
    ) -> Result<Value, AmpError> {
        if *instance == InstanceId::single() {
            return self.front((method, body)).await;
        }
        let session = {
            let mut behind = self.behind.lock();
            if behind.len() >= MOST_SESSIONS && !behind.contains_key(instance) {
                behind.clear();
            }
            Arc::clone(behind.entry(instance.clone()).or_insert_with(|| {
                Arc::new(Session::new(format!("ADSModule/Servers/{instance}/API/")))
            }))
        };
        session.call(&self.http, &self.who, method, body).await
    }
}

fn garbled(what: &str) -> AmpError {
    AmpError::NotAmp { status: 200, what: format!("{what} in a form that is not known here") }
}
