//! A client as bots are: it logs in, and calls with what it got.

use amp_sandbox::{Amp, AmpConfig, InstanceId, InstanceSpec};
use serde_json::{Value, json};

use crate::http::{self, Answer};

/// Whoever calls, and where.
#[derive(Clone, Debug)]
pub struct Client {
    amp: Amp,
    instance: Option<InstanceId>,
    pub session: String,
}

/// A panel with one Minecraft server and somebody who may do everything with it.
pub async fn panel() -> (Amp, InstanceId) {
    panel_with(InstanceSpec::minecraft("Survival")).await
}

pub async fn panel_with(spec: InstanceSpec) -> (Amp, InstanceId) {
    let amp = Amp::start(AmpConfig::default()).await.unwrap();
    let id = amp.add_instance(spec);
    amp.add_user("bot", "secret").manages(id).permission("Core.*").permission("LocalFileBackup.*");
    (amp, id)
}

/// The controller, logged in as that somebody.
pub async fn controller(amp: &Amp) -> Client {
    Client::new(amp, None).logged_in("bot", "secret").await
}

/// The instance, logged in through the controller.
pub async fn at(amp: &Amp, id: InstanceId) -> Client {
    Client::new(amp, Some(id)).logged_in("bot", "secret").await
}

impl Client {
    pub fn new(amp: &Amp, instance: Option<InstanceId>) -> Self {
        Self { amp: amp.clone(), instance, session: String::new() }
    }

    pub fn path(&self, method: &str) -> String {
        match self.instance {
            None => format!("/API/{method}"),
            Some(id) => format!("/API/ADSModule/Servers/{id}/API/{method}"),
        }
    }

    pub async fn login(&self, name: &str, password: &str, token: &str) -> Value {
        let who =
            json!({ "username": name, "password": password, "token": token, "rememberMe": true });
        self.call("Core/Login", who).await
    }

    pub async fn logged_in(mut self, name: &str, password: &str) -> Self {
        let reply = self.login(name, password, "").await;
        assert_eq!(reply["result"], 10, "{reply}");
        reply["sessionID"].as_str().unwrap().clone_into(&mut self.session);
        self
    }

    pub async fn raw(&self, method: &str, args: Value) -> Answer {
        self.try_raw(method, args).await.unwrap()
    }

    pub async fn try_raw(&self, method: &str, args: Value) -> std::io::Result<Answer> {
        let bearer = format!("Bearer {}", self.session);
        let headers = [("accept", "application/json"), ("authorization", bearer.as_str())];
        http::post(self.amp.address(), &self.path(method), &headers, &args.to_string()).await
    }

    pub async fn call(&self, method: &str, args: Value) -> Value {
        let answer = self.raw(method, args).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    pub async fn get(&self, method: &str) -> Value {
        self.call(method, json!({})).await
    }

    /// What the game is doing, as GetStatus says.
    pub async fn state(&self) -> i64 {
        self.get("Core/GetStatus").await["State"].as_i64().unwrap()
    }

    /// The instance in the roster.
    pub async fn in_roster(&self, id: InstanceId) -> Option<Value> {
        let targets = self.get("ADSModule/GetInstances").await;
        let all = targets.as_array().unwrap().iter();
        let mut rows = all.flat_map(|target| target["AvailableInstances"].as_array().unwrap());
        rows.find(|row| row["InstanceID"] == id.to_string()).cloned()
    }

    /// New lines of the console.
    pub async fn lines(&self) -> Vec<String> {
        let updates = self.get("Core/GetUpdates").await;
        let entries = updates["ConsoleEntries"].as_array().unwrap().iter();
        entries.map(|entry| entry["Contents"].as_str().unwrap().to_owned()).collect()
    }
}

/// Whether that is AMP's way to say that there is no session.
pub fn is_session_gone(body: &Value) -> bool {
    body["Title"] == "Unauthorized Access"
        && body["Message"].as_str().unwrap().ends_with("Session.Exists")
}
