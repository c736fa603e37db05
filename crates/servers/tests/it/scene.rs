//! A panel with a few servers, and a bot's user on it.

use std::time::{Duration, Instant};

use amp_sandbox::{Amp, AmpConfig, InstanceSpec};
use domain::server::App;
use servers::amp::{AmpError, InstanceId, Panel, PanelConfig, PanelUrl};

pub(crate) const USER: &str = "bot";
pub(crate) const PASSWORD: &str = "correct horse";

/// Everything a bot's user needs, and nothing else.
pub(crate) const NEEDED: [&str; 7] = [
    "Core.AppManagement.StartApplication",
    "Core.AppManagement.StopApplication",
    "Core.AppManagement.RestartApplication",
    "Core.AppManagement.UpdateApplication",
    "Core.AppManagement.SendConsoleInput",
    "Core.AppManagement.ReadConsole",
    "LocalFileBackup.Backup.CreateBackup",
];

pub(crate) struct Scene {
    pub(crate) amp: Amp,
    pub(crate) survival: amp_sandbox::InstanceId,
}

/// A controller with a Minecraft server that runs.
pub(crate) async fn scene() -> Scene {
    with(AmpConfig::default()).await
}

pub(crate) async fn with(config: AmpConfig) -> Scene {
    let amp = Amp::start(config).await.unwrap();
    let spec = InstanceSpec::minecraft("Survival").running();
    let survival = amp.add_instance(spec.everything_takes(Duration::from_millis(50)));
    let user = amp.add_user(USER, PASSWORD).manages(survival);
    NEEDED.iter().fold(user, |user, node| user.permission(node));
    Scene { amp, survival }
}

impl Scene {
    pub(crate) fn panel(&self) -> Panel {
        self.panel_of(PASSWORD, Duration::from_secs(2), true)
    }

    pub(crate) fn panel_of(&self, password: &str, within: Duration, verify_tls: bool) -> Panel {
        // The program does this once at its start.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Panel::new(PanelConfig {
            url: PanelUrl::parse(self.amp.url()).unwrap(),
            username: USER.to_owned(),
            password: password.to_owned().into(),
            verify_tls,
            within,
        })
        .unwrap()
    }

    pub(crate) fn server(&self) -> amp_sandbox::Server {
        self.amp.instance(self.survival)
    }

    pub(crate) fn id(&self) -> InstanceId {
        InstanceId::parse(&self.survival.to_string()).unwrap()
    }

    /// How often a method was called.
    pub(crate) fn calls(&self, method: &str) -> usize {
        self.amp.requests().of(method).len()
    }

    pub(crate) async fn app(&self, panel: &Panel) -> Result<App, AmpError> {
        panel.status(&self.id()).await.map(|status| status.app)
    }

    /// Waits until the game does this.
    pub(crate) async fn becomes(&self, panel: &Panel, app: App) {
        until(async || self.app(panel).await == Ok(app)).await;
    }

    /// What the bot did against the contract.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.amp.violations().iter().map(|violation| format!("{violation:?}")).collect()
    }
}

/// Waits up to ten seconds.
pub(crate) async fn until(mut holds: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(10);
    while !holds().await {
        assert!(Instant::now() < end, "it never came about");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
