//! What was seen of a server over time.

use domain::server::ServerId;
use store::{Hour, Sample};

use super::servers::ServerView;
use crate::{Caller, Engine, UseError};

const HOUR_MS: i64 = 60 * 60 * 1_000;

/// How much of the past is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HistorySpan {
    /// 24 hours.
    Day,
    /// 7 days.
    Week,
    /// 30 days.
    Month,
}

impl HistorySpan {
    /// All of them, shortest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// How long it is, in milliseconds.
    pub fn milliseconds(self) -> i64 {
        match self {
            Self::Day => 24 * HOUR_MS,
            Self::Week => 7 * 24 * HOUR_MS,
            Self::Month => 30 * 24 * HOUR_MS,
        }
    }
}

/// A server and its past.
#[derive(Clone, Debug)]
pub struct ServerHistory {
    /// The server as the person sees it.
    pub view: ServerView,
    /// How much of the past this is.
    pub span: HistorySpan,
    /// Its end, in milliseconds since the Unix epoch.
    pub until: i64,
    /// What was seen in it.
    pub seen: Seen,
}

/// What was seen, oldest first.
#[derive(Clone, Debug)]
pub enum Seen {
    /// Every look that was written down.
    Looks(Vec<Sample>),
    /// The looks of each hour together; single ones are not kept for so long.
    Hours(Vec<Hour>),
}

impl Engine {
    /// The past of a server that the person may see.
    pub async fn server_history(
        &self,
        caller: &Caller,
        id: ServerId,
        span: HistorySpan,
    ) -> Result<ServerHistory, UseError> {
        let view = self.server(caller, id).await?;
        let until = self.clock().now();
        let from = until - span.milliseconds();
        let seen = match span {
            HistorySpan::Day | HistorySpan::Week => {
                Seen::Looks(self.store().server_samples(id, from, until).await?)
            }
            // The first hour may have begun before.
            HistorySpan::Month => {
                Seen::Hours(self.store().server_hours(id, from - HOUR_MS, until).await?)
            }
        };
        Ok(ServerHistory { view, span, until, seen })
    }
}
