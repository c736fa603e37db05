//! The published description, where `DISCORD_OPENAPI` names it: all of it can be used, and the samples of the
//! reference are judged as the reference says.

use contract::{Body, Contract, Finding, Request, Rule};
use serde_json::{Value, json};

use crate::places;

/// The description, or nothing to test.
fn published() -> Option<Contract> {
    let path = std::env::var_os("DISCORD_OPENAPI")?;
    Some(Contract::new(&std::fs::read(path).unwrap()).unwrap())
}

fn judge(contract: &Contract, method: &str, path: &str, body: &Value) -> Vec<Finding> {
    let operation = contract.operation(method, path).unwrap();
    let body = body.to_string();
    contract.request(operation, &Request { path, query: "", body: Body::Json(body.as_bytes()) })
}

#[test]
fn every_schema_compiles() {
    let Some(contract) = published() else { return };
    assert_eq!(contract.operations().len(), 244, "242 and the two token routes");
    assert_eq!(contract.uncompilable(), Vec::<String>::new());
}

#[test]
fn what_the_reference_shows_passes() {
    let Some(contract) = published() else { return };
    let overwrite = json!({"id": "1", "type": 0, "allow": "1024", "deny": "0"});
    let channel =
        json!({"name": "x", "type": 0, "parent_id": "2", "permission_overwrites": [overwrite]});
    assert_eq!(judge(&contract, "POST", "/guilds/1/channels", &channel), []);
    let role = json!({"name": "Chess", "permissions": "0", "color": 0, "hoist": false});
    assert_eq!(judge(&contract, "POST", "/guilds/1/roles", &role), []);
    let modal = json!({"type": 9, "data": {"custom_id": "m", "title": "New game", "components": [
        {"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "n", "style": 1}}]}});
    assert_eq!(judge(&contract, "POST", "/interactions/1/token/callback", &modal), []);
}

#[test]
fn what_breaks_it_is_named() {
    let Some(contract) = published() else { return };
    let findings =
        judge(&contract, "POST", "/guilds/1/channels", &json!({"name": "x", "topik": "x"}));
    assert_eq!(places(&findings), [(Rule::Closed, "")]);
    let findings = judge(&contract, "PATCH", "/channels/1", &json!({"name": "x", "parent_id": 7}));
    assert_eq!(places(&findings), [(Rule::Closed, "/parent_id")]);
    let modal = json!({"type": 9, "data": {"custom_id": "m", "title": "t".repeat(46), "components": [
        {"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "n", "style": 1}}]}});
    let findings = judge(&contract, "POST", "/interactions/1/token/callback", &modal);
    assert_eq!(places(&findings), [(Rule::Open, "/data/title")]);
}
