//! Judging an answer.

use serde_json::Value;

use crate::finding::{Finding, Rule};
use crate::operation::Operation;
use crate::schemas::{Reading, Schemas};
use crate::strings;

/// The headers of a bucket (topics/rate-limits, "Header Format").
const BUCKET: [&str; 5] = [
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-ratelimit-reset-after",
    "x-ratelimit-bucket",
];

/// An answer as it goes out.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: &'a [(&'a str, &'a str)],
    /// Body.
    pub body: &'a [u8],
    /// True when Discord counts this request in a bucket and so sends the bucket's headers.
    pub counted: bool,
}

impl Answer<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }
}

/// Everything wrong with an answer. Without an operation only the shape of an error is known.
pub(crate) fn judge(
    schemas: &Schemas,
    operation: Option<&Operation>,
    answer: &Answer<'_>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let described = match operation {
        Some(operation) => listed(schemas, operation, answer.status),
        None if (400..500).contains(&answer.status) => {
            Some(String::from("/components/responses/ClientErrorResponse"))
        }
        None => None,
    };
    match described {
        Some(described) => body(schemas, &described, answer, &mut findings),
        None => findings.push(Finding::new(
            Rule::Status,
            answer.status.to_string(),
            "not listed for this operation",
        )),
    }
    headers(answer, &mut findings);
    findings
}

/// Pointer to the description of a status: the number itself or its range.
fn listed(schemas: &Schemas, operation: &Operation, status: u16) -> Option<String> {
    let all = format!("{}/responses", operation.pointer());
    let names = [status.to_string(), format!("{}XX", status / 100)];
    let found = names.iter().map(|name| format!("{all}/{name}"));
    found.into_iter().find(|one| schemas.get(one).is_some()).map(|one| schemas.follow(&one))
}

fn body(schemas: &Schemas, described: &str, answer: &Answer<'_>, findings: &mut Vec<Finding>) {
    let bad = |detail: &str| Finding::new(Rule::Body, "", detail);
    let content = format!("{described}/content");
    let Some(Value::Object(kinds)) = schemas.get(&content) else {
        if !answer.body.is_empty() {
            findings.push(bad("a body where none is described"));
        }
        return;
    };
    if !kinds.contains_key("application/json") {
        return;
    }
    if !answer.header("content-type").is_some_and(|kind| kind.starts_with("application/json")) {
        findings.push(Finding::new(Rule::Header, "content-type", "not application/json"));
    }
    let Ok(value) = serde_json::from_slice::<Value>(answer.body) else {
        findings.push(bad("no JSON"));
        return;
    };
    let failed =
        schemas.check(Reading::Open, &format!("{content}/application~1json/schema"), &value);
    findings.extend(failed.into_iter().map(|(at, detail)| Finding::new(Rule::Body, at, detail)));
    strings::check(&value, findings);
}

/// Bucket headers come all together; 429 says when to come back and whose limit it was, and only a global one has
/// no bucket.
fn headers(answer: &Answer<'_>, findings: &mut Vec<Finding>) {
    let mut missing = |name: &str, detail: &str| {
        findings.push(Finding::new(Rule::Header, name, detail));
    };
    let limited = answer.status == 429;
    let global = answer.header("x-ratelimit-global").is_some();
    if limited {
        match answer.header("retry-after") {
            Some(text) if text.parse::<u64>().is_ok() => {}
            _ => missing("retry-after", "no whole number of seconds"),
        }
        match answer.header("x-ratelimit-scope") {
            Some("user" | "shared") if !global => {}
            Some("global") if global => {}
            _ => missing("x-ratelimit-scope", "missing, or at odds with x-ratelimit-global"),
        }
    }
    let any = BUCKET.iter().any(|name| answer.header(name).is_some());
    if global && any {
        missing("x-ratelimit-global", "a global limit has no bucket");
    }
    if any || (answer.counted && !global) {
        for name in BUCKET {
            match answer.header(name) {
                None => missing(name, "missing"),
                Some(text) if !is_well_formed(name, text) => missing(name, "malformed"),
                Some(_) => {}
            }
        }
    }
}

fn is_well_formed(name: &str, text: &str) -> bool {
    match name {
        "x-ratelimit-limit" | "x-ratelimit-remaining" => text.parse::<u32>().is_ok(),
        "x-ratelimit-bucket" => !text.is_empty(),
        _ => text.parse::<f64>().is_ok_and(|seconds| seconds >= 0.0),
    }
}
