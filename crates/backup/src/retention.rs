//! Which archives stay: pure, so that it can be proven.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{Keep, manifest::order};

/// Why one stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It is the newest of all.
    Newest,
    /// It is the last that was proven by a restore.
    Verified,
    /// It is not old yet.
    Days,
    /// It is the newest of its day.
    Daily,
    /// It is the newest of its week.
    Weekly,
    /// It is the newest of its month.
    Monthly,
}

/// One archive that stays, or goes where there is no reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Why it stays; none where it goes.
    pub reasons: Vec<Reason>,
}

/// Says of each archive whether it stays, newest first. `verified` is the last one that was proven.
pub fn retain(
    archives: &[(String, Timestamp)],
    verified: Option<&str>,
    keep: Keep,
    now: Timestamp,
) -> Vec<Kept> {
    let mut all: Vec<_> = archives.to_vec();
    all.sort_by(|a, b| (b.1, order(&b.0)).cmp(&(a.1, order(&a.0))));
    let mut kept: Vec<Kept> =
        all.iter().map(|(name, _)| Kept { name: name.clone(), reasons: Vec::new() }).collect();
    let young = i64::from(keep.days) * 24 * 3600;
    for (kept, (name, at)) in kept.iter_mut().zip(&all) {
        if Some(name.as_str()) == verified {
            kept.reasons.push(Reason::Verified);
        }
        // One from the future, by a clock that was wrong, is not old either.
        if now.as_second().saturating_sub(at.as_second()) < young {
            kept.reasons.push(Reason::Days);
        }
    }
    if let Some(newest) = kept.first_mut() {
        newest.reasons.push(Reason::Newest);
    }
    let day = |date: Date| (i32::from(date.year()), i32::from(date.day_of_year()));
    let week = |date: Date| {
        let week = date.iso_week_date();
        (i32::from(week.year()), i32::from(week.week()))
    };
    let month = |date: Date| (i32::from(date.year()), i32::from(date.month()));
    grow_old(&all, &mut kept, keep.daily, Reason::Daily, day);
    grow_old(&all, &mut kept, keep.weekly, Reason::Weekly, week);
    grow_old(&all, &mut kept, keep.monthly, Reason::Monthly, month);
    for kept in &mut kept {
        kept.reasons.sort_unstable();
    }
    kept
}

/// The newest of each of the last `count` times that have one at all: weeks without a backup do not
/// use up what older ones need.
fn grow_old(
    all: &[(String, Timestamp)],
    kept: &mut [Kept],
    count: u32,
    reason: Reason,
    of: impl Fn(Date) -> (i32, i32),
) {
    let mut first: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    for (index, (_, at)) in all.iter().enumerate() {
        first.entry(of(at.to_zoned(TimeZone::UTC).date())).or_insert(index);
    }
    for index in first.into_values().rev().take(count as usize) {
        kept[index].reasons.push(reason);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::{Timestamp, ToSpan as _};
    use proptest::prelude::*;

    use super::{Reason, retain};
    use crate::Keep;

    const NOW: i64 = 1_790_000_000;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    fn daily(days: i64) -> Vec<(String, Timestamp)> {
        (0..days).map(|day| (format!("b{day:04}"), at(NOW - day * 86_400))).collect()
    }

    #[test]
    fn three_years_of_days_are_grandfathers_fathers_and_sons() {
        let keep = Keep { days: 0, ..Keep::default() };
        let kept = retain(&daily(1_000), None, keep, at(NOW));
        let count = |reason| kept.iter().filter(|kept| kept.reasons.contains(&reason)).count();
        assert_eq!(count(Reason::Daily), 7);
        assert_eq!(count(Reason::Weekly), 4);
        assert_eq!(count(Reason::Monthly), 12);
        let stays = kept.iter().filter(|kept| !kept.reasons.is_empty()).count();
        assert!((17..=23).contains(&stays), "{stays}");
    }

    #[test]
    fn thirty_days_are_all_kept() {
        let kept =
            retain(&daily(40), None, Keep { daily: 0, weekly: 0, monthly: 0, days: 30 }, at(NOW));
        assert!(kept.iter().take(30).all(|kept| !kept.reasons.is_empty()));
        assert!(kept.iter().skip(30).all(|kept| kept.reasons.is_empty()));
    }

    #[test]
    fn an_old_one_that_was_proven_stays_until_another_is() {
        let keep = Keep { days: 1, daily: 1, weekly: 0, monthly: 0 };
        let kept = retain(&daily(100), Some("b0080"), keep, at(NOW));
        let stays: Vec<_> =
            kept.iter().filter(|kept| !kept.reasons.is_empty()).map(|kept| &*kept.name).collect();
        assert_eq!(stays, ["b0000", "b0080"]);
    }

    proptest! {
        #[test]
        fn whatever_there_is_the_newest_and_the_proven_stay_and_nothing_is_lost_or_made_up(
            seconds in prop::collection::btree_set(-400_000_000_i64..1_000_000, 0..60),
            proven in 0_usize..60,
            (days, daily, weekly, monthly) in (0_u32..40, 0_u32..9, 0_u32..6, 0_u32..14),
        ) {
            let archives: Vec<_> =
                seconds.iter().map(|second| (format!("b{second}"), at(NOW + second))).collect();
            let verified = archives.get(proven).map(|(name, _)| name.clone());
            let keep = Keep { days, daily, weekly, monthly };
            let kept = retain(&archives, verified.as_deref(), keep, at(NOW));
            let names: BTreeSet<_> = kept.iter().map(|kept| kept.name.clone()).collect();
            prop_assert_eq!(names.len(), archives.len());
            let stays = |name: &str| {
                kept.iter().any(|kept| kept.name == name && !kept.reasons.is_empty())
            };
            if let Some((newest, _)) = archives.iter().max_by_key(|(_, at)| *at) {
                prop_assert!(stays(newest));
            }
            if let Some(verified) = &verified {
                prop_assert!(stays(verified));
            }
            for (name, when) in &archives {
                if *when > at(NOW) - (i64::from(days) * 24).hours() {
                    prop_assert!(stays(name));
                }
            }
            for reason in [Reason::Daily, Reason::Weekly, Reason::Monthly] {
                let most = match reason { Reason::Daily => daily, Reason::Weekly => weekly, _ => monthly };
                let count = kept.iter().filter(|kept| kept.reasons.contains(&reason)).count();
                prop_assert!(count <= most as usize);
            }
            // Who looks again finds nothing more to remove.
            let left: Vec<_> = archives.iter().filter(|(name, _)| stays(name)).cloned().collect();
            let again = retain(&left, verified.as_deref(), keep, at(NOW));
            prop_assert!(again.iter().all(|kept| !kept.reasons.is_empty()));
        }
    }
}
