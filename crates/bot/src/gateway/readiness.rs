//! How much of the bot is up.

use tokio::sync::watch;

/// How much of the bot is up, for a health check and for the first line a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Shards this process holds. None is normal where other processes hold them all.
    pub shards: u32,
    /// Whether the shards were divided yet.
    pub divided: bool,
    /// Shards that are connected and know their guilds.
    pub ready: u32,
    /// Whether Discord refused the intent to see members come, go and change roles. Everything
    /// else works; changes to roles by hand are then noticed only by the slow sweep.
    pub without_members: bool,
    /// Whether commands are known to Discord in their present form.
    pub commands: bool,
}

impl Status {
    /// Whether every shard held is up and the commands are registered.
    pub fn is_ready(self) -> bool {
        self.divided && self.ready >= self.shards && self.commands
    }
}

/// Where shards and registration report.
#[derive(Debug)]
pub(crate) struct Readiness {
    status: watch::Sender<Status>,
}

impl Default for Readiness {
    fn default() -> Self {
        Self { status: watch::Sender::new(Status::default()) }
    }
}

impl Readiness {
    pub(crate) fn subscribe(&self) -> watch::Receiver<Status> {
        self.status.subscribe()
    }

    pub(crate) fn without_members(&self) -> bool {
        self.status.borrow().without_members
    }

    pub(super) fn expect(&self, shards: u32) {
        self.status.send_if_modified(|status| {
            let before = (status.shards, status.divided);
            (status.shards, status.divided) = (shards, true);
            before != (shards, true)
        });
    }

    /// A shard became ready, or is no longer.
    pub(super) fn shard(&self, up: bool) {
        self.status.send_modify(|status| {
            status.ready =
                if up { status.ready.saturating_add(1) } else { status.ready.saturating_sub(1) };
        });
    }

    pub(super) fn members_refused(&self) {
        self.status.send_modify(|status| status.without_members = true);
    }

    pub(crate) fn commands_known(&self) {
        self.status.send_modify(|status| status.commands = true);
    }
}
