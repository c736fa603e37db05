//! What networks and reverse proxies do.

use std::io::ErrorKind;
use std::time::Duration;

use amp_sandbox::{Fault, Outcome};
use serde_json::json;
use tokio::net::TcpStream;

use crate::client::{at, controller, panel};
use crate::http;

const STATUS: &str = "Core/GetStatus";

#[tokio::test]
async fn a_panel_that_is_down_refuses_connections_and_ends_those_that_are_open() {
    let (amp, _) = panel().await;
    let client = controller(&amp).await;
    let open = TcpStream::connect(amp.address()).await.unwrap();
    amp.faults().down();
    let headers = [("accept", "application/json")];
    assert!(http::over(open, "POST", "/API/Core/GetStatus", &headers, "{}").await.is_err());
    assert_eq!(
        client.try_raw(STATUS, json!({})).await.unwrap_err().kind(),
        ErrorKind::ConnectionRefused
    );
    amp.faults().clear();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(5);
    while client.try_raw(STATUS, json!({})).await.is_err() {
        assert!(tokio::time::Instant::now() < deadline);
        tokio::task::yield_now().await;
    }
    assert_eq!(client.state().await, 20, "sessions outlive a broken line");
}

#[tokio::test]
async fn an_answer_can_be_cut_off_and_the_call_is_not_carried_out() {
    let (amp, id) = panel().await;
    let client = at(&amp, id).await;
    amp.faults().add(Fault::cut().on("Core/Start").times(1));
    assert!(client.try_raw("Core/Start", json!({})).await.is_err());
    assert_eq!(client.state().await, 0);
    assert_eq!(amp.requests().of("Core/Start")[0].outcome, Outcome::Fault("cut"));
    assert_eq!(client.get("Core/Start").await["Status"], true);
}

#[tokio::test]
async fn a_slow_answer_comes_when_the_clock_says() {
    let (amp, _) = panel().await;
    let client = controller(&amp).await;
    amp.faults().add(Fault::slow(Duration::from_secs(30)).times(1));
    let call = tokio::spawn(async move { client.state().await });
    while !call.is_finished() {
        tokio::time::sleep(Duration::from_millis(5)).await;
        amp.clock().advance(Duration::from_secs(30));
    }
    assert_eq!(call.await.unwrap(), 20);
}

#[tokio::test]
async fn proxies_answer_with_pages_statuses_rubbish_and_redirects() {
    let (amp, _) = panel().await;
    let client = controller(&amp).await;
    let faults = [
        (Fault::html(502), 502, "<html"),
        (Fault::status(401), 401, ""),
        (Fault::status(403), 403, ""),
        (Fault::garbage(), 200, "{\"Status\": tr"),
        (Fault::redirect_loop(), 307, ""),
    ];
    for (fault, status, body) in faults {
        amp.faults().add(fault.on(STATUS).times(1));
        let answer = client.raw(STATUS, json!({})).await;
        assert_eq!(answer.status, status);
        assert!(answer.body.contains(body));
        assert_eq!(status == 307, answer.head.contains("location: /API/Core/GetStatus"));
    }
    assert_eq!(client.state().await, 20);
}

#[tokio::test]
async fn faults_last_until_they_are_cleared_and_hit_only_their_method() {
    let (amp, _) = panel().await;
    let client = controller(&amp).await;
    amp.faults().add(Fault::html(504).on(STATUS));
    for _ in 0..3 {
        assert_eq!(client.raw(STATUS, json!({})).await.status, 504);
    }
    assert_eq!(client.raw("Core/GetTasks", json!({})).await.status, 200);
    amp.faults().clear();
    assert_eq!(client.state().await, 20);
}

#[tokio::test]
async fn a_stopped_panel_is_gone() {
    let (amp, _) = panel().await;
    let client = controller(&amp).await;
    amp.stop();
    assert!(client.try_raw(STATUS, json!({})).await.is_err());
}

#[tokio::test]
async fn an_answer_can_be_megabytes_long() {
    let (amp, _) = panel().await;
    amp.faults().add(Fault::huge(3_000_000).on(STATUS).times(1));
    let body = controller(&amp).await.get(STATUS).await;
    assert_eq!(body.as_str().map(str::len), Some(2_999_998));
}
