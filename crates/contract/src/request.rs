//! Judging a request.

use serde_json::Value;

use crate::finding::{Finding, Rule};
use crate::loose;
use crate::operation::Operation;
use crate::schemas::{Reading, Schemas};

/// A request as it came.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Path below the API's base, such as `/channels/42`.
    pub path: &'a str,
    /// Query, without the question mark.
    pub query: &'a str,
    /// Body.
    pub body: Body<'a>,
}

/// The body of a request.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// None.
    Empty,
    /// JSON, also the `payload_json` of a multipart body.
    Json(&'a [u8]),
    /// `application/x-www-form-urlencoded`.
    Form(&'a [u8]),
    /// Files without `payload_json`.
    Files,
    /// Bytes of another kind, or of none at all.
    Strange,
}

/// Everything wrong with a request, first by the open, then by the closed reading.
pub(crate) fn judge(
    schemas: &Schemas,
    operation: &Operation,
    request: &Request<'_>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    parameters(schemas, operation, request, &mut findings);
    body(schemas, operation, &request.body, &mut findings);
    findings
}

/// Parameters of the path and the query.
fn parameters(
    schemas: &Schemas,
    operation: &Operation,
    request: &Request<'_>,
    findings: &mut Vec<Finding>,
) {
    let described = described(schemas, operation);
    for (name, value) in operation.parameters(request.path) {
        let found = described.iter().find(|one| one.place == "path" && one.name == name);
        let Some(found) = found else { continue };
        if !fits(schemas, &found.schema, &[value]) {
            findings.push(Finding::new(Rule::Open, format!("path {name}"), format!("{value:?}")));
        }
    }
    let pairs: Vec<_> = form_urlencoded::parse(request.query.as_bytes()).collect();
    let mut seen: Vec<&str> = Vec::new();
    for (key, _) in &pairs {
        if seen.contains(&&**key) {
            continue;
        }
        seen.push(key);
        // Some libraries write an array as `key[]` or `key[0]`; Discord does not describe that.
        let Some(found) = described.iter().find(|one| one.place == "query" && one.name == *key)
        else {
            findings.push(Finding::new(Rule::Closed, format!("query {key}"), "no such parameter"));
            continue;
        };
        let values: Vec<&str> =
            pairs.iter().filter(|(other, _)| other == key).map(|(_, value)| &**value).collect();
        if !fits(schemas, &found.schema, &values) {
            findings.push(Finding::new(Rule::Open, format!("query {key}"), format!("{values:?}")));
        }
    }
    for one in described.iter().filter(|one| one.place == "query" && one.required) {
        if !seen.contains(&one.name) {
            findings.push(Finding::new(Rule::Open, format!("query {}", one.name), "is required"));
        }
    }
}

struct Described<'a> {
    place: &'a str,
    name: &'a str,
    required: bool,
    /// Pointer to its schema.
    schema: String,
}

fn described<'a>(schemas: &'a Schemas, operation: &Operation) -> Vec<Described<'a>> {
    let lists = [operation.path_pointer(), operation.pointer()];
    let mut all = Vec::new();
    for list in lists {
        let list = format!("{list}/parameters");
        let Some(Value::Array(items)) = schemas.get(&list) else { continue };
        for (index, item) in items.iter().enumerate() {
            let text = |key| item.get(key).and_then(Value::as_str).unwrap_or_default();
            all.push(Described {
                place: text("in"),
                name: text("name"),
                required: item.get("required").and_then(Value::as_bool).unwrap_or(false),
                schema: format!("{list}/{index}/schema"),
            });
        }
    }
    all
}

fn fits(schemas: &Schemas, schema: &str, values: &[&str]) -> bool {
    let readings = loose::readings_of(values);
    readings.iter().any(|value| schemas.is_valid(Reading::Open, schema, value))
}

fn body(schemas: &Schemas, operation: &Operation, body: &Body<'_>, findings: &mut Vec<Finding>) {
    let described = format!("{}/requestBody", operation.pointer());
    let content = |kind: &str| format!("{described}/content/{}/schema", kind.replace('/', "~1"));
    let open = |detail: &str| Finding::new(Rule::Open, "", detail);
    let Some(wanted) = schemas.get(&described) else {
        if !matches!(body, Body::Empty | Body::Json(b"" | b"{}" | b"null")) {
            findings.push(Finding::new(Rule::Closed, "", "a body where none is described"));
        }
        return;
    };
    let (value, schema) = match body {
        Body::Empty => {
            if wanted.get("required").and_then(Value::as_bool) == Some(true) {
                findings.push(open("no body"));
            }
            return;
        }
        Body::Files => {
            if schemas.get(&content("multipart/form-data")).is_none() {
                findings.push(open("files where none are described"));
            }
            return;
        }
        Body::Strange => return findings.push(open("a kind of body that is not described")),
        Body::Json(bytes) => match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => (value, content("application/json")),
            Err(error) => return findings.push(open(&format!("no JSON: {error}"))),
        },
        Body::Form(bytes) => {
            let form = loose::object(bytes);
            // Some libraries wrap the JSON body in a form even when there are no files to go with it.
            match form.get("payload_json").and_then(Value::as_str).map(serde_json::from_str) {
                Some(Ok(value)) => (value, content("application/json")),
                Some(Err(error)) => return findings.push(open(&format!("no JSON: {error}"))),
                None => (form, content("application/x-www-form-urlencoded")),
            }
        }
    };
    // The payload of a multipart body is described by the JSON one, if there is one.
    let schema = if schemas.get(&schema).is_none() && matches!(body, Body::Json(_)) {
        content("multipart/form-data")
    } else {
        schema
    };
    if schemas.get(&schema).is_none() {
        findings.push(open("a kind of body that is not described"));
        return;
    }
    let failed = schemas.check(Reading::Open, &schema, &value);
    let rule = if failed.is_empty() { Rule::Closed } else { Rule::Open };
    let failed =
        if failed.is_empty() { schemas.check(Reading::Closed, &schema, &value) } else { failed };
    findings.extend(failed.into_iter().map(|(at, detail)| Finding::new(rule, at, detail)));
}
