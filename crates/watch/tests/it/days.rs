//! What is said of which day.

use watch::{Figures, Log, Report, Severity, due, growth, report};

use crate::stage::{MB, day, took, well};

fn says(report: &Report, severity: Severity, words: &str) {
    let found = report.verdicts.iter().any(|v| v.severity == severity && v.what.contains(words));
    assert!(found, "“{words}” was expected in:\n{report}");
}

#[test]
fn of_a_quiet_day_nothing_is_said() {
    let report = report(&day(24.0, |hours| Some(well(hours))));
    assert_eq!(report.verdicts, [], "{report}");
    assert_eq!(report.worst(), Severity::Good);
    assert_eq!((report.restarts, report.absences), (0, 0));
    assert!((report.up - 24.0).abs() < 0.1 && (report.ready - 24.0).abs() < 0.1, "{report}");
    assert!((report.interactions - 2_400.0).abs() < 1.0);
    assert!((report.resumed - 6.0).abs() < 0.5);
    let text = report.to_string();
    assert!(text.starts_with("After 24.0 hours\n"), "{text}");
    assert!(text.contains("all is as it should be"), "{text}");
    assert!(text.contains("40 MB, at most 40 MB of 512 MB"), "{text}");
    assert!(text.contains("100.0 % answered, 100.0 % ready"), "{text}");
}

#[test]
fn what_was_counted_before_the_watch_began_is_not_of_this_day() {
    let busy = |hours: f64| Figures { errors: 1_000.0, faults: 7.0, ..well(hours + 1_000.0) };
    let report = report(&day(2.0, |hours| Some(busy(hours))));
    assert_eq!(report.verdicts, [], "{report}");
    assert!((report.interactions - 200.0).abs() < 1.0, "{report}");
}

#[test]
fn a_restart_is_counted_and_counts_begin_anew() {
    let log = day(8.0, |hours| {
        let anew = hours > 4.0;
        let since = if anew { hours - 4.0 } else { hours };
        Some(Figures { started: if anew { 15_400.0 } else { 1_000.0 }, ..well(since) })
    });
    let report = report(&log);
    assert_eq!((report.restarts, report.absences), (1, 0));
    assert!((report.interactions - 800.0).abs() < 6.0, "{}", report.interactions);
    assert!(report.new_sessions < 0.5, "a new process needs a session: {report}");
    says(&report, Severity::Warning, "started anew 1 times");
    assert!(report.growth_hours < 4.0, "another process is not a growth of this one");
}

#[test]
fn an_absence_is_told_while_it_lasts_and_afterwards() {
    let away = |hours: f64| (4.0..4.1).contains(&hours).then_some(()).is_none();
    let after = report(&day(24.0, |hours| away(hours).then(|| well(hours))));
    assert_eq!(after.absences, 1);
    says(&after, Severity::Warning, "away 1 times");
    let during = report(&day(4.05, |hours| away(hours).then(|| well(hours))));
    says(&during, Severity::Bad, "does not answer now: connection refused");
    let long = report(&day(8.0, |hours| (!(4.0..=5.0).contains(&hours)).then(|| well(hours))));
    says(&long, Severity::Bad, "60 minutes in all");
}

#[test]
fn a_bot_that_was_never_there_is_told_so_and_nothing_else() {
    let report = report(&day(1.0, |_| None));
    assert_eq!(report.verdicts.len(), 1);
    says(&report, Severity::Bad, "never answered: connection refused");
    assert!(self::report(&Log::default()).worst() == Severity::Bad, "without any look too");
}

#[test]
fn memory_that_grows_to_its_limit_is_told_with_the_time_left() {
    let grows = |hours: f64, an_hour: f64| Figures {
        memory: (100.0 + hours * an_hour) * MB,
        ..well(hours)
    };
    let slow = report(&day(4.0, |hours| Some(grows(hours, 5.0))));
    let line = slow.growth.unwrap();
    assert!((line.an_hour / MB - 5.0).abs() < 0.01 && line.fit > 0.99, "{line:?}");
    says(&slow, Severity::Warning, "Memory grows by 120 MB a day; its limit is 78 hours away");
    let fast = report(&day(4.0, |hours| Some(grows(hours, 50.0))));
    says(&fast, Severity::Bad, "its limit is 4 hours away");
    let short = report(&day(1.0, |hours| Some(grows(hours, 50.0))));
    assert_eq!(short.verdicts, [], "the first hour says nothing yet");
    let endless =
        report(&day(4.0, |hours| Some(Figures { memory_limit: None, ..grows(hours, 6.0) })));
    says(&endless, Severity::Warning, "nothing limits it");
}

#[test]
fn memory_that_goes_up_and_down_is_no_growth() {
    let waves = report(&day(24.0, |hours| {
        Some(Figures { memory: (300.0 + 50.0 * (hours * 7.0).sin()) * MB, ..well(hours) })
    }));
    assert_eq!(waves.verdicts, [], "{waves}");
}

#[test]
fn a_line_goes_through_its_points() {
    let line = growth(&[(0.0, 10.0), (1.0, 12.0), (2.0, 14.0)]).unwrap();
    assert!((line.an_hour - 2.0).abs() < 1e-9 && (line.fit - 1.0).abs() < 1e-9);
    let level = growth(&[(0.0, 10.0), (1.0, 10.0), (2.0, 10.0)]).unwrap();
    assert_eq!((level.an_hour, level.fit), (0.0, 1.0));
    assert_eq!(growth(&[(0.0, 1.0), (1.0, 2.0)]), None);
    assert_eq!(growth(&[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)]), None);
}

/// What is said, how bad it is, and of which figures after so many hours.
type Case = (&'static str, Severity, fn(f64) -> Figures);

#[test]
fn each_trouble_of_a_day_is_named() {
    let cases: [Case; 9] = [
        ("48 errors were logged", Severity::Warning, |h| Figures {
            errors: (h * 2.0).round(),
            ..well(h)
        }),
        ("24 of 2400 actions ended in a fault", Severity::Warning, |h| Figures {
            faults: h.round(),
            ..well(h)
        }),
        ("answered too late or not at all", Severity::Bad, |h| Figures {
            unanswered: (h * 5.0).round(),
            ..well(h)
        }),
        ("One answer in twenty took", Severity::Warning, |h| Figures {
            answers: took(&[(0.5, 0.5), (2.0, 0.96), (3.0, 1.0)], h * 100.0),
            ..well(h)
        }),
        ("One statement in twenty took", Severity::Bad, |h| Figures {
            statements: took(&[(0.05, 0.5), (0.5, 0.9), (5.0, 1.0)], h * 100.0),
            ..well(h)
        }),
        ("The database was away", Severity::Bad, |h| Figures {
            database_up: !(3.0..3.5).contains(&h),
            ..well(h)
        }),
        ("sessions at Discord were lost", Severity::Warning, |h| Figures {
            sessions: 1.0 + h.round(),
            ..well(h)
        }),
        ("There is no backup", Severity::Warning, |h| Figures { backup_hours: None, ..well(h) }),
        ("A game waits for 30 minutes", Severity::Warning, |h| Figures {
            owed: 1.0,
            oldest: 1_800.0,
            ..well(h)
        }),
    ];
    for (words, severity, figures) in cases {
        let report = report(&day(24.05, |hours| Some(figures(hours.min(24.0)))));
        says(&report, severity, words);
        assert_eq!(report.verdicts.len(), 1, "{words}:\n{report}");
        assert!(!report.verdicts[0].cure.is_empty());
    }
}

#[test]
fn who_serves_nobody_is_told_so_in_the_bots_own_words() {
    let report = report(&day(2.0, |hours| Some(Figures { ready: hours < 1.5, ..well(hours) })));
    says(&report, Severity::Bad, "does not serve people now: gateway: not connected");
}

#[test]
fn the_worst_comes_first() {
    let report = report(&day(24.0, |hours| {
        Some(Figures { errors: 5.0 * hours, database_up: hours < 20.0, ..well(hours) })
    }));
    assert_eq!(report.verdicts[0].severity, Severity::Bad);
    assert_eq!(report.worst(), Severity::Bad);
}

#[test]
fn reports_are_due_at_their_hours_and_the_end_is_one_more() {
    let at = |hours: f64| due(hours).collect::<Vec<f64>>();
    assert_eq!(at(24.0), [1.0, 4.0, 8.0, 12.0]);
    assert_eq!(at(48.0), [1.0, 4.0, 8.0, 12.0, 24.0]);
    assert_eq!(at(1.0), [] as [f64; 0]);
}
