//! A panel that misbehaves, in every way there is: its servers become unknown, the bot goes on, and
//! all is well again by itself.

use std::time::Duration;

use amp_sandbox::{AmpConfig, Fault, TlsIdentity};
use bot::ids::{CustomId, Purpose};
use domain::server::ServerState;
use engine::PanelKind;
use gamekeeper::stage::verbs::{Told, says, shown, until};
use sandbox::actor::NO_OPTIONS;

use super::{Scene, scene, scene_with};
use crate::scene::{game, run};

/// Trouble comes, is told, is in nobody's way, and ends.
async fn bears(scene: Scene, trouble: impl FnOnce(&Scene)) -> Told<()> {
    let (olga, mia) = (scene.stage.guild.owner(), scene.stage.person("Mia"));
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    scene.stage.set_up_panel(&olga, PanelKind::Player, "games").await?;
    let panel = scene.stage.panel(&mia, PanelKind::Player).await?;
    trouble(&scene);
    scene.becomes(ServerState::Unknown).await?;
    let watch = scene.server().await.ok_or("gone")?.watch;
    assert!(watch.misses >= 2, "{watch:?}");
    assert!(watch.fresh.is_some_and(|fresh| fresh < watch.since), "{watch:?}");
    let since = format!("**unknown** · <t:{}", watch.since / 1_000);
    says(&scene.ask(&mia, "status").await?, &since)?;
    says(&run(&mia, "server list", NO_OPTIONS).await?, "❔ **Survival** · unknown")?;
    // Discord turns away whatever is answered too late. `bench servers` says how soon it is.
    run(&mia, "help", NO_OPTIONS).await?;
    let join = CustomId::Pick(Purpose::Join, 0).to_string();
    says(&shown(&mia.click(&panel, &join)).await?, "game")?;
    says(&crate::scene::on(&mia, "joingame", "Chess").await?, "You are in")?;
    // Nobody tries over and over what does not work.
    let now = scene.server().await.ok_or("gone")?.watch;
    assert_eq!(now.since, watch.since, "it is one silence");
    scene.amp.faults().clear();
    scene.becomes(ServerState::Online).await?;
    says(&scene.ask(&mia, "status").await?, "**online** · <t:")?;
    scene.end().await
}

async fn bears_fault(fault: Fault) -> Told<()> {
    // Boxed: they are large.
    let scene = Box::pin(scene()).await?;
    Box::pin(bears(scene, |scene| scene.amp.faults().add(fault))).await
}

#[tokio::test]
async fn a_panel_that_is_down() -> Told<()> {
    let scene = scene().await?;
    Box::pin(bears(scene, |scene| scene.amp.faults().down())).await
}

#[tokio::test]
async fn a_panel_that_takes_half_a_minute() -> Told<()> {
    bears_fault(Fault::slow(Duration::from_secs(30))).await
}

#[tokio::test]
async fn a_panel_behind_a_proxy_that_answers_with_pages() -> Told<()> {
    bears_fault(Fault::html(502)).await?;
    bears_fault(Fault::html(200)).await
}

#[tokio::test]
async fn a_panel_that_redirects_for_ever() -> Told<()> {
    bears_fault(Fault::redirect_loop()).await
}

#[tokio::test]
async fn a_panel_that_speaks_no_tls() -> Told<()> {
    let tls = Some(TlsIdentity::self_signed().map_err(|error| error.to_string())?);
    let scene = scene_with(AmpConfig { tls, ..AmpConfig::default() }).await?;
    Box::pin(bears(scene, |scene| scene.amp.faults().refuse_tls())).await
}

#[tokio::test]
async fn a_panel_that_loses_its_sessions_at_every_call() -> Told<()> {
    bears_fault(Fault::session_lost()).await
}

#[tokio::test]
async fn a_panel_that_answers_with_megabytes() -> Told<()> {
    bears_fault(Fault::huge(20 * 1024 * 1024)).await
}

#[tokio::test]
async fn a_console_of_ten_thousand_lines_is_in_nobodys_way() -> Told<()> {
    let scene = scene().await?;
    let mia = scene.stage.person("Mia");
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    let server = scene.amp.instance(scene.survival);
    for number in 0..10_000 {
        server.say(&format!("[Server thread/INFO]: line {number} of a very talkative mod"));
    }
    server.join("Steve");
    until("a look at who plays", || async {
        let reading = scene.server().await?.reading?;
        (reading.players.online == 1).then_some(())
    })
    .await?;
    says(&scene.ask(&mia, "status").await?, "**online** · <t:")?;
    scene.end().await
}
