//! When what happens by itself.

use jiff::{
    Timestamp, ToSpan as _, Zoned,
    civil::{Time, Weekday},
    tz::TimeZone,
};

use crate::Settings;

/// Something that will happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: &'static str,
}

/// What a daily backup is called.
const BACKUP: &str = "backup, then old ones are removed";
/// What the weekly proof is called.
const VERIFY: &str = "verify: the newest is restored into a scratch database";

/// When a proof is made where the bot makes no backups.
const WITHOUT: Time = Time::constant(4, 30, 0, 0);

/// The next days' backups and the next proof.
pub fn plan(settings: &Settings, now: Timestamp) -> Vec<Planned> {
    let mut planned = Vec::new();
    let mut from = now;
    if settings.at.is_none()
        && let Some(at) = last_verify(settings, now + (24 * 7).hours())
    {
        planned.push(Planned { at, what: VERIFY });
    }
    for _ in 0..7 {
        let Some(at) = next_backup(settings, from) else { break };
        planned.push(Planned { at, what: BACKUP });
        let day = at.to_zoned(TimeZone::UTC).weekday();
        if settings.verify_on == Some(day) {
            planned.push(Planned { at, what: VERIFY });
        }
        from = at;
    }
    planned
}

/// The next time that a backup is to begin, later than `after`.
pub(crate) fn next_backup(settings: &Settings, after: Timestamp) -> Option<Timestamp> {
    let day = after.to_zoned(TimeZone::UTC);
    let today = at_time(settings, &day)?;
    if today > after { Some(today) } else { at_time(settings, &day.checked_add(1.day()).ok()?) }
}

/// The last time that a backup was to begin, up to `now`.
pub(crate) fn last_backup(settings: &Settings, now: Timestamp) -> Option<Timestamp> {
    let day = now.to_zoned(TimeZone::UTC);
    let today = at_time(settings, &day)?;
    if today <= now { Some(today) } else { at_time(settings, &day.checked_sub(1.day()).ok()?) }
}

/// The last time that a proof was to be made, up to `now`.
pub(crate) fn last_verify(settings: &Settings, now: Timestamp) -> Option<Timestamp> {
    let wanted: Weekday = settings.verify_on?;
    // After the backup of the day; whoever else makes that one has an hour for it.
    let after = settings.at.unwrap_or(WITHOUT);
    let settings = Settings { at: Some(after), ..settings.clone() };
    let mut at = last_backup(&settings, now)?;
    for _ in 0..7 {
        let day = at.to_zoned(TimeZone::UTC);
        if day.weekday() == wanted {
            return Some(at);
        }
        at = day.checked_sub(1.day()).ok()?.timestamp();
    }
    None
}

fn at_time(settings: &Settings, day: &Zoned) -> Option<Timestamp> {
    let at = day.date().to_datetime(settings.at?);
    at.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::{last_backup, last_verify, next_backup, plan};
    use crate::Settings;

    fn at(text: &str) -> jiff::Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn a_backup_a_day_and_a_proof_a_week() {
        let settings = Settings::new("x");
        // A Friday.
        let now = at("2026-11-27T10:00:00Z");
        assert_eq!(next_backup(&settings, now), Some(at("2026-11-28T03:30:00Z")));
        assert_eq!(last_backup(&settings, now), Some(at("2026-11-27T03:30:00Z")));
        assert_eq!(last_verify(&settings, now), Some(at("2026-11-22T03:30:00Z")));
        let sunday = at("2026-11-29T03:30:00Z");
        assert_eq!(last_verify(&settings, sunday), Some(sunday));
        assert_eq!(next_backup(&settings, sunday), Some(at("2026-11-30T03:30:00Z")));
        let planned = plan(&settings, now);
        assert_eq!(planned.len(), 8);
        assert_eq!(planned.iter().filter(|planned| planned.at == sunday).count(), 2);
    }

    #[test]
    fn nothing_by_itself_where_it_is_off() {
        let settings = Settings { at: None, verify_on: None, ..Settings::new("x") };
        assert!(plan(&settings, at("2026-11-27T10:00:00Z")).is_empty());
        assert_eq!(last_verify(&settings, at("2026-11-27T10:00:00Z")), None);
    }

    #[test]
    fn what_somebody_else_makes_is_proven_all_the_same() {
        let settings = Settings { at: None, by_timer: true, ..Settings::new("x") };
        let now = at("2026-11-27T10:00:00Z");
        assert_eq!(last_verify(&settings, now), Some(at("2026-11-22T04:30:00Z")));
        let planned = plan(&settings, now);
        let [proof] = planned.as_slice() else { panic!("{planned:?}") };
        assert_eq!(proof.at, at("2026-11-29T04:30:00Z"));
    }
}
