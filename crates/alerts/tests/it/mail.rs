//! E-mail to a real socket.

use alerts::{Mail, Notice, Route, RouteError, SendError, Severity, Trust};
use secrecy::SecretString;

use crate::{alerts, away, post::Post, until};

fn mail(server: &str) -> Mail {
    Mail {
        server: SecretString::from(server.to_owned()),
        from: "Gamekeeper <bot@example.org>".to_owned(),
        to: vec!["me@example.org".to_owned(), "you@example.org".to_owned()],
    }
}

#[tokio::test]
async fn a_letter_says_what_is_wrong_and_what_to_do() {
    let post = Post::start(None, None).await;
    let alerts = alerts();
    let mail = mail(&format!("smtp://bot:p%40ss@{}", post.address));
    alerts.set_routes(vec![Route::mail(&mail, &Trust::default()).unwrap()]);
    alerts.raise(away(Severity::Critical));
    let letter = until("a letter", || post.letters().pop()).await;
    assert!(letter.from.contains("bot@example.org"), "{letter:?}");
    assert_eq!(letter.to.len(), 2, "{letter:?}");
    for words in
        ["[Gamekeeper] bot-1: database.away (critical)", "not answered", "gamekeeper doctor"]
    {
        assert!(letter.text.contains(words), "{words} is missing in {}", letter.text);
    }
    // The password is decoded: nothing, bot, p@ss.
    assert_eq!(letter.login.as_deref(), Some("AGJvdABwQHNz"));
}

#[tokio::test]
async fn a_refused_login_is_said_without_repeating_it() {
    let post = Post::start(None, Some(535)).await;
    crate::provider();
    let mail = mail(&format!("smtp://bot:hunter2@{}", post.address));
    let route = Route::mail(&mail, &Trust::default()).unwrap();
    let error = route.send(&Notice::test("bot-1", 0)).await.unwrap_err();
    assert_eq!(error, SendError::Refused { status: 535, after: None });
    let said = format!("{error} {error:?} {route:?}");
    assert!(!said.contains("hunter2") && !said.contains("AGJvdA"), "{said}");
    assert!(said.contains("password is not accepted"), "{said}");
}

#[test]
fn half_a_mailbox_is_refused() {
    crate::provider();
    let of = |mail: &Mail| Route::mail(mail, &Trust::default()).unwrap_err();
    for server in ["imap://host", "smtp://", "smtps://user@host", "host:25", "smtps://:pw@host"] {
        assert!(matches!(of(&mail(server)), RouteError::Address(_)), "{server}");
    }
    let mut nobody = mail("smtp://127.0.0.1:25");
    nobody.to = vec!["not an address".to_owned()];
    assert_eq!(of(&nobody), RouteError::Mailbox("not an address".to_owned()));
    nobody.to = Vec::new();
    assert_eq!(of(&nobody), RouteError::Nobody);
}
