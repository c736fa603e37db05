//! Tells whoever started the program how far it is, as `sd_notify(3)` does it: one datagram to the
//! socket that `NOTIFY_SOCKET` names. Without the variable nobody wants to know.

use std::{
    ffi::OsStr,
    io,
    os::{
        linux::net::SocketAddrExt as _,
        unix::{
            ffi::OsStrExt as _,
            net::{SocketAddr, UnixDatagram},
        },
    },
};

/// The bot is up: connected, its servers known, its commands registered.
pub const READY: &str = "READY=1";
/// The bot was told to end and is about it.
pub const STOPPING: &str = "STOPPING=1";

/// Says it, if somebody wants to know.
pub fn say(state: &str) {
    let Some(socket) = std::env::var_os("NOTIFY_SOCKET").filter(|name| !name.is_empty()) else {
        return;
    };
    if let Err(error) = send(&socket, state) {
        tracing::warn!(%error, "NOTIFY_SOCKET could not be told {state}");
    }
}

fn send(socket: &OsStr, state: &str) -> io::Result<()> {
    let address = match socket.as_bytes() {
        [b'@', name @ ..] => SocketAddr::from_abstract_name(name)?,
        _ => SocketAddr::from_pathname(socket)?,
    };
    UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address).map(drop)
}
