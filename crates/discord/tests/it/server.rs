//! A Discord that answers by script.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, Response},
};
use discord::{Rest, RestConfig};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

pub(crate) const TOKEN: &str = "bot-t0ken.secret";

#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) at: Instant,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
    delay: Duration,
}

pub(crate) fn reply(status: u16, body: &str) -> Reply {
    Reply { status, body: body.to_owned(), ..Reply::default() }
}

impl Reply {
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The visible bucket, without a scope header, as documented for 2xx.
    pub(crate) fn bucket(self, limit: u32, remaining: u32, reset_after: f64) -> Self {
        self.header("x-ratelimit-bucket", "abc")
            .header("x-ratelimit-limit", &limit.to_string())
            .header("x-ratelimit-remaining", &remaining.to_string())
            .header("x-ratelimit-reset-after", &reset_after.to_string())
    }

    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

/// A documented 429.
pub(crate) fn limited(scope: &str, retry_after: f64) -> Reply {
    let global = scope == "global";
    let body = format!(
        r#"{{"message":"You are being rate limited.","retry_after":{retry_after},"global":{global}}}"#
    );
    let whole = retry_after.ceil().to_string();
    let reply = reply(429, &body).header("retry-after", &whole);
    if scope.is_empty() { reply } else { reply.header("x-ratelimit-scope", scope) }
}

type Script = Box<dyn Fn(&Hit, usize) -> Reply + Send + Sync>;

pub(crate) struct Server {
    pub(crate) origin: String,
    shared: Arc<Shared>,
}

struct Shared {
    script: Script,
    hits: Mutex<Vec<Hit>>,
}

impl Server {
    /// `script` gets each request and how many came before it.
    pub(crate) async fn start(
        script: impl Fn(&Hit, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let shared = Arc::new(Shared { script: Box::new(script), hits: Mutex::default() });
        let app = Router::new().fallback(answer).with_state(shared.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { origin, shared }
    }

    pub(crate) fn hits(&self) -> Vec<Hit> {
        self.shared.hits.lock().unwrap().clone()
    }

    pub(crate) fn count(&self) -> usize {
        self.shared.hits.lock().unwrap().len()
    }

    pub(crate) fn rest(&self) -> Rest {
        Rest::new(config(&self.origin)).unwrap()
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let hit = Hit {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        headers: parts.headers,
        body: axum::body::to_bytes(body, usize::MAX).await.unwrap(),
        at: Instant::now(),
    };
    let reply = {
        let mut hits = shared.hits.lock().unwrap();
        let reply = (shared.script)(&hit, hits.len());
        hits.push(hit);
        reply
    };
    tokio::time::sleep(reply.delay).await;
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}

/// Fast retries.
pub(crate) fn config(origin: &str) -> RestConfig {
    let mut config = RestConfig::new(TOKEN.into());
    config.origin = origin.parse().unwrap();
    config.retries.min_delay = Duration::from_millis(5);
    config.limits.unstated_retry_after = Duration::from_millis(200);
    config
}
