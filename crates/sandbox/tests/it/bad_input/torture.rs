//! Every operation with everything wrong in it, one thing at a time.

use serde_json::{Value, json};

use crate::http::{Answer, PROBE};
use crate::parity::operations;
use crate::parity::probe::{Caller, Probe};
use crate::parity::stage::{JSON, Stage};

/// Values that fit hardly anywhere.
fn nasty() -> Vec<Value> {
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1e300),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("\u{0}\u{202e}\u{1f600}"),
        json!("x".repeat(10_000)),
        json!("99999999999999999999999999"),
        json!([]),
        json!([null]),
        json!([{}]),
        json!({}),
        json!({"": {"id": "x", "type": []}}),
        deep,
    ]
}

async fn send(stage: &Stage, probe: &Probe, path: &str, body: &str) -> Answer {
    let authorization = match probe.caller {
        Caller::User(scopes) => format!("Bearer {}", stage.bearer(scopes).await),
        Caller::Bot | Caller::Client => format!("Bot {}", stage.sandbox.token()),
    };
    // Some of it is taken as something else, as Discord does: a number as text.
    let headers = [("authorization", authorization.as_str()), JSON, (PROBE, "loose")];
    stage.send(probe.method, path, &headers, body).await
}

/// It was understood, or refused with a code.
fn sane(answer: &Answer, what: &str) {
    assert!(answer.status < 500, "{what}: {} {}", answer.status, answer.body);
    if answer.status >= 400 {
        let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        assert!(body["code"].is_u64() && body["message"].is_string(), "{what}: {}", answer.body);
    }
}

#[tokio::test]
async fn no_value_in_any_field_breaks_anything() {
    for probe in operations::all() {
        let Ok(good) = serde_json::from_str::<Value>(probe.body) else { continue };
        let stage = Stage::set().await;
        let mut bodies = nasty();
        let object = good.as_object().or_else(|| good[0].as_object()).unwrap();
        for key in object.keys() {
            for value in nasty() {
                let mut broken = object.clone();
                broken.insert(key.clone(), value);
                let broken = Value::Object(broken);
                bodies.push(if good.is_array() { json!([broken]) } else { broken });
            }
        }
        for body in bodies {
            let answer = send(&stage, probe, probe.path, &body.to_string()).await;
            sane(&answer, &format!("{} with {body:.80}", probe.operation));
        }
        assert_eq!(stage.call("GET", "/gateway", &Value::Null).await.status, 200);
    }
}

#[tokio::test]
async fn no_id_in_any_path_breaks_anything() {
    let bad = [
        "abc",
        "-1",
        "+1",
        "1.5",
        "99999999999999999999999999",
        "%FF",
        "%00",
        "1%2F2",
        "%7Bx%7D",
        "0",
    ];
    for probe in operations::all() {
        let stage = Stage::set().await;
        let names: Vec<_> = stage
            .names
            .keys()
            .filter(|name| probe.path.contains(&format!("{{{name}}}")))
            .copied()
            .collect();
        for name in names {
            for id in bad {
                let path = probe.path.replace(&format!("{{{name}}}"), id);
                let answer = send(&stage, probe, &path, probe.body).await;
                let what = format!("{} at {path}", probe.operation);
                sane(&answer, &what);
                let refused = matches!(answer.status, 400 | 401 | 403 | 404);
                assert!(refused, "{what}: {} {}", answer.status, answer.body);
            }
        }
    }
}
