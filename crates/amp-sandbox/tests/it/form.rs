//! What makes a request a call, and what is held against a client.

use amp_sandbox::ViolationKind::{self, Accept, Form, Parameter, UnknownMethod};
use serde_json::json;
use tokio::net::TcpStream;

use crate::client::{controller, panel};
use crate::http;

fn kinds(amp: &amp_sandbox::Amp) -> Vec<ViolationKind> {
    amp.violations().into_iter().map(|one| one.kind).collect()
}

#[tokio::test]
async fn accept_is_required_and_the_content_type_is_not() {
    let (amp, _) = panel().await;
    let path = "/API/Core/GetModuleInfo";
    for accept in ["text/javascript", "application/json", "application/vnd.cubecoders-ampapi"] {
        let headers = [("accept", accept), ("content-type", "text/plain")];
        assert_eq!(http::post(amp.address(), path, &headers, "{}").await.unwrap().status, 200);
    }
    assert!(amp.violations().is_empty());
    for headers in [&[][..], &[("accept", "*/*")][..]] {
        assert_eq!(http::post(amp.address(), path, headers, "{}").await.unwrap().status, 400);
    }
    assert_eq!(kinds(&amp), [Accept, Accept]);
}

#[tokio::test]
async fn a_method_nobody_knows_is_a_fault_and_a_violation() {
    let (amp, _) = panel().await;
    let body = controller(&amp).await.get("Core/MakeCoffee").await;
    assert!(body["Title"].is_string() && body["StackTrace"].is_string());
    assert_eq!(kinds(&amp), [UnknownMethod]);
}

#[tokio::test]
async fn parameters_are_held_to_their_names_and_types() {
    let (amp, _) = panel().await;
    let panel = controller(&amp).await;
    for args in [
        json!({ "InstanceId": "Survival01" }),
        json!({ "InstanceName": 1 }),
        json!({ "InstanceName": "Survival01", "Force": true }),
    ] {
        panel.call("ADSModule/StartInstance", args).await;
    }
    let violations = amp.violations();
    assert!(violations.iter().all(|one| one.kind == Parameter));
    let said: Vec<&str> = violations.iter().map(|one| one.detail.as_str()).collect();
    let missing = "InstanceName is missing, a String";
    assert_eq!(
        said,
        [missing, "InstanceId is not known", "InstanceName is no String", "Force is not known"]
    );
}

#[tokio::test]
async fn only_a_post_of_an_object_is_a_call() {
    let (amp, _) = panel().await;
    let headers = [("accept", "application/json")];
    let path = "/API/Core/GetModuleInfo";
    let stream = TcpStream::connect(amp.address()).await.unwrap();
    assert_eq!(http::over(stream, "GET", path, &headers, "").await.unwrap().status, 405);
    for body in ["[]", "{", "\u{0}"] {
        assert_eq!(http::post(amp.address(), path, &headers, body).await.unwrap().status, 400);
    }
    assert_eq!(http::post(amp.address(), path, &headers, "").await.unwrap().status, 200);
    assert_eq!(kinds(&amp), [Form, Form, Form, Form]);
    amp.forget_violations();
    assert!(amp.violations().is_empty());
}

#[tokio::test]
async fn what_is_no_call_is_a_page() {
    let (amp, _) = panel().await;
    for path in ["/", "/API", "/API/Core", "/favicon.ico"] {
        assert_eq!(http::post(amp.address(), path, &[], "").await.unwrap().status, 404, "{path}");
    }
}

#[tokio::test]
async fn what_is_megabytes_long_is_not_there() {
    let (amp, _) = panel().await;
    controller(&amp).await.get("ADSModule/GetSupportedApplications").await;
    assert_eq!(kinds(&amp), [UnknownMethod]);
}
