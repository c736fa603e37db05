//! Opening and closing a websocket.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::compress::Packer;
use super::compression::Compression;
use super::connection::{Connection, End};
use super::payload::{close, reason};
use crate::line::Line;
use crate::observe::ViolationKind;
use crate::sandbox::Sandbox;

/// How long a closed client may take to say goodbye.
const FAREWELL: Duration = Duration::from_secs(1);

/// Longest message that is read to its end, to be answered with 4002; a longer one breaks the connection.
const MAX_READ: usize = 1 << 20;

static CONNECTIONS: AtomicU64 = AtomicU64::new(1);

/// `GET /?v=10&encoding=json[&compress=…]`. A browser that comes here to look is shown the page.
pub(crate) async fn connect(
    State(sandbox): State<Sandbox>,
    ConnectInfo(line): ConnectInfo<Line>,
    Query(query): Query<HashMap<String, String>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(WebSocketUpgradeRejection::InvalidConnectionHeader(_)) => {
            return Redirect::to("/app").into_response();
        }
        Err(refusal) => return refusal.into_response(),
    };
    if sandbox.hub().moods.closed.load(Ordering::Relaxed) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    upgrade.max_message_size(MAX_READ).max_frame_size(MAX_READ).on_upgrade(
        move |mut socket| async move {
            let compression = *sandbox.hub().moods.compression.read();
            let packer = match packer(&query, compression) {
                Ok(packer) => packer,
                Err((code, what)) => {
                    sandbox.note(ViolationKind::Gateway, format!("close {code}"), what);
                    farewell(&mut socket, code).await;
                    return;
                }
            };
            let id = CONNECTIONS.fetch_add(1, Ordering::Relaxed);
            let mut connection = Connection::new(id, sandbox, socket, packer);
            let end = connection.run().await.err().unwrap_or(End::Broken);
            let mut socket = connection.leave(&end);
            match end {
                End::Close(code) => farewell(&mut socket, code).await,
                End::Cut => line.cut(),
                End::Client(_) | End::Broken => {}
            }
        },
    )
}

/// Checks the query of the URL; the error is a close code and what is wrong.
fn packer(
    query: &HashMap<String, String>,
    compression: Compression,
) -> Result<Packer, (u16, &'static str)> {
    let get = |key: &str| query.get(key).map(String::as_str);
    // Clients that still ask for version 9 are served version 10, which differs in nothing the sandbox sends.
    if !matches!(get("v"), Some("9" | "10")) {
        return Err((close::BAD_VERSION, "only version 10 is spoken here"));
    }
    if get("encoding").is_some_and(|encoding| encoding != "json") {
        return Err((close::DECODE, "only JSON encoding is spoken here"));
    }
    match compression {
        Compression::Ignored => return Ok(Packer::Plain),
        Compression::Refused if get("compress").is_some() => {
            return Err((close::DECODE, "compression is switched off"));
        }
        Compression::Served | Compression::Refused => {}
    }
    // What Discord does with an unknown value is not documented; a bot should not send one.
    Packer::from_query(get("compress")).ok_or((close::DECODE, "unknown compress value"))
}

/// Closes with a code and waits for the client's own close: a socket closed with unread bytes resets the
/// connection, and the code would be lost.
async fn farewell(socket: &mut WebSocket, code: u16) {
    let frame = CloseFrame { code, reason: reason(code).into() };
    if socket.send(Message::Close(Some(frame))).await.is_ok() {
        let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
        let _ = tokio::time::timeout(FAREWELL, rest).await;
    }
}
