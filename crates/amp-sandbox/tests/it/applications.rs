//! What the game does when it is told to, and how long that takes.

use std::time::Duration;

use amp_sandbox::{AppState, InstanceSpec, Phase, Restarted};
use serde_json::{Value, json};

use crate::client::{at, controller, panel, panel_with};

fn running() -> InstanceSpec {
    InstanceSpec::minecraft("Survival").running()
}

#[tokio::test]
async fn a_start_is_accepted_first_and_done_later() {
    let (amp, id) = panel().await;
    let client = at(&amp, id).await;
    assert_eq!(client.get("Core/Start").await["Status"], true);
    assert_eq!(client.state().await, 5);
    amp.clock().advance(Duration::from_secs(2));
    assert_eq!(client.state().await, 10);
    amp.clock().advance(Duration::from_secs(6));
    assert_eq!(client.state().await, 20);
    assert_eq!(client.get("Core/Start").await["Status"], false);
}

#[tokio::test]
async fn a_stop_answers_nothing_and_takes_its_time() {
    let (amp, id) = panel_with(running()).await;
    let client = at(&amp, id).await;
    amp.instance(id).set_duration(Phase::Stop, Duration::from_mins(1));
    assert_eq!(client.get("Core/Stop").await, Value::Null);
    amp.clock().advance(Duration::from_secs(59));
    assert_eq!(client.state().await, 40);
    assert_eq!(client.get("Core/Kill").await, Value::Null);
    assert_eq!(client.state().await, 0);
}

#[tokio::test]
async fn a_restart_goes_through_its_states() {
    let (amp, id) = panel_with(running()).await;
    let client = at(&amp, id).await;
    assert_eq!(client.get("Core/Restart").await["Status"], true);
    for (after, state) in [(0, 30), (3, 10), (8, 20)] {
        amp.clock().advance(Duration::from_secs(after));
        assert_eq!(client.state().await, state);
    }
}

#[tokio::test]
async fn a_restart_does_not_start_what_is_stopped_or_failed() {
    let (amp, id) = panel_with(running()).await;
    let client = at(&amp, id).await;
    amp.instance(id).crash();
    assert_eq!(client.get("Core/Restart").await["Status"], true);
    amp.clock().advance(Duration::from_mins(1));
    assert_eq!(client.state().await, 100);
    amp.switches().set(|switches| switches.restart_when_stopped = Restarted::Refused);
    assert_eq!(client.get("Core/Restart").await["Status"], false);
    assert_eq!(client.get("Core/Start").await["Status"], true);
    amp.clock().advance(Duration::from_mins(1));
    assert_eq!(client.state().await, 20);
}

#[tokio::test]
async fn a_restart_of_the_controller_is_not_the_game() {
    let (amp, id) = panel_with(running()).await;
    assert_eq!(controller(&amp).await.get("Core/Restart").await["Status"], true);
    assert_eq!(amp.instance(id).state(), AppState::Ready);
}

#[tokio::test]
async fn a_suspended_instance_accepts_a_start_and_does_nothing() {
    let (amp, id) = panel_with(running()).await;
    amp.user("bot").permission("ADS.InstanceManagement.SuspendInstances");
    let panel = controller(&amp).await;
    let named = json!({ "InstanceName": "Survival01", "Suspended": true });
    assert_eq!(panel.call("ADSModule/SetInstanceSuspended", named).await["Status"], true);
    let client = at(&amp, id).await;
    assert_eq!(client.get("Core/Start").await["Status"], true);
    amp.clock().advance(Duration::from_mins(1));
    assert_eq!(client.state().await, 200);
    assert_eq!(panel.in_roster(id).await.unwrap()["Suspended"], true);
    amp.instance(id).suspend(false);
    assert_eq!(client.state().await, 0);
}

#[tokio::test]
async fn a_sleeping_server_wakes_when_somebody_connects() {
    let (amp, id) = panel_with(running().sleeps()).await;
    let (client, server) = (at(&amp, id).await, amp.instance(id));
    assert_eq!(client.get("Core/GetModuleInfo").await["SupportsSleep"], true);
    assert_eq!(client.get("Core/Sleep").await["Status"], true);
    assert_eq!(client.state().await, 45);
    amp.clock().advance(Duration::from_secs(3));
    assert_eq!(client.state().await, 50);
    assert!(server.join("Steve"));
    assert!(server.players().is_empty());
    amp.clock().advance(Duration::from_secs(8));
    assert_eq!(client.state().await, 20);
    assert_eq!(server.players(), ["Steve"]);
}

#[tokio::test]
async fn what_cannot_sleep_is_refused() {
    let (amp, id) = panel_with(running()).await;
    let reply = at(&amp, id).await.get("Core/Sleep").await;
    assert_eq!(reply["Status"], false);
    assert_ne!(reply["Reason"], Value::Null);
}

#[tokio::test]
async fn an_update_stops_the_game_and_has_a_task() {
    let (amp, id) = panel_with(running()).await;
    let client = at(&amp, id).await;
    assert_eq!(client.get("Core/UpdateApplication").await["Status"], true);
    assert_eq!(client.state().await, 40);
    amp.clock().advance(Duration::from_secs(3));
    assert_eq!(client.state().await, 75);
    let tasks = client.get("Core/GetTasks").await;
    assert_eq!((&tasks[0]["Name"], &tasks[0]["State"]), (&json!("Update"), &json!(0)));
    amp.clock().advance(Duration::from_secs(20));
    assert_eq!(client.state().await, 0);
    assert_eq!(client.get("Core/GetTasks").await[0]["State"], 4);
}

#[tokio::test]
async fn a_backup_is_a_task_with_progress() {
    let (amp, id) = panel().await;
    let client = at(&amp, id).await;
    let about = json!({ "Title": "Before the party", "Description": "", "Sticky": false });
    assert_eq!(
        client.call("LocalFileBackupPlugin/TakeBackup", about.clone()).await["Status"],
        true
    );
    assert_eq!(client.call("LocalFileBackupPlugin/TakeBackup", about).await["Status"], false);
    amp.clock().advance(Duration::from_secs(3));
    let percent = client.get("Core/GetTasks").await[0]["ProgressPercent"].as_i64().unwrap();
    assert!((50..100).contains(&percent), "{percent}");
    amp.clock().advance(Duration::from_mins(1));
    assert_eq!(client.get("Core/GetTasks").await, json!([]));
}

#[tokio::test]
async fn a_crash_is_failed_unless_the_server_restarts_itself() {
    let (amp, id) = panel_with(running().restarts_itself()).await;
    let stays = amp.add_instance(InstanceSpec::valve("Arena").running());
    for id in [id, stays] {
        amp.instance(id).join("Steve");
        amp.instance(id).crash();
        assert_eq!(amp.instance(id).state(), AppState::Failed);
        assert!(amp.instance(id).players().is_empty());
    }
    amp.clock().advance(Duration::from_mins(1));
    assert_eq!(amp.instance(id).state(), AppState::Ready);
    assert_eq!(amp.instance(stays).state(), AppState::Failed);
}

#[tokio::test]
async fn a_start_can_fail() {
    let (amp, id) = panel().await;
    amp.instance(id).fails_next_start();
    let client = at(&amp, id).await;
    assert_eq!(client.get("Core/Start").await["Status"], true);
    amp.clock().advance(Duration::from_secs(8));
    assert_eq!(client.state().await, 100);
}
