//! Answers that never arrive.

use crate::server::{Server, config, reply};
use discord::{Call, CallError, Rest};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use twilight_model::id::Id;

const SHORT: Call = Call::within(Duration::from_secs(2));

async fn create(rest: &Rest, call: Call) -> CallError {
    let request = rest.factory().create_role(Id::new(1)).name("r");
    rest.send_empty(request, call).await.unwrap_err()
}

async fn assign(rest: &Rest, call: Call) -> Result<(), CallError> {
    let request = rest.factory().add_guild_member_role(Id::new(1), Id::new(2), Id::new(3));
    rest.send_empty(request, call).await
}

/// Reads each request whole; the first `resets` connections then break, later ones get a 204.
async fn breaking(resets: usize, cut: &'static [u8]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = seen.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            read_request(&mut socket).await;
            let answer = if counter.fetch_add(1, Ordering::SeqCst) < resets {
                cut
            } else {
                b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"
            };
            socket.write_all(answer).await.ok();
        }
    });
    (origin, seen)
}

async fn read_request(socket: &mut TcpStream) {
    let mut seen = Vec::new();
    let mut buffer = [0; 1024];
    loop {
        let read = socket.read(&mut buffer).await.unwrap_or(0);
        seen.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&seen).to_lowercase();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            assert!(read > 0);
            continue;
        };
        let length = head.split("content-length: ").nth(1);
        let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return;
        }
    }
}

#[tokio::test]
async fn a_reset_loses_a_create_but_not_a_put() {
    for cut in [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"] {
        let (origin, seen) = breaking(2, cut).await;
        let rest = Rest::new(config(&origin)).unwrap();
        let error = create(&rest, SHORT).await;
        assert!(matches!(error, CallError::AnswerLost { .. }), "{error:?}");
        assert!(error.is_temporary());
        assert_eq!(seen.load(Ordering::SeqCst), 1);
        assign(&rest, SHORT).await.unwrap();
        assert_eq!(seen.load(Ordering::SeqCst), 3);
    }
}

#[tokio::test]
async fn a_server_error_loses_a_create_but_not_a_put() {
    let html = "<html>502 Bad Gateway</html>";
    let server = Server::start(move |_, before| match before {
        0 | 1 => reply(502, html),
        _ => reply(204, ""),
    })
    .await;
    let rest = server.rest();
    let error = create(&rest, SHORT).await;
    assert!(matches!(error, CallError::AnswerLost { .. }));
    assert_eq!(server.count(), 1);
    assign(&rest, SHORT).await.unwrap();
    assert_eq!(server.count(), 3);
}

#[tokio::test]
async fn tries_are_bounded() {
    let server = Server::start(|_, _| reply(500, "{}")).await;
    let rest = server.rest();
    let error = assign(&rest, SHORT).await.unwrap_err();
    assert!(matches!(error, CallError::Unavailable { .. }));
    assert_eq!(server.count(), 4);
    let family = "PUT guilds/{id}/members/{id}/roles/{id}";
    assert_eq!(rest.stats().families[family].server_error, 4);
}

#[tokio::test]
async fn a_refused_connection_is_safe_to_repeat() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let rest = Rest::new(config(&format!("http://{address}"))).unwrap();
    let error = create(&rest, SHORT).await;
    assert!(matches!(error, CallError::Unavailable { .. }), "{error:?}");
    assert_eq!(rest.stats().families["POST guilds/{id}/roles"].no_answer, 4);
}

#[tokio::test]
async fn time_runs_out() {
    let server = Server::start(|_, _| reply(204, "").after(Duration::from_secs(5))).await;
    let rest = server.rest();
    let brief = Call::within(Duration::from_millis(120));
    let (created, assigned) = tokio::join!(create(&rest, brief), assign(&rest, brief));
    assert!(matches!(created, CallError::AnswerLost { .. }), "{created:?}");
    let late = CallError::DeadlineExceeded { sent: true };
    assert_eq!(format!("{assigned:?}"), format!("{:?}", Err::<(), _>(late)));

    let mut config = config(&server.origin);
    config.limits.unknown_in_flight = 1;
    let rest = Rest::new(config).unwrap();
    let briefer = Call::within(Duration::from_millis(60));
    let (first, second) = tokio::join!(assign(&rest, brief), assign(&rest, briefer));
    assert!(matches!(first, Err(CallError::DeadlineExceeded { sent: true })));
    assert!(matches!(second, Err(CallError::DeadlineExceeded { sent: false })));
    // One try may be shorter than the call: a PUT then goes out again.
    let before = server.count();
    let retried = Call::within(Duration::from_millis(200));
    assign(&rest, retried.attempt_timeout(Duration::from_millis(50))).await.unwrap_err();
    assert!(server.count() - before >= 2);
}

#[tokio::test]
async fn a_failed_tls_handshake_sends_nothing() {
    let server = Server::start(|_, _| reply(204, "")).await;
    let secure = server.origin.replace("http://", "https://");
    let rest = Rest::new(config(&secure)).unwrap();
    let error = create(&rest, SHORT).await;
    assert!(matches!(error, CallError::Unavailable { .. }), "{error:?}");
    assert_eq!(server.count(), 0);
}

/// Discord takes only the first answer to an interaction, so repeating one does no harm: when the
/// first was lost on its way back, the second is told so, and that is as good as a yes.
#[tokio::test]
async fn a_callback_whose_answer_was_lost_is_repeated() {
    const ALREADY: &[u8] = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 70\r\n\r\n{\"message\": \"Interaction has already been acknowledged.\",\"code\":40060}";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = seen.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            read_request(&mut socket).await;
            let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
            socket.write_all(if first { b"" } else { ALREADY }).await.ok();
        }
    });
    let rest = Rest::new(config(&origin)).unwrap();
    let response = twilight_model::http::interaction::InteractionResponse {
        kind: twilight_model::http::interaction::InteractionResponseType::DeferredUpdateMessage,
        data: None,
    };
    let interactions = rest.factory().interaction(Id::new(1));
    let request = interactions.create_response(Id::new(2), "token", &response);
    rest.send_empty(request, Call::callback()).await.unwrap();
    assert_eq!(seen.load(Ordering::SeqCst), 2);
}
