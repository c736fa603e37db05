//! The console, and who is on.

use std::time::Duration;

use amp_sandbox::InstanceSpec;
use serde_json::json;

use crate::client::{at, panel, panel_with};

fn running() -> InstanceSpec {
    InstanceSpec::minecraft("Survival").running()
}

#[tokio::test]
async fn a_session_reads_each_line_once_and_a_new_one_reads_old_lines_again() {
    let (amp, id) = panel().await;
    let server = amp.instance(id);
    for number in 0..100 {
        server.say(&format!("line {number}"));
    }
    let client = at(&amp, id).await;
    let replayed = client.lines().await;
    assert_eq!((replayed.len(), replayed[0].as_str()), (40, "line 60"));
    assert!(client.lines().await.is_empty());
    server.say("news");
    assert_eq!(client.lines().await, ["news"]);
    let again = at(&amp, id).await.lines().await;
    assert_eq!((again.len(), again[39].as_str()), (40, "news"));
    amp.switches().set(|switches| switches.replay_lines = 0);
    assert!(at(&amp, id).await.lines().await.is_empty());
}

#[tokio::test]
async fn who_comes_and_goes_is_in_the_console_and_in_the_list() {
    let (amp, id) = panel_with(running()).await;
    let (client, server) = (at(&amp, id).await, amp.instance(id));
    assert!(server.join("Steve"));
    assert!(!server.join("Steve"), "is on already");
    server.chat("Steve", "hello");
    let users = client.get("Core/GetUserList").await;
    assert_eq!(users.as_object().unwrap().values().collect::<Vec<_>>(), ["Steve"]);
    assert!(server.leave("Steve"));
    assert_eq!(client.lines().await, ["Steve joined the game", "hello", "Steve left the game"]);
    server.crash();
    assert_eq!(client.get("Core/GetUserList").await, json!({}));
    assert!(!server.join("Steve"), "nothing to connect to");
}

#[tokio::test]
async fn commands_reach_the_server() {
    let (amp, id) = panel_with(running()).await;
    let client = at(&amp, id).await;
    for message in ["say good night", "list", "stop"] {
        assert!(
            client.call("Core/SendConsoleMessage", json!({ "message": message })).await.is_null()
        );
    }
    assert_eq!(amp.instance(id).commands(), ["say good night", "list", "stop"]);
    assert_eq!(client.lines().await[..2], ["good night", "0 of 20 players are on"]);
    assert_eq!(client.state().await, 40);
}

#[tokio::test]
async fn a_lively_server_has_the_same_people_for_the_same_seed() {
    let mut seen = Vec::new();
    for _ in 0..2 {
        let (amp, id) = panel_with(running().lively(7)).await;
        amp.instance(id).join("Steve");
        amp.clock().advance(Duration::from_mins(20));
        seen.push(amp.instance(id).players());
    }
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].contains(&"Steve".to_owned()), "who was told to come stays");
    assert!(seen[0].len() > 1 && seen[0].len() <= 20);
}

#[tokio::test]
async fn uptime_has_days_only_when_there_are_any() {
    let (amp, id) = panel_with(running()).await;
    let client = at(&amp, id).await;
    amp.clock().advance(Duration::from_secs(3_723));
    let uptime = client.get("Core/GetStatus").await["Uptime"].as_str().unwrap().to_owned();
    assert!(uptime.starts_with("01:02:0"), "{uptime}");
    amp.clock().advance(Duration::from_hours(49));
    let uptime = client.get("Core/GetStatus").await["Uptime"].as_str().unwrap().to_owned();
    assert!(uptime.starts_with("2:02:02:0"), "{uptime}");
    amp.switches().set(|switches| switches.uptime = amp_sandbox::UptimeStyle::Dotted);
    let uptime = client.get("Core/GetStatus").await["Uptime"].as_str().unwrap().to_owned();
    assert!(uptime.starts_with("2.02:02:0"), "{uptime}");
}
