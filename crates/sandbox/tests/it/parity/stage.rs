//! A club in which every operation has something to work on.

use std::collections::BTreeMap;

use sandbox::actor::{GuildHandle, NO_OPTIONS, Reply};
use sandbox::world::{ChannelKind, OverwriteTarget, Permissions};
use sandbox::{Config, Sandbox};
use serde_json::{Value, json};

use crate::http::{Answer, raw};

/// Where OAuth2 sends people back to.
pub const BACK: &str = "http://localhost:9000/back";

/// An id nothing has.
pub const NOBODY: &str = "1";

pub struct Stage {
    pub sandbox: Sandbox,
    pub guild: GuildHandle,
    /// What `{…}` in paths and bodies stands for.
    pub names: BTreeMap<&'static str, String>,
}

impl Stage {
    /// The bot may do everything, but is no administrator: channels can be hidden from it.
    pub async fn set() -> Self {
        let config = Config { redirect_uris: vec![BACK.to_owned()], ..Config::default() };
        let sandbox = Sandbox::start(config).await.unwrap();
        sandbox.clock().freeze();
        let guild = sandbox
            .new_guild("Club")
            .role("player", Permissions::NONE)
            .member_with("Alice", &["player"])
            .member("Bob")
            .channel(ChannelKind::Text, "general")
            .channel(ChannelKind::Category, "Games")
            .channel_in("Games", ChannelKind::Text, "chess")
            .channel(ChannelKind::Forum, "posts")
            .channel(ChannelKind::Voice, "Lounge")
            .bot(Permissions::ALL.without(Permissions::ADMINISTRATOR))
            .bot_above("player")
            .build();
        let mut stage = Self { sandbox, guild, names: BTreeMap::new() };
        stage.name_all().await;
        stage
    }

    fn name(&mut self, name: &'static str, id: impl std::fmt::Display) {
        self.names.insert(name, format!("{id}"));
    }

    async fn name_all(&mut self) {
        let (app, guild) = (self.sandbox.application_id(), self.guild.id());
        self.name("app", app);
        self.name("guild", guild);
        self.name("everyone", guild);
        self.name("token", self.sandbox.token().to_owned());
        for name in ["general", "Games", "chess", "posts", "Lounge"] {
            self.name(name, self.guild.channel(name).unwrap().id);
        }
        self.name("player", self.guild.role("player").unwrap().id);
        self.name("alice", self.guild.actor("Alice").id());
        self.name("bob", self.guild.actor("Bob").id());
        let outlaw = self.sandbox.world().add_user("Outlaw");
        let cause = sandbox::world::Cause::user(self.guild.owner().id());
        self.sandbox.world().ban(self.guild.id(), outlaw, &cause).unwrap();
        self.name("outlaw", outlaw);
        let general = self.guild.channel("general").unwrap().id;
        let player = OverwriteTarget::Role(self.guild.role("player").unwrap().id);
        self.guild
            .owner()
            .set_overwrite(general, player, Permissions(1 << 10), Permissions::NONE)
            .unwrap();
        let post = |text: &str| json!({"content": text});
        for name in ["message", "second", "starter", "pinned"] {
            self.made(name, "/channels/{general}/messages", post(name)).await;
        }
        self.ok("PUT", "/channels/{general}/messages/pins/{pinned}", Value::Null).await;
        let start = "/channels/{general}/messages/{starter}/threads";
        self.made("thread", start, json!({"name": "talk"})).await;
        self.ok("PUT", "/channels/{thread}/thread-members/{alice}", Value::Null).await;
        let hook = self.ok("POST", "/channels/{general}/webhooks", json!({"name": "Herald"})).await;
        self.name("webhook", hook["id"].as_str().unwrap().to_owned());
        self.name("hook_token", hook["token"].as_str().unwrap().to_owned());
        let hooked = "/webhooks/{webhook}/{hook_token}?wait=true";
        self.made("hooked", hooked, post("hear")).await;
        let ping = json!({"name": "ping", "description": "Ping"});
        self.made("command", "/applications/{app}/commands", ping.clone()).await;
        self.made("guild_command", "/applications/{app}/guilds/{guild}/commands", ping).await;
        let reply = self.ping();
        self.interaction("interaction", "itoken", &reply);
        let reply = self.ping();
        self.interaction("answered", "atoken", &reply);
        let answer = json!({"type": 4, "data": {"content": "pong"}});
        self.ok("POST", "/interactions/{answered}/{atoken}/callback", answer).await;
        self.made("followup", "/webhooks/{app}/{atoken}", post("more")).await;
        self.sandbox.requests().clear();
    }

    /// Alice pings.
    pub fn ping(&self) -> Reply {
        self.guild.actor("Alice").slash("ping", NO_OPTIONS)
    }

    fn interaction(&mut self, name: &'static str, token: &'static str, reply: &Reply) {
        let id = reply.id().unwrap_or_else(|| panic!("refused: {:?}", reply.refusal()));
        let secret = self.sandbox.world().interactions.get(id).unwrap().token.clone();
        self.name(name, id);
        self.name(token, secret);
    }

    /// Makes something and names it.
    async fn made(&mut self, name: &'static str, path: &str, body: Value) {
        let made = self.ok("POST", path, body).await;
        self.name(name, made["id"].as_str().unwrap().to_owned());
    }

    async fn ok(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.call(method, path, &body).await;
        assert!(answer.status < 300, "{method} {path}: {} {}", answer.status, answer.body);
        serde_json::from_str(&answer.body).unwrap_or_default()
    }

    /// Names become ids.
    pub fn fill(&self, text: &str) -> String {
        self.names
            .iter()
            .fold(text.to_owned(), |text, (name, id)| text.replace(&format!("{{{name}}}"), id))
    }

    /// One call of the bot's.
    pub async fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let token = format!("Bot {}", self.sandbox.token());
        self.send(method, path, &[("authorization", &token), JSON], &body).await
    }

    /// One call with these headers.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let path = format!("/api/v10{}", self.fill(path));
        raw(&self.sandbox, method, &path, headers, self.fill(body).as_bytes()).await
    }

    /// A user's token with these scopes.
    pub async fn bearer(&self, scopes: &str) -> String {
        let alice = self.guild.actor("Alice").id();
        let consent = self.sandbox.oauth2().consent(alice, scopes, BACK, None).unwrap();
        let form = format!(
            "grant_type=authorization_code&redirect_uri={BACK}&code={}&client_id={{app}}&client_secret={}",
            consent.code,
            self.sandbox.oauth2().client_secret()
        );
        let tokens = self.send("POST", "/oauth2/token", &[FORM], &form).await.json();
        self.sandbox.requests().clear();
        tokens["access_token"].as_str().unwrap_or_else(|| panic!("{tokens}")).to_owned()
    }

    /// Leaves the bot with nothing but the sight of channels.
    pub fn weaken(&self) {
        let owner = self.guild.owner();
        owner.set_bot_permissions(Permissions::NONE).unwrap();
        owner.set_role_permissions(self.guild.id().everyone(), Permissions::VIEW_CHANNEL).unwrap();
    }

    /// Hides every channel from the bot.
    pub fn hide(&self) {
        for channel in self.guild.channels() {
            self.guild.owner().hide_channel_from_bot(channel.id).unwrap();
        }
    }
}

pub const JSON: (&str, &str) = ("content-type", "application/json");
pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
