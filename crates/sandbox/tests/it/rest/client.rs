//! A tiny HTTP client that hides nothing: any body, any status.

use sandbox::actor::GuildHandle;
use sandbox::world::{ChannelKind, Permissions};
use sandbox::{Config, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What core games need: the smallest set a bot asks for, with the audit log and pins.
pub const USUAL: Permissions = Permissions(
    Permissions::VIEW_CHANNEL.0
        | Permissions::SEND_MESSAGES.0
        | Permissions::EMBED_LINKS.0
        | Permissions::READ_MESSAGE_HISTORY.0
        | Permissions::CONNECT.0
        | Permissions::MANAGE_CHANNELS.0
        | Permissions::MANAGE_ROLES.0
        | Permissions::VIEW_AUDIT_LOG.0
        | Permissions::PIN_MESSAGES.0,
);

pub struct Api {
    pub sandbox: Sandbox,
    pub guild: GuildHandle,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// Status and Discord's code.
    pub fn refusal(&self) -> (u16, u64) {
        (self.status, self.body["code"].as_u64().unwrap_or_default())
    }

    /// The inner code at a field of a 50035 answer.
    pub fn field(&self, path: &str) -> &str {
        assert_eq!(self.refusal(), (400, 50_035), "{}", self.body);
        let leaf = path.split('.').filter(|key| !key.is_empty());
        let leaf = leaf.fold(&self.body["errors"], |at, key| &at[key]);
        leaf["_errors"][0]["code"].as_str().unwrap_or_else(|| panic!("{}", self.body))
    }

    pub fn id(&self) -> String {
        assert!(self.status < 300, "{} {}", self.status, self.body);
        self.body["id"].as_str().unwrap().to_owned()
    }

    pub fn ok(self) -> Value {
        assert!(self.status < 300, "{} {}", self.status, self.body);
        self.body
    }

    pub fn names(&self) -> Vec<&str> {
        self.body.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
    }
}

impl Api {
    /// A guild with Alice, the channel `general` and a bot with these permissions.
    pub async fn club(permissions: Permissions) -> Self {
        let sandbox = Sandbox::start(Config::default()).await.unwrap();
        let guild = sandbox
            .new_guild("Club")
            .member("Alice")
            .channel(ChannelKind::Text, "general")
            .bot(permissions)
            .build();
        Self { sandbox, guild }
    }

    pub async fn send(
        &self,
        method: &str,
        path: &str,
        kind: &str,
        extra: &str,
        body: &[u8],
    ) -> Answer {
        let mut stream = TcpStream::connect(self.sandbox.address()).await.unwrap();
        let head = format!(
            "{method} /api/v10{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bot {}\r\nContent-Type: {kind}\r\n\
             X-Sandbox-Probe: it\r\nContent-Length: {}\r\nConnection: close\r\n{extra}\r\n",
            self.sandbox.token(),
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let text = String::from_utf8(answer).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, body: serde_json::from_str(body).unwrap_or(Value::Null) }
    }

    pub async fn call(&self, method: &str, path: &str, body: Value) -> Answer {
        self.send(method, path, "application/json", "", body.to_string().as_bytes()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "application/json", "", b"").await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, body).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.call("PUT", path, body).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, "application/json", "", b"").await
    }

    /// A path under the guild.
    pub fn at(&self, rest: &str) -> String {
        format!("/guilds/{}{rest}", self.guild.id())
    }

    /// The path of `general`.
    pub fn general(&self) -> String {
        format!("/channels/{}", self.guild.channel("general").unwrap().id)
    }

    /// Makes a channel that must be accepted.
    pub async fn channel(&self, body: Value) -> String {
        self.post(&self.at("/channels"), body).await.id()
    }

    pub async fn role(&self, name: &str) -> String {
        self.post(&self.at("/roles"), json!({"name": name, "permissions": "0"})).await.id()
    }

    /// The bot's own user id.
    pub fn bot(&self) -> String {
        self.sandbox.application_id().to_string()
    }

    /// Types of the newest audit entries, oldest first, skipping the first `from`.
    pub fn audit(&self, from: usize) -> Vec<u8> {
        self.guild.state().audit.iter().skip(from).map(|entry| entry.action as u8).collect()
    }
}
