//! Sessions: how they are said, where they are good, and how they end.

use std::time::Duration;

use amp_sandbox::{Fault, Profile, SessionWay, ViolationKind};
use serde_json::{Value, json};

use crate::client::{Client, at, controller, is_session_gone, panel};
use crate::http;

/// GetStatus with the session in these places.
async fn said(amp: &amp_sandbox::Amp, session: &str, bearer: bool, body: bool) -> Value {
    let header = format!("Bearer {session}");
    let mut headers = vec![("accept", "text/javascript")];
    headers.extend(bearer.then_some(("authorization", header.as_str())));
    let body = if body { json!({ "SESSIONID": session }) } else { json!({}) };
    http::post(amp.address(), "/API/Core/GetStatus", &headers, &body.to_string())
        .await
        .unwrap()
        .json()
}

#[tokio::test]
async fn a_session_is_said_as_bearer_or_in_the_body() {
    let (amp, _) = panel().await;
    let session = controller(&amp).await.session;
    for (way, bearer, body) in [
        (SessionWay::Both, true, true),
        (SessionWay::Bearer, true, false),
        (SessionWay::Body, false, true),
    ] {
        amp.switches().set(|switches| switches.session = way);
        assert_eq!(is_session_gone(&said(&amp, &session, true, false).await), !bearer, "{way:?}");
        assert_eq!(is_session_gone(&said(&amp, &session, false, true).await), !body, "{way:?}");
    }
    assert!(amp.violations().is_empty());
}

#[tokio::test]
async fn old_versions_know_the_body_only_and_new_ones_complain_of_it() {
    let (amp, _) = panel().await;
    let session = controller(&amp).await.session;
    amp.switches().set(|switches| switches.profile = Profile::V2_5);
    assert!(is_session_gone(&said(&amp, &session, true, false).await));
    amp.switches().set(|switches| switches.profile = Profile::V2_8);
    assert!(!is_session_gone(&said(&amp, &session, false, true).await));
    let kinds: Vec<_> = amp.violations().into_iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [ViolationKind::Deprecated]);
}

#[tokio::test]
async fn the_complaint_is_in_the_console_of_the_instance() {
    let (amp, id) = panel().await;
    amp.switches().set(|switches| switches.profile = Profile::V2_8);
    let client = at(&amp, id).await;
    assert!(client.lines().await.is_empty());
    client.call("Core/GetStatus", json!({ "SESSIONID": client.session })).await;
    assert!(client.lines().await[0].contains("deprecated"));
}

#[tokio::test]
async fn a_header_called_sessionid_is_not_looked_at() {
    let (amp, _) = panel().await;
    let session = controller(&amp).await.session;
    let headers = [("accept", "application/json"), ("SESSIONID", session.as_str())];
    let answer = http::post(amp.address(), "/API/Core/GetStatus", &headers, "{}").await.unwrap();
    assert!(is_session_gone(&answer.json()));
    assert_eq!(amp.violations()[0].kind, ViolationKind::SessionHeader);
}

#[tokio::test]
async fn the_controllers_session_is_refused_at_an_instance_unless_set_to_be_good() {
    let (amp, id) = panel().await;
    let mut client = Client::new(&amp, Some(id));
    client.session = controller(&amp).await.session;
    assert!(is_session_gone(&client.get("Core/GetStatus").await));
    amp.switches().set(|switches| switches.controller_session_at_instances = true);
    assert_eq!(client.state().await, 0);
    amp.instance(id).say("once");
    assert_eq!(client.lines().await, ["once"]);
    assert!(client.lines().await.is_empty(), "it has a place of its own in the console");
}

#[tokio::test]
async fn when_the_ads_restarts_every_session_is_gone() {
    let (amp, id) = panel().await;
    let clients = [controller(&amp).await, at(&amp, id).await];
    amp.forget_sessions();
    for client in clients {
        assert!(is_session_gone(&client.get("Core/GetStatus").await));
    }
    at(&amp, id).await;
}

#[tokio::test]
async fn a_session_can_be_lost_with_every_call() {
    let (amp, _) = panel().await;
    amp.faults().add(Fault::session_lost().times(2));
    // The login takes the first, and has no session to lose.
    let client = controller(&amp).await;
    assert!(is_session_gone(&client.get("Core/GetStatus").await));
    assert!(!is_session_gone(&controller(&amp).await.get("Core/GetStatus").await));
}

#[tokio::test]
async fn an_idle_session_ends_where_it_is_set_to() {
    let (amp, _) = panel().await;
    amp.switches().set(|switches| switches.session_idle = Some(Duration::from_mins(4)));
    let client = controller(&amp).await;
    for (minutes, gone) in [(3, false), (3, false), (5, true)] {
        amp.clock().advance(Duration::from_mins(minutes));
        assert_eq!(is_session_gone(&client.get("Core/GetStatus").await), gone);
    }
}

#[tokio::test]
async fn logging_out_ends_the_session_and_it_is_in_the_list_before() {
    let (amp, _) = panel().await;
    let client = controller(&amp).await;
    let list = client.get("Core/GetActiveAMPSessions").await;
    assert_eq!(
        (&list[0]["SessionID"], &list[0]["Username"]),
        (&json!(client.session), &json!("bot"))
    );
    assert_eq!(client.get("Core/Logout").await, Value::Null);
    assert!(is_session_gone(&client.get("Core/GetStatus").await));
    assert_eq!(amp.session_count(), 0);
}
