//! The local AMP beside the local Discord: a panel with three servers, and who may log in there.

use std::fmt;
use std::future::pending;

use amp_sandbox::{Amp, AmpConfig, InstanceSpec};
use serde::Serialize;
use tokio::sync::watch;

use crate::{cli::SandboxArgs, exit::Stop};

/// Worth nothing: nobody but this machine can reach the panel.
const PASSWORD: &str = "a-local-password-worth-nothing";
/// Of the user with an authenticator.
const TOTP: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/// What a bot needs to look after servers, and no more.
const MAY: [&str; 7] = [
    "Core.AppManagement.StartApplication",
    "Core.AppManagement.StopApplication",
    "Core.AppManagement.RestartApplication",
    "Core.AppManagement.UpdateApplication",
    "Core.AppManagement.ReadConsole",
    "Core.AppManagement.SendConsoleInput",
    "LocalFileBackup.Backup.CreateBackup",
];

/// Where it is and who may come in, for the card.
#[derive(Debug, Serialize)]
pub(super) struct Panel {
    url: String,
    username: String,
    password: String,
    /// Somebody with the same password who needs a code as well.
    totp_username: String,
    totp_secret: String,
    servers: Vec<String>,
    #[serde(skip)]
    amp: Amp,
}

impl Panel {
    /// Starts it, if it is asked for.
    pub(super) async fn start(args: &SandboxArgs) -> Result<Option<Self>, Stop> {
        if !args.amp {
            return Ok(None);
        }
        let mut config = AmpConfig::default();
        config.listen.set_port(args.amp_port);
        let amp = Amp::start(config).await.map_err(|problem| no_start(args, &problem))?;
        let survival = InstanceSpec::minecraft("Survival").running().lively(1);
        let arena = InstanceSpec::valve("Arena").running().lively(2);
        let skyblock = InstanceSpec::minecraft("Skyblock").sleeps().game_port(25_566).running();
        let ids = [survival, arena, skyblock].map(|spec| amp.add_instance(spec));
        for name in ["gamekeeper", "careful"] {
            let user = ids.iter().fold(amp.add_user(name, PASSWORD), |user, id| user.manages(*id));
            MAY.iter().fold(user, |user, node| user.permission(node));
        }
        amp.user("careful").totp(TOTP);
        for name in ["Mia", "Ben"] {
            amp.instance(ids[0]).join(name);
        }
        amp.instance(ids[2]).sleep();
        Ok(Some(Self {
            url: amp.url().to_owned(),
            username: "gamekeeper".to_owned(),
            password: PASSWORD.to_owned(),
            totp_username: "careful".to_owned(),
            totp_secret: TOTP.to_owned(),
            servers: ids.iter().map(|id| amp.instance(*id).name()).collect(),
            amp,
        }))
    }

    /// What was done against AMP's API so far.
    pub(super) fn complaints(&self) -> Vec<String> {
        let all = self.amp.violations().into_iter();
        all.map(|one| format!("{:?}: {}: {}", one.kind, one.place, one.detail)).collect()
    }

    pub(super) fn bell(&self) -> watch::Receiver<()> {
        self.amp.violation_bell()
    }

    pub(super) fn stop(&self) {
        self.amp.stop();
    }
}

/// Completes when the bell rings; without a panel, never.
pub(super) async fn rings(bell: &mut Option<watch::Receiver<()>>) {
    if let Some(bell) = bell
        && bell.changed().await.is_ok()
    {
        return;
    }
    pending::<()>().await;
}

fn no_start(args: &SandboxArgs, problem: &std::io::Error) -> Stop {
    Stop::Unavailable(format!(
        "the local AMP cannot listen on port {}: {problem}. Choose another with --amp-port, or \
         --amp-port 0 for a free one",
        args.amp_port
    ))
}

impl fmt::Display for Panel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n  AMP           {}", self.url)?;
        writeln!(f, "    user        {}", self.username)?;
        writeln!(f, "    password    {}", self.password)?;
        writeln!(f, "    with codes  {}, secret {}", self.totp_username, self.totp_secret)?;
        writeln!(f, "    servers     {}", self.servers.join(", "))
    }
}
