//! The wire under every connection: plain or TLS, refused while the panel is down, cut when a fault says so.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::faults::Gate;

/// A pause after a failed accept or bind; trying again at once would spin.
const PAUSE: Duration = Duration::from_millis(20);
/// A handshake may take so long.
const HANDSHAKE: Duration = Duration::from_secs(5);
/// Connections accepted and not served yet.
const WAITING: usize = 64;

/// The handle of one connection. Requests find it in their extensions.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    cut: Arc<AtomicBool>,
    gate: watch::Receiver<Gate>,
}

impl Line {
    /// From now on nothing passes; the peer sees the end as soon as the server touches the connection.
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::Release);
    }

    fn check(&self) -> io::Result<()> {
        let ends = self.cut.load(Ordering::Acquire) || *self.gate.borrow() != Gate::Open;
        if ends { Err(ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

/// A stream of either kind.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection that can be cut.
pub(crate) struct Wire {
    stream: Box<dyn Stream>,
    line: Line,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.line.check()?;
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.line.check()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.line.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.line.check()?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// What the server takes its connections from.
pub(crate) struct Lines {
    ready: mpsc::Receiver<(Wire, SocketAddr)>,
    address: SocketAddr,
}

impl Listener for Lines {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Wire, SocketAddr) {
        match self.ready.recv().await {
            Some(found) => found,
            // The acceptor ends only when the panel is stopped, and then nobody waits here for long.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

impl Connected<IncomingStream<'_, Lines>> for Line {
    fn connect_info(stream: IncomingStream<'_, Lines>) -> Self {
        stream.io().line.clone()
    }
}

impl Lines {
    /// Accepts connections until told to stop. While the panel is down nothing listens, so they are refused.
    pub(crate) async fn open(
        listen: SocketAddr,
        tls: Option<TlsAcceptor>,
        gate: watch::Receiver<Gate>,
        stop: CancellationToken,
    ) -> io::Result<Self> {
        let claim = if listen.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        claim.set_reuseaddr(true)?;
        claim.bind(listen)?;
        let address = claim.local_addr()?;
        let listener = TcpListener::bind(address).await?;
        let (sender, ready) = mpsc::channel(WAITING);
        let acceptor = Acceptor { claim, address, tls, gate, sender };
        tokio::spawn(async move { stop.run_until_cancelled(acceptor.run(listener)).await });
        Ok(Self { ready, address })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

struct Acceptor {
    /// Bound and never listening: while the panel is down, nobody else is given its port.
    #[expect(dead_code, reason = "it is there to be held")]
    claim: TcpSocket,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
    gate: watch::Receiver<Gate>,
    sender: mpsc::Sender<(Wire, SocketAddr)>,
}

impl Acceptor {
    async fn run(mut self, first: TcpListener) {
        let mut listener = Some(first);
        loop {
            if *self.gate.borrow_and_update() == Gate::Shut {
                listener = None;
                if self.gate.changed().await.is_err() {
                    return;
                }
                continue;
            }
            let Some(open) = &listener else {
                match TcpListener::bind(self.address).await {
                    Ok(open) => listener = Some(open),
                    Err(error) => {
                        tracing::debug!(%error, "the port is taken");
                        tokio::time::sleep(PAUSE).await;
                    }
                }
                continue;
            };
            tokio::select! {
                changed = self.gate.changed() => if changed.is_err() { return },
                accepted = open.accept() => match accepted {
                    Ok((stream, peer)) => self.take(stream, peer),
                    Err(error) => {
                        tracing::warn!(%error, "accept failed");
                        tokio::time::sleep(PAUSE).await;
                    }
                },
            }
        }
    }

    fn take(&self, stream: TcpStream, peer: SocketAddr) {
        let (tls, sender) = (self.tls.clone(), self.sender.clone());
        let line = Line { cut: Arc::default(), gate: self.gate.clone() };
        // Handshakes wait for the peer, and nobody else may wait for them.
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            let stream: Box<dyn Stream> = match tls {
                None => Box::new(stream),
                Some(_) if *line.gate.borrow() == Gate::NoTls => return,
                Some(tls) => match tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await {
                    Ok(Ok(stream)) => Box::new(stream),
                    _ => return,
                },
            };
            let _ = sender.send((Wire { stream, line }, peer)).await;
        });
    }
}
