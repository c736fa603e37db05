//! The page under `/app`: what it is made of, and what it is told.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use sandbox::actor::{GuildHandle, NO_OPTIONS};
use sandbox::page::{Card, Step};
use sandbox::world::{ChannelKind, Permissions};
use sandbox::{Config, Sandbox};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::http;

/// How long a frame may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open page without a browser.
struct Page {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Every section as it was told last.
    seen: Value,
}

impl Page {
    /// Opens a page for somebody and reads the first frame.
    async fn open(sandbox: &Sandbox, wish: Value) -> Self {
        let (socket, _) = connect_async(live(sandbox)).await.unwrap();
        let mut page = Self { socket, seen: json!({}) };
        page.wish(wish).await;
        page.next().await;
        page
    }

    async fn wish(&mut self, wish: Value) {
        self.socket.send(Message::text(wish.to_string())).await.unwrap();
    }

    /// The next frame; `None` once the page is closed.
    async fn frame(&mut self) -> Option<Value> {
        loop {
            match tokio::time::timeout(PATIENCE, self.socket.next()).await.unwrap()? {
                Ok(Message::Text(text)) => return serde_json::from_str(&text).ok(),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The names of the sections of the next frame, which are remembered.
    async fn next(&mut self) -> Vec<String> {
        let frame = self.frame().await.unwrap();
        let sections = frame.as_object().unwrap();
        for (name, section) in sections {
            self.seen[name] = section.clone();
        }
        sections.keys().cloned().collect()
    }

    /// Reads frames until a section shows something.
    async fn until(&mut self, holds: impl Fn(&Value) -> bool) {
        while !holds(&self.seen) {
            self.next().await;
        }
    }

    fn channel_names(&self) -> Vec<&str> {
        let all = self.seen["channels"].as_array().unwrap();
        all.iter().map(|one| one["name"].as_str().unwrap()).collect()
    }
}

fn live(sandbox: &Sandbox) -> String {
    format!("{}/app/live", sandbox.gateway_url())
}

async fn club(config: Config) -> (Sandbox, GuildHandle) {
    let sandbox = Sandbox::start(config).await.unwrap();
    let guild = sandbox
        .new_guild("Club")
        .role("Player", Permissions::NONE)
        .channel(ChannelKind::Text, "general")
        .private_channel(ChannelKind::Text, "secret", &["Player"])
        .member("Alice")
        .member("Bob")
        .bot(Permissions::ADMINISTRATOR)
        .build();
    (sandbox, guild)
}

fn said(seen: &Value, text: &str) -> bool {
    seen["messages"]["fresh"].as_object().unwrap().values().any(|one| one["content"] == text)
}

#[tokio::test]
async fn the_page_is_part_of_the_program_and_loads_nothing_else() {
    let (sandbox, _) = club(Config::default()).await;
    let root = http::raw(&sandbox, "GET", "/", &[], b"").await;
    assert_eq!((root.status, root.header("location")), (303, Some("/app")));
    let page = http::raw(&sandbox, "GET", "/app", &[], b"").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    for file in ["page.js", "page.css", "icon.svg"] {
        assert!(page.body.contains(&format!("/app/{file}")), "{file}");
        let answer = http::raw(&sandbox, "GET", &format!("/app/{file}"), &[], b"").await;
        assert_eq!(answer.status, 200, "{file}");
        assert!(answer.body.len() > 100, "{file}");
    }
    // A bot that is sent here by mistake is not held to anything.
    assert!(sandbox.violations().is_empty());
}

#[tokio::test]
async fn an_open_page_is_told_what_changes_and_nothing_else() {
    let (sandbox, guild) = club(Config::default()).await;
    let mut page = Page::open(&sandbox, json!({"user": "alice"})).await;
    assert_eq!(page.seen["me"]["name"], "Alice");
    assert_eq!(page.seen["guild"]["name"], "Club");
    assert_eq!(page.channel_names(), ["general"]);
    let general = guild.channel_id("general");
    guild.actor("Bob").say(general, "hello").unwrap();
    let mut told = page.next().await;
    told.sort();
    assert_eq!(told, ["channels", "messages"]);
    assert!(said(&page.seen, "hello"));
    guild.actor("Bob").say(general, "again").unwrap();
    page.next().await;
    // The first message is known by now.
    assert!(said(&page.seen, "again") && !said(&page.seen, "hello"));
    assert_eq!(page.seen["messages"]["order"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn people_see_what_they_may_as_soon_as_they_may() {
    let (sandbox, guild) = club(Config::default()).await;
    let (secret, player) = (guild.channel_id("secret"), guild.role_id("Player"));
    guild.owner().say(secret, "psst").unwrap();
    let mut page = Page::open(&sandbox, json!({"user": "bob", "channel": "secret"})).await;
    assert_ne!(page.seen["place"]["channel"], json!(secret));
    guild.owner().give_role(guild.actor("Bob").id(), player).unwrap();
    page.until(|seen| seen["channels"].as_array().unwrap().len() == 2).await;
    page.wish(json!({"user": "bob", "channel": "secret"})).await;
    page.until(|seen| seen["place"]["channel"] == json!(secret)).await;
    assert!(said(&page.seen, "psst"));
    guild.owner().delete_channel(secret).unwrap();
    page.until(|seen| seen["place"]["channel"] == json!(guild.channel_id("general"))).await;
}

#[tokio::test]
async fn only_offered_commands_are_shown_and_answers_only_to_their_reader() {
    let stage = crate::interactions::stage::Stage::new().await;
    stage
        .register(json!([
            {"name": "ping", "description": "Ping"},
            {"name": "ban", "description": "Ban", "default_member_permissions": "4"},
        ]))
        .await;
    let mut alice = Page::open(&stage.sandbox, json!({"user": "alice"})).await;
    let mut bob = Page::open(&stage.sandbox, json!({"user": "bob"})).await;
    let names = |page: &Page| page.seen["commands"].as_array().unwrap().len();
    assert_eq!(names(&alice), 1);
    assert_eq!(names(&Page::open(&stage.sandbox, json!({"user": "owner"})).await), 2);
    let reply = stage.alice.slash("ping", NO_OPTIONS);
    stage.answer(&reply, 4, json!({"content": "for you", "flags": 64})).await;
    alice.until(|seen| said(seen, "for you")).await;
    let shown = alice.seen["messages"]["fresh"].as_object().unwrap().values().next().unwrap();
    assert_eq!(shown["used"]["command"], "ping");
    assert_eq!(shown["ephemeral"], true);
    stage.bob.say(stage.guild.channel_id("general"), "hi").unwrap();
    bob.until(|seen| said(seen, "hi")).await;
    assert_eq!(bob.seen["messages"]["order"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_card_says_whom_to_start_as() {
    let steps = vec![Step::new("Bob", "general", "Say hello")];
    let card = Card { title: "Try this".to_owned(), text: String::new(), steps };
    let (sandbox, _) = club(Config { card: Some(card), ..Config::default() }).await;
    let page = Page::open(&sandbox, json!({})).await;
    assert_eq!(page.seen["me"]["name"], "Bob");
    assert_eq!(page.seen["card"]["steps"][0]["text"], "Say hello");
}

#[tokio::test]
async fn the_panel_shows_each_call_once() {
    let (sandbox, _) = club(Config::default()).await;
    http::get(&sandbox, "/gateway/bot").await;
    let mut page = Page::open(&sandbox, json!({"dev": true})).await;
    assert_eq!(page.seen["calls"].as_array().unwrap().len(), 1);
    http::get(&sandbox, "/users/@me").await;
    page.until(|seen| seen["calls"][0]["operation"] == "get_my_user").await;
    assert_eq!(page.seen["calls"].as_array().unwrap().len(), 1);
    assert_eq!(page.seen["calls"][0]["number"], 2);
}

#[tokio::test]
async fn what_is_switched_over_http_shows_at_once() {
    let (sandbox, _) = club(Config::default()).await;
    let mut page = Page::open(&sandbox, json!({"user": "bob", "dev": true})).await;
    let json = [("content-type", "application/json")];
    let fault = br#"{"place": "get_my_user", "kind": {"status": 500}}"#;
    http::raw(&sandbox, "POST", "/sandbox/faults", &json, fault).await;
    page.until(|seen| seen["state"]["faults"]["waiting"] == 1).await;
    let german = br#"{"do": "language", "user": "bob", "locale": "de"}"#;
    let done = http::raw(&sandbox, "POST", "/sandbox/guilds/Club/hand", &json, german).await;
    assert_eq!(done.status, 200, "{}", done.body);
    page.until(|seen| seen["me"]["locale"] == "de").await;
    let klingon = br#"{"do": "language", "user": "bob", "locale": "tlh"}"#;
    let refused = http::raw(&sandbox, "POST", "/sandbox/guilds/Club/hand", &json, klingon).await;
    assert_eq!(refused.status, 404, "{}", refused.body);
}

#[tokio::test]
async fn a_guild_larger_than_any_screen_is_cut() {
    let (sandbox, guild) = club(Config::default()).await;
    let mut world = sandbox.world();
    for number in 0..1_000 {
        let user = world.add_user(&format!("extra{number}"));
        world.join(guild.id(), user).unwrap();
    }
    drop(world);
    for number in 0..100 {
        guild.owner().say(guild.channel_id("general"), &number.to_string()).unwrap();
    }
    let page = Page::open(&sandbox, json!({"user": "extra999"})).await;
    let people = &page.seen["people"];
    assert_eq!(people["size"], 1_004);
    let members = people["members"].as_array().unwrap();
    assert_eq!(members.len(), 300);
    assert!(members.iter().any(|one| one["username"] == "extra999"));
    assert_eq!(page.seen["messages"]["order"].as_array().unwrap().len(), 60);
    assert!(said(&page.seen, "99") && !said(&page.seen, "39"));
}

#[tokio::test]
async fn other_sites_may_neither_look_nor_act() {
    let (sandbox, _) = club(Config::default()).await;
    let mut request = live(&sandbox).into_client_request().unwrap();
    request.headers_mut().insert("origin", "https://evil.example".parse().unwrap());
    let Err(Error::Http(refused)) = connect_async(request).await else { panic!("let in") };
    assert_eq!(refused.status(), 403);
    let foreign = [("sec-fetch-site", "cross-site")];
    let reset = http::raw(&sandbox, "POST", "/sandbox/token", &foreign, b"").await;
    assert_eq!(reset.status, 403);
    assert_eq!(http::get(&sandbox, "/users/@me").await.status, 200, "the token still holds");
}

#[tokio::test]
async fn pages_have_a_limited_number_of_seats_and_end_with_the_sandbox() {
    let (sandbox, _) = club(Config::default()).await;
    let mut pages = Vec::new();
    for _ in 0..64 {
        pages.push(Page::open(&sandbox, json!({})).await);
    }
    let Err(Error::Http(full)) = connect_async(live(&sandbox)).await else { panic!("let in") };
    assert_eq!(full.status(), 503);
    drop(pages.pop());
    // The seat is free as soon as the server has noticed.
    let again = async {
        while connect_async(live(&sandbox)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, again).await.unwrap();
    sandbox.stop();
    let mut last = pages.pop().unwrap();
    while last.frame().await.is_some() {}
}
