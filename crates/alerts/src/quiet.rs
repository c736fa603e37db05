//! The hours in which only what is critical is told.

use std::str::FromStr;

const DAY_MINUTES: i64 = 24 * 60;

/// From one time of the day to another, in UTC; over midnight if the second is earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// Minutes after midnight.
    from: i64,
    to: i64,
}

/// It does not look like `22:00-07:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not a span of the day such as 22:00-07:00")]
pub struct QuietError;

impl QuietHours {
    /// Whether this moment, in milliseconds since the Unix epoch, is among them.
    pub fn contains(&self, now: i64) -> bool {
        let minute = now.div_euclid(60_000).rem_euclid(DAY_MINUTES);
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

impl FromStr for QuietHours {
    type Err = QuietError;

    fn from_str(text: &str) -> Result<Self, QuietError> {
        let (from, to) = text.split_once('-').ok_or(QuietError)?;
        let (from, to) = (minute(from.trim())?, minute(to.trim())?);
        if from == to { Err(QuietError) } else { Ok(Self { from, to }) }
    }
}

fn minute(text: &str) -> Result<i64, QuietError> {
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute) = text.split_once(':').ok_or(QuietError)?;
    if !digits(hour) || !digits(minute) {
        return Err(QuietError);
    }
    let hour = hour.parse::<i64>().ok().filter(|h| *h < 24).ok_or(QuietError)?;
    let minute = minute.parse::<i64>().ok().filter(|m| *m < 60).ok_or(QuietError)?;
    Ok(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::{QuietError, QuietHours};

    fn at(hour: i64, minute: i64) -> i64 {
        // Some day long after the epoch, and a few seconds.
        ((20_000 * 24 + hour) * 60 + minute) * 60_000 + 59_999
    }

    #[test]
    fn a_night_goes_over_midnight() {
        let night: QuietHours = "22:00-07:30".parse().unwrap();
        for (hour, minute, quiet) in
            [(21, 59, false), (22, 0, true), (0, 0, true), (7, 29, true), (7, 30, false)]
        {
            assert_eq!(night.contains(at(hour, minute)), quiet, "{hour}:{minute}");
        }
        let noon: QuietHours = "12:00 - 13:00".parse().unwrap();
        assert!(noon.contains(at(12, 30)) && !noon.contains(at(13, 0)));
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in ["", "22:00", "22-07", "24:00-07:00", "22:60-07:00", "7:00-8:00", "08:00-08:00"]
        {
            assert_eq!(text.parse::<QuietHours>(), Err(QuietError), "{text}");
        }
    }
}
