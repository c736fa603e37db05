//! One exchange with a panel over HTTP, bounded in time and size.

use std::{error::Error as _, time::Duration};

use reqwest::{
    StatusCode,
    header::{ACCEPT, AUTHORIZATION, HeaderValue},
    redirect::Policy,
};
use serde_json::Value;

use super::{AmpError, PanelUrl, error::short};

/// Largest answer that is read. A console of 10,000 lines is about 2 MiB.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Between two connects and a refusal, on a network that swallows packets.
const CONNECT: Duration = Duration::from_secs(5);

pub(super) struct Transport {
    client: reqwest::Client,
    base: String,
    within: Duration,
}

/// How a call shows its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown<'a> {
    /// Not at all.
    Nobody,
    /// In a header, as AMP wants it since 2.6.2.
    Header(&'a str),
    /// In the body, as it was before.
    Body(&'a str),
}

impl Transport {
    pub(super) fn new(url: &PanelUrl, verify: bool, within: Duration) -> Result<Self, AmpError> {
        let client = reqwest::Client::builder()
            .user_agent(concat!("Gamekeeper/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .timeout(within)
            // AMP does not redirect. Who does is not AMP, and must not be told a password.
            .redirect(Policy::none())
            .tls_danger_accept_invalid_certs(!verify)
            .build()
            .map_err(|error| AmpError::Unreachable(chain(&error)))?;
        Ok(Self { client, base: url.as_str().to_owned(), within })
    }

    /// Calls `path`, such as `Core/GetStatus` or the same behind an instance. An empty answer is
    /// null.
    pub(super) async fn call(
        &self,
        path: &str,
        mut body: Value,
        session: Shown<'_>,
    ) -> Result<Value, AmpError> {
        let mut request = self
            .client
            .post(format!("{}/API/{path}", self.base))
            .header(ACCEPT, "application/json");
        match session {
            Shown::Nobody => {}
            Shown::Header(session) => {
                let value = HeaderValue::try_from(format!("Bearer {session}"));
                let mut value = value.map_err(|_| AmpError::NoSession)?;
                value.set_sensitive(true);
                request = request.header(AUTHORIZATION, value);
            }
            Shown::Body(session) => body["SESSIONID"] = session.into(),
        }
        let request = request.header("content-type", "application/json").body(body.to_string());
        let mut answer = request.send().await.map_err(|error| self.failure(&error))?;
        let status = answer.status();
        let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
        if answer.content_length().is_some_and(|length| length > most) {
            return Err(not_amp(status, "an answer without end"));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| self.failure(&error))? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return Err(not_amp(status, "an answer without end"));
            }
            bytes.extend_from_slice(&chunk);
        }
        read(status, &bytes)
    }

    fn failure(&self, error: &reqwest::Error) -> AmpError {
        if error.is_timeout() {
            return AmpError::Slow(self.within);
        }
        let why = chain(error);
        if why.contains("certificate") || why.contains("tls handshake") {
            AmpError::Certificate(why)
        } else if error.is_connect() {
            AmpError::Unreachable(why)
        } else {
            AmpError::Broken(why)
        }
    }
}

/// What went wrong beneath, without the address, which the operator knows.
fn chain(error: &reqwest::Error) -> String {
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    let text = if error.source().is_some() { deepest.to_string() } else { "no connection".into() };
    short(&text)
}

fn read(status: StatusCode, bytes: &[u8]) -> Result<Value, AmpError> {
    if status.is_redirection() {
        return Err(not_amp(status, "a redirect; is the address right?"));
    }
    let text = bytes.trim_ascii();
    if text.is_empty() && status.is_success() {
        return Ok(Value::Null);
    }
    let parsed = serde_json::from_slice::<Value>(text);
    // Whatever stands in the body, unless it says more.
    let by_status = match status.as_u16() {
        401 => Some(AmpError::NoSession),
        403 => Some(AmpError::Denied("something it does not name".to_owned())),
        _ => None,
    };
    let Ok(mut body) = parsed else {
        if let Some(error) = by_status {
            return Err(error);
        }
        let page = text.first() == Some(&b'<');
        return Err(not_amp(status, if page { "a web page" } else { "something unreadable" }));
    };
    if let Some(error) = super::error::find(&body) {
        return Err(error);
    }
    if let Some(error) = by_status {
        return Err(error);
    }
    if !status.is_success() {
        return Err(not_amp(status, "an error"));
    }
    // AMP before 2.4.7 wrapped many answers.
    if let Value::Object(fields) = &mut body
        && fields.len() == 1
        && let Some(inner) = fields.remove("result")
    {
        return match super::error::find(&inner) {
            Some(error) => Err(error),
            None => Ok(inner),
        };
    }
    Ok(body)
}

fn not_amp(status: StatusCode, what: &str) -> AmpError {
    AmpError::NotAmp { status: status.as_u16(), what: what.to_owned() }
}
