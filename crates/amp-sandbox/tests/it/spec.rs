//! `GetAPISpec`, from which clients build their methods.

use serde_json::Value;

use crate::client::{Client, at, controller, panel};

fn count(spec: &Value) -> usize {
    spec.as_object().unwrap().values().map(|module| module.as_object().unwrap().len()).sum()
}

#[tokio::test]
async fn it_grows_with_what_the_session_may_do() {
    let (amp, id) = panel().await;
    amp.add_user("guest", "pw");
    let nobody = Client::new(&amp, None).get("Core/GetAPISpec").await;
    assert!(nobody["Core"]["Login"].is_object() && nobody.get("ADSModule").is_none());
    let guest = Client::new(&amp, None).logged_in("guest", "pw").await.get("Core/GetAPISpec").await;
    let bot = controller(&amp).await.get("Core/GetAPISpec").await;
    assert!(count(&nobody) < count(&guest) && count(&guest) < count(&bot));
    let instance = at(&amp, id).await.get("Core/GetAPISpec").await;
    assert!(instance.get("ADSModule").is_none() && instance["LocalFileBackupPlugin"].is_object());
}

#[tokio::test]
async fn it_says_each_parameter_in_order() {
    let (amp, _) = panel().await;
    let spec = Client::new(&amp, None).get("Core/GetAPISpec").await;
    let params = spec["Core"]["Login"]["Parameters"].as_array().unwrap().iter();
    let params: Vec<_> =
        params.map(|one| (one["Name"].as_str().unwrap(), &one["TypeName"])).collect();
    let names: Vec<&str> = params.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["username", "password", "token", "rememberMe"]);
    assert_eq!(params[3].1, "Boolean");
}
