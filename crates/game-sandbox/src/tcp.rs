//! Java Edition over TCP.

use std::{io, net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    time::{sleep, timeout},
};

use crate::{
    java::{self, Packet},
    server::{Behaviour, Shared},
};

/// A client that says nothing for so long is let go.
const IDLE: Duration = Duration::from_secs(30);
/// A pause after a failed accept or bind; trying again at once would spin.
const PAUSE: Duration = Duration::from_millis(20);
/// What an endless answer is made of.
const LUMP: [u8; 4_096] = [b'x'; 4_096];

pub(crate) async fn serve(shared: Shared) -> io::Result<SocketAddr> {
    let claim = TcpSocket::new_v4()?;
    claim.set_reuseaddr(true)?;
    claim.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let address = claim.local_addr()?;
    let listener = TcpListener::bind(address).await?;
    tokio::spawn(async move {
        let stop = shared.stop.clone();
        // The claim never listens: while the server refuses, nobody else is given its port.
        stop.run_until_cancelled(accept(shared, listener, address)).await;
        drop(claim);
    });
    Ok(address)
}

async fn accept(mut shared: Shared, first: TcpListener, address: SocketAddr) {
    let mut listener = Some(first);
    loop {
        if shared.is_refusing() {
            listener = None;
            if shared.behaviour.changed().await.is_err() {
                return;
            }
            continue;
        }
        let Some(open) = &listener else {
            match TcpListener::bind(address).await {
                Ok(open) => listener = Some(open),
                Err(error) => {
                    tracing::debug!(%error, "the port is taken");
                    sleep(PAUSE).await;
                }
            }
            continue;
        };
        tokio::select! {
            changed = shared.behaviour.changed() => if changed.is_err() { return },
            accepted = open.accept() => match accepted {
                Ok((stream, _)) => {
                    let shared = shared.clone();
                    tokio::spawn(async move {
                        let stop = shared.stop.clone();
                        if let Some(Err(why)) = stop.run_until_cancelled(talk(shared, stream)).await {
                            tracing::debug!(%why, "a client was let go");
                        }
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "accept failed");
                    sleep(PAUSE).await;
                }
            },
        }
    }
}

async fn talk(shared: Shared, mut stream: TcpStream) -> io::Result<()> {
    let mut heard = Vec::new();
    let mut greeted = false;
    loop {
        let odd = |why| io::Error::new(io::ErrorKind::InvalidData, why);
        while let Some((packet, rest)) = java::next(&heard, greeted).map_err(odd)? {
            let rest = rest.to_vec();
            match packet {
                Packet::Hello(host) => {
                    greeted = true;
                    shared.facts.lock().hosts.push(host);
                }
                Packet::Status => {
                    shared.facts.lock().asked += 1;
                    tell(&shared, &mut stream).await?;
                }
                Packet::Ping(echo) => {
                    stream.write_all(&java::pong(echo)).await?;
                    // So does a real one.
                    return stream.shutdown().await;
                }
            }
            heard = rest;
        }
        let read = timeout(IDLE, stream.read_buf(&mut heard));
        if read.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?? == 0 {
            return Ok(());
        }
    }
}

async fn tell(shared: &Shared, stream: &mut TcpStream) -> io::Result<()> {
    let behaviour = shared.behaviour.borrow().clone();
    match behaviour {
        Behaviour::Normal | Behaviour::Refusing => {
            let status = java::status(&shared.facts.lock());
            stream.write_all(&status).await
        }
        Behaviour::Silent => std::future::pending().await,
        Behaviour::Raw(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Behaviour::Endless => {
            // The longest length that can be said, so that more is to come.
            stream.write_all(&java::as_number(0x07ff_ffff)).await?;
            loop {
                stream.write_all(&LUMP).await?;
            }
        }
    }
}
