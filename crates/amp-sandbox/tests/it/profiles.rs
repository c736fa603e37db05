//! What versions of AMP differ in.

use amp_sandbox::{Amp, AmpConfig, InstanceSpec, Profile, Void};
use serde_json::json;

use crate::client::{Client, at, controller, panel};
use crate::http;

#[tokio::test]
async fn versions_before_2_6_write_versions_and_times_another_way() {
    let (amp, id) = panel().await;
    let panel = controller(&amp).await;
    let row = panel.in_roster(id).await.unwrap();
    assert_eq!(row["AMPVersion"], "2.6.2.0");
    let time =
        panel.get("ADSModule/GetInstances").await[0]["LastUpdated"].as_str().unwrap().to_owned();
    assert!(time.contains('T') && time.ends_with('Z'), "{time}");
    amp.switches().set(|switches| switches.profile = Profile::V2_5);
    let body = json!({ "SESSIONID": panel.session });
    let targets = panel.call("ADSModule/GetInstances", body).await;
    assert_eq!(targets[0]["AvailableInstances"][1]["AMPVersion"]["Minor"], 5);
    assert!(targets[0]["LastUpdated"].as_str().unwrap().starts_with("/Date("));
}

#[tokio::test]
async fn version_2_4_wraps_every_result_but_the_login() {
    let config = AmpConfig { profile: Profile::V2_4, ..AmpConfig::default() };
    let amp = Amp::start(config).await.unwrap();
    amp.add_instance(InstanceSpec::minecraft("Survival"));
    amp.add_user("bot", "secret").super_admin();
    let client = Client::new(&amp, None).logged_in("bot", "secret").await;
    let reply = client.call("Core/GetStatus", json!({ "SESSIONID": client.session })).await;
    assert_eq!(reply.as_object().unwrap().len(), 1);
    assert_eq!(reply["result"]["State"], 20);
}

#[tokio::test]
async fn version_2_8_has_ports_in_the_status() {
    let (amp, id) = panel().await;
    let client = at(&amp, id).await;
    assert!(client.get("Core/GetStatus").await.get("Ports").is_none());
    amp.switches().set(|switches| switches.profile = Profile::V2_8);
    assert_eq!(client.get("Core/GetStatus").await["Ports"][0]["Port"], 25_565);
}

#[tokio::test]
async fn an_answer_without_result_is_null_or_empty() {
    let (amp, id) = panel().await;
    let client = at(&amp, id).await;
    assert_eq!(client.raw("Core/Stop", json!({})).await.body, "null");
    amp.switches().set(|switches| switches.void = Void::Empty);
    assert_eq!(client.raw("Core/Stop", json!({})).await.body, "");
}

#[tokio::test]
async fn the_first_words_of_a_known_client_are_understood() {
    let (amp, _) = panel().await;
    let headers = [
        ("accept", "text/javascript"),
        ("content-type", "text/plain"),
        ("authorization", "Bearer 0"),
    ];
    let body = r#"{"username": "bot", "password": "secret", "token": "", "rememberMe": true}"#;
    let answer = http::post(amp.address(), "/API/Core/Login", &headers, body).await.unwrap();
    assert_eq!(answer.json()["result"], 10);
    assert!(amp.violations().is_empty());
}
