//! One exchange over HTTP, bounded in time. The address is never part of an error.

use std::{error::Error as _, fmt, time::Duration};

use reqwest::{
    RequestBuilder, Response,
    header::{AUTHORIZATION, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::{RouteError, SendError, Trust};

/// How long one exchange may take.
const WITHIN: Duration = Duration::from_secs(10);
/// Between two packets and a refusal, on a network that swallows them.
const CONNECT: Duration = Duration::from_secs(5);

/// Where to; a secret.
#[derive(Clone)]
pub(crate) struct Target(Url);

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Target(…)")
    }
}

impl Target {
    pub(crate) fn parse(url: &SecretString) -> Result<Self, RouteError> {
        const FORM: RouteError = RouteError::Address("https://host/path");
        let url = Url::parse(url.expose_secret().trim()).map_err(|_| FORM)?;
        let usable = matches!(url.scheme(), "https" | "http") && url.has_host();
        usable.then_some(Self(url)).ok_or(FORM)
    }

    pub(super) fn path(&self) -> &str {
        self.0.path()
    }
}

/// A token in a header; a secret.
#[derive(Clone, Debug)]
pub(super) struct Bearer(HeaderValue);

impl Bearer {
    pub(super) fn new(token: &SecretString) -> Result<Self, RouteError> {
        let value = format!("Bearer {}", token.expose_secret().trim());
        let mut value = HeaderValue::try_from(value).map_err(|_| RouteError::Token)?;
        value.set_sensitive(true);
        Ok(Self(value))
    }
}

#[derive(Debug)]
pub(crate) struct Client(reqwest::Client);

impl Client {
    pub(crate) fn new(trust: &Trust) -> Result<Self, RouteError> {
        let tls = |error: reqwest::Error| RouteError::Tls(deepest(&error));
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("Gamekeeper/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .timeout(WITHIN)
            // An alert is rare, and a connection that rested since the last one is mostly dead.
            .pool_max_idle_per_host(0)
            // Who is sent elsewhere may be sent to a stranger.
            .redirect(Policy::none());
        if !trust.roots.is_empty() {
            let roots = trust.roots.iter().map(|der| reqwest::Certificate::from_der(der));
            builder = builder.tls_certs_merge(roots.collect::<Result<Vec<_>, _>>().map_err(tls)?);
        }
        builder.build().map(Self).map_err(tls)
    }

    pub(crate) async fn get(&self, target: &Target) -> Result<(), SendError> {
        answered(self.0.get(target.0.clone())).await
    }

    pub(super) async fn post(
        &self,
        target: &Target,
        bearer: Option<&Bearer>,
        body: &Value,
    ) -> Result<(), SendError> {
        let mut request = self.0.post(target.0.clone());
        if let Some(Bearer(value)) = bearer {
            request = request.header(AUTHORIZATION, value.clone());
        }
        answered(request.header("content-type", "application/json").body(body.to_string())).await
    }
}

/// What the other side says beside its status is not read: it may repeat what it was sent.
async fn answered(request: RequestBuilder) -> Result<(), SendError> {
    let answer = request.send().await.map_err(|error| failure(&error))?;
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    Err(SendError::Refused { status: status.as_u16(), after: retry_after(&answer) })
}

/// Only where another try is meant.
fn retry_after(answer: &Response) -> Option<Duration> {
    if !matches!(answer.status().as_u16(), 429 | 503) {
        return None;
    }
    let seconds = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.parse::<f32>().ok()?;
    Duration::try_from_secs_f32(seconds).ok()
}

fn failure(error: &reqwest::Error) -> SendError {
    if error.is_timeout() {
        return SendError::Slow(WITHIN);
    }
    let why = deepest(error);
    if why.contains("certificate") || why.contains("handshake") {
        SendError::Certificate(why)
    } else if error.is_connect() {
        SendError::Unreachable(why)
    } else {
        SendError::Broken(why)
    }
}

/// What went wrong beneath. The error's own text holds the address.
fn deepest(error: &reqwest::Error) -> String {
    let Some(mut cause) = error.source() else { return "it could not be sent".to_owned() };
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
