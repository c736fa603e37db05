//! The picture of a server's history: who sees it, and that there is only ever one.

use bot::ids::ServerAct;
use domain::server::ServerState;
use gamekeeper::stage::{
    outage::Line,
    verbs::{Told, says, until},
};
use sandbox::actor::{First, MessageView};
use store::Sample;

use super::{Scene, scene};
use crate::scene::{Options, game, run, setup};

const MINUTE_MS: i64 = 60_000;

/// The one file of a page, as it is shown: its words.
fn picture(page: &MessageView) -> Told<String> {
    let [file] = &page.attachments[..] else {
        return Err(format!("one file was expected: {:?}", page.attachments));
    };
    // The size of a PNG stands in its first chunk.
    let size = file.content.get(16..24).ok_or("no picture")?;
    assert_eq!(size, [1200_u32.to_be_bytes(), 675_u32.to_be_bytes()].concat());
    let shown = page.components[0]["components"].as_array().into_iter().flatten();
    let gallery = shown.filter(|part| part["type"] == 12).collect::<Vec<_>>();
    let [gallery] = gallery[..] else { return Err(format!("{:#?}", page.components)) };
    assert_eq!(gallery["items"][0]["media"]["attachment_id"], file.id.to_string());
    let words = gallery["items"][0]["description"].as_str().unwrap_or_default();
    assert_eq!(file.description.as_deref(), Some(words));
    Ok(words.to_owned())
}

impl Scene {
    /// Looks of long ago: so many minutes before now, with so many players.
    async fn saw(&self, looks: &[(i64, ServerState, u32)]) -> Told<()> {
        let engine = self.stage.engine();
        let (now, id) = (engine.clock().now(), self.server().await.ok_or("gone")?.id);
        let tx = engine.store().begin().await.map_err(|error| error.to_string())?;
        for (minutes, state, players) in looks {
            let mut look = Sample::of(now - minutes * MINUTE_MS, *state, None);
            look.players = *players;
            tx.put_sample(id, &look).await.map_err(|error| error.to_string())?;
        }
        tx.commit().await.map_err(|error| error.to_string())
    }
}

#[tokio::test]
async fn a_picture_is_shown_and_another_span_replaces_it() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    scene.saw(&[(100, ServerState::Online, 7), (98, ServerState::Crashed, 0)]).await?;
    // Days ago, when it was up for as long as it was down.
    let days = 3 * 24 * 60;
    scene.saw(&[(days, ServerState::Online, 9), (days - 5, ServerState::Offline, 0)]).await?;
    let day = scene.ask(&olga, "history").await?;
    says(&day, "## Survival")?;
    let words = picture(&day)?;
    assert!(words.contains("Survival: players in the last 24 hours ("), "{words}");
    assert!(words.contains("7 at most"), "{words}");
    let week = scene.press(&olga, &day, ServerAct::HistoryWeek).await?;
    assert_eq!(week.id, day.id);
    let words = picture(&week)?;
    assert!(words.contains("last 7 days") && words.contains("9 at most"), "{words}");
    assert_ne!(week.attachments[0].id, day.attachments[0].id);
    let month = scene.press(&olga, &week, ServerAct::HistoryMonth).await?;
    let words = picture(&month)?;
    assert!(words.contains("last 30 days") && words.contains("9 at most"), "{words}");
    // The page beside it has no picture, and the way back.
    let page = scene.press(&olga, &month, ServerAct::Show).await?;
    says(&page, "**online** · <t:")?;
    assert_eq!((page.id, &page.attachments[..]), (day.id, &[][..]));
    picture(&scene.press(&olga, &page, ServerAct::HistoryDay).await?)?;
    scene.end().await
}

#[tokio::test]
async fn the_span_can_be_said_at_once() -> Told<()> {
    let scene = scene().await?;
    let options: Options = vec![("server", "Survival".into()), ("span", "month".into())];
    let page = run(&scene.stage.guild.owner(), "server history", options).await?;
    let words = picture(&page)?;
    assert!(words.contains("last 30 days"), "{words}");
    scene.end().await
}

#[tokio::test]
async fn who_may_not_see_a_server_sees_no_history_either() -> Told<()> {
    let scene = scene().await?;
    let mia = scene.stage.person("Mia");
    let no = "I know no such game server here.";
    says(&scene.ask(&mia, "history").await?, no)?;
    let options: Options = vec![("server", "Nowhere".into())];
    says(&run(&scene.stage.guild.owner(), "server history", options).await?, no)?;
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    let page = scene.ask(&mia, "history").await?;
    picture(&page)?;
    // It is asked anew with each click.
    let options: Options = vec![("server", "Survival".into())];
    run(&scene.stage.guild.owner(), "server unlink", options).await?;
    let said = scene.press(&mia, &page, ServerAct::HistoryWeek).await?;
    says(&said, no)?;
    assert!(said.attachments.is_empty(), "{:?}", said.attachments);
    scene.end().await
}

#[tokio::test]
async fn what_nobody_has_seen_is_said() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    let nothing = "Nothing of this server has been seen in that time.";
    assert!(!scene.ask(&olga, "history").await?.text().contains(nothing));
    // Nobody looks any more, and whatever was seen is too long ago.
    let Scene { stage, attendance, .. } = scene;
    attendance.end().await;
    stage.engine().clock().advance(365 * 24 * 60 * MINUTE_MS);
    let options: Options = vec![("server", "Survival".into())];
    let page = run(&olga, "server history", options).await?;
    says(&page, nothing)?;
    let words = picture(&page)?;
    assert!(words.contains("nothing is known of the last 24 hours"), "{words}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_comes_after_thinking_too() -> Told<()> {
    // On SQLite, whoever reads waits for nobody.
    if setup().postgres.is_none() {
        return Ok(());
    }
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    scene.stage.database(Line::Silent).await?;
    let reply = olga.slash("server history", [("server", "Survival")]);
    let first = reply.first().await;
    if !matches!(first, First::Deferred(_)) {
        return Err(format!("no \"thinking\": {first:?}"));
    }
    scene.stage.database(Line::Through).await?;
    let page =
        until("the picture", || async { reply.message().filter(|message| !message.loading) })
            .await?;
    picture(&page)?;
    scene.end().await
}
