//! A guild with two people and a bot that is played by the test, call by call.

use sandbox::actor::{Actor, First, GuildHandle, MessageView, ModalView, NO_OPTIONS, Reply};
use sandbox::world::Permissions;
use sandbox::{Config, Sandbox};
use serde_json::{Value, json};

use crate::http;

pub struct Stage {
    pub sandbox: Sandbox,
    pub guild: GuildHandle,
    pub alice: Actor,
    pub bob: Actor,
}

impl Stage {
    /// Alice, Bob and a bot with the command `/ping`.
    pub async fn new() -> Self {
        let sandbox = Sandbox::start(Config::default()).await.unwrap();
        let guild = sandbox
            .new_guild("Club")
            .member("Alice")
            .member("Bob")
            .role("Player", Permissions::NONE)
            .bot(Permissions::ADMINISTRATOR)
            .build();
        let (alice, bob) = (guild.actor("Alice"), guild.actor("Bob"));
        let stage = Self { sandbox, guild, alice, bob };
        stage.register(json!([{"name": "ping", "description": "Ping"}])).await;
        stage
    }

    /// Replaces the global commands.
    pub async fn register(&self, commands: Value) {
        let (status, body) = self.rest("PUT", &self.commands(), &commands).await;
        assert_eq!(status, 200, "{body}");
    }

    pub fn commands(&self) -> String {
        format!("/applications/{}/commands", self.sandbox.application_id())
    }

    pub async fn rest(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let answer = http::call(&self.sandbox, method, path, &body.to_string()).await.unwrap();
        (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
    }

    pub fn ping(&self) -> Reply {
        self.alice.slash("ping", NO_OPTIONS)
    }

    pub fn token(&self, reply: &Reply) -> String {
        let id = reply.id().unwrap_or_else(|| panic!("refused: {:?}", reply.refusal()));
        self.sandbox.world().interactions.get(id).unwrap().token.clone()
    }

    /// The bot's first answer.
    pub async fn answer(&self, reply: &Reply, kind: u8, data: Value) -> (u16, Value) {
        let token = self.token(reply);
        let path = format!("/interactions/{}/{token}/callback", reply.id().unwrap());
        let mut body = json!({"type": kind});
        if !data.is_null() {
            body["data"] = data;
        }
        self.rest("POST", &path, &body).await
    }

    /// A call to the token routes: `""` for a new follow-up, `"/messages/@original"` and so on.
    pub async fn webhook(
        &self,
        reply: &Reply,
        method: &str,
        rest: &str,
        body: Value,
    ) -> (u16, Value) {
        let path =
            format!("/webhooks/{}/{}{rest}", self.sandbox.application_id(), self.token(reply));
        self.rest(method, &path, &body).await
    }

    /// Alice pings and the bot shows her this.
    pub async fn show(&self, data: Value) -> MessageView {
        let reply = self.ping();
        let (status, body) = self.answer(&reply, 4, data).await;
        assert_eq!(status, 204, "{body}");
        let First::Message(view) = reply.first().await else { panic!("no message") };
        view
    }

    /// Alice pings and the bot opens this modal for her.
    pub async fn open(&self, modal: Value) -> ModalView {
        let reply = self.ping();
        let (status, body) = self.answer(&reply, 9, modal).await;
        assert_eq!(status, 204, "{body}");
        reply.modal().await.unwrap()
    }

    /// The bot tries this as an answer and gets form errors; one leaf is expected at `path` under `data`.
    pub async fn refused(&self, kind: u8, data: Value, path: &str, code: &str) {
        let (status, body) = self.answer(&self.ping(), kind, data.clone()).await;
        assert_eq!((status, &body["code"]), (400, &json!(50035)), "{data} gave {body}");
        let found = leaf(&body, &format!("data.{path}"));
        assert_eq!(found, code, "{data} gave {body}");
    }
}

/// The inner code at a dotted path of a 50035 body; the whole body when there is none.
pub fn leaf(body: &Value, path: &str) -> String {
    let keys = path.split('.').filter(|key| !key.is_empty());
    let at = keys.fold(&body["errors"], |at, key| &at[key]);
    at["_errors"][0]["code"].as_str().map_or_else(|| body.to_string(), str::to_owned)
}

pub fn row(components: Value) -> Value {
    json!({"type": 1, "components": components})
}

pub fn button(id: &str) -> Value {
    json!({"type": 2, "style": 1, "label": id, "custom_id": id})
}

/// A message made of components.
pub fn v2(components: Value) -> Value {
    json!({"flags": 1 << 15, "components": components})
}
