//! Signs of life of the real program: to systemd, and to the dead man's switch.

use std::{collections::BTreeSet, process::Stdio, time::Duration};

use gamekeeper::stage::verbs::{Told, until};
use sandbox::Sandbox;
use tokio::net::UnixDatagram;

use super::alarm::somebody;
use crate::program::gamekeeper;

#[tokio::test(flavor = "multi_thread")]
async fn systemd_hears_that_it_lives_and_how_it_is() -> Told<()> {
    let discord = Sandbox::start(sandbox::Config::default()).await.map_err(|e| e.to_string())?;
    discord.new_guild("Club").build();
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let socket = home.path().join("notify");
    let heard = UnixDatagram::bind(&socket).map_err(|e| e.to_string())?;
    let client = discord.application_id().to_string();
    let socket = socket.display().to_string();
    let settings = [
        ("DISCORD_TOKEN", discord.token()),
        ("DISCORD_CLIENT_ID", client.as_str()),
        ("DISCORD_API_URL", &discord.origin()),
        ("GAMEKEEPER_HTTP", "off"),
        ("NOTIFY_SOCKET", &socket),
        ("WATCHDOG_USEC", "2000000"),
    ];
    let mut child = gamekeeper(home.path(), &settings)
        .arg("run")
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| e.to_string())?;
    let listening = async {
        let mut said = BTreeSet::new();
        let mut signs = 0;
        let mut note = [0; 256];
        while signs < 3
            || !said.contains("READY=1")
            || !said.contains("STATUS=Ready: 1 shards are up")
        {
            let length = heard.recv(&mut note).await.map_err(|e| e.to_string())?;
            let text = String::from_utf8_lossy(&note[..length]).into_owned();
            signs += u32::from(text == "WATCHDOG=1");
            said.insert(text);
        }
        Ok::<_, String>(())
    };
    let in_time = tokio::time::timeout(Duration::from_mins(1), listening).await;
    let _ = child.kill();
    let _ = child.wait();
    in_time.map_err(|_| "it did not say so")?
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_mans_switch_hears_of_it_also_while_discord_is_away() -> Told<()> {
    let (url, heard) = somebody().await?;
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let url = url.replace("/in", "/ping");
    let settings = [
        ("DISCORD_TOKEN", "a-token-that-has-the-right-shape"),
        ("DISCORD_CLIENT_ID", "123456789012345678"),
        // Nobody is there.
        ("DISCORD_API_URL", "http://127.0.0.1:9"),
        ("GAMEKEEPER_HTTP", "off"),
        ("GAMEKEEPER_DEADMAN_URL", url.as_str()),
        ("GAMEKEEPER_DEADMAN_SECONDS", "5"),
    ];
    let mut child = gamekeeper(home.path(), &settings)
        .arg("run")
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| e.to_string())?;
    let told = until("a sign of life", || async {
        (!heard.lock().expect("nobody panics here").is_empty()).then_some(())
    })
    .await;
    let _ = child.kill();
    let _ = child.wait();
    told
}
