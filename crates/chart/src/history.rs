//! What is known about a server, as the caller hands it over.

use crate::Labels;

/// What to draw. Times are Unix seconds; those outside of the years 1970 to 9999 count as the nearer
/// end of these.
#[derive(Debug, Clone)]
pub struct History {
    /// The server's name. Any text: at most 100 characters of it are shown, and those that the font
    /// lacks are drawn as a box (letters) or left out (emoji).
    pub title: String,
    /// How much is shown.
    pub span: Span,
    /// The end of what is shown; usually now.
    pub until: i64,
    /// How many may play at once, if that is known.
    pub capacity: Option<u32>,
    /// How many played, in any order. Where two overlap, the one that starts later counts.
    pub players: Vec<Players>,
    /// How the server was, in any order. Where two overlap, the one that starts later counts.
    pub states: Vec<Stretch>,
    /// The words to use.
    pub labels: Labels,
}

/// How much of the past is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// 24 hours, in steps of 5 minutes.
    Day,
    /// 7 days, in steps of half an hour.
    Week,
    /// 30 days, in steps of 2 hours.
    Month,
}

/// The players of a while: `from` is part of it, `to` is not. A single reading holds from its time
/// until the next one was due.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Players {
    pub from: i64,
    pub to: i64,
    /// Not finite or below zero: the whole entry is left out.
    pub average: f64,
    /// Below the average: taken for the average.
    pub maximum: u32,
}

/// A while in which the server was in one state: `from` is part of it, `to` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub from: i64,
    pub to: i64,
    pub state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Online,
    /// Starting, stopping or updating.
    Changing,
    /// Asleep until somebody connects.
    Sleeping,
    Offline,
    Crashed,
    Suspended,
    /// It was asked for, and could not be told. The same as no entry at all, but it has a name.
    Unknown,
}

impl Players {
    pub(crate) fn peak(&self) -> u32 {
        self.maximum.max(crate::number::whole(self.average))
    }
}

impl Span {
    /// What is shown, in seconds.
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Day => 24 * 3600,
            Self::Week => 7 * 24 * 3600,
            Self::Month => 30 * 24 * 3600,
        }
    }

    /// Seconds that become one point of the lines: a point each 3 to 4 pixels.
    pub(crate) const fn step(self) -> i64 {
        match self {
            Self::Day => 300,
            Self::Week => 1800,
            Self::Month => 7200,
        }
    }
}

impl State {
    /// In the order of the legend.
    pub const ALL: [Self; 7] = [
        Self::Online,
        Self::Changing,
        Self::Sleeping,
        Self::Offline,
        Self::Crashed,
        Self::Suspended,
        Self::Unknown,
    ];

    /// Whether somebody who connects gets in. A server asleep wakes for them, so it counts.
    pub const fn is_up(self) -> bool {
        matches!(self, Self::Online | Self::Sleeping)
    }
}

/// What is shown: from the first second to the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) start: i64,
    pub(crate) end: i64,
}

impl History {
    pub(crate) fn window(&self) -> Window {
        // The last second of 9999, and a month after the first of 1970: the calendar has them all.
        let end = self.until.clamp(Span::Month.seconds(), 253_402_300_799);
        Window { start: end - self.span.seconds(), end }
    }
}
