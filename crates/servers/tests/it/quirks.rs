//! Quirks of AMP that have no better place.

use amp_sandbox::{AppState, Fault, Restarted};
use domain::server::App;
use servers::amp::{AmpError, Command, LoginRefusal};

use crate::scene::scene;

#[tokio::test]
async fn a_restart_goes_to_the_game_and_starts_nothing_that_is_stopped() {
    let scene = scene().await;
    let (panel, id) = (scene.panel(), scene.id());
    panel.command(&id, &Command::Stop).await.unwrap();
    scene.becomes(&panel, App::Stopped).await;
    // What is accepted is not done.
    assert_eq!(panel.command(&id, &Command::Restart).await, Ok(()));
    scene.amp.switches().set(|switches| switches.restart_when_stopped = Restarted::Refused);
    let refused = panel.command(&id, &Command::Restart).await.unwrap_err();
    assert!(matches!(refused, AmpError::Refused(_)) && !refused.is_unclear(), "{refused:?}");
    assert_eq!(scene.server().state(), AppState::Stopped);
    let restarts = scene.amp.requests().of("Core/Restart");
    assert!(restarts.iter().all(|call| call.instance == Some(scene.survival)), "{restarts:?}");
    assert_eq!(restarts.len(), 2);
}

#[tokio::test]
async fn a_suspended_instance_says_so_before_and_after_a_login() {
    let scene = scene().await;
    let panel = scene.panel();
    scene.becomes(&panel, App::Running).await;
    scene.server().suspend(true);
    assert_eq!(panel.command(&scene.id(), &Command::Start).await, Ok(()));
    assert_eq!(scene.app(&panel).await, Ok(App::Suspended));
    assert!(panel.roster().await.unwrap()[0].suspended);
    // Some panels let nobody in there. That is no reason to stay away for long.
    scene.amp.switches().set(|switches| switches.suspended_refuses_login = true);
    scene.amp.forget_sessions();
    for _ in 0..3 {
        let turned_away = scene.app(&panel).await;
        assert_eq!(turned_away, Err(AmpError::Login(LoginRefusal::Suspended)));
    }
    scene.server().suspend(false);
    assert_eq!(scene.app(&panel).await, Ok(App::Stopped));
}

#[tokio::test]
async fn nothing_is_asked_for_that_is_megabytes_long_nor_read_if_it_comes() {
    let scene = scene().await;
    let (panel, id) = (scene.panel(), scene.id());
    panel.roster().await.unwrap();
    panel.status(&id).await.unwrap();
    panel.users(&id).await.unwrap();
    panel.console(&id).await.unwrap();
    assert_eq!(scene.calls("ADSModule/GetSupportedApplications"), 0);
    assert_eq!(scene.violations(), [""; 0]);
    // A list of this length is none that was asked for.
    scene.amp.faults().add(Fault::huge(20 * 1024 * 1024).on("Core/GetStatus").times(1));
    let error = scene.app(&panel).await.unwrap_err();
    assert!(error.to_string().contains("without end"), "{error}");
    assert_eq!(scene.app(&panel).await, Ok(App::Running));
}

#[tokio::test]
async fn what_amp_says_of_its_machine_is_kept_apart() {
    let scene = scene().await;
    scene.amp.switches().set(|switches| switches.reasons_quote_paths = true);
    let panel = scene.panel();
    scene.becomes(&panel, App::Running).await;
    // In an error of its own kind, which nobody but a log may show.
    match panel.command(&scene.id(), &Command::Start).await {
        Err(AmpError::Refused(said)) => assert!(said.contains("/home/amp"), "{said}"),
        other => panic!("{other:?}"),
    }
}
