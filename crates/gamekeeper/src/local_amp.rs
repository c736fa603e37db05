//! A local AMP with three servers, and who may log in there: for the stand-alone sandbox, the demo
//! and the tour.

use std::io;

use amp_sandbox::{Amp, AmpConfig, InstanceId, InstanceSpec, Server};
use servers::{
    amp::{PanelConfig, PanelUrl},
    poll::Pace,
    schedule::Schedule,
};

use crate::{
    attend::{Attendance, Attended},
    exit::Stop,
    stage::Stage,
};

/// Who may log in.
pub(crate) const USER: &str = "gamekeeper";
/// Who needs a code as well.
pub(crate) const CAREFUL: &str = "careful";
/// Worth nothing: nobody but this machine can reach the panel.
pub(crate) const PASSWORD: &str = "a-local-password-worth-nothing";
/// Of the user with an authenticator.
pub(crate) const TOTP: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
/// What a bot needs to look after servers, and no more.
pub(crate) const MAY: [&str; 7] = [
    "Core.AppManagement.StartApplication",
    "Core.AppManagement.StopApplication",
    "Core.AppManagement.RestartApplication",
    "Core.AppManagement.UpdateApplication",
    "Core.AppManagement.ReadConsole",
    "Core.AppManagement.SendConsoleInput",
    "LocalFileBackup.Backup.CreateBackup",
];

/// A panel that runs as long as this is kept.
#[derive(Debug)]
pub(crate) struct LocalAmp {
    pub(crate) amp: Amp,
    /// Survival (Minecraft, lively), Arena (of Valve's kind, lively), Skyblock (asleep).
    pub(crate) ids: [InstanceId; 3],
}

impl LocalAmp {
    /// Starts it; port 0 takes a free one.
    pub(crate) async fn start(port: u16) -> io::Result<Self> {
        let mut config = AmpConfig::default();
        config.listen.set_port(port);
        let amp = Amp::start(config).await?;
        let survival = InstanceSpec::minecraft("Survival").running().lively(1);
        let arena = InstanceSpec::valve("Arena").running().lively(2);
        let skyblock = InstanceSpec::minecraft("Skyblock").sleeps().game_port(25_566).running();
        let ids = [survival, arena, skyblock].map(|spec| amp.add_instance(spec));
        for name in [USER, CAREFUL] {
            let user = ids.iter().fold(amp.add_user(name, PASSWORD), |user, id| user.manages(*id));
            MAY.iter().fold(user, |user, node| user.permission(node));
        }
        amp.user(CAREFUL).totp(TOTP);
        for name in ["Mia", "Ben"] {
            amp.instance(ids[0]).join(name);
        }
        amp.instance(ids[2]).sleep();
        Ok(Self { amp, ids })
    }

    /// The Minecraft server that runs.
    pub(crate) fn survival(&self) -> Server {
        self.amp.instance(self.ids[0])
    }

    /// Has the bot of a stage look after it.
    pub(crate) fn attend(&self, stage: &Stage, pace: Pace) -> Result<Attendance, Stop> {
        let odd = |why: String| Stop::Failed(why);
        let panel = PanelConfig {
            url: PanelUrl::parse(self.amp.url()).map_err(|error| odd(error.to_string()))?,
            username: USER.to_owned(),
            password: PASSWORD.to_owned().into(),
            verify_tls: true,
            within: std::time::Duration::from_secs(10),
        };
        let schedule = Schedule::parse("* * * * *").map_err(|error| odd(error.to_string()))?;
        let attended = Attended::one(panel, stage.guild_id(), schedule, pace);
        Attendance::begin(stage.engine(), attended)
    }
}
