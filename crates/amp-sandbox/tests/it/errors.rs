//! The bodies with which AMP says no, all of them with status 200.

use amp_sandbox::Unauthorized;
use serde_json::json;

use crate::client::{Client, at, controller, is_session_gone, panel};

#[tokio::test]
async fn without_a_session_the_message_names_the_method_and_session_exists() {
    let (amp, _) = panel().await;
    let client = Client::new(&amp, None);
    let body = client.get("Core/GetStatus").await;
    assert!(is_session_gone(&body));
    assert!(body["Message"].as_str().unwrap().contains("Core/GetStatus"));
    assert!(body["StackTrace"].is_string());
}

#[tokio::test]
async fn some_versions_say_the_same_as_a_refusal() {
    let (amp, _) = panel().await;
    amp.switches().set(|switches| switches.unauthorized = Unauthorized::Status);
    let body = Client::new(&amp, None).get("Core/GetStatus").await;
    assert_eq!(body["Status"], false);
    assert!(body["Reason"].as_str().unwrap().ends_with("Session.Exists"));
}

#[tokio::test]
async fn a_setting_nobody_knows_is_refused() {
    let (amp, _) = panel().await;
    let body = controller(&amp).await.call("Core/GetConfig", json!({ "node": "No.Where" })).await;
    assert_eq!(body["Status"], false);
    assert!(body["Reason"].as_str().unwrap().starts_with("No such node"));
}

#[tokio::test]
async fn a_session_of_another_place_is_none() {
    let (amp, id) = panel().await;
    let mut elsewhere = at(&amp, id).await;
    let session = elsewhere.session.clone();
    elsewhere = Client::new(&amp, None);
    elsewhere.session = session;
    assert!(is_session_gone(&elsewhere.get("ADSModule/GetInstances").await));
}

#[tokio::test]
async fn a_missing_permission_has_the_same_title_and_names_the_node() {
    let (amp, id) = panel().await;
    amp.user("bot").revoke("Core.*");
    let body = at(&amp, id).await.get("Core/Start").await;
    assert_eq!(body["Title"], "Unauthorized Access");
    assert!(body["Message"].as_str().unwrap().ends_with("Core.AppManagement.StartApplication"));
}

#[tokio::test]
async fn an_instance_that_is_down_is_unavailable_even_for_a_login() {
    let (amp, id) = panel().await;
    let client = at(&amp, id).await;
    amp.instance(id).daemon_dies();
    for body in [client.get("Core/GetStatus").await, client.login("bot", "secret", "").await] {
        assert_eq!(body["Title"], "Instance Unavailable");
        assert!(body["Message"].as_str().unwrap().contains("not available at this time"));
        assert!(body["StackTrace"].is_null());
    }
}

#[tokio::test]
async fn unknown_ids_and_names_are_refused_with_a_reason() {
    let (amp, _) = panel().await;
    let panel = controller(&amp).await;
    let nobody = "01234567-89ab-cdef-0123-456789abcdef";
    let through = panel.get(&format!("ADSModule/Servers/{nobody}/API/Core/GetStatus")).await;
    assert_eq!(through["Status"], false);
    assert_eq!(through["Reason"], format!("No instance with ID {nobody}"));
    for method in ["StartInstance", "StopInstance", "RestartInstance"] {
        let body =
            panel.call(&format!("ADSModule/{method}"), json!({ "InstanceName": "Nope01" })).await;
        assert_eq!(body["Status"], false);
        assert_eq!(body["Reason"], "No such instance with this name");
    }
}

#[tokio::test]
async fn reasons_may_quote_paths_of_the_machine() {
    let (amp, _) = panel().await;
    amp.switches().set(|switches| switches.reasons_quote_paths = true);
    let named = json!({ "InstanceName": "Nope01" });
    let body = controller(&amp).await.call("ADSModule/StartInstance", named).await;
    assert!(body["Reason"].as_str().unwrap().contains("/home/amp"));
}
