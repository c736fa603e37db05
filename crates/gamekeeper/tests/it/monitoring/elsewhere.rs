//! Errors to Sentry and times to a collector, over real sockets: with the features of these names.

use std::{
    process::Stdio,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Uri},
    routing::any,
};
use gamekeeper::stage::verbs::{Told, until};
use sandbox::{Config, Sandbox, actor::NO_OPTIONS};

use crate::program::gamekeeper;

#[derive(Clone, Debug)]
struct Heard {
    path: String,
    auth: String,
    body: Vec<u8>,
}

type All = Arc<Mutex<Vec<Heard>>>;

/// Somebody who takes everything; answers where.
async fn somebody() -> Told<(String, All)> {
    async fn hear(
        State(all): State<All>,
        uri: Uri,
        headers: HeaderMap,
        body: Bytes,
    ) -> &'static str {
        let auth = headers.get("x-sentry-auth").and_then(|v| v.to_str().ok()).unwrap_or_default();
        let heard =
            Heard { path: uri.path().to_owned(), auth: auth.to_owned(), body: body.to_vec() };
        all.lock().expect("nobody panics here").push(heard);
        ""
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(|e| e.to_string())?;
    let address = listener.local_addr().map_err(|e| e.to_string())?.to_string();
    let all = All::default();
    let app = Router::new().fallback(any(hear)).with_state(Arc::clone(&all));
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok((address, all))
}

fn has(all: &All, is_it: impl Fn(&Heard) -> bool) -> Option<Heard> {
    all.lock().expect("nobody panics here").iter().find(|heard| is_it(heard)).cloned()
}

fn contains(body: &[u8], words: &str) -> bool {
    body.windows(words.len()).any(|window| window == words.as_bytes())
}

/// A bot on a local Discord, told to do one thing, that then loses its token and so ends.
async fn played(more: &[(&str, &str)]) -> Told<()> {
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let rights = sandbox::world::Permissions(gamekeeper::stage::invited_with().bits());
    let guild = discord.new_guild("Club").bot(rights).build();
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let client = discord.application_id().to_string();
    let origin = discord.origin();
    let settings = [
        ("DISCORD_TOKEN", discord.token()),
        ("DISCORD_CLIENT_ID", client.as_str()),
        ("DISCORD_API_URL", origin.as_str()),
    ];
    let all = [&settings[..], more].concat();
    let mut child = gamekeeper(home.path(), &all)
        .arg("run")
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| e.to_string())?;
    let owner = guild.owner();
    let answered = until("the bot to answer", || async {
        let reply = owner.slash("help", NO_OPTIONS);
        let first = tokio::time::timeout(Duration::from_millis(500), reply.first());
        matches!(first.await, Ok(sandbox::actor::First::Message(_))).then_some(())
    })
    .await;
    discord.reset_token();
    // Whatever it asks for next is refused.
    owner.slash("game list", NO_OPTIONS);
    discord.drop_gateway();
    let ended = until("the bot to end", || {
        let ended = child.try_wait();
        async move { ended.ok().flatten() }
    })
    .await;
    let _ = child.kill();
    let _ = child.wait();
    answered.and(ended.map(drop))
}

#[cfg(feature = "sentry")]
#[tokio::test(flavor = "multi_thread")]
async fn errors_arrive_at_sentry_without_anything_about_people() -> Told<()> {
    let (address, all) = somebody().await?;
    let dsn = format!("http://aabbccddeeff00112233445566778899@{address}/7");
    // Nobody is there: so the end of the bot is an alert, and with it an error.
    let hook = "http://127.0.0.1:9/in";
    played(&[("GAMEKEEPER_SENTRY_DSN", &dsn), ("GAMEKEEPER_ALERT_WEBHOOK", hook)]).await?;
    let heard = has(&all, |heard| contains(&heard.body, "The bot has ended by itself"));
    let heard = heard.ok_or_else(|| format!("{:?}", all.lock()))?;
    assert_eq!(heard.path, "/api/7/envelope/");
    assert!(heard.auth.contains("sentry_key=aabbccddeeff00112233445566778899"), "{}", heard.auth);
    let text = String::from_utf8_lossy(&heard.body);
    assert!(text.contains("process.ended"), "{text}");
    for kept in ["server_name", "\"user\"", "Club", "<@"] {
        assert!(!text.contains(kept), "{kept}: {text}");
    }
    Ok(())
}

#[cfg(feature = "otlp")]
#[tokio::test(flavor = "multi_thread")]
async fn times_arrive_at_a_collector() -> Told<()> {
    let (address, all) = somebody().await?;
    played(&[("GAMEKEEPER_OTLP_URL", &format!("http://{address}/"))]).await?;
    for span in ["interaction", "discord.route"] {
        let heard = has(&all, |heard| heard.path == "/v1/traces" && contains(&heard.body, span));
        let heard = heard.ok_or_else(|| format!("no {span}"))?;
        assert!(contains(&heard.body, "gamekeeper"), "it does not say whose it is");
    }
    Ok(())
}
