//! The day in figures.

use serde::Serialize;

use crate::{
    figures::Figures,
    growth::{Growth, growth},
    histogram::Histogram,
    judge::{Severity, Verdict, judge},
    look::{Log, Look, Seen},
};

/// What the start takes is no growth: looks at a process younger than this do not count for it, in
/// hours.
const WARM_UP: f64 = 0.25;
/// A process that was started at another second is another one; its clock may be set a little.
const SAME_START: f64 = 2.0;

/// Fast answers, slow ones, and the slowest, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Times {
    /// Half are faster.
    pub half: f64,
    /// 95 of 100 are faster.
    pub p95: f64,
    /// 99 of 100 are faster.
    pub p99: f64,
}

/// The day, or as much of it as was seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Hours since the watch began.
    pub hours: f64,
    /// Looks at the bot.
    pub looks: usize,
    /// The version that was last seen.
    pub version: String,
    /// Hours in which it answered.
    pub up: f64,
    /// Hours in which it said that it serves people.
    pub ready: f64,
    /// Times that it stopped answering.
    pub absences: usize,
    /// Whether it does not answer now, and why.
    pub away: Option<String>,
    /// Why it is not ready now, in its own words.
    pub not_ready: Option<String>,
    /// Times that another process was there.
    pub restarts: usize,
    /// Memory now, at most, and what it may take, in bytes.
    pub memory: f64,
    /// At most.
    pub memory_most: f64,
    /// What it may take.
    pub memory_limit: Option<f64>,
    /// Its growth since the last start, in bytes an hour.
    pub growth: Option<Growth>,
    /// Hours that the growth was seen for.
    pub growth_hours: f64,
    /// Errors in the log.
    pub errors: f64,
    /// Warnings in the log.
    pub warnings: f64,
    /// Commands, presses and forms.
    pub interactions: f64,
    /// Faults of ours among them.
    pub faults: f64,
    /// Answers that came too late or never.
    pub unanswered: f64,
    /// Time to the first answer.
    pub answer: Option<Times>,
    /// Time for statements.
    pub statement: Option<Times>,
    /// Errors of the database.
    pub database_errors: f64,
    /// Hours without a database.
    pub database_away: f64,
    /// Sessions taken up again.
    pub resumed: f64,
    /// New sessions, the first of each shard not among them.
    pub new_sessions: f64,
    /// Answers 429.
    pub limited: f64,
    /// Games that are owed a look now.
    pub owed: f64,
    /// Seconds that the oldest waits.
    pub oldest: f64,
    /// Hours since the last backup.
    pub backup_hours: Option<f64>,
    /// What all that means.
    pub verdicts: Vec<Verdict>,
}

/// Makes the report of these looks.
pub fn report(log: &Log) -> Report {
    let looks = log.looks();
    let last = looks.iter().rev().find_map(Look::figures);
    let sums = Sums::of(looks);
    let end = looks.last();
    let run = last_run(looks);
    let mut report = Report {
        hours: end.map_or(0.0, |look| look.hours),
        looks: looks.len(),
        version: last.map(|figures| figures.version.clone()).unwrap_or_default(),
        up: sums.up,
        ready: sums.ready,
        absences: sums.absences,
        away: end.and_then(|look| match &look.seen {
            Seen::Away(why) => Some(why.clone()),
            Seen::Up(_) => None,
        }),
        not_ready: end
            .filter(|look| look.figures().is_some_and(|figures| !figures.ready))
            .map(|look| look.not_ready.clone()),
        restarts: sums.restarts,
        memory: last.map_or(0.0, |figures| figures.memory),
        memory_most: looks.iter().filter_map(Look::figures).map(|f| f.memory).fold(0.0, f64::max),
        memory_limit: last.and_then(|figures| figures.memory_limit),
        growth: growth(&run),
        growth_hours: run.last().map_or(0.0, |last| last.0) - run.first().map_or(0.0, |f| f.0),
        errors: sums.errors,
        warnings: sums.warnings,
        interactions: sums.interactions,
        faults: sums.faults,
        unanswered: sums.unanswered,
        answer: times(&sums.answers),
        statement: times(&sums.statements),
        database_errors: sums.database_errors,
        database_away: sums.database_away,
        resumed: sums.resumed,
        new_sessions: sums.sessions,
        limited: sums.limited,
        owed: last.map_or(0.0, |figures| figures.owed),
        oldest: last.map_or(0.0, |figures| figures.oldest),
        backup_hours: last.and_then(|figures| figures.backup_hours),
        verdicts: Vec::new(),
    };
    report.verdicts = judge(&report);
    report
}

impl Report {
    /// The worst of all verdicts.
    pub fn worst(&self) -> Severity {
        self.verdicts.iter().map(|verdict| verdict.severity).max().unwrap_or(Severity::Good)
    }
}

fn times(histogram: &Histogram) -> Option<Times> {
    Some(Times {
        half: histogram.quantile(0.5)?,
        p95: histogram.quantile(0.95)?,
        p99: histogram.quantile(0.99)?,
    })
}

fn same(one: &Figures, other: &Figures) -> bool {
    (one.started - other.started).abs() < SAME_START
}

/// Hours and memory of the process that was last seen, after its start.
fn last_run(looks: &[Look]) -> Vec<(f64, f64)> {
    let Some(last) = looks.iter().rev().find_map(Look::figures) else { return Vec::new() };
    let of_run = |look: &&Look| look.figures().is_some_and(|figures| same(figures, last));
    let first = looks.iter().find(of_run).map_or(0.0, |look| look.hours);
    let warm = looks.iter().filter(of_run).filter(|look| look.hours - first >= WARM_UP);
    warm.filter_map(|look| Some((look.hours, look.figures()?.memory))).collect()
}

/// What adds up from look to look.
#[derive(Default)]
struct Sums {
    up: f64,
    ready: f64,
    absences: usize,
    restarts: usize,
    errors: f64,
    warnings: f64,
    interactions: f64,
    faults: f64,
    unanswered: f64,
    answers: Histogram,
    statements: Histogram,
    database_errors: f64,
    database_away: f64,
    resumed: f64,
    sessions: f64,
    limited: f64,
}

impl Sums {
    fn of(looks: &[Look]) -> Self {
        let mut sums = Self::default();
        let mut before: Option<&Figures> = None;
        for pair in looks.windows(2) {
            let [one, other] = pair else { continue };
            sums.time(one, other.hours - one.hours);
            if one.figures().is_some() && other.figures().is_none() {
                sums.absences += 1;
            }
        }
        if looks.first().is_some_and(|look| look.figures().is_none()) {
            sums.absences += 1;
        }
        for figures in looks.iter().filter_map(Look::figures) {
            // What was counted before the watch began is not of this day.
            if let Some(before) = before {
                sums.counts(before, figures);
            }
            before = Some(figures);
        }
        sums
    }

    /// Until the next look, everything counts as it was at this one.
    fn time(&mut self, look: &Look, hours: f64) {
        let Some(figures) = look.figures() else { return };
        self.up += hours;
        if figures.ready {
            self.ready += hours;
        }
        if !figures.database_up {
            self.database_away += hours;
        }
    }

    fn counts(&mut self, before: &Figures, now: &Figures) {
        let anew = !same(before, now);
        let more = |of: fn(&Figures) -> f64| {
            // A new process counts from zero, and so does a count that went down.
            let more = of(now) - of(before);
            if anew || more < 0.0 { of(now) } else { more }
        };
        self.errors += more(|figures| figures.errors);
        self.warnings += more(|figures| figures.warnings);
        self.interactions += more(|figures| figures.interactions);
        self.faults += more(|figures| figures.faults);
        self.unanswered += more(|figures| figures.unanswered);
        self.database_errors += more(|figures| figures.database_errors);
        self.resumed += more(|figures| figures.resumed);
        self.limited += more(|figures| figures.limited);
        let sessions = more(|figures| figures.sessions);
        if anew {
            self.restarts += 1;
            // Each shard of a new process may need one; an orderly restart resumes instead.
            self.sessions += (sessions - now.shards).max(0.0);
            self.answers.join(&now.answers);
            self.statements.join(&now.statements);
        } else {
            self.sessions += sessions;
            self.answers.join(&now.answers.since(&before.answers));
            self.statements.join(&now.statements.since(&before.statements));
        }
    }
}
