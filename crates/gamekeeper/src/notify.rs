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
    time::Duration,
};

/// The bot is up: connected, its servers known, its commands registered.
pub const READY: &str = "READY=1";
/// The bot was told to end and is about it.
pub const STOPPING: &str = "STOPPING=1";
/// Its loops still go round.
pub const ALIVE: &str = "WATCHDOG=1";

/// Whether somebody wants to know.
pub fn is_wanted() -> bool {
    std::env::var_os("NOTIFY_SOCKET").is_some_and(|name| !name.is_empty())
}

/// Says it, if somebody wants to know.
pub fn say(state: &str) {
    let Some(socket) = std::env::var_os("NOTIFY_SOCKET").filter(|name| !name.is_empty()) else {
        return;
    };
    match send(&socket, state) {
        // Who does not listen any more is not waited for.
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
        Err(error) => tracing::warn!(%error, "NOTIFY_SOCKET could not be told {state}"),
        Ok(()) => {}
    }
}

/// How often whoever started the program wants to hear that it is alive (`WatchdogSec=` of a unit);
/// who falls silent is started again.
pub(crate) fn expected() -> Option<Duration> {
    let value = |name| std::env::var(name).ok();
    pause(value("WATCHDOG_USEC"), value("WATCHDOG_PID"), std::process::id())
}

/// A third of the time after which silence counts, so that one that is late does no harm.
fn pause(microseconds: Option<String>, process: Option<String>, own: u32) -> Option<Duration> {
    let meant = process.is_none_or(|process| process.parse() == Ok(own));
    let microseconds: u64 = microseconds?.parse().ok().filter(|&time| time > 0)?;
    meant.then(|| Duration::from_micros((microseconds / 3).max(1_000)))
}

fn send(socket: &OsStr, state: &str) -> io::Result<()> {
    let address = match socket.as_bytes() {
        [b'@', name @ ..] => SocketAddr::from_abstract_name(name)?,
        _ => SocketAddr::from_pathname(socket)?,
    };
    let own = UnixDatagram::unbound()?;
    // Nobody waits here for a supervisor that does not read.
    own.set_nonblocking(true)?;
    own.send_to_addr(state.as_bytes(), &address).map(drop)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::pause;

    #[test]
    fn alive_is_said_three_times_as_often_as_it_has_to_be() {
        let pause = |time: &str, process: Option<&str>| {
            pause(Some(time.to_owned()), process.map(str::to_owned), 7)
        };
        assert_eq!(pause("60000000", None), Some(Duration::from_secs(20)));
        assert_eq!(pause("60000000", Some("7")), Some(Duration::from_secs(20)));
        // Meant for the process that started us.
        assert_eq!(pause("60000000", Some("8")), None);
        assert_eq!(pause("0", None), None);
        assert_eq!(pause("soon", None), None);
    }

    #[test]
    fn who_does_not_ask_is_told_nothing() {
        assert_eq!(pause(None, None, 7), None);
    }
}
