//! An instance alone, without a controller.

use amp_sandbox::{Amp, AmpConfig, InstanceSpec};
use serde_json::json;

use crate::client::Client;

async fn alone() -> Amp {
    let spec = InstanceSpec::minecraft("Survival");
    Amp::start(AmpConfig { single_instance: Some(spec), ..AmpConfig::default() }).await.unwrap()
}

#[tokio::test]
async fn it_answers_at_the_base_address() {
    let amp = alone().await;
    amp.add_user("bot", "secret").permission("Core.*");
    let client = Client::new(&amp, None).logged_in("bot", "secret").await;
    assert_eq!(client.get("Core/GetModuleInfo").await["Name"], "Minecraft");
    assert_eq!(client.get("Core/Start").await["Status"], true);
    assert_eq!(client.state().await, 5);
    assert_eq!(amp.alone().unwrap().state().number(), 5);
}

#[tokio::test]
async fn it_has_no_instances_and_asking_for_them_is_no_violation() {
    let amp = alone().await;
    amp.add_user("bot", "secret").super_admin();
    let client = Client::new(&amp, None).logged_in("bot", "secret").await;
    assert!(client.call("ADSModule/GetInstances", json!({})).await["Title"].is_string());
    let through = client
        .get("ADSModule/Servers/01234567-89ab-cdef-0123-456789abcdef/API/Core/GetStatus")
        .await;
    assert!(through["Title"].is_string());
    assert!(amp.violations().is_empty());
}
