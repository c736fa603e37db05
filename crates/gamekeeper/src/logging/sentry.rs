//! Errors and panics to Sentry, or to what speaks its language. Only with the feature `sentry`.
//!
//! What is sent of a line: its words, where in the program it comes from, and those few values that
//! say why, with ids and addresses masked. Nothing about people, guilds or games, and no name of the
//! machine.

use std::{
    fmt::Write as _,
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread,
    time::Duration,
};

use secrecy::{ExposeSecret as _, SecretString};
use sentry_types::{
    Dsn,
    protocol::v7::{Envelope, Event, Level},
};
use tracing::{
    Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context};

/// Errors that wait to be sent. Beyond, they are left out: the log has them.
const MOST_WAITING: usize = 64;
/// How long sending one may take.
const WITHIN: Duration = Duration::from_secs(10);
/// How long the last ones may take when the process ends.
const LAST_WITHIN: Duration = Duration::from_secs(3);
/// Values that are sent.
const SENT: [&str; 7] =
    ["error", "fault", "why", "kind", "alert.key", "panic.place", "panic.thread"];

/// A line on its way, or somebody who waits until those before it are sent.
enum Order {
    Send(Vec<u8>),
    Tell(SyncSender<()>),
}

/// Sends what is an error.
#[derive(Clone)]
pub(super) struct Errors {
    orders: SyncSender<Order>,
}

impl Errors {
    /// Starts the thread that sends; none if the address is not one of Sentry's.
    pub(super) fn start(dsn: &SecretString) -> Option<Self> {
        let dsn: Dsn = dsn.expose_secret().parse().ok()?;
        let (orders, receiver) = sync_channel(MOST_WAITING);
        let work = move || work(&dsn, &receiver);
        thread::Builder::new().name("sentry".to_owned()).spawn(work).ok()?;
        Some(Self { orders })
    }

    /// Waits until what came before is sent, but not for long.
    pub(super) fn flush(&self) {
        let (sender, told) = sync_channel(1);
        if self.orders.try_send(Order::Tell(sender)).is_ok() {
            let _: Result<(), RecvTimeoutError> = told.recv_timeout(LAST_WITHIN);
        }
    }
}

fn work(dsn: &Dsn, orders: &Receiver<Order>) {
    // A thread of its own with a runtime of its own: errors of the others' are what it is about.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let client = reqwest::Client::builder().timeout(WITHIN).build();
    let (Ok(runtime), Ok(client)) = (runtime, client) else { return };
    let agent = concat!("gamekeeper/", env!("CARGO_PKG_VERSION"));
    let (url, auth) = (dsn.envelope_api_url(), dsn.to_auth(Some(agent)).to_string());
    while let Ok(order) = orders.recv() {
        match order {
            Order::Send(body) => {
                let request = client.post(url.clone()).header("x-sentry-auth", &auth).body(body);
                // What goes wrong is not told here: it would come back as the next error. Begun
                // inside the runtime, since its time limit is the runtime's.
                drop(runtime.block_on(async { request.send().await }));
            }
            Order::Tell(somebody) => drop(somebody.try_send(())),
        }
    }
}

impl<S: Subscriber> Layer<S> for Errors {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let metadata = event.metadata();
        if *metadata.level() != tracing::Level::ERROR {
            return;
        }
        let mut words = Words::default();
        event.record(&mut words);
        let sent = Event {
            level: Level::Error,
            message: Some(words.text()),
            logger: Some(metadata.target().to_owned()),
            release: Some(concat!("gamekeeper@", env!("CARGO_PKG_VERSION")).into()),
            ..Event::default()
        };
        let mut body = Vec::new();
        if Envelope::from(sent).to_writer(&mut body).is_ok() {
            let _ = self.orders.try_send(Order::Send(body));
        }
    }
}

/// What is sent of a line.
#[derive(Default)]
struct Words {
    message: String,
    values: String,
}

impl Words {
    fn text(&self) -> String {
        masked(&format!("{}{}", self.message, self.values))
    }
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        // Writing into memory does not fail.
        if field.name() == "message" {
            let _ = write!(self.message, "{value:?}");
        } else if SENT.contains(&field.name()) {
            let _ = write!(self.values, "; {}: {value:?}", field.name());
        }
    }
}

/// Without ids and addresses.
fn masked(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        if word.contains("://") {
            "<address>"
        } else if digits >= 15 || word.contains('@') {
            "<id>"
        } else {
            word
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn ids_and_addresses_are_masked() {
        let text =
            "guild 123456789012345678 <@123456789012345678> at https://x/y?z me@example.org 42";
        assert_eq!(masked(text), "guild <id> <id> at <address> <id> 42");
    }
}
