//! Addresses as people enter them.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
    str::FromStr,
};

use super::Protocol;

/// Longest name of a host (RFC 1035), and of one part of it.
const LONGEST_NAME: usize = 253;
const LONGEST_PART: usize = 63;

/// Where a server is: a name or an IP address, and a port if one was said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DirectAddress {
    /// Where.
    pub host: Host,
    /// At which port; none is the game's own.
    pub port: Option<u16>,
}

/// A name, in small letters, or an IP address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// Has to be looked up.
    Name(String),
    /// Is where it is.
    Ip(IpAddr),
}

/// What was entered is not an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing that a host could be called.
    #[error("not the name or the IP address of a host")]
    Host,
    /// Not a number from 1 to 65535.
    #[error("not a port")]
    Port,
}

impl DirectAddress {
    /// Reads `host`, `host:port`, `[IPv6]` or `[IPv6]:port`.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        // Of a page, which people copy from their browser; its colon has nothing to do with a port.
        if text.contains('/') {
            return Err(AddressError::Host);
        }
        // An IPv6 address has colons of its own.
        if let Ok(ip) = text.parse::<Ipv6Addr>() {
            return Ok(Self { host: Host::Ip(ip.into()), port: None });
        }
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (ip, after) = rest.split_once(']').ok_or(AddressError::Host)?;
                let ip: Ipv6Addr = ip.parse().map_err(|_| AddressError::Host)?;
                let port = match after {
                    "" => None,
                    _ => Some(after.strip_prefix(':').ok_or(AddressError::Port)?),
                };
                (Host::Ip(ip.into()), port)
            }
            None => match text.split_once(':') {
                Some((host, port)) => (Host::parse(host)?, Some(port)),
                None => (Host::parse(text)?, None),
            },
        };
        Ok(Self { host, port: port.map(port_of).transpose()? })
    }

    /// At which port it is asked, unless its name says more.
    pub fn port_for(&self, protocol: Protocol) -> u16 {
        self.port.unwrap_or(protocol.default_port())
    }
}

fn port_of(text: &str) -> Result<u16, AddressError> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let port = text.parse().ok().filter(|port| digits && *port != 0);
    port.ok_or(AddressError::Port)
}

impl Host {
    fn parse(text: &str) -> Result<Self, AddressError> {
        if let Ok(ip) = IpAddr::from_str(text) {
            return Ok(Self::Ip(ip));
        }
        let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
        let fits = |part: &str| {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
            (1..=LONGEST_PART).contains(&part.len())
                && part.bytes().all(plain)
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        // Else `127.1` and `0x7f000001` would be addresses, in an old way of writing them.
        let last = name.rsplit('.').next().unwrap_or_default();
        let is_number = last.bytes().all(|b| b.is_ascii_digit()) || last.starts_with("0x");
        if name.len() > LONGEST_NAME || !name.split('.').all(fits) || is_number {
            return Err(AddressError::Host);
        }
        Ok(Self::Name(name))
    }
}

impl fmt::Display for DirectAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.host, self.port) {
            (Host::Name(name), None) => f.write_str(name),
            (Host::Name(name), Some(port)) => write!(f, "{name}:{port}"),
            (Host::Ip(ip), None) => ip.fmt(f),
            (Host::Ip(IpAddr::V4(ip)), Some(port)) => write!(f, "{ip}:{port}"),
            (Host::Ip(IpAddr::V6(ip)), Some(port)) => write!(f, "[{ip}]:{port}"),
        }
    }
}

#[cfg(test)]
mod tests;
