//! From the name of a host to the addresses that may be asked.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use hickory_resolver::{
    ResolverBuilder, TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolverConfig},
    net::runtime::TokioRuntimeProvider,
    proto::rr::RData,
};
use tokio::{net::lookup_host, time::timeout};

use super::{DirectAddress, DirectError, Host, Protocol, Reach};

/// How long a name may take.
const WITHIN: Duration = Duration::from_secs(4);
/// Addresses of one name that are tried.
const MOST: usize = 3;

/// Looks names up.
pub(super) struct Names {
    private: bool,
    /// For SRV records, which the system's resolver does not tell.
    records: Option<TokioResolver>,
}

/// Where to ask, every address checked.
#[derive(Debug)]
pub(super) struct Found {
    /// The name, as clients say it to the server.
    pub(super) host: String,
    /// The addresses, the one to try first before the others.
    pub(super) at: Vec<SocketAddr>,
}

impl Names {
    /// `private` allows networks of one's own. Records are asked for at `server`; none is whom the
    /// system asks.
    pub(super) fn new(private: bool, server: Option<SocketAddr>) -> Self {
        let built = match server {
            Some(at) => {
                let mut udp = ConnectionConfig::udp();
                udp.port = at.port();
                let server = NameServerConfig::new(at.ip(), true, vec![udp]);
                let config = ResolverConfig::from_name_servers(vec![server]);
                let provider = TokioRuntimeProvider::default();
                TokioResolver::builder_with_config(config, provider).build()
            }
            None => TokioResolver::builder_tokio().and_then(ResolverBuilder::build),
        };
        let records = built.map_err(|error| {
            tracing::warn!(%error, "SRV records cannot be looked up; names are taken as they are");
        });
        Self { private, records: records.ok() }
    }

    /// Looks an address up, and checks what it leads to. To be called before each question: a name
    /// may lead elsewhere every time.
    pub(super) async fn find(
        &self,
        address: &DirectAddress,
        protocol: Protocol,
    ) -> Result<Found, DirectError> {
        let port = address.port_for(protocol);
        match &address.host {
            Host::Ip(ip) => self.allowed(ip.to_string(), [SocketAddr::new(*ip, port)]),
            Host::Name(name) => {
                let looked =
                    timeout(WITHIN, self.look_up(name, address.port, protocol, port)).await;
                looked.unwrap_or(Err(DirectError::Unresolved))
            }
        }
    }

    async fn look_up(
        &self,
        name: &str,
        said: Option<u16>,
        protocol: Protocol,
        port: u16,
    ) -> Result<Found, DirectError> {
        let mut target = (name.to_owned(), port);
        // As the game's own client does it: a port that somebody typed is meant.
        if protocol == Protocol::MinecraftJava
            && said.is_none()
            && let Some(elsewhere) = self.elsewhere(name).await
        {
            target = elsewhere;
        }
        let found = lookup_host((target.0.as_str(), target.1)).await;
        let found = found.map_err(|_| DirectError::Unresolved)?;
        self.allowed(target.0.clone(), found)
    }

    /// Where a Minecraft server's SRV record says that it is.
    async fn elsewhere(&self, name: &str) -> Option<(String, u16)> {
        let query = format!("_minecraft._tcp.{name}.");
        let answer = self.records.as_ref()?.srv_lookup(query).await.ok()?;
        let records = answer.answers().iter().filter_map(|record| match &record.data {
            RData::SRV(srv) => Some(srv),
            _ => None,
        });
        // The lowest first. Of equals any will do; the heaviest is the same one every time.
        let best = records.min_by_key(|srv| (srv.priority, u16::MAX - srv.weight))?;
        // A name, and no IP address or anything else that a resolver might make something of.
        let host = DirectAddress::parse(&best.target.to_ascii()).ok()?.host;
        match host {
            Host::Name(name) if best.port != 0 => Some((name, best.port)),
            _ => None,
        }
    }

    fn allowed(
        &self,
        host: String,
        found: impl IntoIterator<Item = SocketAddr>,
    ) -> Result<Found, DirectError> {
        let mut any = false;
        let mut at: Vec<SocketAddr> = Vec::new();
        for one in found {
            any = true;
            let one = SocketAddr::new(one.ip().to_canonical(), one.port());
            if self.may(one.ip()) && !at.contains(&one) {
                at.push(one);
            }
        }
        if at.is_empty() {
            return Err(if any { DirectError::Private } else { DirectError::Unresolved });
        }
        // Game servers are on IPv4 nearly always, and a machine without IPv6 is common too.
        at.sort_by_key(SocketAddr::is_ipv6);
        at.truncate(MOST);
        Ok(Found { host, at })
    }

    fn may(&self, ip: IpAddr) -> bool {
        match Reach::of(ip) {
            Reach::Public => true,
            Reach::Private => self.private,
            Reach::Nowhere => false,
        }
    }
}
