//! Messages on their way: each route for itself.

use std::time::Duration;

use alerts::{Alert, Deadman, Notice, Route, RouteError, RouteKind, SendError, Severity, Trust};
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use crate::{
    alerts, away, counted,
    hook::{Hook, Then},
    provider, until,
};

fn discord(hook: &Hook) -> Route {
    Route::discord(&hook.url("/api/webhooks/1/t0ken"), &Trust::default()).unwrap()
}

fn webhook(hook: &Hook) -> Route {
    let token = SecretString::from("s3cret".to_owned());
    Route::webhook(&hook.url("/in"), Some(&token), &Trust::default()).unwrap()
}

#[tokio::test]
async fn every_route_hears_of_it_once_and_that_it_is_over() {
    let (channel, elsewhere) = (Hook::start().await, Hook::start().await);
    let alerts = alerts();
    alerts.set_routes(vec![discord(&channel), webhook(&elsewhere)]);
    for _ in 0..10 {
        alerts.raise(away(Severity::Warning));
    }
    let said = until("the first message", || channel.heard().pop()).await;
    assert_eq!(said.path, "/api/webhooks/1/t0ken");
    let text = said.body["content"].as_str().unwrap();
    assert!(text.contains("not answered for 70 s") && text.contains("gamekeeper doctor"), "{text}");
    assert_eq!(said.body["allowed_mentions"], serde_json::json!({ "parse": [] }));
    let said = until("the same elsewhere", || elsewhere.heard().pop()).await;
    assert_eq!(said.authorization.as_deref(), Some("Bearer s3cret"));
    assert_eq!(
        (&said.body["kind"], &said.body["key"]),
        (&"raised".into(), &"database.away".into())
    );
    alerts.resolve("database.away");
    let over = until("the end", || elsewhere.heard().into_iter().nth(1)).await;
    assert_eq!(over.body["kind"], "resolved");
    alerts.drain(Duration::from_mins(1)).await;
    assert_eq!((channel.heard().len(), elsewhere.heard().len()), (2, 2));
    assert_eq!(counted(&alerts, r#"alert_messages_total{route="discord",result="sent"}"#), Some(2));
}

#[tokio::test]
async fn a_route_that_hangs_is_in_nobodys_way_and_forgets_the_oldest() {
    let (hanging, quick) = (Hook::start().await, Hook::start().await);
    hanging.then([Then::Hang]);
    let alerts = alerts();
    alerts.set_routes(vec![webhook(&hanging), discord(&quick)]);
    for number in 0..40 {
        let alert = Alert { key: format!("trouble.{number}"), ..away(Severity::Critical) };
        alerts.raise(alert);
        // Raising never waits; each gets to the quick route.
        until("a message", || (quick.heard().len() == number + 1).then_some(())).await;
    }
    assert_eq!(hanging.heard().len(), 1, "it still has the first one");
    let dropped = r#"alert_messages_total{route="webhook",result="dropped"}"#;
    assert_eq!(counted(&alerts, dropped), Some(40 - 32));
}

#[tokio::test]
async fn what_may_pass_is_tried_again_and_what_may_not_is_given_up() {
    let (busy, gone) = (Hook::start().await, Hook::start().await);
    busy.then([Then::Answer(503), Then::AfterSeconds(429, 0)]);
    gone.then([Then::Answer(404)]);
    let alerts = alerts();
    alerts.set_routes(vec![discord(&busy), webhook(&gone)]);
    alerts.raise(away(Severity::Critical));
    alerts.drain(Duration::from_mins(1)).await;
    assert_eq!((busy.heard().len(), gone.heard().len()), (3, 1));
    let failed = r#"alert_messages_total{route="webhook",result="failed"}"#;
    assert_eq!(counted(&alerts, failed), Some(1));
}

/// A mail server that is met for the first time, or a name server that starts after us, takes longer
/// than a few tries.
#[tokio::test]
async fn one_that_is_away_for_a_while_gets_it_afterwards() {
    let busy = Hook::start().await;
    busy.then([const { Then::AfterSeconds(429, 0) }; 20]);
    let alerts = alerts();
    alerts.set_routes(vec![webhook(&busy)]);
    alerts.raise(away(Severity::Critical));
    let sent = r#"alert_messages_total{route="webhook",result="sent"}"#;
    until("it to be sent", || (counted(&alerts, sent) == Some(1)).then_some(())).await;
    assert_eq!(busy.heard().len(), 21);
}

#[tokio::test]
async fn routes_are_replaced_while_it_runs() {
    let (old, new) = (Hook::start().await, Hook::start().await);
    old.then([Then::Hang]);
    let alerts = alerts();
    alerts.set_routes(vec![discord(&old)]);
    alerts.raise(away(Severity::Critical));
    until("the old route", || old.heard().pop()).await;
    alerts.raise(Alert { key: "disk.full".to_owned(), ..away(Severity::Critical) });
    alerts.set_routes(vec![discord(&new)]);
    let said = until("all of it", || Some(new.heard()).filter(|heard| heard.len() == 2)).await;
    let text = |one: usize| said[one].body["content"].as_str().unwrap();
    assert!(text(0).contains("database.away"), "what was under way is brought too: {said:?}");
    assert!(text(1).contains("disk.full"), "{said:?}");
    assert_eq!(alerts.routes(), [RouteKind::Discord]);
    alerts.set_routes(Vec::new());
    assert!(alerts.routes().is_empty());
}

#[tokio::test]
async fn errors_say_what_is_wrong_and_no_address() {
    provider();
    // Nobody listens there any more.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let sent = async |url: String| {
        let route = Route::webhook(&url.into(), None, &Trust::default()).unwrap();
        let error = route.send(&Notice::test("bot-1", 0)).await.unwrap_err();
        (format!("{error} {error:?} {route:?}"), error)
    };
    let (said, error) = sent(format!("http://{address}/s3cret")).await;
    assert!(matches!(error, SendError::Unreachable(_)), "{said}");
    assert!(!said.contains("s3cret") && !said.contains(&address.to_string()), "{said}");
    let (said, error) = sent("https://s3cret.invalid/s3cret".to_owned()).await;
    assert!(matches!(error, SendError::Unreachable(_)), "{said}");
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn what_is_no_route_is_refused_without_its_value() {
    provider();
    let of = |url: &str| {
        let url = SecretString::from(url.to_owned());
        Route::discord(&url, &Trust::default()).map(drop).unwrap_err()
    };
    for url in [
        "s3cret",
        "ftp://discord.com/api/webhooks/1/s3cret",
        "https://discord.com/api/webhooks/1",
        "https://discord.com/api/webhooks/one/s3cret",
        "https://discord.com/channels/1/2",
    ] {
        let error = of(url);
        assert!(matches!(error, RouteError::Address(_)), "{url}");
        assert!(!error.to_string().contains("s3cret"), "{error}");
    }
    let token = SecretString::from("two\nlines".to_owned());
    let url = SecretString::from("https://example.org".to_owned());
    let refused = Route::webhook(&url, Some(&token), &Trust::default()).map(drop);
    assert_eq!(refused, Err(RouteError::Token));
}

#[tokio::test]
async fn signs_of_life_come_while_it_lives_and_only_then() {
    let hook = Hook::start().await;
    let alerts = alerts();
    provider();
    let every = Duration::from_secs(1);
    let deadman = Deadman::new(&hook.url("/ping"), every, &Trust::default()).unwrap();
    let (stop, alive) = (CancellationToken::new(), std::sync::atomic::AtomicBool::new(true));
    let is_alive = || alive.load(std::sync::atomic::Ordering::Relaxed);
    let watched = async {
        until("two signs of life", || (hook.heard().len() >= 2).then_some(())).await;
        alive.store(false, std::sync::atomic::Ordering::Relaxed);
        // One may be under way.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let heard = hook.heard().len();
        tokio::time::sleep(Duration::from_secs(3)).await;
        assert_eq!(hook.heard().len(), heard);
        stop.cancel();
    };
    tokio::join!(deadman.run(is_alive, alerts.metrics(), &stop), watched);
    assert!(counted(&alerts, r#"deadman_pings_total{result="sent"}"#) >= Some(2));
}
