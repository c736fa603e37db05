//! Panels that are down, slow, or something else altogether.

use std::time::{Duration, Instant};

use amp_sandbox::{AmpConfig, Fault, TlsIdentity};
use domain::server::App;
use servers::amp::AmpError;

use crate::scene::{PASSWORD, scene, with};

async fn after(fault: Fault) -> AmpError {
    let scene = scene().await;
    let panel = scene.panel();
    assert_eq!(scene.app(&panel).await, Ok(App::Running));
    scene.amp.faults().add(fault);
    let error = scene.app(&panel).await.unwrap_err();
    scene.amp.faults().clear();
    assert_eq!(scene.app(&panel).await, Ok(App::Running), "it recovers by itself");
    error
}

#[tokio::test]
async fn what_is_not_amp_is_called_that() {
    for (fault, status) in [
        (Fault::html(502), 502),
        (Fault::html(200), 200),
        (Fault::garbage(), 200),
        (Fault::status(500), 500),
    ] {
        match after(fault).await {
            AmpError::NotAmp { status: found, .. } => assert_eq!(found, status),
            other => panic!("{other:?}"),
        }
    }
    let told = after(Fault::redirect_loop()).await.to_string();
    assert!(told.contains("redirect"), "{told}");
}

#[tokio::test]
async fn a_broken_connection_and_a_panel_that_is_down() {
    assert!(matches!(after(Fault::cut()).await, AmpError::Broken(_)));
    let scene = scene().await;
    let panel = scene.panel();
    scene.amp.faults().down();
    let error = scene.app(&panel).await.unwrap_err();
    assert!(matches!(error, AmpError::Unreachable(_)) && error.is_temporary(), "{error:?}");
    scene.amp.faults().up();
    scene.becomes(&panel, App::Running).await;
}

#[tokio::test]
async fn a_slow_panel_is_not_waited_for() {
    let scene = scene().await;
    let panel = scene.panel_of(PASSWORD, Duration::from_millis(300), true);
    assert_eq!(scene.app(&panel).await, Ok(App::Running));
    scene.amp.faults().add(Fault::slow(Duration::from_secs(30)));
    let began = Instant::now();
    assert!(matches!(scene.app(&panel).await, Err(AmpError::Slow(_))));
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_certificate_of_its_own_making_is_refused_unless_allowed() {
    let tls = Some(TlsIdentity::self_signed().unwrap());
    let scene = with(AmpConfig { tls, ..AmpConfig::default() }).await;
    let strict = scene.panel();
    let error = strict.roster().await.unwrap_err();
    assert!(matches!(error, AmpError::Certificate(_)), "{error:?}");
    let lenient = scene.panel_of(PASSWORD, Duration::from_secs(2), false);
    assert_eq!(lenient.roster().await.unwrap().len(), 1);
}
