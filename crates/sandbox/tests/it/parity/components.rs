//! Every type of component: taken where it may stand, with its limits, and refused everywhere else.

use sandbox::parity::COMPONENT_TYPES;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::http::{Answer, raw};

/// The type inside a message made of components, good or with one thing out of bounds; whole top-level lists.
fn in_message(number: i64, good: bool) -> Value {
    let pick = |right: Value, wrong: Value| if good { right } else { wrong };
    let row = |one: Value| json!([{"type": 1, "components": [one]}]);
    let text = json!({"type": 10, "content": "words"});
    match number {
        1 => {
            let button = |at: usize| json!({"type": 2, "style": 1, "label": "b", "custom_id": at.to_string()});
            let count = if good { 5 } else { 6 };
            json!([{"type": 1, "components": (0..count).map(button).collect::<Vec<_>>()}])
        }
        2 => row(
            json!({"type": 2, "style": 1, "custom_id": "c", "label": pick(json!("b"), json!("x".repeat(81)))}),
        ),
        3 => {
            let option = |at: usize| json!({"label": "o", "value": at.to_string()});
            let count = if good { 25 } else { 26 };
            row(
                json!({"type": 3, "custom_id": "c", "options": (0..count).map(option).collect::<Vec<_>>()}),
            )
        }
        5..=8 => {
            row(json!({"type": number, "custom_id": "c", "max_values": pick(json!(25), json!(26))}))
        }
        9 => {
            let count = if good { 3 } else { 4 };
            let button = json!({"type": 2, "style": 5, "label": "b", "url": "https://example.com"});
            json!([{"type": 9, "components": vec![text; count], "accessory": button}])
        }
        10 => json!([{"type": 10, "content": "x".repeat(if good { 4_000 } else { 4_001 })}]),
        11 => {
            let url = pick(json!("https://example.com/a.png"), json!("ftp://example.com/a.png"));
            json!([{"type": 9, "components": [text], "accessory": {"type": 11, "media": {"url": url}}}])
        }
        12 => {
            let item = json!({"media": {"url": "https://example.com/a.png"}});
            json!([{"type": 12, "items": vec![item; if good { 10 } else { 11 }]}])
        }
        13 => {
            let url = pick(json!("attachment://a.txt"), json!("https://example.com/a.txt"));
            json!([{"type": 13, "file": {"url": url}}])
        }
        14 => json!([{"type": 14, "spacing": pick(json!(2), json!(3))}]),
        17 => {
            json!([{"type": 17, "accent_color": pick(json!(0x00ff_ffff), json!(0x0100_0000)), "components": [text]}])
        }
        other => json!([{"type": other, "custom_id": "c"}]),
    }
}

/// The same inside a modal.
fn in_modal(number: i64, good: bool) -> Value {
    let pick = |right: Value, wrong: Value| if good { right } else { wrong };
    let label = |one: Value| json!([{"type": 18, "label": "l", "component": one}]);
    let options = |count: usize| {
        (0..count).map(|at| json!({"label": "o", "value": at.to_string()})).collect::<Vec<_>>()
    };
    let input = json!({"type": 4, "style": 1, "custom_id": "c"});
    match number {
        1 => {
            let input = json!({"type": 4, "style": 1, "custom_id": "c", "label": "l"});
            json!([{"type": 1, "components": pick(json!([input]), json!([]))}])
        }
        3 => label(
            json!({"type": 3, "custom_id": "c", "options": options(if good { 25 } else { 26 })}),
        ),
        4 => label(
            json!({"type": 4, "style": 1, "custom_id": "c", "max_length": pick(json!(4000), json!(4001))}),
        ),
        5..=8 => label(
            json!({"type": number, "custom_id": "c", "max_values": pick(json!(25), json!(26))}),
        ),
        10 => json!([{"type": 10, "content": pick(json!("words"), json!(""))}]),
        18 => {
            json!([{"type": 18, "label": "x".repeat(if good { 45 } else { 46 }), "component": input}])
        }
        19 => {
            label(json!({"type": 19, "custom_id": "c", "max_values": pick(json!(10), json!(11))}))
        }
        21 => label(
            json!({"type": 21, "custom_id": "c", "options": options(if good { 10 } else { 11 })}),
        ),
        22 => label(
            json!({"type": 22, "custom_id": "c", "options": options(if good { 10 } else { 11 })}),
        ),
        23 => label(json!({"type": 23, "custom_id": "x".repeat(if good { 100 } else { 101 })})),
        other => label(json!({"type": other, "custom_id": "c"})),
    }
}

/// Posts components; a file goes along for those that show one.
async fn post(stage: &Stage, components: Value) -> Answer {
    let payload = json!({"flags": 1 << 15, "components": components});
    if !payload.to_string().contains("attachment://") {
        return stage.call("POST", "/channels/{general}/messages", &payload).await;
    }
    let body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{payload}\r\n--B\r\n\
         Content-Disposition: form-data; name=\"files[0]\"; filename=\"a.txt\"\r\n\r\nhello\r\n--B--\r\n"
    );
    let token = format!("Bot {}", stage.sandbox.token());
    let headers =
        [("authorization", token.as_str()), ("content-type", "multipart/form-data; boundary=B")];
    let path = format!("/api/v10{}", stage.fill("/channels/{general}/messages"));
    raw(&stage.sandbox, "POST", &path, &headers, body.as_bytes()).await
}

/// Opens a modal on a fresh click.
async fn open(stage: &Stage, components: Value) -> Answer {
    let id = stage.ping().id().unwrap();
    let token = stage.sandbox.world().interactions.get(id).unwrap().token.clone();
    let body =
        json!({"type": 9, "data": {"custom_id": "m", "title": "t", "components": components}});
    stage.call("POST", &format!("/interactions/{id}/{token}/callback"), &body).await
}

fn is_form_error(answer: &Answer) -> bool {
    answer.status == 400 && answer.json()["code"] == 50_035
}

#[tokio::test]
async fn every_type_is_taken_where_it_may_stand_and_nowhere_else() {
    let stage = Stage::set().await;
    for number in 1..=30 {
        let known = COMPONENT_TYPES.iter().find(|one| one.number == number);
        let answer = post(&stage, in_message(number, true)).await;
        if known.is_some_and(|one| one.in_messages) {
            assert_eq!(answer.status, 200, "{number} in a message: {}", answer.body);
            let shown = answer.json()["components"].to_string();
            assert!(shown.contains(&format!("\"type\":{number}")), "{number} is not in {shown}");
            let over = post(&stage, in_message(number, false)).await;
            assert!(is_form_error(&over), "{number} in a message, too much: {}", over.body);
        } else {
            assert!(is_form_error(&answer), "{number} in a message: {}", answer.body);
        }
        let answer = open(&stage, in_modal(number, true)).await;
        if known.is_some_and(|one| one.in_modals) {
            assert_eq!(answer.status, 204, "{number} in a modal: {}", answer.body);
            let over = open(&stage, in_modal(number, false)).await;
            assert!(is_form_error(&over), "{number} in a modal, too much: {}", over.body);
        } else {
            assert!(is_form_error(&answer), "{number} in a modal: {}", answer.body);
        }
    }
}
