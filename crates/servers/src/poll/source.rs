//! Where servers are found, and how one of them is looked at.

use std::{fmt, sync::Arc, time::Duration};

use domain::{
    GuildId,
    server::{App, Reading},
};
use store::{ServerRecord, Store, StoreError};
use tokio::time::timeout;

use crate::{
    amp::{AmpError, InstanceId, LoginRefusal, Panel},
    direct::{Direct, DirectAddress, DirectError, Protocol, SOURCES},
};

/// How long the names of those who play may take.
const NAMES_WITHIN: Duration = Duration::from_secs(3);

/// A panel that is looked at.
pub struct PanelSource {
    /// What the operator calls it.
    pub name: String,
    /// The guild whose servers they are.
    pub guild: GuildId,
    /// The way to it.
    pub panel: Arc<Panel>,
}

impl PanelSource {
    /// What its servers have for a source in the database.
    pub fn source(&self) -> String {
        format!("amp:{}", self.name)
    }
}

impl fmt::Debug for PanelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PanelSource").field(&self.name).finish()
    }
}

/// Something that knows servers.
#[derive(Debug)]
pub enum Source {
    /// A panel, which says which servers there are.
    Panel(PanelSource),
    /// Addresses that people have entered, in all guilds; the database says which.
    Direct(Direct),
}

impl Source {
    /// What it is called in the log.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Panel(source) => &source.name,
            Self::Direct(_) => "direct",
        }
    }

    /// Whether it is a panel.
    pub(super) fn is_panel(&self) -> bool {
        matches!(self, Self::Panel(_))
    }

    /// Its servers, as they are remembered.
    pub(super) async fn servers(&self, store: &Store) -> Result<Vec<ServerRecord>, StoreError> {
        match self {
            Self::Panel(source) => {
                let mut servers = store.servers_of_guild(source.guild).await?;
                servers.retain(|server| server.found.source == source.source());
                Ok(servers)
            }
            Self::Direct(_) => store.servers_from(SOURCES).await,
        }
    }

    /// How one of them is looked at; none if it is not one of its own.
    pub(super) fn target(&self, server: &ServerRecord) -> Option<Target> {
        let found = &server.found;
        match self {
            // The guild too: the panel may have been another guild's before.
            Self::Panel(source)
                if source.guild == found.guild && source.source() == found.source =>
            {
                let instance = InstanceId::parse(&found.place)?;
                Some(Target::Instance(Arc::clone(&source.panel), instance))
            }
            Self::Panel(_) => None,
            Self::Direct(direct) => {
                let protocol = Protocol::of_source(&found.source)?;
                let address = DirectAddress::parse(&found.place).ok()?;
                Some(Target::Address(direct.clone(), protocol, address))
            }
        }
    }
}

/// What a look is at.
#[derive(Clone)]
pub(super) enum Target {
    Instance(Arc<Panel>, InstanceId),
    Address(Direct, Protocol, DirectAddress),
}

impl Target {
    /// Everything that one look finds, or why it found nothing.
    pub(super) async fn look(&self) -> Result<Reading, String> {
        match self {
            Self::Instance(panel, instance) => {
                instance_reading(panel, instance).await.map_err(|error| error.to_string())
            }
            Self::Address(direct, protocol, address) => {
                match direct.look(*protocol, address).await {
                    // The machine is there, and says that the game is not. Silence says nothing.
                    Err(DirectError::Refused) => Ok(Reading::of(App::Stopped)),
                    other => other.map_err(|error| error.to_string()),
                }
            }
        }
    }
}

async fn instance_reading(panel: &Panel, instance: &InstanceId) -> Result<Reading, AmpError> {
    let mut reading = match panel.status(instance).await {
        Ok(status) => status.reading,
        // The panel knows, and says so.
        Err(AmpError::DaemonDown) => return Ok(Reading::daemon_down()),
        Err(AmpError::Login(LoginRefusal::Suspended)) => return Ok(Reading::of(App::Suspended)),
        Err(error) => return Err(error),
    };
    if reading.app == App::Running && reading.players.online > 0 {
        // Names are a courtesy: without them the look is still good.
        let names = timeout(NAMES_WITHIN, panel.users(instance)).await;
        reading.players.names = names.ok().and_then(Result::ok).unwrap_or_default();
    }
    Ok(reading)
}
