//! Stands between the query library and a game server.
//!
//! The library blocks, reads a stream to its end however long that is, believes every length it is
//! told and takes datagrams from anybody. So it is given an address of ours on this machine, and
//! what arrives there has been asked from the checked address, is whole, short, and says no length that it
//! does not have. When the relay ends, the library comes to an end too.

use std::{
    io::{self, ErrorKind},
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UdpSocket},
    time::timeout,
};

use super::{DirectError, vet};

/// How long a connection may take to come about, for each address.
const CONNECT_WITHIN: Duration = Duration::from_secs(2);
/// What a client asks is shorter.
const MOST_ASKED: u64 = 4_096;
/// Datagrams of one look, and what is in them together.
const MOST_DATAGRAMS: usize = 64;
const MOST_BYTES: usize = 256 * 1_024;
/// Longest datagram.
const LONGEST: usize = 65_535;
const OURS: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 0);

/// A way to one server, for one look.
pub(super) enum Relay {
    Tcp { server: TcpStream, ours: TcpListener },
    Udp { server: UdpSocket, ours: UdpSocket },
}

impl Relay {
    /// Connects to the first address that answers.
    pub(super) async fn tcp(at: &[SocketAddr]) -> Result<Self, DirectError> {
        let mut refused = true;
        for address in at {
            match timeout(CONNECT_WITHIN, TcpStream::connect(address)).await {
                Ok(Ok(server)) => {
                    let ours = TcpListener::bind(OURS).await.map_err(|error| ours(&error))?;
                    return Ok(Self::Tcp { server, ours });
                }
                Ok(Err(error)) => refused &= error.kind() == ErrorKind::ConnectionRefused,
                Err(_) => refused = false,
            }
        }
        // Only if there is nobody anywhere is nobody there.
        Err(if refused { DirectError::Refused } else { DirectError::Silent })
    }

    /// Takes the first address to which there is a way; nobody knows yet whether anybody is there.
    pub(super) async fn udp(at: &[SocketAddr]) -> Result<Self, DirectError> {
        for address in at {
            let any: SocketAddr =
                if address.is_ipv4() { ([0; 4], 0).into() } else { ([0_u16; 8], 0).into() };
            let server = UdpSocket::bind(any).await;
            // Connected, it hears nobody else.
            if let Ok(server) = server
                && server.connect(address).await.is_ok()
            {
                let ours = UdpSocket::bind(OURS).await.map_err(|error| ours(&error))?;
                return Ok(Self::Udp { server, ours });
            }
        }
        Err(DirectError::Silent)
    }

    /// Where the library has to ask.
    pub(super) fn address(&self) -> Result<SocketAddr, DirectError> {
        let address = match self {
            Self::Tcp { ours, .. } => ours.local_addr(),
            Self::Udp { ours, .. } => ours.local_addr(),
        };
        address.map_err(|error| ours(&error))
    }

    /// Passes on what may pass. Ends with why the server is not to be heard, and not at all while
    /// there may be more to hear.
    pub(super) async fn run(self) -> DirectError {
        match self {
            Self::Tcp { server, ours } => match Box::pin(stream(server, ours)).await {
                // The library has all there is, and says what it is.
                Ok(()) => std::future::pending().await,
                Err(error) => error,
            },
            Self::Udp { server, ours } => datagrams(&server, &ours).await,
        }
    }
}

fn ours(error: &io::Error) -> DirectError {
    tracing::warn!(%error, "no socket on this machine");
    DirectError::Silent
}

async fn stream(server: TcpStream, ours: TcpListener) -> Result<(), DirectError> {
    let lost = |_: io::Error| DirectError::Silent;
    let (client, _) = ours.accept().await.map_err(lost)?;
    drop(ours);
    let (mut from_server, mut to_server) = server.into_split();
    let (from_client, mut to_client) = client.into_split();
    let asking = async {
        let asked = tokio::io::copy(&mut from_client.take(MOST_ASKED), &mut to_server).await;
        asked.map_err(lost)?;
        // Its end is no news: the answer may be on its way.
        std::future::pending().await
    };
    let answering = async {
        let mut said = Vec::new();
        loop {
            if let Some(whole) = vet::packet(&said).map_err(|()| DirectError::Odd)? {
                to_client.write_all(whole).await.map_err(lost)?;
                // With this the library has read to the end.
                return to_client.shutdown().await.map_err(lost);
            }
            if from_server.read_buf(&mut said).await.map_err(lost)? == 0 {
                // An end in the midst is not silence, and not an answer.
                return Err(if said.is_empty() { DirectError::Silent } else { DirectError::Odd });
            }
        }
    };
    tokio::select! {
        asked = asking => asked,
        answered = answering => answered,
    }
}

async fn datagrams(server: &UdpSocket, ours: &UdpSocket) -> DirectError {
    let (mut asked, mut said) = ([0; 2_048], vec![0; LONGEST]);
    let mut client = None;
    let (mut count, mut bytes) = (0, 0);
    loop {
        tokio::select! {
            heard = ours.recv_from(&mut asked) => {
                let Ok((length, from)) = heard else { continue };
                client = Some(from);
                if let Err(error) = server.send(&asked[..length]).await
                    && error.kind() == ErrorKind::ConnectionRefused
                {
                    return DirectError::Refused;
                }
            }
            heard = server.recv(&mut said) => match heard {
                Ok(length) => {
                    (count, bytes) = (count + 1, bytes + length);
                    if count > MOST_DATAGRAMS || bytes > MOST_BYTES {
                        return DirectError::Odd;
                    }
                    if let Some(client) = client
                        && vet::datagram(&said[..length])
                    {
                        // One that is lost here is a datagram lost.
                        let _ = ours.send_to(&said[..length], client).await;
                    }
                }
                // The machine is there, and says that nothing listens.
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                    return DirectError::Refused;
                }
                Err(_) => return DirectError::Silent,
            },
        }
    }
}
