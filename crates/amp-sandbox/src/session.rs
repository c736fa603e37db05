//! Sessions, and the tokens that open new ones.

use std::collections::{BTreeSet, VecDeque};

use crate::clock::Millis;
use crate::id::{Guid, InstanceId};

/// Sessions and tokens kept; the oldest go first.
const KEEP: usize = 1_000;
/// A token for remembering lasts so long.
pub(crate) const REMEMBERED_MS: Millis = 30 * 24 * 3_600_000;
/// A token from `ManageInstance` lasts so long.
pub(crate) const SERVICE_MS: Millis = 60_000;

/// Where a session is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Controller,
    Instance(InstanceId),
}

impl Place {
    pub(crate) fn instance(self) -> Option<InstanceId> {
        match self {
            Self::Controller => None,
            Self::Instance(id) => Some(id),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: Guid,
    /// Key of the user.
    pub(crate) user: String,
    pub(crate) place: Place,
    /// As they were at login.
    pub(crate) grants: Vec<String>,
    pub(crate) visible: BTreeSet<InstanceId>,
    /// Where it is in the console.
    pub(crate) cursor: u64,
    pub(crate) start: Millis,
    pub(crate) last: Millis,
}

#[derive(Debug, Default)]
pub(crate) struct Sessions(VecDeque<Session>);

impl Sessions {
    pub(crate) fn add(&mut self, session: Session) {
        if self.0.len() == KEEP {
            self.0.pop_front();
        }
        self.0.push_back(session);
    }

    pub(crate) fn get(&mut self, id: Guid) -> Option<&mut Session> {
        self.0.iter_mut().find(|session| session.id == id)
    }

    pub(crate) fn end(&mut self, id: Guid) {
        self.0.retain(|session| session.id != id);
    }

    /// Ends those of a place.
    pub(crate) fn end_at(&mut self, place: Place) {
        self.0.retain(|session| session.place != place);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn at(&self, place: Place) -> impl Iterator<Item = &Session> {
        self.0.iter().filter(move |session| session.place == place)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Good {
    /// Logging in again without a password.
    Remembered,
    /// One login at this instance.
    Service(InstanceId),
}

#[derive(Debug)]
struct Token {
    text: String,
    user: String,
    good: Good,
    until: Millis,
    spoilt: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Tokens(VecDeque<Token>);

/// What became of a token that was shown.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Good,
    /// It was good once: the password has to be said again.
    Over,
    Unknown,
}

impl Tokens {
    pub(crate) fn add(&mut self, text: String, user: &str, good: Good, until: Millis) {
        if self.0.len() == KEEP {
            self.0.pop_front();
        }
        self.0.push_back(Token { text, user: user.to_owned(), good, until, spoilt: false });
    }

    /// Shows a token. One from `ManageInstance` is used up by that.
    pub(crate) fn take(&mut self, text: &str, user: &str, place: Place, now: Millis) -> Shown {
        let fits = |token: &Token| {
            let here = match token.good {
                Good::Remembered => true,
                Good::Service(id) => place == Place::Instance(id),
            };
            token.text == text && token.user == user && here
        };
        let Some(found) = self.0.iter().position(fits) else { return Shown::Unknown };
        if self.0[found].spoilt || self.0[found].until < now {
            return Shown::Over;
        }
        if self.0[found].good != Good::Remembered {
            self.0.remove(found);
        }
        Shown::Good
    }

    pub(crate) fn spoil(&mut self, user: &str) {
        for token in self.0.iter_mut().filter(|token| token.user == user) {
            token.spoilt = true;
        }
    }
}
