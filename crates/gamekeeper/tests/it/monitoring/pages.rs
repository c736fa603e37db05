//! The pages of the real program, and `gamekeeper health`.

use std::{path::Path, process::Output};

use gamekeeper::stage::{
    Setup,
    verbs::{Told, until},
};

use super::{free_port, get, get_with, program};
use crate::{
    program::gamekeeper,
    scene::{set, setup},
};

const TOKEN: (&str, &str) = ("DISCORD_TOKEN", "a-token-that-has-the-right-shape");
const CLIENT: (&str, &str) = ("DISCORD_CLIENT_ID", "123456789012345678");

fn health(home: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Told<Output> {
    let mut command = gamekeeper(home, settings);
    command.arg("health").args(arguments).output().map_err(|e| e.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_up_says_so_to_whoever_asks() -> Told<()> {
    let address = free_port()?;
    let program = program(address).set("GAMEKEEPER_METRICS_TOKEN", "only-for-prometheus");
    let stage = set(Setup { program: Some(program), ..setup() }).await?;
    let text = until("the bot to be ready", || async {
        let (status, text) = get(address, "/readyz").await.ok()?;
        (status == 200).then_some(text)
    })
    .await?;
    assert!(text.contains("[+] gateway: 1 of 1 shards are up"), "{text}");
    assert!(text.contains("[+] database: answers") && text.ends_with("ok\n"), "{text}");
    let (status, text) = get(address, "/livez").await?;
    assert_eq!(status, 200, "{text}");
    for beat in ["clock", "watcher", "asker", "reconciler"] {
        assert!(text.contains(&format!("[+] {beat}: ")), "{text}");
    }
    assert_eq!(get(address, "/metrics").await?.0, 401);
    assert_eq!(get_with(address, "/metrics", Some("only-for-prometheus")).await?.0, 200);
    assert!(get(address, "/version").await?.1.contains(env!("CARGO_PKG_VERSION")));
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let text = address.to_string();
    let setting = [("GAMEKEEPER_HTTP", text.as_str())];
    for (arguments, said) in
        [(&[][..], "The bot is alive.\n"), (&["--ready"], "The bot is ready.\n")]
    {
        let output = health(home.path(), &setting, arguments)?;
        assert!(output.status.success(), "{output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), said);
    }
    // Discord goes away: people are not served, and nobody is to restart the bot for it.
    stage.discord.gateway().refuse_connections(true);
    stage.discord.drop_gateway();
    until("the bot not to be ready", || async {
        (get(address, "/readyz").await.ok()?.0 == 503).then_some(())
    })
    .await?;
    assert_eq!(get(address, "/livez").await?.0, 200);
    let url = format!("http://{address}/");
    let output = health(home.path(), &[], &["--ready", "--url", &url])?;
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("the bot is not well: gateway: 0 of 1 shards are up"), "{said}");
    assert!(health(home.path(), &[], &["--url", &url])?.status.success());
    Ok(())
}

#[test]
fn where_nobody_answers_health_says_so() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let address = free_port()?.to_string();
    let output = health(home.path(), &[("GAMEKEEPER_HTTP", &address)], &[])?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("the bot does not answer at http://") && said.contains(&address),
        "{said}"
    );
    let output = health(home.path(), &[("GAMEKEEPER_HTTP", "off")], &[])?;
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("GAMEKEEPER_HTTP is off"));
    Ok(())
}

#[test]
fn a_port_that_is_taken_refuses_the_start() -> Told<()> {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let address = taken.local_addr().map_err(|e| e.to_string())?.to_string();
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let settings = [TOKEN, CLIENT, ("GAMEKEEPER_HTTP", address.as_str())];
    let mut command = gamekeeper(home.path(), &settings);
    let output = command.arg("run").output().map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(78), "{said}");
    let last = said.lines().last().unwrap_or_default();
    assert!(last.starts_with(&format!("gamekeeper: GAMEKEEPER_HTTP is {address}")), "{said}");
    assert!(last.contains("off to do without"), "{said}");
    Ok(())
}

#[test]
fn what_is_wrong_with_its_settings_is_named() -> Told<()> {
    let mail = ("GAMEKEEPER_ALERT_SMTP", "smtps://me:s3cret@mail.example.org");
    let from = ("GAMEKEEPER_ALERT_MAIL_FROM", "bot@example.org");
    let wrong: [(&[(&str, &str)], &str); 16] = [
        (&[("GAMEKEEPER_HTTP", "localhost")], "GAMEKEEPER_HTTP is not an address"),
        (&[("GAMEKEEPER_HTTP", "127.0.0.1")], "GAMEKEEPER_HTTP is not an address"),
        (&[("GAMEKEEPER_ALERT_DISCORD", "s3cret")], "GAMEKEEPER_ALERT_DISCORD is not an address"),
        (&[("GAMEKEEPER_ALERT_WEBHOOK", "s3cret")], "GAMEKEEPER_ALERT_WEBHOOK is not an address"),
        (
            &[("GAMEKEEPER_ALERT_WEBHOOK_TOKEN", "s3cret")],
            "GAMEKEEPER_ALERT_WEBHOOK is not set, but",
        ),
        (&[("GAMEKEEPER_ALERT_SMTP", "s3cret")], "GAMEKEEPER_ALERT_MAIL_FROM is not set, but"),
        (&[mail, from], "GAMEKEEPER_ALERT_MAIL_TO is not set, but"),
        (&[from], "GAMEKEEPER_ALERT_SMTP is not set, but GAMEKEEPER_ALERT_MAIL_FROM is"),
        (
            &[mail, from, ("GAMEKEEPER_ALERT_MAIL_TO", "everybody")],
            "GAMEKEEPER_ALERT_MAIL_TO is not",
        ),
        (
            &[mail, ("GAMEKEEPER_ALERT_MAIL_FROM", "me"), ("GAMEKEEPER_ALERT_MAIL_TO", "a@b.c")],
            "GAMEKEEPER_ALERT_MAIL_FROM is not",
        ),
        (&[("GAMEKEEPER_ALERT_QUIET", "at night")], "GAMEKEEPER_ALERT_QUIET is not a span"),
        (&[("GAMEKEEPER_DEADMAN_URL", "s3cret")], "GAMEKEEPER_DEADMAN_URL is not an address"),
        (&[("GAMEKEEPER_DEADMAN_SECONDS", "0")], "GAMEKEEPER_DEADMAN_SECONDS is not"),
        (&[("GAMEKEEPER_LOG_FORMAT", "xml")], "GAMEKEEPER_LOG_FORMAT is not"),
        (&[("GAMEKEEPER_LOG_FILE_MB", "0")], "GAMEKEEPER_LOG_FILE_MB is not"),
        (&[("GAMEKEEPER_LOG_FILE", "/proc/nothing/bot.log")], "GAMEKEEPER_LOG_FILE"),
    ];
    for (settings, sentence) in wrong {
        let home = tempfile::tempdir().map_err(|e| e.to_string())?;
        let all = [&[("GAMEKEEPER_HTTP", "off"), TOKEN, CLIENT], settings].concat();
        let output =
            gamekeeper(home.path(), &all).arg("run").output().map_err(|e| e.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(78), "{settings:?}: {said}");
        let last = said.lines().last().unwrap_or_default();
        assert!(last.starts_with(&format!("gamekeeper: {sentence}")), "{settings:?}: {said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
    Ok(())
}
