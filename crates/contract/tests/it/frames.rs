//! Wrong gateway frames are caught, right ones are not.

use contract::{Finding, Rule};
use serde_json::{Value, json};

use crate::{places, small};

fn role() -> Value {
    json!({
        "guild_id": "1",
        "role": {
            "id": "2", "name": "Chess", "permissions": "0", "position": 1, "color": 0,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "hoist": false, "managed": false, "mentionable": false, "flags": 0,
        },
    })
}

fn dispatch(name: &str, data: &Value) -> Vec<Finding> {
    let text = json!({"t": name, "s": 1, "op": 0, "d": data}).to_string();
    let frame = small().frame(&text);
    assert_eq!(frame.name, name);
    frame.findings
}

#[test]
fn a_right_event_passes() {
    assert_eq!(dispatch("GUILD_ROLE_CREATE", &role()), []);
    assert_eq!(dispatch("GUILD_ROLE_DELETE", &json!({"guild_id": "1", "role_id": "2"})), []);
}

#[test]
fn a_part_that_breaks_its_schema_is_found() {
    let mut body = role();
    body["role"]["position"] = json!("1");
    assert!(
        places(&dispatch("GUILD_ROLE_CREATE", &body)).contains(&(Rule::Frame, "/role/position"))
    );
}

#[test]
fn a_number_where_a_string_belongs_is_found() {
    let findings = dispatch("GUILD_ROLE_DELETE", &json!({"guild_id": 1, "role_id": "2"}));
    assert!(places(&findings).contains(&(Rule::Frame, "/guild_id")));
    assert!(places(&findings).contains(&(Rule::Strings, "/guild_id")));
}

#[test]
fn a_misspelt_and_a_missing_key_are_found() {
    let findings = dispatch("GUILD_ROLE_DELETE", &json!({"guild_id": "1", "rol_id": "2"}));
    assert_eq!(findings.iter().filter(|one| one.rule == Rule::Frame).count(), 2, "{findings:?}");
    assert!(findings.iter().any(|one| one.rule == Rule::Client), "twilight needs it: {findings:?}");
}

#[test]
fn an_event_nobody_has_described_is_found() {
    let findings = dispatch("GUILD_PIZZA_CREATE", &json!({}));
    assert!(findings.iter().any(|one| one.rule == Rule::Frame));
    assert!(findings.iter().any(|one| one.rule == Rule::Client));
}

#[test]
fn something_a_client_library_does_not_know_is_found() {
    let mut body = role();
    assert_eq!(dispatch("GUILD_ROLE_UPDATE", &body), []);
    body["role"]["name"] = json!("Unknown(7)");
    assert_eq!(dispatch("GUILD_ROLE_UPDATE", &body), [], "a name is only a name");
    let overwrite = json!({"id": "3", "type": 9, "allow": "0", "deny": "0"});
    let channel =
        json!({"id": "1", "type": 0, "guild_id": "2", "permission_overwrites": [overwrite]});
    let findings = dispatch("CHANNEL_CREATE", &channel);
    assert!(findings.iter().any(|one| one.rule == Rule::Client), "{findings:?}");
}

#[test]
fn other_frames_are_judged_too() {
    let frame = |op: u8, data: Value| {
        small().frame(&json!({"op": op, "d": data, "s": null, "t": null}).to_string()).findings
    };
    assert_eq!(frame(10, json!({"heartbeat_interval": 45_000, "_trace": []})), []);
    assert_eq!(frame(11, Value::Null), []);
    assert_eq!(frame(9, json!(false)), []);
    assert!(!frame(9, json!("no")).is_empty());
    assert!(!frame(10, json!({})).is_empty());
    assert!(!frame(6, Value::Null).is_empty(), "a server does not resume");
    assert!(!small().frame("{").findings.is_empty());
}
