//! What is wrong, and what is to be said of it now. Pure: it is told the time.

use std::collections::BTreeMap;

use crate::{Alert, Kind, Manner, Notice, QuietHours, Severity};

/// Alerts kept at once. Whoever watches knows a dozen.
const MOST: usize = 256;

#[derive(Debug)]
pub(crate) struct Desk {
    manner: Manner,
    entries: BTreeMap<String, Entry>,
}

#[derive(Debug)]
struct Entry {
    alert: Alert,
    since: i64,
    /// When it was last told, and how bad it was then.
    told: Option<(i64, Severity)>,
    /// Since when it seems to be over.
    over: Option<i64>,
}

impl Desk {
    pub(crate) fn new(manner: Manner) -> Self {
        Self { manner, entries: BTreeMap::new() }
    }

    pub(crate) fn set_quiet(&mut self, quiet: Option<QuietHours>) {
        self.manner.quiet = quiet;
    }

    pub(crate) fn raise(&mut self, alert: Alert, now: i64) {
        if let Some(entry) = self.entries.get_mut(&alert.key) {
            entry.alert = alert;
            entry.over = None;
        } else if self.entries.len() < MOST {
            let key = alert.key.clone();
            self.entries.insert(key, Entry { alert, since: now, told: None, over: None });
        }
    }

    /// A process before this one has told it.
    pub(crate) fn was_told(&mut self, alert: Alert, since: i64, now: i64) {
        if self.entries.len() < MOST {
            let told = Some((now, alert.severity));
            self.entries.entry(alert.key.clone()).or_insert(Entry {
                alert,
                since,
                told,
                over: None,
            });
        }
    }

    pub(crate) fn resolve(&mut self, key: &str, now: i64) {
        if let Some(entry) = self.entries.get_mut(key) {
            entry.over.get_or_insert(now);
        }
    }

    pub(crate) fn standing(&self) -> Vec<Alert> {
        let standing = self.entries.values().filter(|entry| entry.over.is_none());
        standing.map(|entry| entry.alert.clone()).collect()
    }

    /// What is to be said now. It counts as said.
    pub(crate) fn due(&mut self, now: i64) -> Vec<Notice> {
        let Self { manner, entries } = self;
        let ms = |span: std::time::Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        let (remind, settled) = (ms(manner.remind_every), ms(manner.settled_after));
        let quiet = manner.quiet.is_some_and(|quiet| quiet.contains(now));
        let mut due = Vec::new();
        entries.retain(|_, entry| {
            let notice = |kind, until: i64| Notice {
                kind,
                alert: entry.alert.clone(),
                since: entry.since,
                lasted: until.saturating_sub(entry.since).max(0),
                process: manner.process.clone(),
            };
            let loud = !quiet || entry.alert.severity == Severity::Critical;
            match (entry.over, entry.told) {
                // It passed before anybody was told.
                (Some(over), None) => now.saturating_sub(over) < settled,
                (Some(over), Some(_)) => {
                    // A clock that was set back must not keep it for ever.
                    let is_over = now < over || now.saturating_sub(over) >= settled;
                    if is_over && loud {
                        due.push(notice(Kind::Resolved, over));
                    }
                    !(is_over && loud)
                }
                (None, told) => {
                    let kind = match told {
                        None => Some(Kind::Raised),
                        // It got worse.
                        Some((_, severity)) if severity < entry.alert.severity => {
                            Some(Kind::Raised)
                        }
                        Some((at, _)) if now < at || now - at >= remind => Some(Kind::Reminder),
                        Some(_) => None,
                    };
                    if let Some(kind) = kind.filter(|_| loud) {
                        due.push(notice(kind, now));
                        entry.told = Some((now, entry.alert.severity));
                    }
                    true
                }
            }
        });
        due
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Desk;
    use crate::{Alert, Kind, Manner, Severity};

    const HOUR: i64 = 3_600_000;

    fn alert(severity: Severity) -> Alert {
        Alert {
            key: "database.away".to_owned(),
            severity,
            sentence: "The database is away.".to_owned(),
            cure: "gamekeeper doctor".to_owned(),
        }
    }

    fn desk(quiet: Option<&str>) -> Desk {
        let mut manner = Manner::of("test");
        manner.remind_every = Duration::from_hours(6);
        manner.settled_after = Duration::from_mins(1);
        manner.quiet = quiet.map(|text| text.parse().unwrap());
        Desk::new(manner)
    }

    fn kinds(desk: &mut Desk, now: i64) -> Vec<Kind> {
        desk.due(now).into_iter().map(|notice| notice.kind).collect()
    }

    #[test]
    fn it_is_told_once_then_again_after_hours_then_that_it_is_over() {
        let mut desk = desk(None);
        for minute in 0..10 {
            desk.raise(alert(Severity::Warning), minute * 60_000);
            let said = kinds(&mut desk, minute * 60_000);
            assert_eq!(said.len(), usize::from(minute == 0), "{said:?}");
        }
        assert_eq!(kinds(&mut desk, 6 * HOUR), [Kind::Reminder]);
        desk.resolve("database.away", 7 * HOUR);
        assert!(kinds(&mut desk, 7 * HOUR + 59_000).is_empty(), "it may come back at once");
        let said = desk.due(7 * HOUR + 60_000);
        assert_eq!((said[0].kind, said[0].lasted), (Kind::Resolved, 7 * HOUR));
        assert!(desk.standing().is_empty() && desk.due(20 * HOUR).is_empty());
    }

    #[test]
    fn what_a_process_before_has_told_is_told_to_be_over() {
        let mut desk = desk(None);
        desk.was_told(alert(Severity::Critical), HOUR, 2 * HOUR);
        assert!(kinds(&mut desk, 2 * HOUR).is_empty(), "it is known");
        desk.resolve("database.away", 2 * HOUR);
        let said = desk.due(2 * HOUR + 60_000);
        assert_eq!((said[0].kind, said[0].lasted), (Kind::Resolved, HOUR));
    }

    #[test]
    fn what_comes_and_goes_is_one_alert() {
        let mut desk = desk(None);
        let mut said = Vec::new();
        for second in 0..200 {
            let now = second * 1_000;
            if second % 20 < 10 {
                desk.raise(alert(Severity::Critical), now);
            } else {
                desk.resolve("database.away", now);
            }
            said.extend(kinds(&mut desk, now));
        }
        assert_eq!(said, [Kind::Raised]);
    }

    #[test]
    fn at_night_warnings_wait_and_what_is_critical_does_not() {
        let mut desk = desk(Some("22:00-07:00"));
        desk.raise(alert(Severity::Warning), 23 * HOUR);
        assert!(kinds(&mut desk, 23 * HOUR).is_empty());
        assert_eq!(kinds(&mut desk, 31 * HOUR), [Kind::Raised], "in the morning it is still so");
        desk.raise(alert(Severity::Critical), 47 * HOUR);
        assert_eq!(kinds(&mut desk, 47 * HOUR), [Kind::Raised], "it got worse at night");
        let mut desk = self::desk(Some("22:00-07:00"));
        desk.raise(alert(Severity::Warning), 23 * HOUR);
        desk.resolve("database.away", 24 * HOUR);
        assert!(kinds(&mut desk, 31 * HOUR).is_empty(), "it passed before anybody was told");
    }
}
