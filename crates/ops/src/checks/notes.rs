//! What a room has found so far, so that one that is cut off loses nothing of it.

use std::time::Duration;

use crate::{CATALOGUE, Finding};

/// A room's findings while it looks.
pub(super) struct Notes {
    found: Vec<Finding>,
    /// What is looked at now.
    at: &'static str,
    many: Option<Many>,
}

/// Several things of a kind, looked at one after the other.
struct Many {
    checks: &'static [&'static str],
    done: usize,
    all: usize,
    what: &'static str,
}

impl Notes {
    fn new(at: &'static str) -> Self {
        Self { found: Vec::new(), at, many: None }
    }

    /// Says what is looked at from now on.
    pub(super) fn at(&mut self, check: &'static str) {
        self.at = check;
    }

    /// Says how many of several things were looked at by these checks.
    pub(super) fn many(
        &mut self,
        checks: &'static [&'static str],
        (done, all): (usize, usize),
        what: &'static str,
    ) {
        self.many = Some(Many { checks, done, all, what });
    }

    /// Says that the rest of several things is left out, and why.
    pub(super) fn leave_the_rest(&mut self, why: &str) {
        let Some(Many { checks, done, all, what }) = self.many.take() else { return };
        let told = format!("{done} of {all} {what} looked at: {why}");
        self.extend(checks.iter().map(|check| Finding::skipped(check, &told)));
    }

    pub(super) fn push(&mut self, finding: Finding) {
        self.found.push(finding);
    }

    pub(super) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.found.extend(findings);
    }

    /// What was found before it took too long; the rest is told as left out.
    fn cut_off(mut self, rooms: &[&str], within: Duration) -> Vec<Finding> {
        let why = format!("{} takes longer than {} s", self.at, within.as_secs());
        if self.many.as_ref().is_some_and(|many| many.done > 0) {
            self.leave_the_rest(&why);
        } else {
            let what = format!("could not be looked at within {} s", within.as_secs());
            self.push(Finding::error(self.at, what, "Look at what it waits for, then ask again"));
        }
        let left = CATALOGUE.iter().map(|check| check.name).filter(|name| {
            let of_room = name.split_once('.').is_some_and(|(room, _)| rooms.contains(&room));
            of_room && !self.found.iter().any(|finding| finding.check == *name)
        });
        let left: Vec<Finding> =
            left.map(|name| Finding::skipped(name, format!("not looked at: {why}"))).collect();
        self.extend(left);
        self.found
    }
}

/// Looks, for so long at most. `first` is what is looked at first.
pub(super) async fn in_time(
    rooms: &[&str],
    first: &'static str,
    within: Duration,
    look: impl AsyncFnOnce(&mut Notes),
) -> Vec<Finding> {
    let mut notes = Notes::new(first);
    // On the heap: together they would be too much for a stack.
    match tokio::time::timeout(within, Box::pin(look(&mut notes))).await {
        Ok(()) => notes.found,
        Err(_) => notes.cut_off(rooms, within),
    }
}

#[cfg(test)]
mod tests {
    use std::{future::pending, time::Duration};

    use super::in_time;
    use crate::{Finding, Severity};

    const SOON: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn what_was_found_before_it_hung_is_told() {
        let found = in_time(&["backup"], "backup.age", SOON, async |notes| {
            notes.push(Finding::ok("backup.encrypted", "they are"));
            notes.at("backup.tools");
            pending::<()>().await;
        });
        let found = found.await;
        let of = |check: &str| {
            let mut of_it = found.iter().filter(|finding| finding.check == check);
            (of_it.next().map(|finding| finding.severity), of_it.count())
        };
        assert_eq!(of("backup.encrypted"), (Some(Severity::Ok), 0));
        assert_eq!(of("backup.tools"), (Some(Severity::Error), 0), "what hung, and nothing else");
        assert_eq!(of("backup.age"), (Some(Severity::Skipped), 0));
        assert_eq!(of("database.reach"), (None, 0), "another room's");
    }

    #[tokio::test]
    async fn of_many_it_is_told_how_many_were_looked_at() {
        let found = in_time(&["amp"], "amp.login", SOON, async |notes| {
            notes.many(&["amp.login", "amp.rights"], (0, 3), "panels");
            notes.push(Finding::ok("amp.login", "lets us in").of("attic"));
            notes.many(&["amp.login", "amp.rights"], (1, 3), "panels");
            pending::<()>().await;
        });
        let found = found.await;
        let told: Vec<_> = found.iter().map(|it| (it.check, it.severity)).collect();
        let skipped = Severity::Skipped;
        assert_eq!(
            told,
            [("amp.login", Severity::Ok), ("amp.login", skipped), ("amp.rights", skipped)]
        );
        assert!(found[1].finding.starts_with("1 of 3 panels looked at"), "{found:?}");
    }
}
