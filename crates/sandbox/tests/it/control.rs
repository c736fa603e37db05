//! The control API's own description: complete, well-formed, and true. Every call a test makes through [`call`] is held
//! to it.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use sandbox::{Config, Sandbox};

/// One call, as it is on the wire.
async fn raw(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> (u16, String, Value) {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let request = format!(
        "{method} /sandbox{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_owned(), serde_json::from_str(body).unwrap_or_else(|_| json!(body)))
}

/// One call to the control API. A request that is accepted, and every answer, must be as the API describes itself.
pub(crate) async fn call(
    sandbox: &Sandbox,
    method: &str,
    path: &str,
    body: &Value,
) -> (u16, Value) {
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let (status, _, answer) = raw(sandbox, method, path, &text).await;
    let document = described(sandbox).await;
    let operation = operation(&document, method, path);
    if status == 200 {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(schema.is_null(), body.is_null(), "{method} {path} takes a body");
        if !schema.is_null() {
            hold(&document, schema, body);
        }
        let content = &operation["responses"]["200"]["content"];
        hold(&document, &content["application/json"]["schema"], &answer);
    } else {
        let refused = &document["components"]["responses"]["Refused"]["content"];
        hold(&document, &refused["application/json"]["schema"], &answer);
    }
    (status, answer)
}

/// A call that is accepted.
pub(crate) async fn good(sandbox: &Sandbox, method: &str, path: &str, body: Value) -> Value {
    let (status, answer) = call(sandbox, method, path, &body).await;
    assert_eq!(status, 200, "{method} {path}: {answer}");
    answer
}

async fn described(sandbox: &Sandbox) -> Value {
    raw(sandbox, "GET", "/openapi.json", "").await.2
}

/// The operation of a path with everything filled in.
fn operation<'a>(document: &'a Value, method: &str, path: &str) -> &'a Value {
    let path = path.split('?').next().unwrap_or_default();
    let path: Vec<_> = "/sandbox".split('/').chain(path.split('/').skip(1)).collect();
    let fits = |template: &str| {
        let parts: Vec<_> = template.split('/').collect();
        let alike = |(part, given): (&&str, &&str)| part.starts_with('{') || part == given;
        parts.len() == path.len() && parts.iter().zip(&path).all(alike)
    };
    let paths = document["paths"].as_object().unwrap();
    // A fixed name goes before a parameter, as in every router.
    let found = paths.iter().filter(|(template, _)| fits(template));
    let found = found.min_by_key(|(template, _)| template.matches('{').count());
    let (_, methods) = found.unwrap_or_else(|| panic!("{path:?} is not described"));
    &methods[method.to_lowercase()]
}

/// Holds a value to a schema of the document.
fn hold(document: &Value, schema: &Value, value: &Value) {
    let whole = json!({"allOf": [schema], "components": document["components"]});
    let validator = jsonschema::options().build(&whole).unwrap();
    let errors: Vec<_> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{value} is not as described: {errors:#?}");
}

#[tokio::test]
async fn every_call_is_described_and_every_described_call_is_served() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let document = described(&sandbox).await;
    let mut names = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let methods = methods.as_object().unwrap();
        let filled = path.replace(['{', '}'], "");
        let below = filled.strip_prefix("/sandbox").unwrap();
        // The router itself says what it has there.
        let (status, head, answer) = raw(&sandbox, "PUT", below, "").await;
        assert_eq!(status, 405, "{path}: {answer}");
        let allowed = head.lines().find_map(|line| line.strip_prefix("allow: ")).unwrap();
        let served: BTreeSet<_> = allowed.split(',').filter(|one| *one != "HEAD").collect();
        let told: BTreeSet<_> = methods.keys().map(|method| method.to_uppercase()).collect();
        assert_eq!(served, told.iter().map(String::as_str).collect(), "{path}");
        for (method, operation) in methods {
            let id = operation["operationId"].as_str().unwrap();
            assert!(names.insert(id.to_owned()), "{id} is there twice");
            let told = operation["summary"].as_str().unwrap();
            assert!(told.ends_with('.'), "{method} {path}: {told}");
        }
    }
    assert!(names.len() >= 35, "{names:?}");
    let (status, _, answer) = raw(&sandbox, "POST", "/dance", "{}").await;
    assert_eq!(status, 404);
    let told = "there is no control call POST /sandbox/dance; see /sandbox/openapi.json";
    assert_eq!(answer, json!({"error": told}));
    assert!(sandbox.violations().is_empty(), "a slip of the test is not the bot's");
}

#[tokio::test]
async fn every_reference_in_the_description_leads_somewhere() {
    fn walk<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                map.values().for_each(|one| walk(one, found));
            }
            Value::Array(list) => list.iter().for_each(|one| walk(one, found)),
            _ => {}
        }
    }
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let document = described(&sandbox).await;
    assert_eq!(document["openapi"], "3.1.0");
    let mut found = Vec::new();
    walk(&document, &mut found);
    assert!(found.len() > 30);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let whole = json!({"allOf": [schema], "components": document["components"]});
        jsonschema::options().build(&whole).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_with_a_reason() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    for (path, body, status, told) in [
        ("/clock/advance", "{", 400, "Failed to parse the request body as JSON"),
        ("/clock/advance", r#"{"ms": "soon"}"#, 422, "invalid type: string \"soon\", expected u64"),
        ("/clock/advance", r#"{"ms": 1, "s": 2}"#, 422, "unknown field `s`, expected `ms`"),
        ("/faults", r#"{"kind": "bad luck"}"#, 422, "unknown variant `bad luck`"),
    ] {
        let (got, _, answer) = raw(&sandbox, "POST", path, body).await;
        assert_eq!(got, status, "{path} {body}: {answer}");
        let error = answer["error"].as_str().unwrap();
        assert!(error.contains(told), "{error}");
    }
    let (status, _, answer) = raw(&sandbox, "GET", "/interactions/x", "").await;
    assert_eq!((status, answer["error"].is_string()), (400, true), "{answer}");
}
