//! The local AMP beside the local Discord, as the card tells of it.

use std::fmt;
use std::future::pending;

use amp_sandbox::Amp;
use serde::Serialize;
use tokio::sync::watch;

use crate::{
    cli::SandboxArgs,
    exit::Stop,
    local_amp::{self, LocalAmp},
};

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
        let local =
            LocalAmp::start(args.amp_port).await.map_err(|problem| no_start(args, &problem))?;
        let amp = local.amp;
        Ok(Some(Self {
            url: amp.url().to_owned(),
            username: local_amp::USER.to_owned(),
            password: local_amp::PASSWORD.to_owned(),
            totp_username: local_amp::CAREFUL.to_owned(),
            totp_secret: local_amp::TOTP.to_owned(),
            servers: local.ids.iter().map(|id| amp.instance(*id).name()).collect(),
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
