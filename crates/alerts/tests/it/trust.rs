//! Certificates: one's own authority is believed where it is named, and nobody who has expired.

use alerts::{Mail, Notice, Route, SendError, Trust};
use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use crate::{certificate::Authority, post::Post, provider};

/// Says yes to whoever gets through TLS.
async fn yes(tls: TlsAcceptor) -> SecretString {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = tls.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await;
            let _ = stream.shutdown().await;
        }
    });
    SecretString::from(format!("https://localhost:{port}/s3cret"))
}

fn notice() -> Notice {
    Notice::test("bot-1", 0)
}

#[tokio::test]
async fn a_webhook_with_an_expired_certificate_gets_nothing() {
    let authority = Authority::new();
    let sent = async |expired: bool, trust: &Trust| {
        let url = yes(authority.acceptor(expired)).await;
        Route::webhook(&url, None, trust).unwrap().send(&notice()).await
    };
    assert_eq!(sent(false, &authority.trust()).await, Ok(()));
    let Err(SendError::Certificate(why)) = sent(true, &authority.trust()).await else {
        panic!("it was sent, or for another reason it was not");
    };
    assert!(why.contains("expired") && !why.contains("s3cret"), "{why}");
    let strange = sent(false, &Trust::default()).await;
    assert!(matches!(strange, Err(SendError::Certificate(_))), "{strange:?}");
}

#[tokio::test]
async fn a_mail_server_with_an_expired_certificate_gets_nothing() {
    let authority = Authority::new();
    let sent = async |expired: bool| {
        provider();
        let post = Post::start(Some(authority.acceptor(expired)), None).await;
        let port = post.address.port();
        let mail = Mail {
            server: SecretString::from(format!("smtps://bot:hunter2@localhost:{port}")),
            from: "Bot <bot@example.org>".to_owned(),
            to: vec!["me@example.org".to_owned()],
        };
        let sent = Route::mail(&mail, &authority.trust()).unwrap().send(&notice()).await;
        (sent, post.letters())
    };
    let (good, letters) = sent(false).await;
    assert_eq!(good, Ok(()));
    // PLAIN: nothing, user, password, with NULs between.
    assert_eq!(letters[0].login.as_deref(), Some("AGJvdABodW50ZXIy"));
    let (bad, letters) = sent(true).await;
    let Err(SendError::Certificate(why)) = bad else { panic!("{bad:?}") };
    assert!(why.contains("expired") && letters.is_empty(), "{why}");
}
