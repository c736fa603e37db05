//! What a panel lists, says and does.

use std::time::Duration;

use amp_sandbox::{AmpConfig, AppState, InstanceSpec, Profile, StateWhileDown, Void};
use domain::server::{App, ServerState};
use servers::amp::{AmpError, Command, InstanceId};

use crate::scene::{NEEDED, PASSWORD, USER, scene, until, with};

#[tokio::test]
async fn the_roster_lists_what_the_user_may_manage_and_not_the_panel_itself() {
    let scene = scene().await;
    scene.amp.add_instance(InstanceSpec::valve("Somebody else's"));
    let roster = scene.panel().roster().await.unwrap();
    let names: Vec<_> = roster.iter().map(|one| (one.name.as_str(), one.running)).collect();
    assert_eq!(names, [("Survival", true)]);
    assert_eq!(roster[0].id, scene.id());
    assert_eq!(scene.violations(), [""; 0]);
}

#[tokio::test]
async fn a_right_granted_later_shows_after_a_new_login() {
    let scene = scene().await;
    let panel = scene.panel();
    assert_eq!(panel.roster().await.unwrap().len(), 1);
    let arena = scene.amp.add_instance(InstanceSpec::valve("Arena"));
    scene.amp.user(USER).manages(arena);
    assert_eq!(panel.roster().await.unwrap().len(), 1, "rights are those of the login");
    panel.look_anew().await;
    assert_eq!(panel.roster().await.unwrap().len(), 2);
}

#[tokio::test]
async fn truth_comes_from_the_instance_and_not_from_the_roster() {
    let scene = scene().await;
    scene.amp.switches().set(|switches| switches.roster_lag = Duration::from_hours(1));
    let panel = scene.panel();
    panel.roster().await.unwrap();
    scene.server().join("Steve");
    scene.server().join("Alex");
    let status = panel.status(&scene.id()).await.unwrap();
    assert_eq!((status.app, status.reading.players.online), (App::Running, 2));
    assert_eq!(panel.users(&scene.id()).await.unwrap(), ["Alex", "Steve"]);
    scene.server().crash();
    assert_eq!(scene.app(&panel).await, Ok(App::Failed));
}

#[tokio::test]
async fn a_daemon_that_is_down_is_offline_whatever_the_roster_remembers() {
    for remembered in [StateWhileDown::Undefined, StateWhileDown::Stale] {
        let scene = scene().await;
        scene.amp.switches().set(|switches| switches.state_while_down = remembered);
        let panel = scene.panel();
        scene.becomes(&panel, App::Running).await;
        scene.server().daemon_dies();
        assert_eq!(scene.app(&panel).await, Err(AmpError::DaemonDown));
        let roster = panel.roster().await.unwrap();
        assert!(!roster[0].running);
        // Starting the daemon need not start the game.
        panel.start_daemon(&roster[0]).await.unwrap();
        scene.becomes(&panel, App::Stopped).await;
        panel.command(&scene.id(), &Command::Start).await.unwrap();
        scene.becomes(&panel, App::Running).await;
    }
}

#[tokio::test]
async fn everything_can_be_asked_for() {
    for void in [Void::Null, Void::Empty] {
        let scene = scene().await;
        scene.amp.switches().set(|switches| switches.void = void);
        let (panel, id) = (scene.panel(), scene.id());
        let ask = async |what: Command| panel.command(&id, &what).await.unwrap();
        ask(Command::Say("say hello".to_owned())).await;
        assert_eq!(scene.server().commands(), ["say hello"]);
        ask(Command::Stop).await;
        scene.becomes(&panel, App::Stopped).await;
        ask(Command::Update).await;
        until(async || scene.calls("Core/UpdateApplication") == 1).await;
        scene.becomes(&panel, App::Stopped).await;
        ask(Command::Start).await;
        scene.becomes(&panel, App::Running).await;
        ask(Command::Restart).await;
        scene.becomes(&panel, App::Running).await;
        ask(Command::Backup("before the raid".to_owned())).await;
        ask(Command::Kill).await;
        scene.becomes(&panel, App::Stopped).await;
        assert_eq!(scene.violations(), [""; 0]);
    }
}

#[tokio::test]
async fn the_console_goes_on_where_it_was() {
    let scene = scene().await;
    let (panel, id) = (scene.panel(), scene.id());
    scene.server().say("first");
    let lines = panel.console(&id).await.unwrap();
    assert!(lines.iter().any(|line| line.text == "first"), "{lines:?}");
    scene.server().say("second");
    let lines = panel.console(&id).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["second"]);
    for number in 0..10_000 {
        scene.server().say(&format!("line {number}"));
    }
    let lines = panel.console(&id).await.unwrap();
    assert!(lines.len() <= 200 && lines.last().is_some_and(|line| line.text == "line 9999"));
}

#[tokio::test]
async fn a_missing_right_is_named_and_costs_no_login() {
    let scene = scene().await;
    scene.amp.user(USER).revoke("Core.AppManagement.StopApplication");
    let panel = scene.panel();
    scene.becomes(&panel, App::Running).await;
    let logins = scene.calls("Core/Login");
    let refused = panel.command(&scene.id(), &Command::Stop).await.unwrap_err();
    assert_eq!(refused, AmpError::Denied("Core.AppManagement.StopApplication".to_owned()));
    assert_eq!((scene.server().state(), scene.calls("Core/Login")), (AppState::Ready, logins));
}

#[tokio::test]
async fn every_version_is_understood() {
    for profile in [Profile::V2_4, Profile::V2_5, Profile::V2_6_2, Profile::V2_8] {
        let scene = with(AmpConfig { profile, ..AmpConfig::default() }).await;
        let panel = scene.panel();
        scene.server().join("Steve");
        let roster = panel.roster().await.unwrap_or_else(|error| panic!("{profile:?}: {error}"));
        assert_eq!(roster.len(), 1, "{profile:?}");
        let status = panel.status(&scene.id()).await.unwrap();
        assert_eq!((status.app, status.reading.players.online), (App::Running, 1), "{profile:?}");
        assert!(status.reading.uptime_s.is_some(), "{profile:?}");
        panel.command(&scene.id(), &Command::Stop).await.unwrap();
        scene.becomes(&panel, App::Stopped).await;
        assert_eq!(scene.violations(), [""; 0], "{profile:?}");
    }
}

#[tokio::test]
async fn sleeping_is_not_offline_and_suspended_is_told() {
    let scene = scene().await;
    let spec = InstanceSpec::minecraft("Lazy").running().sleeps();
    let lazy = scene.amp.add_instance(spec.everything_takes(Duration::from_millis(20)));
    scene.amp.user(USER).manages(lazy);
    let (panel, id) = (scene.panel(), InstanceId::parse(&lazy.to_string()).unwrap());
    scene.amp.instance(lazy).sleep();
    let state = async || panel.status(&id).await.unwrap().reading.state();
    until(async || state().await == Some(ServerState::Sleeping)).await;
    scene.amp.instance(lazy).join("Steve");
    until(async || state().await == Some(ServerState::Online)).await;
}

#[tokio::test]
async fn a_single_instance_without_a_controller() {
    let spec = InstanceSpec::valve("Arena").running();
    let alone = Some(spec.everything_takes(Duration::from_millis(20)));
    let scene = with(AmpConfig { single_instance: alone, ..AmpConfig::default() }).await;
    let user = scene.amp.add_user(USER, PASSWORD);
    NEEDED.iter().fold(user, |user, node| user.permission(node));
    let panel = scene.panel();
    let roster = panel.roster().await.unwrap();
    assert_eq!((roster.len(), &roster[0].id), (1, &InstanceId::single()));
    let arena = InstanceId::single();
    assert_eq!(panel.status(&arena).await.unwrap().app, App::Running);
    panel.command(&arena, &Command::Stop).await.unwrap();
    until(async || panel.status(&arena).await.unwrap().app == App::Stopped).await;
}
