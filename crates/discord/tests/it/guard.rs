//! Breaker, error classes and secrets.

use crate::server::{Server, TOKEN, config, limited, reply};
use discord::{Call, CallError, Rest, RestConfig};
use std::{
    fmt::Write as _,
    io::Write,
    sync::{Arc, Mutex},
    time::Duration,
};
use twilight_model::{channel::Channel, id::Id};

const SHORT: Call = Call::within(Duration::from_secs(2));
const INTERACTION: &str = "aW50ZXJhY3Rpb24-secret";

async fn get(rest: &Rest) -> CallError {
    let request = rest.factory().channel(Id::new(1));
    rest.send::<Channel>(request, SHORT).await.unwrap_err()
}

async fn follow_up(rest: &Rest) -> Result<(), CallError> {
    let interaction = rest.factory().interaction(Id::new(9));
    rest.send_empty(interaction.delete_response(INTERACTION), SHORT).await
}

#[tokio::test]
async fn many_refusals_open_the_breaker_for_a_while() {
    let server = Server::start(|hit, _| {
        if hit.path.contains("webhooks") {
            reply(204, "")
        } else {
            reply(403, r#"{"code":50013,"message":"Missing Permissions"}"#)
        }
    })
    .await;
    let mut config = config(&server.origin);
    config.breaker.threshold = 3;
    config.breaker.open_for = Duration::from_millis(150);
    let rest = Rest::new(config).unwrap();
    for _ in 0..3 {
        let error = get(&rest).await;
        assert_eq!(error.code(), Some(50013));
        assert!(matches!(error, CallError::Forbidden { .. }) && !error.is_temporary());
    }
    let error = get(&rest).await;
    assert!(matches!(error, CallError::BreakerOpen { until: Some(_) }));
    assert!(error.retry_after().unwrap() <= Duration::from_millis(150));
    follow_up(&rest).await.unwrap();
    assert_eq!(server.count(), 4);
    tokio::time::sleep(Duration::from_millis(160)).await;
    assert!(matches!(get(&rest).await, CallError::Forbidden { .. }));
}

#[tokio::test]
async fn shared_429s_do_not_count() {
    let server = Server::start(|_, _| limited("shared", 0.001)).await;
    let mut config = config(&server.origin);
    config.breaker.threshold = 3;
    let rest = Rest::new(config).unwrap();
    assert!(matches!(get(&rest).await, CallError::RateLimited { .. }));
    assert!(matches!(get(&rest).await, CallError::RateLimited { .. }));
}

#[tokio::test]
async fn a_dead_token_stops_everything_but_interactions() {
    let server = Server::start(|hit, _| {
        if hit.path.contains("webhooks") {
            reply(401, r#"{"code":50027,"message":"Invalid Webhook Token"}"#)
        } else {
            reply(401, r#"{"code":0,"message":"401: Unauthorized"}"#)
        }
    })
    .await;
    let rest = server.rest();
    assert_eq!(follow_up(&rest).await.unwrap_err().code(), Some(50027));
    assert!(!rest.token_rejected());
    assert!(matches!(get(&rest).await, CallError::Unauthorized { code: 0 }));
    assert!(rest.token_rejected());
    let error = get(&rest).await;
    assert!(matches!(error, CallError::BreakerOpen { until: None }) && !error.is_temporary());
    assert_eq!(server.count(), 2);
}

#[tokio::test]
async fn cloudflare_is_not_discord() {
    let html = "<html><title>Access denied</title></html>";
    let server = Server::start(move |_, _| reply(403, html)).await;
    let rest = server.rest();
    let error = get(&rest).await;
    assert!(matches!(error, CallError::Unavailable { .. }) && error.is_temporary());
    assert!(matches!(get(&rest).await, CallError::BreakerOpen { until: Some(_) }));
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn errors_are_sorted() {
    let fields = r#"{"code":50035,"message":"Invalid Form Body","errors":{"name":{"_errors":
        [{"code":"BASE_TYPE_REQUIRED","message":"This field is required"}]}}}"#;
    let server = Server::start(move |_, before| match before {
        0 => reply(400, fields),
        1 => reply(
            400,
            r#"{"code":30013,"message":"Maximum number of guild channels reached (500)"}"#,
        ),
        2 => reply(404, r#"{"code":10003,"message":"Unknown Channel"}"#),
        3 => reply(404, "gone"),
        4 => reply(200, r#"{"id":"not-a-number"}"#),
        _ => reply(301, ""),
    })
    .await;
    let rest = server.rest();
    assert_eq!(
        get(&rest).await.to_string(),
        "Discord refused the request: Invalid Form Body (code 50035); \
         name: This field is required (BASE_TYPE_REQUIRED)"
    );
    assert_eq!(get(&rest).await.code(), Some(30013));
    assert!(matches!(get(&rest).await, CallError::NotFound { code: 10003 }));
    assert_eq!(get(&rest).await.code(), None);
    let error = get(&rest).await;
    assert!(matches!(&error, CallError::BadAnswer { why } if !why.contains("not-a-number")));
    assert!(matches!(get(&rest).await, CallError::Unavailable { .. }));
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(text);
        Ok(text.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn secrets_stay_inside() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let server = Server::start(|_, _| reply(400, r#"{"code":50035,"message":"no"}"#)).await;
    let rest = server.rest();
    let mut shown = format!("{rest:?} {:?} {:?}", rest.factory(), config(&server.origin));
    let mut errors = vec![get(&rest).await, follow_up(&rest).await.unwrap_err()];
    let dead = Rest::new(config("http://127.0.0.1:9")).unwrap();
    errors.push(get(&dead).await);
    errors.push(follow_up(&dead).await.unwrap_err());
    for error in errors {
        write!(shown, "{error:?} {error}").unwrap();
    }
    write!(shown, "{:?}", rest.stats()).unwrap();
    let line_break = RestConfig::new(format!("{TOKEN}\nx").into());
    write!(shown, "{:?}", Rest::new(line_break).unwrap_err()).unwrap();
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("DELETE webhooks/{id}/{token}/messages/@original"), "{log}");
    for text in [shown, log] {
        assert!(!text.contains(TOKEN), "{text}");
        assert!(!text.contains(INTERACTION), "{text}");
    }
    assert!(Rest::new(RestConfig::new(" ".into())).is_err());
}

#[test]
fn needs_a_runtime_and_says_so() {
    let error = Rest::new(RestConfig::new(TOKEN.into())).unwrap_err();
    assert!(matches!(error, discord::BuildError::NoRuntime));
}
