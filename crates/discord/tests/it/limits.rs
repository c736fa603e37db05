//! Every shape of 429, and limits that send none.

use crate::server::{Reply, Server, config, limited, reply};
use discord::{Call, CallError, LimitScope, Rest};
use std::time::{Duration, Instant};
use twilight_model::{guild::Role, id::Id};

const SHORT: Call = Call::within(Duration::from_secs(2));

async fn get(rest: &Rest, channel: u64) -> Result<(), CallError> {
    rest.send_empty(rest.factory().channel(Id::new(channel)), SHORT).await
}

async fn rename(rest: &Rest, channel: u64) -> Result<(), CallError> {
    let request = rest.factory().update_channel(Id::new(channel)).name("x");
    rest.send_empty(request, SHORT).await
}

/// First answer as given, then success; returns the pause between the first two requests.
async fn pause_after(first: Reply) -> Duration {
    let server = Server::start(move |_, before| match before {
        0 => first.clone(),
        _ => reply(200, "{}"),
    })
    .await;
    let rest = server.rest();
    get(&rest, 1).await.unwrap();
    if server.count() == 1 {
        get(&rest, 1).await.unwrap();
    }
    let hits = server.hits();
    assert_eq!(hits.len(), 2);
    hits[1].at - hits[0].at
}

#[tokio::test]
async fn waits_as_told_in_every_form() {
    let forms = [
        ("200, none left, no scope", reply(200, "{}").bucket(5, 0, 0.3)),
        (
            "200, none left, scope",
            reply(200, "{}").bucket(5, 0, 0.3).header("x-ratelimit-scope", "user"),
        ),
        ("429 user, none left", limited("user", 0.3).bucket(5, 0, 0.3)),
        ("429 user, four left", limited("user", 0.3).bucket(5, 4, 5.0)),
        ("429 user, no bucket", limited("user", 0.3)),
        ("429 shared", limited("shared", 0.3).bucket(5, 4, 5.0)),
        ("429 global", limited("global", 0.3).header("x-ratelimit-global", "true")),
        ("429, no scope", limited("", 0.3)),
        ("429 html", reply(429, "<html>").header("retry-after", "0.3")),
    ];
    let mut tests = tokio::task::JoinSet::new();
    for (name, form) in forms {
        tests.spawn(async move { (name, pause_after(form).await) });
    }
    while let Some(result) = tests.join_next().await {
        let (name, pause) = result.unwrap();
        assert!(pause >= Duration::from_millis(295), "{name}: {pause:?}");
        assert!(pause < Duration::from_millis(700), "{name}: {pause:?}");
    }
    let bare = pause_after(reply(429, "<html>")).await;
    assert!(bare >= Duration::from_millis(195), "{bare:?}");
}

#[tokio::test]
async fn a_global_429_stops_other_routes_and_a_shared_one_does_not() {
    let server = Server::start(|hit, before| match (hit.path.as_str(), before) {
        ("/api/v10/channels/1", 0) => limited("shared", 60.0),
        ("/api/v10/channels/2", 1) => limited("global", 60.0),
        _ => reply(200, "{}"),
    })
    .await;
    let rest = server.rest();
    let scope = |result| match result {
        Err(CallError::RateLimited { scope, retry_at }) => {
            assert!(retry_at > Instant::now() + Duration::from_secs(50));
            scope
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(scope(get(&rest, 1).await), LimitScope::Shared);
    assert_eq!(scope(get(&rest, 1).await), LimitScope::Shared);
    assert_eq!(scope(get(&rest, 2).await), LimitScope::Global);
    assert_eq!(scope(get(&rest, 3).await), LimitScope::Global);
    assert_eq!(server.count(), 2);
    // Interaction routes are outside the global limit.
    let interaction = rest.factory().interaction(Id::new(9));
    rest.send_empty(interaction.delete_response("tok"), SHORT).await.unwrap();
}

#[tokio::test]
async fn a_hidden_limit_holds_back_that_action_only() {
    let server = Server::start(|hit, _| {
        let renames = hit.body.windows(6).any(|part| part == b"\"name\"");
        if renames && hit.path.ends_with("/1") {
            limited("user", 582.5).bucket(5, 4, 1.0)
        } else {
            reply(200, "{}").bucket(5, 4, 1.0)
        }
    })
    .await;
    let rest = server.rest();
    for _ in 0..3 {
        let error = rename(&rest, 1).await.unwrap_err();
        assert!(error.is_temporary());
        assert!(error.retry_after().unwrap() > Duration::from_secs(580));
        let scope = LimitScope::Hidden;
        assert!(matches!(error, CallError::RateLimited { scope: s, .. } if s == scope));
    }
    assert_eq!(server.count(), 1);
    let topic = rest.factory().update_channel(Id::new(1)).topic("t");
    rest.send_empty(topic, SHORT).await.unwrap();
    rename(&rest, 2).await.unwrap();
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn own_allowances_answer_without_asking() {
    let role = serde_json::json!({
        "id": "5", "name": "r", "color": 0, "hoist": false, "managed": false,
        "mentionable": false, "permissions": "0", "position": 1, "flags": 0,
        "colors": {"primary_color": 0}
    });
    let server = Server::start(move |_, _| reply(200, &role.to_string())).await;
    let mut config = config(&server.origin);
    config.limits.role_create.calls = 1;
    let rest = Rest::new(config).unwrap();
    rename(&rest, 1).await.unwrap();
    rename(&rest, 1).await.unwrap();
    let error = rename(&rest, 1).await.unwrap_err();
    let own = LimitScope::Own;
    assert!(matches!(error, CallError::RateLimited { scope, .. } if scope == own));
    assert!(error.retry_after().unwrap() > Duration::from_secs(590));

    let create = || rest.factory().create_role(Id::new(1)).name("r");
    let made: Role = rest.send(create(), SHORT).await.unwrap();
    assert_eq!(made.id.get(), 5);
    let error = rest.send::<Role>(create(), SHORT).await.unwrap_err();
    assert!(error.retry_after().unwrap() > Duration::from_hours(47));
    assert_eq!(server.count(), 3);
    let tally = rest.stats().families["POST guilds/{id}/roles"];
    assert_eq!((tally.success, tally.refused, tally.sent()), (1, 1, 1));
}

#[tokio::test]
async fn a_429_that_never_ends_is_given_up() {
    let server = Server::start(|_, _| limited("user", 0.01).bucket(5, 4, 1.0)).await;
    let rest = server.rest();
    let request = rest.factory().create_message(Id::new(1)).content("x");
    let error = rest.send_empty(request, SHORT).await.unwrap_err();
    assert!(matches!(error, CallError::RateLimited { .. }));
    assert_eq!(server.count(), 4);
}
