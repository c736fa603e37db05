//! What may go out at the same time.

use crate::server::{Server, config, reply};
use discord::{Call, CallError, Rest};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};
use tokio::task::JoinSet;
use twilight_model::{
    http::interaction::{InteractionResponse, InteractionResponseType},
    id::Id,
};

async fn pin(rest: Rest, channel: u64, message: u64) -> Result<(), CallError> {
    let request = rest.factory().create_pin(Id::new(channel), Id::new(message));
    rest.send_empty(request, Call::within(Duration::from_secs(3))).await
}

#[tokio::test]
async fn callbacks_never_queue() {
    let server = Server::start(|_, _| reply(204, "").after(Duration::from_millis(50))).await;
    let rest = server.rest();
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for id in 1..=64 {
        let rest = rest.clone();
        tasks.spawn(async move {
            let response = InteractionResponse {
                kind: InteractionResponseType::DeferredUpdateMessage,
                data: None,
            };
            let interaction = rest.factory().interaction(Id::new(1));
            let request = interaction.create_response(Id::new(id), "tok", &response);
            rest.send_empty(request, Call::callback()).await
        });
    }
    while let Some(result) = tasks.join_next().await {
        result.unwrap().unwrap();
    }
    let hits = server.hits();
    let last = hits.iter().map(|hit| hit.at).max().unwrap();
    assert!(last - started < Duration::from_millis(200), "{:?}", last - started);
    assert!(hits.iter().all(|hit| !hit.headers.contains_key("authorization")));
}

#[tokio::test]
async fn one_bucket_fills_up_to_what_remains_and_no_further() {
    let left = AtomicU32::new(5);
    let window = Instant::now() + Duration::from_millis(600);
    let server = Server::start(move |_, _| {
        let remaining = left.load(Ordering::SeqCst).saturating_sub(1);
        left.store(remaining, Ordering::SeqCst);
        let until = window.saturating_duration_since(Instant::now());
        // Answers leave later, so their reset has to be earlier by as much.
        let delay = Duration::from_millis(60);
        let reset = until.saturating_sub(delay).as_secs_f64();
        reply(204, "").bucket(5, remaining, reset).after(delay)
    })
    .await;
    let rest = server.rest();
    let started = Instant::now();
    pin(rest.clone(), 1, 1).await.unwrap();
    let mut tasks = JoinSet::new();
    for message in 2..=6 {
        tasks.spawn(pin(rest.clone(), 1, message));
    }
    while let Some(result) = tasks.join_next().await {
        result.unwrap().unwrap();
    }
    let times: Vec<_> = server.hits().iter().map(|hit| hit.at - started).collect();
    // The four that remained went out together, the sixth in the next window.
    assert!(times[4] < Duration::from_millis(250), "{times:?}");
    assert!(times[4] < times[1] + Duration::from_millis(50), "{times:?}");
    assert!(times[5] >= Duration::from_millis(500), "{times:?}");
}

#[tokio::test]
async fn unknown_buckets_are_bounded_per_resource_only() {
    let server = Server::start(|_, _| reply(204, "").after(Duration::from_millis(80))).await;
    let mut config = config(&server.origin);
    config.limits.unknown_in_flight = 3;
    let rest = Rest::new(config).unwrap();
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for message in 1..=4 {
        tasks.spawn(pin(rest.clone(), 1, message));
        tasks.spawn(pin(rest.clone(), 2, message));
    }
    while let Some(result) = tasks.join_next().await {
        result.unwrap().unwrap();
    }
    let soon = |hit: &&crate::server::Hit| hit.at - started < Duration::from_millis(60);
    assert_eq!(server.hits().iter().filter(soon).count(), 6);
}

#[tokio::test]
async fn our_own_pace_covers_bot_routes() {
    let server = Server::start(|_, _| reply(204, "")).await;
    let mut config = config(&server.origin);
    config.limits.global_per_second = 5.try_into().unwrap();
    let rest = Rest::new(config).unwrap();
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for channel in 1..=7 {
        tasks.spawn(pin(rest.clone(), channel, 1));
    }
    let mut done = Vec::new();
    while let Some(result) = tasks.join_next().await {
        result.unwrap().unwrap();
        done.push(started.elapsed());
    }
    // A second's worth goes at once, the rest when the second is over.
    assert!(done[4] < Duration::from_millis(500), "{done:?}");
    assert!(done[5] >= Duration::from_secs(1), "{done:?}");
}

#[tokio::test]
async fn requests_go_out_as_the_factory_made_them() {
    use discord::AuditLogReason;
    let server = Server::start(|_, _| reply(204, "")).await;
    let rest = server.rest();
    let request = rest.factory().create_message(Id::new(1)).content("hi");
    rest.send_empty(request, Call::interactive()).await.unwrap();
    let request =
        rest.factory().add_guild_member_role(Id::new(1), Id::new(2), Id::new(3)).reason("game 7");
    rest.send_empty(request, Call::interactive()).await.unwrap();
    let hits = server.hits();
    let text = |hit: usize, name: &str| hits[hit].headers[name].to_str().unwrap().to_owned();
    assert_eq!(hits[0].path, "/api/v10/channels/1/messages");
    assert!(hits[0].body.starts_with(br#"{"allowed_mentions":"#));
    assert_eq!(text(0, "content-type"), "application/json");
    assert_eq!(text(0, "authorization"), format!("Bot {}", crate::server::TOKEN));
    assert!(text(0, "user-agent").starts_with("DiscordBot ("));
    assert_eq!(hits[1].method, "PUT");
    assert_eq!(text(1, "x-audit-log-reason"), "game%207");
    assert_eq!(text(1, "content-length"), "0");
    let long = "x".repeat(2_001);
    let invalid = rest.factory().create_message(Id::new(1)).content(&long);
    let error = rest.send_empty(invalid, Call::interactive()).await.unwrap_err();
    assert!(matches!(error, CallError::Unbuildable { .. }), "{error}");
}
