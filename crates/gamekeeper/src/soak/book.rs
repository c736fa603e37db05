//! What is written down while it goes on: what was done, who waits, what did not hold.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use sandbox::actor::{First, Reply};
use tokio::sync::watch;

use crate::stage::verbs::Told;

/// After trouble, so long nobody is promised an answer yet: what waits for the database may wait
/// up to 8 s, and a connection to the gateway is made anew with pauses of up to 16 s.
const GRACE: Duration = Duration::from_secs(20);

/// How a person's action was answered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    /// With a message or a form.
    pub(super) answered: u64,
    /// Not at all, which Discord tells the person.
    pub(super) unanswered: u64,
}

/// A game that people know of.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) name: String,
    pub(super) archived: bool,
}

/// Somebody who got a first answer.
pub(super) struct Waiting {
    pub(super) what: &'static str,
    pub(super) reply: Reply,
}

#[derive(Default)]
pub(super) struct Pages {
    pub(super) actions: BTreeMap<&'static str, Ends>,
    pub(super) by_hand: BTreeMap<&'static str, u64>,
    pub(super) faults: BTreeMap<&'static str, u64>,
    pub(super) kills: u64,
    pub(super) checks: u64,
    /// What did not hold, and when.
    pub(super) broken: Vec<(Duration, String)>,
    /// How many of them were told already.
    pub(super) told: usize,
    pub(super) games: Vec<Known>,
    pub(super) waiting: Vec<Waiting>,
    /// People who still saw "thinking" when the bot was killed.
    pub(super) cut_off: u64,
    /// Time to the first answer: all of them while all was well, and the longest ever.
    pub(super) calm: Vec<Duration>,
    pub(super) longest: Duration,
    named: u64,
}

/// The book.
pub(super) struct Book {
    began: Instant,
    pages: parking_lot::Mutex<Pages>,
    /// Since when there is no trouble; none while there is.
    calm: watch::Sender<Option<Instant>>,
}

impl Book {
    pub(super) fn open() -> Self {
        let long_ago = Instant::now().checked_sub(GRACE);
        Self {
            began: Instant::now(),
            pages: parking_lot::Mutex::default(),
            calm: watch::Sender::new(long_ago),
        }
    }

    pub(super) fn write<T>(&self, change: impl FnOnce(&mut Pages) -> T) -> T {
        change(&mut self.pages.lock())
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// Something did not hold.
    pub(super) fn broken(&self, what: String) {
        let at = self.elapsed();
        tracing::error!(what, "does not hold");
        self.write(|pages| pages.broken.push((at, what)));
    }

    /// From here on nobody can be promised anything.
    pub(super) fn trouble(&self, fault: &'static str) {
        self.calm.send_replace(None);
        self.write(|pages| *pages.faults.entry(fault).or_default() += 1);
    }

    /// The trouble is over.
    pub(super) fn calm(&self) {
        self.calm.send_if_modified(|since| {
            let was = since.is_some();
            since.get_or_insert_with(Instant::now);
            !was
        });
    }

    fn is_calm(&self) -> bool {
        self.calm.borrow().is_some_and(|since| since.elapsed() >= GRACE)
    }

    /// A name that no game had.
    pub(super) fn name(&self) -> String {
        self.write(|pages| {
            pages.named += 1;
            format!("Game {}", pages.named)
        })
    }

    /// Waits for the first answer and writes down how long it took.
    pub(super) async fn answer(&self, what: &'static str, reply: &Reply) -> Told<First> {
        let (began, calm) = (Instant::now(), self.is_calm());
        let first = reply.first().await;
        let took = began.elapsed();
        let failed = match &first {
            // The client itself refused, for example because the person has just left.
            First::Failed(why) if reply.id().is_none() => return Err(why.clone()),
            First::Failed(_) => true,
            _ => false,
        };
        let broke = failed && calm && self.is_calm();
        self.write(|pages| {
            let ends = pages.actions.entry(what).or_default();
            if failed {
                ends.unanswered += 1;
            } else {
                ends.answered += 1;
                pages.longest = pages.longest.max(took);
                pages.waiting.push(Waiting { what, reply: reply.clone() });
            }
            if calm && !failed {
                pages.calm.push(took);
            }
        });
        if broke {
            self.broken(format!("“{what}” was not answered, and there was no trouble"));
        }
        if failed { Err("no answer".to_owned()) } else { Ok(first) }
    }

    /// The bot is being killed: whoever sees "thinking" now will go on seeing it.
    pub(super) fn cut_off(&self) {
        self.write(|pages| {
            let before = pages.waiting.len();
            let thinking =
                |one: &Waiting| one.reply.message().is_some_and(|message| message.loading);
            pages.waiting.retain(|one| !thinking(one));
            pages.cut_off += u64::try_from(before - pages.waiting.len()).unwrap_or(0);
        });
    }
}

/// Whether a reply promises more to come.
pub(super) fn goes_on(reply: &Reply) -> bool {
    let Some(message) = reply.message() else { return false };
    let text = message.text();
    message.loading || (message.ephemeral && text.contains(['▰', '▱']))
}
