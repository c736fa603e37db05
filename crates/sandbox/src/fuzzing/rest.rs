//! Any REST requests, one after another, over one connection.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use serde::de::IgnoredAny;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};

use super::LONGEST;
use super::names::Names;
use super::pipe::Plug;
use crate::gateway::Listener;
use crate::rest::{RouteInfo, table};
use crate::sandbox::Sandbox;
use crate::world::Intents;

/// Requests of one input; more would only repeat themselves.
const MOST: usize = 10;

pub(super) async fn play(sandbox: &Sandbox, plug: &Plug, names: &mut Names, input: &[u8]) {
    let listener = Listener::join(sandbox, Intents::ALL).expect("the bot may identify");
    let mut pipe = plug.open().await.expect("the sandbox is there");
    for part in super::parts(input).take(MOST) {
        let Request { route, bytes, id } = request(names, part);
        pipe.write_all(&bytes).await.expect("the sandbox reads");
        let (status, body) = read(&mut pipe, route).await;
        if let Some(made) = check(route, status, &body) {
            names.set(id.as_deref().unwrap_or("last"), made);
        }
    }
    for event in listener.heard(sandbox) {
        assert!(serde_json::from_str::<IgnoredAny>(&event).is_ok(), "a broken event: {event}");
    }
}

struct Request {
    route: &'static RouteInfo,
    bytes: Vec<u8>,
    /// The name for the id in the answer.
    id: Option<String>,
}

fn request(names: &Names, part: &[u8]) -> Request {
    let (head, body) = super::split(part, b"\n\n");
    let head = names.fill(head);
    let mut lines = head.split(|byte| *byte == b'\n');
    let mut words = lines.next().unwrap_or_default().split(|byte| *byte == b' ');
    let route = operation(words.next().unwrap_or_default());
    let mut path = path(names, route, words);
    let mut content_type: &[u8] = b"application/json";
    let (mut more, mut id) = (Vec::new(), None);
    for line in lines {
        let (name, value) = super::split(line, b": ");
        let value: Vec<u8> =
            value.iter().copied().filter(|byte| matches!(byte, 32..=126)).take(LONGEST).collect();
        match name {
            b"query" => {
                path.push('?');
                path.push_str(&super::clean(&value));
            }
            b"content-type" => more.extend([b"content-type: ", &value[..], b"\r\n"].concat()),
            b"as" => id = Some(String::from_utf8_lossy(&value).into_owned()),
            b"reason" => more.extend([b"x-audit-log-reason: ", &value[..], b"\r\n"].concat()),
            _ => {}
        }
        if name == b"content-type" {
            content_type = b"";
        }
    }
    if !content_type.is_empty() {
        more.extend_from_slice(b"content-type: application/json\r\n");
    }
    let body = names.fill(body);
    let mut bytes = format!(
        "{} {path} HTTP/1.1\r\nhost: box\r\nauthorization: Bot {}\r\ncontent-length: {}\r\n",
        route.method,
        names.get("token").unwrap_or_default(),
        body.len()
    )
    .into_bytes();
    bytes.extend([&more[..], b"\r\n", &body[..]].concat());
    Request { route, bytes, id }
}

/// The operation of that name; any other word is one by chance, so that most inputs say something.
fn operation(name: &[u8]) -> &'static RouteInfo {
    let routes: Vec<_> = table().map(|route| &route.info).collect();
    let named = routes.iter().find(|route| route.operation.as_bytes() == name);
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    let chance = usize::try_from(hasher.finish() % routes.len() as u64).unwrap_or_default();
    named.unwrap_or(&routes[chance])
}

/// The path, its parameters taken from `words` or, where there are none, from what usually fits.
fn path<'a>(names: &Names, route: &RouteInfo, mut words: impl Iterator<Item = &'a [u8]>) -> String {
    let mut path = String::from("/api/v10");
    for part in route.path.split('/').skip(1) {
        path.push('/');
        let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
            path.push_str(part);
            continue;
        };
        let word = words.next().filter(|word| !word.is_empty());
        let word = word.unwrap_or_else(|| names.get(usual(name)).unwrap_or("1").as_bytes());
        path.extend(percent_encode(&word[..word.len().min(LONGEST)], NON_ALPHANUMERIC));
    }
    path
}

/// What a path parameter is when the input does not say.
fn usual(parameter: &str) -> &'static str {
    match parameter {
        "guild_id" => "guild",
        "channel_id" => "text",
        "role_id" | "overwrite_id" => "low",
        "user_id" => "alice",
        "message_id" => "panel",
        "interaction_id" => "slash",
        "token" => "slash-token",
        "application_id" | "webhook_id" => "application",
        "command_id" => "command",
        _ => "nobody",
    }
}

/// Reads one answer: status and body.
async fn read(pipe: &mut DuplexStream, route: &RouteInfo) -> (u16, Vec<u8>) {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        let read = pipe.read_buf(&mut bytes).await.unwrap_or_default();
        assert!(read > 0, "{} breaks the connection", route.operation);
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length = length.and_then(|length| length.parse::<usize>().ok()).unwrap_or_default();
    let mut body = bytes.split_off(head + 4);
    while body.len() < length {
        let read = pipe.read_buf(&mut body).await.unwrap_or_default();
        assert!(read > 0, "{} breaks the connection", route.operation);
    }
    (status, body)
}

/// Holds an answer to Discord's shape; the id of what was made, if it tells one.
fn check(route: &RouteInfo, status: u16, body: &[u8]) -> Option<String> {
    let shown = || format!("{} {status}: {}", route.operation, String::from_utf8_lossy(body));
    if status == 204 {
        assert!(body.is_empty(), "{}", shown());
        return None;
    }
    let Ok(read) = serde_json::from_slice::<Value>(body) else { panic!("no JSON: {}", shown()) };
    match status {
        200..=202 => {
            let first = if read.is_array() { &read[0] } else { &read };
            first["id"].as_str().map(str::to_owned)
        }
        429 => {
            assert!(read["retry_after"].is_number() && read["message"].is_string(), "{}", shown());
            None
        }
        // The token routes speak RFC 6749, not Discord.
        400 | 401 if read["error"].is_string() => {
            assert!(route.path.starts_with("/oauth2/token"), "{}", shown());
            None
        }
        400..=499 => {
            assert!(read["code"].is_u64() && read["message"].is_string(), "{}", shown());
            if read["code"] == 50_035 {
                assert!(read["errors"].is_object(), "{}", shown());
            }
            None
        }
        _ => panic!("a status Discord does not give: {}", shown()),
    }
}
