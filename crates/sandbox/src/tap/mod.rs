//! The tap: everything said over REST and the gateway is held to Discord's published API description.
//!
//! A request is the bot's word and must be right whatever it is answered. A client that says something wrong on
//! purpose, to see how it is refused, marks the request with `X-Sandbox-Probe`; then only its acceptance is a
//! violation. Answers and gateway frames are the sandbox's own word; what an ordered fault says in Discord's place is
//! not.

mod source;
mod tally;

use std::io;
use std::sync::Arc;

use axum::http::HeaderValue;
use axum::http::request::Parts;
use bytes::Bytes;
use contract::{Body, Contract, Finding, Frame, Lapse, Operation, Request, Rule};

pub use source::ContractCheck;

use crate::observe::{ViolationKind, Violations};
use crate::rest::{Answer, Multipart, RouteInfo};

/// Marks a request that is wrong on purpose.
const PROBE: &str = "x-sandbox-probe";

/// A probe that may also be accepted with keys that the description does not know.
const UNKNOWN_KEYS: &[u8] = b"unknown-keys";

/// A probe that may be accepted whatever it says, where Discord takes one thing for another.
const LOOSE: &[u8] = b"loose";

/// One sandbox's tap.
#[derive(Debug)]
pub(crate) struct Tap {
    contract: Arc<Contract>,
    /// Whether a violation fails the test that let go of the last handle.
    enforced: bool,
}

/// A request and its answer.
pub(crate) struct Exchange<'a> {
    pub(crate) parts: &'a Parts,
    /// `None` when it was too large to be read.
    pub(crate) body: Option<&'a Bytes>,
    /// The route that was found; `None` when there is none.
    pub(crate) route: Option<&'a RouteInfo>,
    /// `None` when the connection broke before there was one.
    pub(crate) answer: Option<&'a Answer>,
    /// Whether the request was counted in a bucket.
    pub(crate) counted: bool,
}

impl Tap {
    /// Opens the description, if the sandbox is to be checked at all.
    pub(crate) fn open(check: &ContractCheck) -> io::Result<Option<Self>> {
        let Some((path, enforced)) = check.file() else { return Ok(None) };
        let contract = source::load(&path)?;
        Ok(Some(Self { contract, enforced }))
    }

    /// Judges a request with its answer.
    pub(crate) fn exchange(&self, exchange: &Exchange<'_>, violations: &Violations) {
        let uri = &exchange.parts.uri;
        let path = below_the_base(uri.path());
        let method = exchange.parts.method.as_str();
        let operation = self.contract.operation(method, path);
        let name = operation.map_or_else(|| format!("{method} {path}"), |found| found.id.clone());
        let mut found = self.request(exchange, operation, path);
        tally::request(&name);
        if let Some(answer) = exchange.answer.filter(|answer| !answer.foreign) {
            found.extend(self.answer(exchange, operation, answer));
            tally::answer(&name);
        }
        for finding in found {
            lapse(violations, &name, &finding);
        }
    }

    fn request(
        &self,
        exchange: &Exchange<'_>,
        operation: Option<&Operation>,
        path: &str,
    ) -> Vec<Finding> {
        let accepted = exchange.answer.is_some_and(|answer| answer.status < 300);
        let probe = exchange.parts.headers.get(PROBE).map(HeaderValue::as_bytes);
        let Some(operation) = operation else {
            let finding = Finding::new(Rule::Operation, "", "no such operation");
            return if probe.is_some() && !accepted { Vec::new() } else { vec![finding] };
        };
        // An operation the sandbox does not serve: its list of unknown routes says so.
        let Some(route) = exchange.route else { return Vec::new() };
        let mut found = Vec::new();
        if route.operation != operation.id {
            let detail = format!("the sandbox calls it {}", route.operation);
            found.push(Finding::new(Rule::Operation, "", detail));
        }
        let Some(sent) = exchange.body else {
            found.push(Finding::new(Rule::Open, "", "a body larger than anything allowed"));
            return if probe.is_some() { Vec::new() } else { found };
        };
        let kind = exchange.parts.headers.get("content-type");
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let multipart = kind.starts_with("multipart/form-data");
        let multipart = multipart.then(|| Multipart::parse(kind, sent)).flatten();
        let body = match &multipart {
            Some(Multipart { payload: Some(payload), .. }) => Body::Json(payload),
            Some(_) => Body::Files,
            None if sent.is_empty() => Body::Empty,
            None if kind.starts_with("application/json") => Body::Json(sent),
            None if kind.starts_with("application/x-www-form-urlencoded") => Body::Form(sent),
            None => Body::Strange,
        };
        let query = exchange.parts.uri.query().unwrap_or_default();
        let wrong = self.contract.request(operation, &Request { path, query, body });
        let counts = |finding: &Finding| match probe {
            None => true,
            Some(LOOSE) => false,
            // Discord ignores unknown keys.
            Some(UNKNOWN_KEYS) => accepted && finding.rule == Rule::Open,
            Some(_) => accepted,
        };
        found.extend(wrong.into_iter().filter(counts));
        found
    }

    fn answer(
        &self,
        exchange: &Exchange<'_>,
        operation: Option<&Operation>,
        answer: &Answer,
    ) -> Vec<Finding> {
        let mut headers: Vec<_> =
            answer.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.push(("content-type", answer.content_type));
        let answer = contract::Answer {
            status: answer.status,
            headers: &headers,
            body: &answer.body,
            counted: exchange.counted,
        };
        self.contract.answer(operation, &answer)
    }

    /// Judges a frame on its way to a client.
    pub(crate) fn frame(&self, text: &str, violations: &Violations) {
        let Frame { name, findings } = self.contract.frame(text);
        tally::frame(&name);
        for finding in findings {
            lapse(violations, &name, &finding);
        }
    }

    /// The last handle is gone: the test fails if something was wrong.
    pub(crate) fn settle(&self, violations: &Violations) {
        tally::save();
        let lapses: Vec<_> = violations
            .all()
            .into_iter()
            .filter(|one| one.kind == ViolationKind::Contract)
            .map(|one| format!("  {}: {}", one.place, one.detail))
            .collect();
        assert!(
            lapses.is_empty() || !self.enforced || std::thread::panicking(),
            "against Discord's API description (crates/contract/README.md tells how to read this):\n{}",
            lapses.join("\n")
        );
    }
}

fn lapse(violations: &Violations, place: &str, finding: &Finding) {
    let detail = finding.to_string();
    tally::lapse(Lapse { test: String::new(), place: place.to_owned(), detail: detail.clone() });
    violations.record(ViolationKind::Contract, place, detail);
}

/// The path as the description has it.
fn below_the_base(path: &str) -> &str {
    ["/api/v10", "/api/v9", "/api"]
        .iter()
        .filter_map(|base| path.strip_prefix(base))
        .find(|rest| rest.starts_with('/'))
        .unwrap_or(path)
}
