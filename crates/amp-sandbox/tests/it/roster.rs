//! The controller's lists.

use std::time::Duration;

use amp_sandbox::InstanceSpec;
use serde_json::json;

use crate::client::{at, controller, panel, panel_with};

#[tokio::test]
async fn the_roster_is_a_picture_that_grows_old() {
    let (amp, id) = panel().await;
    let (panel, client) = (controller(&amp).await, at(&amp, id).await);
    assert_eq!(panel.in_roster(id).await.unwrap()["AppState"], 0);
    client.get("Core/Start").await;
    amp.clock().advance(Duration::from_secs(10));
    assert_eq!(client.state().await, 20);
    assert_eq!(panel.in_roster(id).await.unwrap()["AppState"], 0, "the picture is ten seconds old");
    amp.clock().advance(Duration::from_secs(20));
    assert_eq!(panel.in_roster(id).await.unwrap()["AppState"], 20);
}

#[tokio::test]
async fn an_instance_just_started_may_be_running_in_state_minus_one() {
    let (amp, id) = panel_with(InstanceSpec::minecraft("Survival").daemon_running(false)).await;
    let panel = controller(&amp).await;
    panel.in_roster(id).await;
    amp.instance(id).daemon_starts();
    amp.clock().advance(Duration::from_secs(2));
    let row = panel.in_roster(id).await.unwrap();
    assert_eq!((&row["Running"], &row["AppState"]), (&json!(true), &json!(-1)));
}

#[tokio::test]
async fn the_ads_itself_is_in_the_list() {
    let (amp, _) = panel().await;
    let targets = controller(&amp).await.get("ADSModule/GetInstances").await;
    let first = &targets[0]["AvailableInstances"][0];
    assert_eq!((&first["Module"], &first["InstanceName"]), (&json!("ADS"), &json!("ADS01")));
    assert_eq!(first["InstanceID"], targets[0]["InstanceId"]);
}

#[tokio::test]
async fn each_target_has_its_own_instances() {
    let (amp, here) = panel().await;
    let number = amp.add_target("Second box");
    let there = amp.add_instance(InstanceSpec::valve("Arena").on_target(number));
    amp.user("bot").manages(there);
    let panel = controller(&amp).await;
    let targets = panel.get("ADSModule/GetInstances").await;
    assert_eq!(targets[0]["AvailableInstances"][1]["InstanceID"], here.to_string());
    assert_eq!(targets[1]["AvailableInstances"][1]["InstanceID"], there.to_string());
    assert_eq!(targets[1]["AvailableInstances"][0]["InstanceName"], "ADS01", "as on the first");
    assert_eq!(panel.get("ADSModule/GetLocalInstances").await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn one_instance_can_be_asked_for() {
    let (amp, id) = panel().await;
    let panel = controller(&amp).await;
    let row = panel.call("ADSModule/GetInstance", json!({ "InstanceId": id.to_string() })).await;
    assert_eq!(row["FriendlyName"], "Survival");
    assert_eq!(row["DisplayImageSource"], "internal:Minecraft");
    let ends = panel
        .call("ADSModule/GetApplicationEndpoints", json!({ "instanceId": id.to_string() }))
        .await;
    assert_eq!(ends[0]["Endpoint"], "0.0.0.0:25565");
    let statuses = panel.get("ADSModule/GetInstanceStatuses").await;
    assert!(
        statuses
            .as_array()
            .unwrap()
            .contains(&json!({ "InstanceID": id.to_string(), "Running": true }))
    );
}

#[tokio::test]
async fn metrics_move_and_only_minecraft_has_ticks() {
    let (amp, id) = panel_with(InstanceSpec::minecraft("Survival").running()).await;
    let arena = amp.add_instance(InstanceSpec::valve("Arena").running());
    amp.user("bot").manages(arena);
    let client = at(&amp, id).await;
    amp.instance(id).join("Steve");
    let before = client.get("Core/GetStatus").await["Metrics"].clone();
    assert_eq!(
        (&before["Active Users"]["RawValue"], &before["Active Users"]["MaxValue"]),
        (&json!(1), &json!(20))
    );
    assert!(before["TPS"]["RawValue"].as_i64().unwrap() >= 18);
    let mut moved = false;
    for _ in 0..10 {
        amp.clock().advance(Duration::from_secs(1));
        moved |= client.get("Core/GetStatus").await["Metrics"]["CPU Usage"] != before["CPU Usage"];
    }
    assert!(moved);
    let other = at(&amp, arena).await.get("Core/GetStatus").await;
    assert!(other["Metrics"].get("TPS").is_none());
    assert_eq!(other["Metrics"]["Active Users"]["MaxValue"], 24);
}

#[tokio::test]
async fn of_two_instances_with_one_name_the_one_that_is_seen_is_meant() {
    let amp = amp_sandbox::Amp::start(amp_sandbox::AmpConfig::default()).await.unwrap();
    let down = || InstanceSpec::valve("Arena").daemon_running(false);
    let number = amp.add_target("Second box");
    let (theirs, mine) = (amp.add_instance(down()), amp.add_instance(down().on_target(number)));
    amp.add_user("bot", "secret").manages(mine);
    let named = json!({ "InstanceName": "Arena01" });
    let reply = controller(&amp).await.call("ADSModule/StartInstance", named).await;
    assert_eq!(reply["Status"], true);
    amp.clock().advance(Duration::from_secs(2));
    assert_eq!((amp.instance(theirs).running(), amp.instance(mine).running()), (false, true));
}
