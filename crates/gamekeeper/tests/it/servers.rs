//! Game servers on a panel: who sees them, who may do what, and what becomes of it.

mod day;
mod history;
mod live;
mod names;
mod quirks;
mod rights;
mod trouble;

use std::time::Duration;

use amp_sandbox::{Amp, AmpConfig, AppState, Fault, InstanceId, InstanceSpec};
use bot::ids::{CustomId, ServerAct};
use domain::{
    audit::{AuditKind, Outcome},
    server::ServerState,
};
use gamekeeper::{
    attend::{Attendance, Attended, AttendedPanel},
    stage::{
        Setup, Stage,
        verbs::{Told, says, shown, until},
    },
};
use sandbox::actor::{Actor, First, MessageView, NO_OPTIONS, Reply};
use servers::{
    amp::{PanelConfig, PanelUrl},
    poll::Pace,
    schedule::Schedule,
};
use store::ServerRecord;

use crate::scene::{Options, about, audited, game, run, set, setup};

struct Scene {
    stage: Stage,
    amp: Amp,
    survival: InstanceId,
    attendance: Attendance,
}

/// A stage with a panel beside it, where one Minecraft server runs.
async fn scene() -> Told<Scene> {
    scene_with(AmpConfig::default()).await
}

async fn scene_with(config: AmpConfig) -> Told<Scene> {
    scene_in(server_setup(), config).await
}

/// A stage for game servers, whose live messages need not wait for long.
fn server_setup() -> Setup {
    Setup {
        bot: |bot| {
            bot.inbound = bot::InboundLimits::NONE;
            bot.servers = true;
            bot.live_pause = Duration::from_millis(100);
        },
        // Some stories put the database out of reach.
        outages: true,
        ..setup()
    }
}

async fn scene_in(setup: Setup, config: AmpConfig) -> Told<Scene> {
    let stage = set(setup).await?;
    let amp = Amp::start(config).await.map_err(|error| error.to_string())?;
    let spec = InstanceSpec::minecraft("Survival").running().endpoint("play.example.org");
    let survival = amp.add_instance(spec.everything_takes(Duration::from_millis(100)));
    let user = amp.add_user("bot", "secret").manages(survival);
    ["StartApplication", "StopApplication", "RestartApplication"]
        .iter()
        .fold(user, |user, right| user.permission(&format!("Core.AppManagement.{right}")));
    let attendance = attend(&stage, &amp)?;
    let scene = Scene { stage, amp, survival, attendance };
    scene.becomes(ServerState::Online).await?;
    Ok(scene)
}

fn attend(stage: &Stage, amp: &Amp) -> Told<Attendance> {
    attend_all(stage, &[("main", amp)])
}

fn attend_all(stage: &Stage, panels: &[(&str, &Amp)]) -> Told<Attendance> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let panel = |(name, amp): &(&str, &Amp)| {
        let panel = PanelConfig {
            url: PanelUrl::parse(amp.url()).map_err(|error| error.to_string())?,
            username: "bot".to_owned(),
            password: "secret".to_owned().into(),
            // Where the panel of a story has a certificate, it is of its own making.
            verify_tls: false,
            within: Duration::from_secs(1),
        };
        Ok(AttendedPanel { name: (*name).to_owned(), panel, guild: stage.guild_id() })
    };
    let panels = panels.iter().map(panel).collect::<Told<Vec<_>>>()?;
    let schedule = Schedule::parse("0 0 1 1 *").map_err(|error| error.to_string())?;
    let pace = Pace { moving: Duration::from_millis(30), watched: Duration::from_millis(200) };
    let attended = Attended { panels, schedule, pace };
    Attendance::begin(stage.engine(), attended).map_err(|stop| stop.to_string())
}

impl Scene {
    async fn server(&self) -> Option<ServerRecord> {
        let all = self.stage.engine().store().servers_of_guild(self.stage.guild_id()).await.ok()?;
        all.into_iter().find(|server| server.found.name.as_str() == "Survival")
    }

    async fn becomes(&self, state: ServerState) -> Told<()> {
        until(&format!("the server to be seen {state}"), || async {
            self.server().await.filter(|server| server.watch.state == state).map(drop)
        })
        .await
    }

    async fn ask(&self, who: &Actor, what: &str) -> Told<MessageView> {
        settled(&who.slash(&format!("server {what}"), [("server", "Survival")])).await
    }

    /// Presses the button that does this.
    async fn press(&self, who: &Actor, on: &MessageView, act: ServerAct) -> Told<MessageView> {
        let server = self.server().await.ok_or("no such server")?;
        settled(&who.click(on, &CustomId::Server(act, server.id).to_string())).await
    }

    async fn tie(&self, game: &str) -> Told<()> {
        let options: Options = vec![("server", "Survival".into()), ("game", game.into())];
        let said = run(&self.stage.guild.owner(), "server link", options).await?;
        says(&said, &format!("**Survival** belongs to **{game}** now"))
    }

    /// Outcomes of what was asked of servers, newest first.
    async fn outcomes(&self) -> Told<Vec<Outcome>> {
        let all = audited(&self.stage, AuditKind::ServerControlled).await?;
        Ok(all.into_iter().map(|record| record.entry.outcome).collect())
    }

    fn state(&self) -> AppState {
        self.amp.instance(self.survival).state()
    }

    async fn end(self) -> Told<()> {
        self.attendance.end().await;
        self.stage.truth().await
    }
}

/// What is said once nothing is under way any more.
async fn settled(reply: &Reply) -> Told<MessageView> {
    let first = shown(reply).await?;
    if !first.text().contains("⏳ On it") {
        return Ok(first);
    }
    until("what was asked to be over", || async {
        reply.message().filter(|message| !message.text().contains("⏳ On it"))
    })
    .await
}

#[tokio::test]
async fn an_admin_stops_and_starts_a_server_and_hears_how_it_went() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    scene.amp.instance(scene.survival).join("Steve");
    let page = scene.ask(&olga, "status").await?;
    says(&page, "**online** · <t:")?;
    says(&page, "Address: `play.example.org:25565`")?;
    // Those who play would notice, so it is asked first.
    let asked = scene.ask(&olga, "stop").await?;
    says(&asked, "**Survival**: stop the server?")?;
    assert_eq!(scene.state(), AppState::Ready);
    let done = scene.press(&olga, &asked, ServerAct::Stop).await?;
    says(&done, "✅ Done: stop the server.")?;
    says(&done, "**offline** · <t:")?;
    assert_eq!(scene.state(), AppState::Stopped);
    // Starting hurts nobody.
    let done = scene.press(&olga, &done, ServerAct::Start).await?;
    says(&done, "✅ Done: start the server.")?;
    assert_eq!(scene.state(), AppState::Ready);
    assert_eq!(scene.outcomes().await?, [Outcome::Done, Outcome::Done]);
    assert!(scene.amp.violations().is_empty(), "{:?}", scene.amp.violations());
    scene.end().await
}

#[tokio::test]
async fn players_see_the_servers_of_games_and_deal_with_none() -> Told<()> {
    let scene = scene().await?;
    let mia = scene.stage.person("Mia");
    says(&run(&mia, "server list", NO_OPTIONS).await?, "no game server that you can see")?;
    says(&scene.ask(&mia, "status").await?, "I know no such game server here.")?;
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    says(&run(&mia, "server list", NO_OPTIONS).await?, "🟢 **Survival** · online")?;
    let page = scene.ask(&mia, "status").await?;
    says(&page, "Game: **Chess**")?;
    assert!(!page.buttons().iter().any(|button| button.label == "Stop …"));
    for what in ["stop", "start", "restart", "kill"] {
        says(&scene.ask(&mia, what).await?, "Ask a community admin.")?;
    }
    // Whoever presses a button that was made for somebody else is asked the same.
    let olga = scene.stage.guild.owner();
    let asked = scene.ask(&olga, "stop").await?;
    let id = scene.server().await.ok_or("gone")?.id;
    let stolen = mia.click(&asked, &CustomId::Server(ServerAct::Stop, id).to_string());
    if let First::Message(said) = stolen.first().await {
        says(&said, "Ask a community admin.")?;
    }
    assert_eq!(scene.state(), AppState::Ready);
    assert!(audited(&scene.stage, AuditKind::ActionRefused).await?.len() >= 4);
    assert_eq!(scene.outcomes().await?, []);
    scene.end().await
}

#[tokio::test]
async fn a_games_admin_may_start_and_restart_its_server_only() -> Told<()> {
    let scene = scene().await?;
    let (olga, gus) = (scene.stage.guild.owner(), scene.stage.person("Gus"));
    game(&scene.stage, "Chess").await?;
    about(&olga, "game admin-add", "Chess", &gus).await?;
    scene.stage.rest().await?;
    says(&scene.ask(&gus, "restart").await?, "I know no such game server here.")?;
    scene.tie("Chess").await?;
    says(&scene.ask(&gus, "stop").await?, "Ask a community admin.")?;
    let asked = scene.ask(&gus, "restart").await?;
    let done = scene.press(&gus, &asked, ServerAct::Restart).await?;
    says(&done, "✅ Done: restart the server.")?;
    // Without the game, without the right.
    let options: Options = vec![("server", "Survival".into())];
    says(&run(&olga, "server unlink", options).await?, "belongs to no game any more")?;
    says(&scene.ask(&gus, "restart").await?, "I know no such game server here.")?;
    scene.end().await
}

#[tokio::test]
async fn what_cannot_come_to_anything_is_said() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    says(&scene.ask(&olga, "start").await?, "The server is online already.")?;
    scene.amp.user("bot").revoke("Core.AppManagement.StopApplication");
    // A session keeps the rights it was opened with.
    scene.amp.forget_sessions();
    let asked = scene.ask(&olga, "stop").await?;
    let said = scene.press(&olga, &asked, ServerAct::Stop).await?;
    says(&said, "The panel does not let me do that.")?;
    scene.amp.faults().add(Fault::html(502).on("Core/Restart"));
    let asked = scene.ask(&olga, "restart").await?;
    let said = scene.press(&olga, &asked, ServerAct::Restart).await?;
    says(&said, "The panel does not answer me right now.")?;
    // The second may have arrived all the same; the next looks will tell.
    assert_eq!(scene.outcomes().await?, [Outcome::Pending, Outcome::Failed]);
    assert_eq!(scene.state(), AppState::Ready);
    // It has: the server goes down and comes back.
    scene.amp.instance(scene.survival).shut_down();
    scene.becomes(ServerState::Offline).await?;
    scene.amp.instance(scene.survival).start();
    until("the restart to be settled", || async {
        let outcomes = scene.outcomes().await.ok()?;
        (outcomes == [Outcome::Done, Outcome::Failed]).then_some(())
    })
    .await?;
    scene.end().await
}

#[tokio::test]
async fn a_start_that_fails_is_told_as_that() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    let server = scene.amp.instance(scene.survival);
    server.shut_down();
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    scene.becomes(ServerState::Offline).await?;
    server.fails_next_start();
    let said = scene.ask(&olga, "start").await?;
    says(&said, "❌ That did not work out: start the server.")?;
    says(&said, "**crashed** · <t:")?;
    scene.end().await
}

#[tokio::test]
async fn a_server_whose_daemon_is_down_is_started_whole() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    scene.amp.instance(scene.survival).daemon_dies();
    scene.becomes(ServerState::Offline).await?;
    let said = scene.ask(&olga, "start").await?;
    says(&said, "✅ Done: start the server.")?;
    assert_eq!(scene.state(), AppState::Ready);
    scene.end().await
}

#[tokio::test]
async fn names_are_suggested_with_what_they_do() -> Told<()> {
    let scene = scene().await?;
    let olga = scene.stage.guild.owner();
    let reply = olga.autocomplete("server start", [("server", "urv")], "server");
    let First::Choices(choices) = reply.first().await else {
        return Err("suggestions were expected".to_owned());
    };
    let names: Vec<&str> = choices.iter().filter_map(|choice| choice["name"].as_str()).collect();
    assert_eq!(names, ["Survival · online"]);
    scene.end().await
}
