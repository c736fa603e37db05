//! Numbers between calendar, players and pixels, and numbers as people read them.

use crate::Labels;

/// Exact below 2⁵³, which is far above any number of seconds here.
#[expect(clippy::cast_precision_loss, reason = "seconds within a month")]
pub(crate) fn float(seconds: i64) -> f64 {
    seconds as f64
}

/// Pixels need no more than this.
#[expect(clippy::cast_possible_truncation, reason = "a place on the picture")]
pub(crate) fn pixels(value: f64) -> f32 {
    value as f32
}

/// A negative one is the first.
pub(crate) fn index(value: i64) -> usize {
    usize::try_from(value.max(0)).unwrap_or(usize::MAX)
}

/// Rounded up to a whole number of players. What is too much is the most there is.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
pub(crate) fn whole(players: f64) -> u32 {
    players.ceil() as u32
}

/// Players at once: `12`, `12.5k`.
pub(crate) fn count(value: u64, labels: &Labels) -> String {
    for (unit, sign) in [(1_000_000_000, "G"), (1_000_000, "M"), (1000, "k")] {
        // Four digits are as short as one with a sign.
        if value >= unit && value >= 10_000 {
            let (full, tenth) = (value / unit, value % unit * 10 / unit);
            return if tenth == 0 || full >= 100 {
                format!("{full}{sign}")
            } else {
                format!("{full}{}{tenth}{sign}", labels.decimal)
            };
        }
    }
    value.to_string()
}

/// Players on average: `4.3`.
pub(crate) fn mean(value: f64, labels: &Labels) -> String {
    if value >= 1000.0 {
        return count(whole(value.floor()).into(), labels);
    }
    format!("{value:.1}").replace('.', &labels.decimal)
}

/// `98.2 %`. Never rounded to all or nothing: 100 % is said only of a server that was never down.
pub(crate) fn percent(share: f64, labels: &Labels) -> String {
    let number = if share >= 1.0 {
        "100".to_owned()
    } else if share <= 0.0 {
        "0".to_owned()
    } else {
        let tenths = (share * 1000.0).floor().max(1.0);
        format!("{:.1}", tenths / 10.0).replace('.', &labels.decimal)
    };
    Labels::fill(&labels.percent, &[("number", &number)])
}
