//! Which operation a request means.

use crate::small;

fn id(method: &str, path: &str) -> Option<String> {
    small().operation(method, path).map(|operation| operation.id.clone())
}

#[test]
fn a_path_with_parameters_is_found() {
    assert_eq!(id("GET", "/channels/42").as_deref(), Some("get_channel"));
    assert_eq!(id("PATCH", "/channels/42").as_deref(), Some("update_channel"));
}

#[test]
fn a_fixed_segment_beats_a_parameter() {
    assert_eq!(id("GET", "/users/@me").as_deref(), Some("get_my_user"));
    assert_eq!(id("GET", "/users/42").as_deref(), Some("get_user"));
    let path = "/webhooks/1/token/messages/@original";
    assert_eq!(id("DELETE", path).as_deref(), Some("delete_original_webhook_message"));
    let path = "/webhooks/1/token/messages/2";
    assert_eq!(id("DELETE", path).as_deref(), Some("delete_webhook_message"));
}

#[test]
fn nothing_else_is_found() {
    for (method, path) in [
        ("POST", "/channels/42"),
        ("GET", "/channels"),
        ("GET", "/channels/"),
        ("GET", "/channels/42/pins"),
        ("GET", "/channels/42/"),
        ("GET", "channels/42"),
        ("GET", ""),
        ("get", "/channels/42"),
    ] {
        assert_eq!(id(method, path), None, "{method} {path}");
    }
}
