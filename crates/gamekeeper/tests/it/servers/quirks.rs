//! What AMP does differently from what one would expect, as people see it.

use std::time::Duration;

use amp_sandbox::{AppState, Restarted};
use bot::ids::{CustomId, ServerAct};
use domain::{audit::Outcome, server::ServerState};
use gamekeeper::stage::verbs::{Told, says, until};
use sandbox::actor::Actor;

use super::{Scene, scene, settled};
use crate::scene::{entries, game, log_into};

/// Longer than an action explains what is seen.
const LONGER: Duration = Duration::from_secs(121);

impl Scene {
    /// Waits until nothing is left to make sure of, so that the next look is far away.
    async fn at_rest(&self, state: ServerState) -> Told<()> {
        until("the server to have been looked at twice", || async {
            let server = self.server().await?;
            (server.watch.state == state && server.watch.looks >= 2).then_some(())
        })
        .await
    }

    /// Somebody stops the game on the panel, and nobody has looked since.
    async fn stops_unseen(&self) -> Told<()> {
        self.at_rest(ServerState::Online).await?;
        self.amp.instance(self.survival).shut_down();
        until("the game to be down", || async { (self.state() == AppState::Stopped).then_some(()) })
            .await
    }

    /// Somebody starts the game on the panel, and nobody has looked since.
    async fn starts_unseen(&self) -> Told<()> {
        self.at_rest(ServerState::Offline).await?;
        self.amp.instance(self.survival).start();
        until("the game to be up", || async { (self.state() == AppState::Ready).then_some(()) })
            .await
    }

    /// Stops it in order, seen by the bot.
    async fn is_stopped(&self, who: &Actor) -> Told<()> {
        let asked = self.ask(who, "stop").await?;
        says(&self.press(who, &asked, ServerAct::Stop).await?, "✅ Done")
    }
}

#[tokio::test]
async fn a_restart_of_what_is_stopped_is_never_told_as_done() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    // AMP says yes and does nothing.
    let asked = scene.ask(&olga, "restart").await?;
    scene.stops_unseen().await?;
    let id = scene.server().await.ok_or("gone")?.id;
    let reply = olga.click(&asked, &CustomId::Server(ServerAct::Restart, id).to_string());
    scene.becomes(ServerState::Offline).await?;
    assert_eq!(scene.outcomes().await?, [Outcome::Pending]);
    // Whoever has to wait is told so; then time passes.
    let _ = reply.first().await;
    scene.stage.advance(LONGER);
    let said = settled(&reply).await?;
    says(&said, "❌ That did not work out: restart the server.")?;
    says(&said, "**offline** · <t:")?;
    assert_eq!(scene.outcomes().await?, [Outcome::Failed]);
    // It went to the game; at the controller it would have been about something else.
    let restarts = scene.amp.requests().of("Core/Restart");
    assert!(restarts.iter().all(|call| call.instance == Some(scene.survival)), "{restarts:?}");
    // For what is known to be down the panel is not even asked.
    let again = scene.ask(&olga, "restart").await?;
    let refused = scene.press(&olga, &again, ServerAct::Restart).await?;
    says(&refused, "The server is not running. Start it instead.")?;
    assert_eq!(scene.amp.requests().of("Core/Restart").len(), 1);
    scene.end().await
}

#[tokio::test]
async fn a_restart_that_the_panel_refuses_has_failed_at_once() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    scene.amp.switches().set(|switches| switches.restart_when_stopped = Restarted::Refused);
    let asked = scene.ask(&olga, "restart").await?;
    scene.stops_unseen().await?;
    let said = scene.press(&olga, &asked, ServerAct::Restart).await?;
    says(&said, "The panel said no.")?;
    assert_eq!(scene.outcomes().await?, [Outcome::Failed]);
    scene.becomes(ServerState::Offline).await?;
    scene.end().await
}

#[tokio::test]
async fn a_suspended_server_is_told_as_that_whether_or_not_it_was_known() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    scene.is_stopped(&olga).await?;
    scene.at_rest(ServerState::Offline).await?;
    let server = scene.amp.instance(scene.survival);
    server.suspend(true);
    // AMP says yes and does nothing.
    let said = scene.ask(&olga, "start").await?;
    says(&said, "❌ That did not work out: start the server.")?;
    says(&said, "**suspended** · <t:")?;
    let starts = scene.amp.requests().of("Core/Start").len();
    says(&scene.ask(&olga, "start").await?, "The server is suspended.")?;
    assert_eq!(scene.amp.requests().of("Core/Start").len(), starts, "that would be for nothing");
    server.suspend(false);
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    scene.becomes(ServerState::Offline).await?;
    says(&scene.ask(&olga, "start").await?, "✅ Done: start the server.")?;
    scene.end().await
}

#[tokio::test]
async fn a_panel_that_lets_nobody_into_what_is_suspended_has_told_enough() -> Told<()> {
    let scene = scene().await?;
    let server = scene.amp.instance(scene.survival);
    scene.amp.switches().set(|switches| switches.suspended_refuses_login = true);
    scene.at_rest(ServerState::Online).await?;
    server.suspend(true);
    scene.amp.forget_sessions();
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    scene.at_rest(ServerState::Suspended).await?;
    // The next look comes as if nobody had been turned away.
    server.suspend(false);
    scene.becomes(ServerState::Offline).await?;
    scene.end().await
}

#[tokio::test]
async fn paths_of_the_panels_machine_do_not_reach_discord() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    log_into(&scene.stage, "log").await?;
    scene.is_stopped(&olga).await?;
    scene.amp.switches().set(|switches| switches.reasons_quote_paths = true);
    scene.starts_unseen().await?;
    let said = scene.ask(&olga, "start").await?;
    says(&said, "The panel said no.")?;
    assert!(!said.text().contains("/home"), "{}", said.text());
    // It has been said: this was no answer of another kind.
    let quoted = scene.amp.requests().of("Core/Start");
    let quoted = quoted.iter().filter(|call| format!("{:?}", call.outcome).contains("/home/amp"));
    assert_eq!(quoted.count(), 1);
    let log = scene.stage.channel("log")?;
    until("the log to tell of it", || async {
        let lines = olga.read(log);
        lines.iter().any(|line| line.text().contains("Survival")).then_some(())
    })
    .await?;
    for line in olga.read(log) {
        assert!(!line.text().contains("/home"), "{}", line.text());
    }
    for entry in entries(&scene.stage, store::AuditQuery::default()).await? {
        assert!(!format!("{entry:?}").contains("/home"), "{entry:?}");
    }
    scene.end().await
}
