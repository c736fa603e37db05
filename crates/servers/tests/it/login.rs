//! Being let in, and not.

use std::{sync::Arc, time::Duration};

use amp_sandbox::{Fault, SessionWay, UserHandle};
use domain::server::App;
use futures_util::future::join_all;
use servers::amp::{AmpError, LoginRefusal};

use crate::scene::{USER, scene};

const WITHIN: Duration = Duration::from_secs(2);

#[tokio::test]
async fn a_crowd_of_calls_logs_in_once_at_each_place() {
    let scene = scene().await;
    let panel = Arc::new(scene.panel());
    let (id, calls) = (scene.id(), 0..20);
    let all =
        calls.map(|_| async { (panel.roster().await.is_ok(), panel.status(&id).await.is_ok()) });
    assert!(join_all(all).await.iter().all(|both| *both == (true, true)));
    assert_eq!(scene.calls("Core/Login"), 2, "the controller and the instance");
}

#[tokio::test]
async fn a_session_that_is_gone_is_replaced_without_anybody_noticing() {
    let scene = scene().await;
    let panel = scene.panel();
    for _ in 0..3 {
        assert_eq!(scene.app(&panel).await, Ok(App::Running));
        scene.amp.forget_sessions();
    }
    assert_eq!(panel.roster().await.unwrap().len(), 1);
    assert_eq!(scene.violations(), [""; 0]);
}

#[tokio::test]
async fn sessions_that_are_lost_at_every_call_end_in_an_error_and_not_in_a_loop() {
    let scene = scene().await;
    let panel = scene.panel();
    scene.amp.faults().add(Fault::session_lost().on("Core/GetStatus"));
    assert_eq!(scene.app(&panel).await, Err(AmpError::NoSession));
    assert!(scene.calls("Core/Login") <= 3, "{}", scene.calls("Core/Login"));
    scene.amp.faults().clear();
    assert_eq!(scene.app(&panel).await, Ok(App::Running));
}

#[tokio::test]
async fn old_panels_want_the_session_in_the_body() {
    let scene = scene().await;
    scene.amp.switches().set(|switches| switches.session = SessionWay::Body);
    let panel = scene.panel();
    assert_eq!(scene.app(&panel).await, Ok(App::Running));
    let logins = scene.calls("Core/Login");
    for _ in 0..5 {
        assert_eq!(scene.app(&panel).await, Ok(App::Running));
    }
    assert_eq!(scene.calls("Core/Login"), logins, "it is known from then on");
}

#[tokio::test]
async fn a_wrong_password_is_said_and_not_tried_again_at_once() {
    let scene = scene().await;
    let panel = scene.panel_of("wrong", WITHIN, true);
    assert_eq!(panel.roster().await, Err(AmpError::Login(LoginRefusal::Password)));
    for _ in 0..5 {
        let again = panel.roster().await;
        assert!(matches!(again, Err(AmpError::LoginPaused(_))), "{again:?}");
    }
    assert_eq!(scene.calls("Core/Login"), 1);
}

#[tokio::test]
async fn each_refusal_has_its_reason() {
    async fn reason(make: impl FnOnce(UserHandle) -> UserHandle) -> AmpError {
        let scene = scene().await;
        make(scene.amp.user(USER));
        scene.panel().roster().await.unwrap_err()
    }
    let refused = |why| AmpError::Login(why);
    let secret = "JBSWY3DPEHPK3PXP";
    assert_eq!(reason(|user| user.totp(secret)).await, refused(LoginRefusal::SecondFactor));
    assert_eq!(reason(UserHandle::disabled).await, refused(LoginRefusal::Disabled));
    let change = reason(UserHandle::must_change_password).await;
    assert_eq!(change, refused(LoginRefusal::PasswordChange));
}

#[tokio::test]
async fn nothing_secret_is_in_an_error() {
    let scene = scene().await;
    let panel = scene.panel_of("hunter2", WITHIN, true);
    let text = format!("{:?} {0}", panel.roster().await.unwrap_err());
    assert!(!text.contains("hunter2"), "{text}");
}
