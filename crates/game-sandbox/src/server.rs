//! A server, and what people can do to it.

use std::{io, net::SocketAddr, sync::Arc};

use parking_lot::Mutex;
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::{tcp, udp};

/// What a server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Minecraft: Java Edition.
    MinecraftJava,
    /// Minecraft: Bedrock Edition.
    MinecraftBedrock,
    /// Valve's A2S, as Source games and many others speak it.
    Valve,
}

/// How it behaves towards whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Behaviour {
    /// As it should.
    #[default]
    Normal,
    /// It takes every question and answers none.
    Silent,
    /// Nothing listens there.
    Refusing,
    /// These bytes are the answer to whatever is asked.
    Raw(Vec<u8>),
    /// It answers without ever coming to an end. Over UDP that is datagram after datagram.
    Endless,
}

/// What it tells of itself.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) map: String,
    pub(crate) version: String,
    pub(crate) max: u8,
    pub(crate) players: Vec<String>,
    /// Names that clients said they had connected to.
    pub(crate) hosts: Vec<String>,
    /// Questions that were heard, answered or not.
    pub(crate) asked: u64,
}

/// What the server and whoever holds it share.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) facts: Arc<Mutex<Facts>>,
    pub(crate) behaviour: watch::Receiver<Behaviour>,
    pub(crate) stop: CancellationToken,
}

impl Shared {
    pub(crate) fn is_refusing(&self) -> bool {
        *self.behaviour.borrow() == Behaviour::Refusing
    }
}

/// A server that runs for as long as this is kept.
#[derive(Debug)]
pub struct GameServer {
    address: SocketAddr,
    facts: Arc<Mutex<Facts>>,
    behaviour: watch::Sender<Behaviour>,
    _stop: DropGuard,
}

impl GameServer {
    /// Starts one on a free port of this machine.
    pub async fn start(kind: Kind, name: &str) -> io::Result<Self> {
        let (map, version) = match kind {
            Kind::MinecraftJava => ("world", "1.21.4"),
            Kind::MinecraftBedrock => ("Bedrock level", "1.21.50"),
            Kind::Valve => ("de_dust2", "1.40.4.2"),
        };
        let facts = Facts {
            kind,
            name: name.to_owned(),
            map: map.to_owned(),
            version: version.to_owned(),
            max: 20,
            players: Vec::new(),
            hosts: Vec::new(),
            asked: 0,
        };
        let facts = Arc::new(Mutex::new(facts));
        let (behaviour, seen) = watch::channel(Behaviour::default());
        let stop = CancellationToken::new();
        let shared = Shared { facts: Arc::clone(&facts), behaviour: seen, stop: stop.clone() };
        let address = match kind {
            Kind::MinecraftJava => tcp::serve(shared).await?,
            Kind::MinecraftBedrock | Kind::Valve => udp::serve(shared).await?,
        };
        Ok(Self { address, facts, behaviour, _stop: stop.drop_guard() })
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Somebody comes to play.
    pub fn join(&self, name: &str) {
        self.facts.lock().players.push(name.to_owned());
    }

    /// Somebody has had enough.
    pub fn leave(&self, name: &str) {
        self.facts.lock().players.retain(|player| player != name);
    }

    /// What is played on.
    pub fn change_map(&self, map: &str) {
        map.clone_into(&mut self.facts.lock().map);
    }

    /// Behaves like this from now on.
    pub fn behave(&self, behaviour: Behaviour) {
        self.behaviour.send_replace(behaviour);
    }

    /// How many questions were heard so far, answered or not.
    pub fn asked(&self) -> u64 {
        self.facts.lock().asked
    }

    /// The names that clients said they had connected to (Java Edition only).
    pub fn hosts(&self) -> Vec<String> {
        self.facts.lock().hosts.clone()
    }
}
