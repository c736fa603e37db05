//! Who sees and does what.

use amp_sandbox::InstanceSpec;
use serde_json::{Value, json};

use crate::client::{Client, at, controller, panel};

const START: &str = "Core.AppManagement.StartApplication";

async fn has(client: &Client, node: &str) -> Value {
    client.call("Core/CurrentSessionHasPermission", json!({ "PermissionNode": node })).await
}

#[tokio::test]
async fn only_managed_instances_are_in_the_list() {
    let (amp, mine) = panel().await;
    let other = amp.add_instance(InstanceSpec::valve("Arena"));
    let panel = controller(&amp).await;
    assert!(panel.in_roster(mine).await.is_some());
    assert!(panel.in_roster(other).await.is_none());
    let named = json!({ "InstanceName": "Arena01" });
    assert_eq!(panel.call("ADSModule/StartInstance", named).await["Title"], "Unauthorized Access");
}

#[tokio::test]
async fn grants_and_new_instances_show_after_the_next_login() {
    let (amp, _) = panel().await;
    let panel = controller(&amp).await;
    let new = amp.add_instance(InstanceSpec::valve("Arena"));
    amp.user("bot").manages(new);
    assert!(panel.in_roster(new).await.is_none());
    assert!(controller(&amp).await.in_roster(new).await.is_some());
    amp.switches().set(|switches| switches.permissions_fixed_at_login = false);
    assert!(panel.in_roster(new).await.is_some());
}

#[tokio::test]
async fn what_is_taken_back_is_missed_after_the_next_login() {
    let (amp, id) = panel().await;
    let before = at(&amp, id).await;
    amp.user("bot").deny("Core.AppManagement.*");
    assert_eq!(before.get("Core/Start").await["Status"], true);
    assert_eq!(at(&amp, id).await.get("Core/Start").await["Title"], "Unauthorized Access");
}

#[tokio::test]
async fn a_permission_can_be_good_at_one_instance_only() {
    let (amp, here) = panel().await;
    let there = amp.add_instance(InstanceSpec::valve("Arena"));
    amp.add_user("guest", "pw").manages(here).manages(there).permission_at(here, START);
    let at = |id| Client::new(&amp, Some(id)).logged_in("guest", "pw");
    assert_eq!(at(here).await.get("Core/Start").await["Status"], true);
    assert_eq!(at(there).await.get("Core/Start").await["Title"], "Unauthorized Access");
}

#[tokio::test]
async fn an_instance_says_no_to_questions_about_the_controllers_nodes() {
    let (amp, id) = panel().await;
    amp.user("bot").permission("ADS.*");
    let (panel, client) = (controller(&amp).await, at(&amp, id).await);
    assert_eq!((has(&panel, START).await, has(&client, START).await), (json!(true), json!(true)));
    let node = "ADS.InstanceManagement.SuspendInstances";
    assert_eq!((has(&panel, node).await, has(&client, node).await), (json!(true), json!(false)));
}

#[tokio::test]
async fn a_super_admin_may_do_everything() {
    let (amp, id) = panel().await;
    amp.add_user("admin", "pw").super_admin();
    let client = Client::new(&amp, Some(id)).logged_in("admin", "pw").await;
    assert_eq!(client.get("Core/Start").await["Status"], true);
    let panel = Client::new(&amp, None).logged_in("admin", "pw").await;
    assert!(panel.in_roster(id).await.is_some());
}

#[tokio::test]
async fn the_least_that_a_bot_needs_is_enough() {
    let (amp, id) = panel().await;
    let user = amp.add_user("least", "pw").manages(id);
    let user = user.permission(START).permission("Core.AppManagement.StopApplication");
    user.permission("Core.AppManagement.RestartApplication");
    let client = Client::new(&amp, Some(id)).logged_in("least", "pw").await;
    assert_eq!(client.get("Core/Start").await["Status"], true);
    assert_eq!(client.get("Core/Restart").await["Status"], true);
    assert_eq!(client.get("Core/Stop").await, Value::Null);
    amp.instance(id).say("not for everyone");
    assert!(client.lines().await.is_empty(), "reading the console is a permission of its own");
}
