//! Game servers without a panel: asked how they are doing by their address, and nothing else.
//!
//! Each question looks the name up anew, checks where it leads, and goes to the very address that was
//! checked. What comes back is a stranger's; [`relay`] and [`vet`] see to it before the library does.

mod address;
mod ask;
mod names;
mod protocol;
mod reach;
mod relay;
mod vet;

use std::{fmt, net::SocketAddr, sync::Arc, time::Duration};

use domain::server::Reading;
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

pub use address::{AddressError, DirectAddress, Host};
pub use protocol::{Protocol, SOURCES};
pub use reach::Reach;

use self::{names::Names, relay::Relay};

/// How long one look may take, whatever the server does.
const WITHIN: Duration = Duration::from_secs(12);
/// Questions at the same time; each keeps a thread.
const AT_ONCE: usize = 16;

/// How servers are asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct DirectConfig {
    /// Whether this machine and networks of one's own may be asked.
    pub private: bool,
    /// Who knows SRV records; none is whom the system asks.
    pub name_server: Option<SocketAddr>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirectError {
    /// The name leads nowhere.
    #[error("nobody knows the name")]
    Unresolved,
    /// It leads to where nobody may be asked.
    #[error("the address is not one of the public internet")]
    Private,
    /// Nothing listens there, and the machine says so.
    #[error("nothing listens there")]
    Refused,
    /// Nobody says anything.
    #[error("no answer")]
    Silent,
    /// What was said is no answer to the question.
    #[error("an answer that makes no sense")]
    Odd,
}

/// Whoever asks. Cheap to clone.
#[derive(Clone)]
pub struct Direct {
    names: Arc<Names>,
    room: Arc<Semaphore>,
}

impl fmt::Debug for Direct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Direct").finish_non_exhaustive()
    }
}

impl Direct {
    /// Nothing is asked before [`Direct::look`].
    pub fn new(config: DirectConfig) -> Self {
        let names = Arc::new(Names::new(config.private, config.name_server));
        Self { names, room: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Whether an address may be asked and is known at all. Nothing is sent to it.
    pub async fn check(&self, protocol: Protocol, at: &DirectAddress) -> Result<(), DirectError> {
        self.names.find(at, protocol).await.map(drop)
    }

    /// Asks a server how it is doing.
    pub async fn look(
        &self,
        protocol: Protocol,
        at: &DirectAddress,
    ) -> Result<Reading, DirectError> {
        timeout(WITHIN, self.ask(protocol, at)).await.unwrap_or(Err(DirectError::Silent))
    }

    async fn ask(&self, protocol: Protocol, at: &DirectAddress) -> Result<Reading, DirectError> {
        let found = self.names.find(at, protocol).await?;
        let room = Arc::clone(&self.room).acquire_owned().await;
        let room = room.map_err(|_| DirectError::Silent)?;
        let relay = match protocol {
            Protocol::MinecraftJava => Relay::tcp(&found.at).await?,
            Protocol::MinecraftBedrock | Protocol::Valve => Relay::udp(&found.at).await?,
        };
        let address = relay.address()?;
        let asking = spawn_blocking(move || {
            let answer = ask::ask(protocol, address, &found.host);
            // Not before: the thread is taken until then, whoever still waits for it.
            drop(room);
            answer
        });
        tokio::select! {
            why = relay.run() => Err(why),
            answer = asking => match answer {
                Ok(Ok(reading)) => Ok(reading),
                Ok(Err(error)) => Err(meaning(&error)),
                // It fell over something that it was told.
                Err(_) => Err(DirectError::Odd),
            },
        }
    }
}

fn meaning(error: &gamedig::GDError) -> DirectError {
    use gamedig::GDErrorKind::{PacketReceive, PacketSend, SocketBind, SocketConnect};
    tracing::debug!(?error, "a game server was not understood");
    match error.kind {
        PacketReceive | PacketSend | SocketBind | SocketConnect => DirectError::Silent,
        _ => DirectError::Odd,
    }
}
