//! Logging in: every result that AMP has.

use std::time::Duration;

use amp_sandbox::{Fault, totp_code};
use serde_json::json;

use crate::client::{Client, at, controller, panel};

const SECRET: &str = "JBSWY3DPEHPK3PXP";
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

#[tokio::test]
async fn success_says_who_it_is_and_what_they_may_do() {
    let (amp, id) = panel().await;
    amp.user("bot").deny("Core.UserManagement.*");
    let reply = Client::new(&amp, None).login("Bot", "secret", "").await;
    assert_eq!(reply["success"], true);
    assert_eq!(reply["result"], 10);
    assert_eq!(reply["resultReason"], "");
    assert_eq!(reply["userInfo"]["Username"], "bot");
    let permissions = reply["permissions"].as_array().unwrap();
    assert!(permissions.contains(&json!("Core.*")));
    assert!(permissions.contains(&json!("-Core.UserManagement.*")));
    assert!(
        permissions.iter().any(|node| node.as_str().unwrap().ends_with(&format!("{id}.Manage")))
    );
}

#[tokio::test]
async fn a_wrong_password_or_name_is_result_0_without_a_session() {
    let (amp, _) = panel().await;
    for (name, password) in [("bot", "wrong"), ("nobody", "secret"), ("bot", "")] {
        let reply = Client::new(&amp, None).login(name, password, "").await;
        assert_eq!((&reply["success"], &reply["result"]), (&json!(false), &json!(0)));
        assert_eq!(reply["sessionID"], NOBODY);
        assert_ne!(reply["resultReason"], "");
    }
    assert_eq!(amp.session_count(), 0);
}

#[tokio::test]
async fn a_remembered_token_stands_for_the_password_until_that_changes() {
    let (amp, _) = panel().await;
    let client = Client::new(&amp, None);
    assert_eq!(client.login("bot", "", "no-such-token").await["result"], 1);
    let token =
        client.login("bot", "secret", "").await["rememberMeToken"].as_str().unwrap().to_owned();
    let again = client.login("bot", "", &token).await;
    assert_eq!(again["result"], 10);
    amp.user("bot").password("other");
    assert_eq!(client.login("bot", "", &token).await["result"], 2);
    assert_eq!(client.login("bot", "other", "").await["result"], 10);
}

#[tokio::test]
async fn a_remembered_token_is_good_for_a_month() {
    let (amp, _) = panel().await;
    let client = Client::new(&amp, None);
    let token =
        client.login("bot", "secret", "").await["rememberMeToken"].as_str().unwrap().to_owned();
    amp.clock().advance(Duration::from_hours(31 * 24));
    assert_eq!(client.login("bot", "", &token).await["result"], 2);
}

#[tokio::test]
async fn who_does_not_manage_an_instance_has_no_access_to_it() {
    let (amp, id) = panel().await;
    amp.add_user("guest", "secret");
    assert_eq!(Client::new(&amp, Some(id)).login("guest", "secret", "").await["result"], 5);
    assert_eq!(Client::new(&amp, None).login("guest", "secret", "").await["result"], 10);
}

#[tokio::test]
async fn a_suspended_instance_refuses_logins_where_it_is_set_to() {
    let (amp, id) = panel().await;
    amp.instance(id).suspend(true);
    assert_eq!(Client::new(&amp, Some(id)).login("bot", "secret", "").await["result"], 10);
    amp.switches().set(|switches| switches.suspended_refuses_login = true);
    assert_eq!(Client::new(&amp, Some(id)).login("bot", "secret", "").await["result"], 6);
}

#[tokio::test]
async fn what_stands_between_a_user_and_a_session_has_a_number() {
    let (amp, _) = panel().await;
    amp.add_user("new", "pw").must_change_password();
    amp.add_user("gone", "pw").disabled();
    amp.add_user("bare", "pw").must_set_up_totp();
    let client = Client::new(&amp, None);
    for (name, result) in [("new", 20), ("gone", 25), ("bare", 45)] {
        assert_eq!(client.login(name, "pw", "").await["result"], result, "{name}");
        assert_eq!(
            client.login(name, "wrong", "").await["result"],
            0,
            "only who knows the password is told"
        );
    }
}

#[tokio::test]
async fn two_factor_codes_are_asked_for_and_checked() {
    let (amp, _) = panel().await;
    amp.user("bot").totp(SECRET);
    let client = Client::new(&amp, None);
    let asked =
        client.call("Core/GetAuthenticationRequirements", json!({ "username": "bot" })).await;
    assert_eq!(asked, json!([1, 2, 4]));
    assert_eq!(client.login("bot", "secret", "").await["result"], 40);
    assert_eq!(client.login("bot", "secret", "000000").await["result"], 50);
    let code = totp_code(SECRET, amp.clock().now_ms()).unwrap();
    let reply = client.login("bot", "secret", &code).await;
    assert_eq!(reply["result"], 10);
    assert_eq!(reply["userInfo"]["IsTwoFactorEnabled"], true);
    // A remembered login needs no code.
    let token = reply["rememberMeToken"].as_str().unwrap();
    assert_eq!(client.login("bot", "", token).await["result"], 10);
}

#[tokio::test]
async fn results_that_have_no_cause_here_can_be_had_as_faults() {
    let (amp, _) = panel().await;
    for result in [30, 100, 110, 500] {
        amp.faults().add(Fault::login_result(result).times(1));
        let reply = Client::new(&amp, None).login("bot", "secret", "").await;
        assert_eq!((&reply["success"], &reply["result"]), (&json!(false), &json!(result)));
    }
    controller(&amp).await;
}

#[tokio::test]
async fn a_service_token_opens_one_session_at_its_instance() {
    let (amp, id) = panel().await;
    let panel = controller(&amp).await;
    let managed =
        panel.call("ADSModule/ManageInstance", json!({ "InstanceId": id.to_string() })).await;
    assert_eq!(managed["Status"], true);
    let token = managed["Result"].as_str().unwrap();
    assert_eq!(panel.login("bot", "", token).await["result"], 1, "it is for the instance");
    let instance = Client::new(&amp, Some(id));
    assert_eq!(instance.login("bot", "", token).await["result"], 10);
    assert_eq!(instance.login("bot", "", token).await["result"], 1, "it is used up");
}

#[tokio::test]
async fn a_user_of_an_instance_is_unknown_to_the_controller() {
    let (amp, id) = panel().await;
    amp.add_user("local", "pw").only_at(id).permission("Core.*");
    assert_eq!(Client::new(&amp, None).login("local", "pw", "").await["result"], 0);
    let client = Client::new(&amp, Some(id)).logged_in("local", "pw").await;
    assert_eq!(client.state().await, 0);
}

#[tokio::test]
async fn the_log_of_requests_knows_who_asked_and_no_password() {
    let (amp, id) = panel().await;
    Client::new(&amp, None).login("bot", "wrong-secret", "wrong-token").await;
    at(&amp, id).await.get("Core/Start").await;
    let logins = amp.requests().of("Core/Login");
    assert_eq!(logins.len(), 2);
    assert_eq!((logins[1].user.as_deref(), logins[1].instance), (Some("bot"), Some(id)));
    assert_eq!(amp.requests().of("Core/Start")[0].user.as_deref(), Some("bot"));
    let all = format!("{:?}", amp.requests().all());
    assert!(!all.contains("secret") && !all.contains("wrong-token"));
    amp.requests().clear();
    assert!(amp.requests().all().is_empty());
}
