//! A line to a PostgreSQL server that can go bad: what a database that is away looks like.

use std::{io, net::SocketAddr};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::{JoinHandle, JoinSet},
};

/// What a line does with what is put on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// It carries.
    #[default]
    Through,
    /// The server is down: connections break, and new ones end at once.
    Refused,
    /// Nothing arrives any more and nothing breaks either, as when packets are dropped on the way.
    /// Connections that last until it carries again go on.
    Silent,
    /// The same, but they never go on: somebody in between has forgotten them.
    Forgotten,
}

impl Line {
    fn is_silent(self) -> bool {
        matches!(self, Self::Silent | Self::Forgotten)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    line: Line,
    /// How often all connections were broken.
    cuts: u64,
    /// How often all connections were forgotten.
    lapses: u64,
}

/// The line. It stands as long as this is kept.
#[derive(Debug)]
pub struct Outage {
    address: SocketAddr,
    state: watch::Sender<State>,
    serving: JoinHandle<()>,
}

impl Outage {
    /// Puts a line in front of the server at `server` (`host:port`).
    pub async fn before(server: String) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let state = watch::Sender::new(State::default());
        let serving = tokio::spawn(serve(listener, server, state.subscribe()));
        Ok(Self { address, state, serving })
    }

    /// Where the line begins.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the line does from now on.
    pub fn set(&self, line: Line) {
        self.state.send_modify(|state| {
            state.line = line;
            state.cuts += u64::from(line == Line::Refused);
            state.lapses += u64::from(line == Line::Forgotten);
        });
    }

    /// Breaks all connections; new ones are let through if the line carries.
    pub fn cut(&self) {
        self.state.send_modify(|state| state.cuts += 1);
    }
}

impl Drop for Outage {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, server: String, state: watch::Receiver<State>) {
    let mut lines = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let refused = state.borrow().line == Line::Refused;
                if let Ok((bot, _)) = accepted && !refused {
                    lines.spawn(carry_both(bot, server.clone(), state.clone()));
                }
            }
            Some(_) = lines.join_next(), if !lines.is_empty() => {}
        }
    }
}

async fn carry_both(bot: TcpStream, server: String, mut state: watch::Receiver<State>) {
    let cuts = state.borrow().cuts;
    let mut cut = state.clone();
    let both = async {
        state.wait_for(|state| !state.line.is_silent()).await.ok()?;
        let server = TcpStream::connect(server).await.ok()?;
        // Questions and answers are small and wait for each other.
        bot.set_nodelay(true).ok()?;
        server.set_nodelay(true).ok()?;
        let (from_bot, to_bot) = bot.into_split();
        let (from_server, to_server) = server.into_split();
        tokio::select! {
            () = carry(from_bot, to_server, state.clone()) => {}
            () = carry(from_server, to_bot, state.clone()) => {}
        }
        Some(())
    };
    tokio::select! {
        _ = both => {}
        _ = cut.wait_for(|state| state.cuts != cuts) => {}
    }
}

/// One direction, until its end. What was read while the line is silent waits here.
async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut state: watch::Receiver<State>) {
    let lapses = state.borrow().lapses;
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        let carries = |state: &State| !state.line.is_silent() && state.lapses == lapses;
        if state.wait_for(carries).await.is_err() {
            return;
        }
        let Some(part) = buffer.get(..read) else { return };
        if to.write_all(part).await.is_err() {
            return;
        }
    }
}
