//! A game server on a panel: tied to a game, stopped and started, crashed and back, and what is
//! left of all that in a picture.

use std::{io, time::Duration};

use bot::ids::{CustomId, ServerAct};
use domain::{audit::AuditKind, server::ServerState};
use sandbox::actor::{Actor, MessageView, OptionValue};
use servers::poll::Pace;
use store::{AuditQuery, ServerRecord};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::Tour;
use crate::{
    attend::Attendance,
    local_amp::LocalAmp,
    stage::verbs::{Told, says, shown, until},
};

/// What the steps share.
pub(super) struct Panel {
    local: LocalAmp,
    attendance: Attendance,
}

/// The tour's people do not wait for 15 s.
const PACE: Pace = Pace { moving: Duration::from_millis(200), watched: Duration::from_millis(500) };

/// How long a picture may take from this machine to itself.
const DOWNLOADED_WITHIN: Duration = Duration::from_secs(10);

/// What is read while it goes on.
const UNDER_WAY: &str = "⏳ On it";

/// The server that is looked at.
async fn survival(tour: &Tour) -> Option<ServerRecord> {
    let store = tour.stage.engine().store();
    let all = store.servers_of_guild(tour.stage.guild_id()).await.ok()?;
    all.into_iter().find(|server| server.found.name.as_str() == "Survival")
}

async fn becomes(tour: &Tour, state: ServerState) -> Told<()> {
    until(&format!("the server to be seen {state}"), || async {
        survival(tour).await.filter(|server| server.watch.state == state).map(drop)
    })
    .await
}

async fn say(who: &Actor, what: &str, game: Option<&str>) -> Told<MessageView> {
    let mut options: Vec<(&str, OptionValue)> = vec![("server", "Survival".into())];
    options.extend(game.map(|game| ("game", game.into())));
    shown(&who.slash(&format!("server {what}"), options)).await
}

async fn press(tour: &Tour, on: &MessageView, act: ServerAct) -> Told<MessageView> {
    let server = survival(tour).await.ok_or("the server is gone")?;
    let id = CustomId::Server(act, server.id).to_string();
    let reply = tour.stage.guild.owner().click(on, &id);
    let first = shown(&reply).await?;
    if !first.text().contains(UNDER_WAY) {
        return Ok(first);
    }
    until("what was asked to be over", || async {
        reply.message().filter(|message| !message.text().contains(UNDER_WAY))
    })
    .await
}

fn panel(tour: &Tour) -> Told<&Panel> {
    tour.panel.as_ref().ok_or_else(|| "there is no panel".to_owned())
}

/// A server of the panel is tied to a game, and its players see it.
pub(super) async fn tied(tour: &mut Tour) -> Told<()> {
    let local = LocalAmp::start(0).await.map_err(|error| error.to_string())?;
    local.survival().set_duration(amp_sandbox::Phase::Stop, Duration::from_millis(300));
    local.survival().set_duration(amp_sandbox::Phase::Start, Duration::from_millis(800));
    let attendance = local.attend(&tour.stage, PACE).map_err(|stop| stop.to_string())?;
    tour.panel = Some(Panel { local, attendance });
    becomes(tour, ServerState::Online).await?;
    let owner = tour.stage.guild.owner();
    says(
        &say(&owner, "link", Some("Grand Chess")).await?,
        "**Survival** belongs to **Grand Chess** now",
    )?;
    stands(tour, "## 🟢 Survival").await?;
    let page = say(&tour.stage.person("Mia"), "status", None).await?;
    says(&page, "**online** · <t:")?;
    says(&page, "Game: **Grand Chess**")
}

/// Stopped after a question, started again; each is followed until it has settled.
pub(super) async fn controlled(tour: &mut Tour) -> Told<()> {
    let owner = tour.stage.guild.owner();
    let asked = say(&owner, "stop", None).await?;
    says(&asked, "stop the server?")?;
    let done = press(tour, &asked, ServerAct::Stop).await?;
    says(&done, "✅ Done: stop the server.")?;
    let done = press(tour, &done, ServerAct::Start).await?;
    says(&done, "✅ Done: start the server.")
}

/// A player is refused.
pub(super) async fn refused(tour: &mut Tour) -> Told<()> {
    let said = say(&tour.stage.person("Mia"), "stop", None).await?;
    says(&said, "Ask a community admin.")?;
    becomes(tour, ServerState::Online).await
}

/// It crashes, comes back, and both are in the history and told where somebody wants to know.
pub(super) async fn crashed(tour: &mut Tour) -> Told<()> {
    let channel = tour.stage.channel("log")?;
    let options: [(&str, OptionValue); 2] =
        [("server", "Survival".into()), ("channel", channel.into())];
    let said = shown(&tour.stage.guild.owner().slash("server alerts", options)).await?;
    says(&said, &format!("They go to <#{channel}>"))?;
    panel(tour)?.local.survival().crash();
    becomes(tour, ServerState::Crashed).await?;
    alerts(tour, 1).await?;
    stands(tour, "🔴 **Survival** has crashed").await?;
    panel(tour)?.local.survival().start();
    becomes(tour, ServerState::Online).await?;
    alerts(tour, 2).await?;
    stands(tour, "🟢 **Survival** is back").await
}

/// Waits for a message that everybody in its channel sees.
async fn stands(tour: &Tour, wanted: &str) -> Told<()> {
    let owner = tour.stage.guild.owner();
    until(&format!("a message that says “{wanted}”"), || async {
        let channels = owner.visible_channels().into_iter();
        let mut all = channels.flat_map(|channel| owner.read(channel));
        all.find(|message| !message.ephemeral && message.text().contains(wanted)).map(drop)
    })
    .await
}

/// Its history is a picture, with words for those who do not see it.
pub(super) async fn history(tour: &mut Tour) -> Told<()> {
    let page = say(&tour.stage.guild.owner(), "history", None).await?;
    let [file] = &page.attachments[..] else {
        return Err(format!("one picture was expected: {:?}", page.attachments));
    };
    let words = file.description.as_deref().unwrap_or_default();
    if !["available", "players on average", "at most"].iter().all(|told| words.contains(told)) {
        return Err(format!("the picture in words: {words}"));
    }
    let url = picture(&page).ok_or("no picture is shown")?;
    let png = download(url).await.map_err(|error| format!("{url}: {error}"))?;
    let size = png.strip_prefix(b"\x89PNG\r\n\x1a\n").and_then(|rest| rest.get(8..16));
    if size != Some(&[1200_u32.to_be_bytes(), 675_u32.to_be_bytes()].concat()) {
        return Err(format!("no picture of 1200 × 675: {} bytes", png.len()));
    }
    let broken = panel(tour)?.local.amp.violations();
    if let Some(Panel { attendance, .. }) = tour.panel.take() {
        attendance.end().await;
    }
    if broken.is_empty() { Ok(()) } else { Err(format!("against AMP's contract: {broken:?}")) }
}

/// Where the picture of a page is.
fn picture(page: &MessageView) -> Option<&str> {
    let mut parts = page.components.iter().filter_map(|one| one["components"].as_array()).flatten();
    parts.find_map(|part| part["items"][0]["media"]["url"].as_str())
}

/// What is at an address of the local Discord.
async fn download(url: &str) -> io::Result<Vec<u8>> {
    let odd = || io::Error::from(io::ErrorKind::InvalidData);
    let (host, path) =
        url.strip_prefix("http://").and_then(|rest| rest.split_once('/')).ok_or_else(odd)?;
    let mut stream = TcpStream::connect(host).await?;
    let ask = format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(ask.as_bytes()).await?;
    let mut answer = Vec::new();
    timeout(DOWNLOADED_WITHIN, stream.read_to_end(&mut answer)).await??;
    let head = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(odd)?;
    if !answer.starts_with(b"HTTP/1.1 200 ") {
        return Err(odd());
    }
    Ok(answer.split_off(head + 4))
}

async fn alerts(tour: &Tour, wanted: usize) -> Told<()> {
    let query =
        AuditQuery { kind: Some(AuditKind::ServerAlert), limit: 10, ..AuditQuery::default() };
    until(&format!("{wanted} alerts in the history"), || async {
        let store = tour.stage.engine().store();
        let told = store.audit(tour.stage.guild_id(), &query).await.ok()?;
        (told.len() >= wanted).then_some(())
    })
    .await
}
