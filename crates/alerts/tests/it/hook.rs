//! A receiver of webhooks that keeps what it gets, and misbehaves on request.

use std::{collections::VecDeque, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::any,
};
use secrecy::SecretString;
use serde_json::Value;
use std::sync::Mutex;

/// What it does with the next request.
pub(crate) enum Then {
    Answer(u16),
    AfterSeconds(u16, u16),
    Hang,
}

#[derive(Clone, Default)]
struct Shared {
    heard: Arc<Mutex<Vec<Heard>>>,
    next: Arc<Mutex<VecDeque<Then>>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) path: String,
    pub(crate) authorization: Option<String>,
    pub(crate) body: Value,
}

pub(crate) struct Hook {
    address: SocketAddr,
    shared: Shared,
}

impl Hook {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Shared::default();
        let app = Router::new().fallback(any(take)).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, shared }
    }

    pub(crate) fn url(&self, path: &str) -> SecretString {
        SecretString::from(format!("http://{}{path}", self.address))
    }

    pub(crate) fn then(&self, next: impl IntoIterator<Item = Then>) {
        self.shared.next.lock().unwrap().extend(next);
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.shared.heard.lock().unwrap().clone()
    }
}

async fn take(State(shared): State<Shared>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let authorization = headers.get("authorization").map(|v| v.to_str().unwrap().to_owned());
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let heard = Heard { path: uri.path().to_owned(), authorization, body };
    shared.heard.lock().unwrap().push(heard);
    let next = shared.next.lock().unwrap().pop_front();
    let status = |code| StatusCode::from_u16(code).unwrap();
    match next {
        None => StatusCode::NO_CONTENT.into_response(),
        Some(Then::Answer(code)) => status(code).into_response(),
        Some(Then::AfterSeconds(code, seconds)) => {
            (status(code), [("retry-after", seconds.to_string())]).into_response()
        }
        Some(Then::Hang) => {
            tokio::time::sleep(Duration::from_hours(1)).await;
            StatusCode::OK.into_response()
        }
    }
}
