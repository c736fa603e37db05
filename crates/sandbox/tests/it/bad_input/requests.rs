//! Broken requests, one by one.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::http::{Answer, PROBE, raw};
use crate::parity::stage::{JSON, Stage};

/// Sends bytes to a route that takes a body.
async fn post(stage: &Stage, kind: &str, body: &[u8]) -> Answer {
    let token = format!("Bot {}", stage.sandbox.token());
    let headers = [("authorization", token.as_str()), ("content-type", kind)];
    let path = format!("/api/v10{}", stage.fill("/channels/{general}/messages"));
    raw(&stage.sandbox, "POST", &path, &headers, body).await
}

fn error(answer: &Answer) -> (u16, u64, String) {
    let body = answer.json();
    let text = body["message"].as_str().unwrap_or_default().to_owned();
    (answer.status, body["code"].as_u64().unwrap(), text)
}

#[tokio::test]
async fn bodies_that_are_no_json() {
    let stage = Stage::set().await;
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let deep_object = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    let bodies: [&[u8]; 9] = [
        b"",
        b"{",
        b"{\"content\": }",
        b"{\"content\": \"x\"} trailing",
        b"{\"content\": \"\xff\xfe\"}",
        br#"{"content": "\ud800"}"#,
        b"{\"content\": 1e999}",
        deep.as_bytes(),
        deep_object.as_bytes(),
    ];
    for body in bodies {
        let answer = post(&stage, "application/json", body).await;
        let told = (400, 50_109, String::from("The request body contains invalid JSON."));
        assert_eq!(
            error(&answer),
            told,
            "{:?}",
            String::from_utf8_lossy(&body[..body.len().min(40)])
        );
    }
    assert_eq!(stage.call("GET", "/users/@me", &Value::Null).await.status, 200, "it lives on");
}

#[tokio::test]
async fn bodies_of_the_wrong_type() {
    let stage = Stage::set().await;
    for kind in ["text/plain", "application/xml", "image/png", "json", ""] {
        let answer = post(&stage, kind, br#"{"content": "hi"}"#).await;
        assert_eq!(error(&answer), (400, 50_035, String::from("Invalid Form Body")), "{kind}");
        let leaf = &answer.json()["errors"]["_errors"][0]["code"];
        assert_eq!(leaf, "CONTENT_TYPE_INVALID", "{kind}");
    }
    let token = format!("Bot {}", stage.sandbox.token());
    let headers = [("authorization", token.as_str()), JSON, (PROBE, "unknown-keys")];
    for body in [json!([]), json!("hi"), json!(5), json!(null), json!(true)] {
        let role = json!({"x": body}).to_string();
        let answer = stage.send("POST", "/guilds/{guild}/roles", &headers, &role).await;
        assert_eq!(answer.status, 200, "unknown keys are ignored: {}", answer.body);
        let answer = post(&stage, "application/json", body.to_string().as_bytes()).await;
        let leaf = &answer.json()["errors"]["_errors"][0]["code"];
        assert_eq!((answer.status, leaf), (400, &json!("DICT_TYPE_CONVERT")), "{body}");
    }
    let noted = stage.sandbox.violations();
    assert!(noted.iter().all(|one| one.detail == "x"), "and held against the bot: {noted:?}");
}

#[tokio::test]
async fn multipart_that_is_broken() {
    let stage = Stage::set().await;
    let part = "Content-Disposition: form-data; name=\"payload_json\"\r\n\r\n";
    for (kind, body) in [
        ("multipart/form-data", String::from("--B--")),
        ("multipart/form-data; boundary=", String::from("--B\r\n")),
        ("multipart/form-data; boundary=B", String::new()),
        ("multipart/form-data; boundary=B", format!("--B\r\n{part}{{")),
        ("multipart/form-data; boundary=B", format!("--B\r\n{part}{{\r\n--B--\r\n")),
        (
            "multipart/form-data; boundary=B",
            String::from("--B\r\nno: headers\r\n\r\nx\r\n--B--\r\n"),
        ),
        ("multipart/form-data; boundary=B", format!("--B\r\n{part}{{}}\r\n--C--\r\n")),
    ] {
        let answer = post(&stage, kind, body.as_bytes()).await;
        assert_eq!((answer.status, error(&answer).1), (400, 50_109), "{kind} {body:?}");
    }
}

#[tokio::test]
async fn bodies_that_are_too_big() {
    let stage = Stage::set().await;
    let big = vec![b' '; 25 * 1024 * 1024 + 1];
    let answer = post(&stage, "application/json", &big).await;
    assert_eq!(error(&answer), (413, 40_005, String::from("Request entity too large")));
    let text = json!({"content": "x".repeat(2_001)}).to_string();
    let answer = post(&stage, "application/json", text.as_bytes()).await;
    let leaf = &answer.json()["errors"]["content"]["_errors"][0];
    let told =
        json!({"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."});
    assert_eq!(leaf, &told);
}

#[tokio::test]
async fn tokens_that_are_none() {
    let stage = Stage::set().await;
    let good = stage.sandbox.token().to_owned();
    let padded = format!("Bot {good} ");
    let lower = format!("bot {good}");
    let user = format!("Bearer {good}");
    for token in ["", "Bot", "Bot ", "Bot wrong", &good, &lower, &user, "Basic Og==", "Bearer"] {
        let answer = stage.send("GET", "/users/@me", &[("authorization", token)], "").await;
        assert_eq!(error(&answer), (401, 0, String::from("401: Unauthorized")), "{token}");
    }
    assert_eq!(stage.send("GET", "/users/@me", &[], "").await.status, 401);
    let headers = [("authorization", padded.as_str())];
    let answer = stage.send("GET", "/users/@me", &headers, "").await;
    assert_eq!(answer.status, 200, "HTTP strips spaces around a header");
}

#[tokio::test]
async fn headers_that_come_twice() {
    let stage = Stage::set().await;
    let good = format!("Bot {}", stage.sandbox.token());
    let (good, bad) = (("authorization", good.as_str()), ("authorization", "Bot wrong"));
    for headers in [[good, bad], [bad, good]] {
        let answer = stage.send("GET", "/users/@me", &headers, "").await;
        assert_eq!(error(&answer).0, 401, "none of them counts");
    }
    let reasons = [("x-audit-log-reason", "one"), ("x-audit-log-reason", "two"), good, JSON];
    let made =
        stage.send("POST", "/guilds/{guild}/roles", &reasons, r#"{"permissions": "0"}"#).await;
    assert_eq!(made.status, 200);
    let kinds = [JSON, ("content-type", "text/plain"), good];
    let answer = stage.send("POST", "/guilds/{guild}/roles", &kinds, "{}").await;
    assert_eq!(answer.status, 200, "the first one counts");
}

#[tokio::test]
async fn routes_nobody_has() {
    let stage = Stage::set().await;
    for path in ["/nowhere", "/channels", "/channels/1/2/3/4", "/guilds/{guild}/", "//"] {
        let answer = stage.call("GET", path, &Value::Null).await;
        assert_eq!(error(&answer), (404, 0, String::from("404: Not Found")), "{path}");
    }
    for method in ["PUT", "TRACE", "OPTIONS", "BREW"] {
        let answer = stage.call(method, "/users/@me", &Value::Null).await;
        assert_eq!(error(&answer), (405, 0, String::from("405: Method Not Allowed")), "{method}");
    }
}

#[tokio::test]
async fn queries_that_make_no_sense() {
    let stage = Stage::set().await;
    for (query, field, code) in [
        ("limit=many", "limit", "NUMBER_TYPE_COERCE"),
        ("limit=-1", "limit", "NUMBER_TYPE_COERCE"),
        ("limit=99999999999999999999999", "limit", "NUMBER_TYPE_COERCE"),
        ("limit=0", "limit", "NUMBER_TYPE_MIN"),
        ("limit=101", "limit", "NUMBER_TYPE_MAX"),
        ("before=yesterday", "before", "NUMBER_TYPE_COERCE"),
        ("after=%FF", "after", "NUMBER_TYPE_COERCE"),
        ("around=+5", "around", "NUMBER_TYPE_COERCE"),
    ] {
        let path = format!("/channels/{{general}}/messages?{query}");
        let answer = stage.call("GET", &path, &Value::Null).await;
        assert_eq!(error(&answer).1, 50_035, "{query}: {}", answer.body);
        let leaf = &answer.json()["errors"][field]["_errors"][0]["code"];
        assert_eq!(leaf, code, "{query}: {}", answer.body);
    }
}

#[tokio::test]
async fn what_is_not_even_http() {
    let stage = Stage::set().await;
    for noise in [
        &b"\x16\x03\x01\x02\x00\x01\x00"[..],
        b"GET\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/9\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(stage.sandbox.address()).await.unwrap();
        stream.write_all(noise).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let text = String::from_utf8_lossy(&answer);
        assert!(
            text.is_empty() || text.starts_with("HTTP/1.1 4") || text.starts_with("HTTP/1.1 505"),
            "{text}"
        );
    }
    assert_eq!(stage.call("GET", "/users/@me", &Value::Null).await.status, 200, "it lives on");
}
