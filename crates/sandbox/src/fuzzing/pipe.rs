//! A sandbox served over pipes in memory: the whole way from bytes to bytes, without the operating system.

use std::io;
use std::net::SocketAddr;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::DuplexStream;
use tokio::sync::mpsc;

use crate::config::Config;
use crate::line::Line;
use crate::sandbox::Sandbox;

/// What one end of a pipe may be ahead of the other.
const PIPE: usize = 64 * 1024;

/// Where pipes come from.
pub(super) struct Pipes(mpsc::Receiver<DuplexStream>);

/// Opens pipes to a served sandbox.
#[derive(Clone)]
pub(super) struct Plug(mpsc::Sender<DuplexStream>);

/// A sandbox behind pipes. Must be called inside a Tokio runtime.
pub(super) fn serve(config: Config) -> (Sandbox, Plug) {
    let (plug, pipes) = mpsc::channel(1);
    let sandbox = Sandbox::new(config, nowhere(), None);
    tokio::spawn(crate::server::serve(sandbox.clone(), Pipes(pipes)));
    (sandbox, Plug(plug))
}

impl Plug {
    /// The client's end of a new connection.
    pub(super) async fn open(&self) -> io::Result<DuplexStream> {
        let (ours, theirs) = tokio::io::duplex(PIPE);
        self.0.send(theirs).await.map_err(|_| io::ErrorKind::ConnectionRefused)?;
        Ok(ours)
    }
}

impl Listener for Pipes {
    type Io = DuplexStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (DuplexStream, SocketAddr) {
        match self.0.recv().await {
            Some(pipe) => (pipe, nowhere()),
            // A listener cannot end; the sandbox's own stop does that.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(nowhere())
    }
}

impl Connected<IncomingStream<'_, Pipes>> for Line {
    fn connect_info(_: IncomingStream<'_, Pipes>) -> Self {
        Self::default()
    }
}

fn nowhere() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}
