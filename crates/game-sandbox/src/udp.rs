//! Bedrock Edition and Valve's queries over UDP.

use std::{io, net::SocketAddr, time::Duration};

use tokio::{net::UdpSocket, time::sleep};

use crate::{
    bedrock,
    server::{Behaviour, Kind, Shared},
    valve,
};

/// A pause after a failed bind, and between the datagrams of an endless answer.
const PAUSE: Duration = Duration::from_millis(20);
/// Datagrams of an answer that is called endless.
const ENDLESS: usize = 500;

pub(crate) async fn serve(shared: Shared) -> io::Result<SocketAddr> {
    let socket = UdpSocket::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let address = socket.local_addr()?;
    tokio::spawn(async move {
        let stop = shared.stop.clone();
        stop.run_until_cancelled(listen(shared, socket, address)).await;
    });
    Ok(address)
}

async fn listen(mut shared: Shared, first: UdpSocket, address: SocketAddr) {
    let mut socket = Some(first);
    let mut buffer = [0; 2_048];
    loop {
        if shared.is_refusing() {
            socket = None;
            if shared.behaviour.changed().await.is_err() {
                return;
            }
            continue;
        }
        let Some(open) = &socket else {
            match UdpSocket::bind(address).await {
                Ok(open) => socket = Some(open),
                Err(error) => {
                    tracing::debug!(%error, "the port is taken");
                    sleep(PAUSE).await;
                }
            }
            continue;
        };
        tokio::select! {
            changed = shared.behaviour.changed() => if changed.is_err() { return },
            heard = open.recv_from(&mut buffer) => match heard {
                Ok((length, peer)) => answer(&shared, open, &buffer[..length], peer).await,
                // On Linux that is news of a client that has gone.
                Err(error) => tracing::debug!(%error, "a datagram was lost"),
            },
        }
    }
}

async fn answer(shared: &Shared, socket: &UdpSocket, asked: &[u8], peer: SocketAddr) {
    let said = {
        let mut facts = shared.facts.lock();
        facts.asked += 1;
        match facts.kind {
            Kind::MinecraftBedrock => bedrock::answer(&facts, asked).into_iter().collect(),
            Kind::Valve | Kind::MinecraftJava => valve::answer(&facts, asked),
        }
    };
    let behaviour = shared.behaviour.borrow().clone();
    let said = match behaviour {
        Behaviour::Normal | Behaviour::Refusing => said,
        Behaviour::Silent => Vec::new(),
        Behaviour::Raw(bytes) => vec![bytes],
        // A challenge is answered with a question, and so on.
        Behaviour::Endless => vec![b"\xff\xff\xff\xffA\x01\x02\x03\x04".to_vec(); ENDLESS],
    };
    for datagram in said {
        if let Err(error) = socket.send_to(&datagram, peer).await {
            tracing::debug!(%error, "a datagram could not be sent");
        }
    }
}
