//! One HTTP exchange: what goes out, what comes back, and whether anything left at all.

use crate::{BuildError, CallError, RestConfig};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request, StatusCode, Uri,
    header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, USER_AGENT},
};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Frame, SizeHint};
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use secrecy::ExposeSecret;
use std::{
    convert::Infallible,
    error::Error,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};

/// Shorter than servers usually keep idle connections, so that few creates are sent into one that
/// is just closing: their answer would be lost.
const IDLE: Duration = Duration::from_secs(30);

pub(crate) struct Transport {
    client: Client<HttpsConnector<HttpConnector>, Watched>,
    api: String,
    authorization: HeaderValue,
    user_agent: HeaderValue,
    max_answer_bytes: usize,
}

/// A request ready to be sent any number of times.
pub(crate) struct Outgoing {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// No answer.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) why: String,
    /// Whether Discord may have received the whole request.
    pub(crate) sent: bool,
}

impl Transport {
    pub(crate) fn new(config: &RestConfig) -> Result<Self, BuildError> {
        let token = config.token.expose_secret().trim();
        let token = token.strip_prefix("Bot ").unwrap_or(token).trim();
        if token.is_empty() {
            return Err(BuildError::Token);
        }
        let mut authorization =
            HeaderValue::try_from(format!("Bot {token}")).map_err(|_| BuildError::Token)?;
        // Hides it from Debug and keeps it out of HTTP/2's header table.
        authorization.set_sensitive(true);

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_webpki_roots()
            .with_no_client_auth();
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(config.deadlines.connect));
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(tcp);
        Ok(Self {
            client: Client::builder(TokioExecutor::new())
                .pool_timer(TokioTimer::new())
                .pool_idle_timeout(IDLE)
                .build(connector),
            api: config.origin.api(),
            authorization,
            user_agent: HeaderValue::try_from(&config.user_agent)
                .map_err(|_| BuildError::UserAgent)?,
            max_answer_bytes: config.max_answer_bytes,
        })
    }

    pub(crate) fn prepare(
        &self,
        request: &twilight_http::request::Request,
    ) -> Result<Outgoing, CallError> {
        let unbuildable = |why: &str| CallError::Unbuildable { why: why.to_owned() };
        // The path is kept out of the message: it may hold a token.
        let uri = format!("{}/{}", self.api, request.path())
            .parse()
            .map_err(|_| unbuildable("the path is not a valid URL path"))?;
        let method = Method::from_bytes(request.method().name().as_bytes())
            .map_err(|_| unbuildable("unknown method"))?;
        let mut headers = request.headers().cloned().unwrap_or_default();
        let body = if let Some(form) = request.form() {
            let kind = HeaderValue::try_from(form.content_type())
                .map_err(|_| unbuildable("the form has no valid type"))?;
            headers.insert(CONTENT_TYPE, kind);
            Bytes::from(form.clone().build())
        } else if let Some(json) = request.body() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Bytes::copy_from_slice(json)
        } else {
            Bytes::new()
        };
        if !body.is_empty() || matches!(method, Method::POST | Method::PUT | Method::PATCH) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        headers.insert(USER_AGENT, self.user_agent.clone());
        if request.use_authorization_token() {
            headers.insert(AUTHORIZATION, self.authorization.clone());
        }
        Ok(Outgoing { method, uri, headers, body })
    }

    pub(crate) async fn send(&self, out: &Outgoing, limit: Duration) -> Result<Answer, Failure> {
        let touched = Arc::new(AtomicBool::new(out.body.is_empty()));
        let mut request = Request::new(Watched {
            body: Full::new(out.body.clone()),
            touched: Arc::clone(&touched),
        });
        *request.method_mut() = out.method.clone();
        *request.uri_mut() = out.uri.clone();
        *request.headers_mut() = out.headers.clone();

        let sent = || touched.load(Ordering::Acquire);
        let exchange = async {
            let response = self.client.request(request).await.map_err(|error| Failure {
                sent: !error.is_connect() && sent(),
                why: describe(&error),
            })?;
            let (parts, body) = response.into_parts();
            let body = Limited::new(body, self.max_answer_bytes);
            let body = body
                .collect()
                .await
                .map_err(|error| Failure { why: describe(&*error), sent: true })?;
            Ok(Answer { status: parts.status, headers: parts.headers, body: body.to_bytes() })
        };
        match tokio::time::timeout(limit, exchange).await {
            Ok(result) => result,
            Err(_) => Err(Failure { why: "no answer in time".to_owned(), sent: sent() }),
        }
    }
}

/// The chain of causes; hyper puts no path or header into them.
fn describe(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

/// A body that notes when it is first read. That happens only once a connection is open, so an
/// untouched body proves that the request never left.
struct Watched {
    body: Full<Bytes>,
    touched: Arc<AtomicBool>,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.touched.store(true, Ordering::Release);
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
