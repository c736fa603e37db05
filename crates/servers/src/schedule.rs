//! When everything is looked at: five fields of cron, as the original had it.

use std::{str::FromStr as _, time::Duration};

use croner::Cron;
use jiff::{Timestamp, tz::TimeZone};

/// Never wait longer than this, whatever a schedule says, or if it has no next time.
const LONGEST: Duration = Duration::from_hours(1);

/// A schedule in UTC.
#[derive(Clone, Debug)]
pub struct Schedule {
    cron: Cron,
    /// How many times faster than time the clock runs that it goes by.
    speed: u32,
}

/// Not a schedule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a schedule: {0}")]
pub struct ScheduleError(String);

impl Schedule {
    /// Every five minutes.
    pub const DEFAULT: &str = "*/5 * * * *";

    /// Parses five fields: minute, hour, day of the month, month, day of the week.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        let fields = text.split_whitespace().count();
        if fields != 5 {
            return Err(ScheduleError(format!("it has {fields} fields, and needs 5")));
        }
        let cron = Cron::from_str(text).map_err(|error| ScheduleError(error.to_string()))?;
        let schedule = Self { cron, speed: 1 };
        match schedule.next(Timestamp::UNIX_EPOCH) {
            Some(_) => Ok(schedule),
            None => Err(ScheduleError("that time never comes".to_owned())),
        }
    }

    /// The same for a clock that runs so many times faster than time does: waits are as much shorter.
    /// A day can then be played in minutes.
    #[must_use]
    pub fn at_speed(self, speed: u32) -> Self {
        Self { speed: speed.max(1), ..self }
    }

    /// How long something takes in time that takes this by the clock.
    pub fn pause(&self, by_the_clock: Duration) -> Duration {
        by_the_clock / self.speed
    }

    /// The first time after this one.
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let after = after.to_zoned(TimeZone::UTC);
        self.cron.find_next_occurrence(&after, false).ok().map(|next| next.timestamp())
    }

    /// The next three times, for people.
    pub fn next_three(&self, now: Timestamp) -> Vec<Timestamp> {
        std::iter::successors(self.next(now), |at| self.next(*at)).take(3).collect()
    }

    /// How long it is until the next time; `now` in milliseconds since the Unix epoch.
    pub fn wait(&self, now: i64) -> Duration {
        let next = Timestamp::from_millisecond(now).ok().and_then(|now| self.next(now));
        let ms = next.map(|next| next.as_millisecond().saturating_sub(now));
        let ms = ms.and_then(|ms| u64::try_from(ms).ok());
        let wait = ms.map_or(LONGEST, Duration::from_millis);
        self.pause(wait.clamp(Duration::from_millis(100), LONGEST))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;

    use super::Schedule;

    #[test]
    fn the_next_three_times() {
        let schedule = Schedule::parse("*/20 8 * * 1-5").unwrap();
        let friday: Timestamp = "2026-11-27T08:25:00Z".parse().unwrap();
        let next = schedule.next_three(friday).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(next, ["2026-11-27T08:40:00Z", "2026-11-30T08:00:00Z", "2026-11-30T08:20:00Z"]);
    }

    #[test]
    fn waits_until_then_but_never_too_long() {
        let schedule = Schedule::parse(Schedule::DEFAULT).unwrap();
        assert_eq!(schedule.wait(4 * 60_000), Duration::from_mins(1));
        assert_eq!(schedule.wait(5 * 60_000), Duration::from_mins(5));
        let fast = Schedule::parse(Schedule::DEFAULT).unwrap().at_speed(300);
        assert_eq!(fast.wait(5 * 60_000), Duration::from_secs(1));
        let yearly = Schedule::parse("0 0 1 1 *").unwrap();
        assert_eq!(yearly.wait(86_400_000), Duration::from_hours(1));
    }

    #[test]
    fn what_is_none() {
        for text in ["", "* * * *", "61 * * * *", "* * * * * *", "0 0 31 2 *", "a b c d e"] {
            assert!(Schedule::parse(text).is_err(), "{text}");
        }
    }
}
