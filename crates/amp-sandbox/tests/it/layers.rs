//! Two layers: the instance's daemon, and the game inside it.

use std::time::Duration;

use amp_sandbox::{AppState, InstanceSpec, StateWhileDown};
use serde_json::json;

use crate::client::{at, controller, panel, panel_with};

fn down() -> InstanceSpec {
    InstanceSpec::minecraft("Survival").daemon_running(false)
}

#[tokio::test]
async fn starting_the_instance_does_not_start_the_game() {
    let (amp, id) = panel_with(down()).await;
    let panel = controller(&amp).await;
    let named = json!({ "InstanceName": "Survival01" });
    assert_eq!(panel.call("ADSModule/StartInstance", named.clone()).await["Status"], true);
    assert!(!amp.instance(id).running(), "accepted is not done");
    let again = panel.call("ADSModule/StartInstance", named.clone()).await;
    assert_eq!(again["Status"], false);
    amp.clock().advance(Duration::from_secs(2));
    assert_eq!(at(&amp, id).await.state().await, 0);
    assert_eq!(panel.call("ADSModule/StopInstance", named).await["Status"], true);
    assert!(!amp.instance(id).running());
}

#[tokio::test]
async fn some_panels_start_the_game_with_the_instance() {
    let (amp, id) = panel_with(down()).await;
    amp.switches().set(|switches| switches.start_instance_starts_game = true);
    controller(&amp)
        .await
        .call("ADSModule/StartInstance", json!({ "InstanceName": "Survival01" }))
        .await;
    amp.clock().advance(Duration::from_secs(2));
    assert_eq!(amp.instance(id).state(), AppState::PreStart);
    amp.clock().advance(Duration::from_secs(8));
    assert_eq!(amp.instance(id).state(), AppState::Ready);
}

#[tokio::test]
async fn restarting_the_instance_ends_its_sessions_and_its_game() {
    let (amp, id) = panel_with(InstanceSpec::minecraft("Survival").running()).await;
    let client = at(&amp, id).await;
    let named = json!({ "InstanceName": "Survival01" });
    assert_eq!(
        controller(&amp).await.call("ADSModule/RestartInstance", named).await["Status"],
        true
    );
    amp.clock().advance(Duration::from_secs(2));
    assert!(crate::client::is_session_gone(&client.get("Core/GetStatus").await));
    assert_eq!(at(&amp, id).await.state().await, 0);
}

#[tokio::test]
async fn the_state_of_an_instance_that_is_down_is_minus_one_or_stale() {
    let (amp, id) = panel_with(InstanceSpec::minecraft("Survival").running()).await;
    amp.switches().set(|switches| switches.roster_lag = Duration::ZERO);
    let panel = controller(&amp).await;
    assert_eq!(panel.in_roster(id).await.unwrap()["AppState"], 20);
    amp.instance(id).daemon_dies();
    let row = panel.in_roster(id).await.unwrap();
    assert_eq!((&row["Running"], &row["AppState"]), (&json!(false), &json!(-1)));
    amp.switches().set(|switches| switches.state_while_down = StateWhileDown::Stale);
    let row = panel.in_roster(id).await.unwrap();
    assert_eq!((&row["Running"], &row["AppState"]), (&json!(false), &json!(20)));
}

#[tokio::test]
async fn stopping_the_ads_takes_the_panel_down() {
    let (amp, _) = panel().await;
    amp.add_user("admin", "secret").super_admin();
    let named = json!({ "InstanceName": "ADS01" });
    let refused = controller(&amp).await.call("ADSModule/StopInstance", named.clone()).await;
    assert_eq!(refused["Title"], "Unauthorized Access");
    let admin = crate::client::Client::new(&amp, None).logged_in("admin", "secret").await;
    assert!(
        admin.try_raw("ADSModule/StopInstance", named).await.is_err(),
        "nobody is left to answer"
    );
    assert!(amp.faults().is_down());
}

#[tokio::test]
async fn only_an_instance_that_is_down_can_be_upgraded() {
    let (amp, id) = panel().await;
    let panel = controller(&amp).await;
    let named = json!({ "InstanceName": "Survival01" });
    assert_eq!(panel.call("ADSModule/UpgradeInstance", named.clone()).await["Status"], false);
    amp.instance(id).daemon_dies();
    assert_eq!(panel.call("ADSModule/UpgradeInstance", named).await["Status"], true);
}
