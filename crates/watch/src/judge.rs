//! What the figures mean, and what to do about it.

use serde::Serialize;

use crate::report::Report;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// As it should be.
    Good,
    /// Somebody should look.
    Warning,
    /// It must not stay so.
    Bad,
}

/// One judgement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// How bad it is.
    pub severity: Severity,
    /// What was seen.
    pub what: String,
    /// What to do.
    pub cure: &'static str,
}

/// A part of the time that an absence may take before it is bad: 15 minutes of a day.
const ABSENT: f64 = 0.01;
/// Growth without a limit counts from here on, in bytes an hour: 120 MB a day.
const GROWS: f64 = 5.0 * 1024.0 * 1024.0;
/// A line that tells less of the points is no growth.
const FITS: f64 = 0.6;
/// Growth is not judged by less, in hours.
const LONG_ENOUGH: f64 = 1.0;
const A_DAY: f64 = 24.0;
const A_WEEK: f64 = 7.0 * A_DAY;

/// Everything worth a word. Empty when all is as it should be.
pub(crate) fn judge(report: &Report) -> Vec<Verdict> {
    let mut said = Vec::new();
    let mut say = |severity, what: String, cure| said.push(Verdict { severity, what, cure });
    if report.up == 0.0 && report.version.is_empty() {
        let why = report.away.clone().unwrap_or_else(|| "nobody looked".to_owned());
        say(
            Severity::Bad,
            format!("The bot never answered: {why}."),
            "Check that it runs and GAMEKEEPER_HTTP, with `gamekeeper health`.",
        );
        return said;
    }
    presence(report, &mut say);
    memory(report, &mut say);
    people(report, &mut say);
    database(report, &mut say);
    discord(report, &mut say);
    said.sort_by_key(|verdict| std::cmp::Reverse(verdict.severity));
    said
}

type Say<'a> = dyn FnMut(Severity, String, &'static str) + 'a;

fn presence(report: &Report, say: &mut Say<'_>) {
    let missing = (report.hours - report.up).max(0.0);
    if let Some(why) = &report.away {
        say(
            Severity::Bad,
            format!("It does not answer now: {why}."),
            "Look why with `systemctl status gamekeeper` and `journalctl -u gamekeeper -n 100`.",
        );
    } else if report.absences > 0 {
        let worse = missing > report.hours * ABSENT;
        say(
            if worse { Severity::Bad } else { Severity::Warning },
            format!("It was away {} times, {:.0} minutes in all.", report.absences, missing * 60.0),
            "Look what ended it with `journalctl -u gamekeeper --since -1d -p warning`.",
        );
    }
    if report.restarts > 0 {
        let often = report.restarts >= 3;
        say(
            if often { Severity::Bad } else { Severity::Warning },
            format!("It was started anew {} times.", report.restarts),
            "If it was not you, `journalctl -u gamekeeper --since -1d` says with which code it ended.",
        );
    }
    if let Some(why) = report.not_ready.as_ref().filter(|_| report.away.is_none()) {
        let why = if why.is_empty() { String::new() } else { format!(": {why}") };
        say(
            Severity::Bad,
            format!("It does not serve people now{why}."),
            "`gamekeeper doctor` names the cause.",
        );
    } else if report.up - report.ready > report.up * ABSENT {
        say(
            Severity::Warning,
            format!(
                "For {:.0} minutes it did not serve people.",
                (report.up - report.ready) * 60.0
            ),
            "`gamekeeper doctor` looks at what it needs; `journalctl -u gamekeeper` says what was away.",
        );
    }
}

fn memory(report: &Report, say: &mut Say<'_>) {
    let Some(growth) = report.growth else { return };
    if report.growth_hours < LONG_ENOUGH || growth.fit < FITS || growth.an_hour <= 0.0 {
        return;
    }
    let a_day = growth.an_hour * A_DAY / 1024.0 / 1024.0;
    if let Some(limit) = report.memory_limit {
        let left = (limit - report.memory).max(0.0) / growth.an_hour;
        if left < A_WEEK {
            say(
                if left < A_DAY { Severity::Bad } else { Severity::Warning },
                format!("Memory grows by {a_day:.0} MB a day; its limit is {left:.0} hours away."),
                "Give the unit more with MemoryMax, and watch on: growth that does not end is a bug to report.",
            );
        }
    } else if growth.an_hour > GROWS {
        say(
            Severity::Warning,
            format!("Memory grows by {a_day:.0} MB a day, and nothing limits it."),
            "Set MemoryMax in the unit, and watch on: growth that does not end is a bug to report.",
        );
    }
}

fn people(report: &Report, say: &mut Say<'_>) {
    if report.errors > 0.0 {
        let an_hour = report.errors / report.hours.max(0.1);
        say(
            if an_hour > 60.0 { Severity::Bad } else { Severity::Warning },
            format!("{:.0} errors were logged.", report.errors),
            "Read them with `journalctl -u gamekeeper --since -1d -p err`.",
        );
    }
    if report.faults > 0.0 {
        let often = report.faults > report.interactions * 0.01;
        say(
            if often { Severity::Bad } else { Severity::Warning },
            format!("{:.0} of {:.0} actions ended in a fault.", report.faults, report.interactions),
            "The log has the cause beside the reference that the person was told.",
        );
    }
    if report.unanswered > 0.0 {
        let often = report.unanswered > report.interactions * 0.01;
        say(
            if often { Severity::Bad } else { Severity::Warning },
            format!("{:.0} actions were answered too late or not at all.", report.unanswered),
            "Check the way to Discord and the machine's load with `gamekeeper doctor`.",
        );
    }
    if let Some(answer) = report.answer.filter(|answer| answer.p95 > 1.5) {
        say(
            if answer.p95 > 2.5 { Severity::Bad } else { Severity::Warning },
            format!("One answer in twenty took {:.1} s or more; Discord gives 3 s.", answer.p95),
            "Check the way to Discord, the database and the machine's load with `gamekeeper doctor`.",
        );
    }
}

fn database(report: &Report, say: &mut Say<'_>) {
    if report.database_away > 0.0 {
        say(
            Severity::Bad,
            format!("The database was away for {:.0} minutes.", report.database_away * 60.0),
            "Look into its own log, and whether something restarts it.",
        );
    }
    if report.database_errors > 0.0 {
        say(
            Severity::Warning,
            format!("The database answered {:.0} times with an error.", report.database_errors),
            "Read them with `journalctl -u gamekeeper --since -1d -p warning`.",
        );
    }
    if let Some(slow) = report.statement.filter(|statement| statement.p95 > 0.1) {
        say(
            if slow.p99 > 1.0 { Severity::Bad } else { Severity::Warning },
            format!("One statement in twenty took {:.0} ms or more.", slow.p95 * 1_000.0),
            "`gamekeeper doctor` looks for slow statements and bloated tables; check the disk too.",
        );
    }
    let none = report.backup_hours.is_none() && report.hours >= A_DAY;
    if none || report.backup_hours.is_some_and(|hours| hours > 26.0) {
        say(
            Severity::Warning,
            match report.backup_hours {
                Some(hours) => format!("The last backup is {hours:.0} hours old."),
                None => "There is no backup.".to_owned(),
            },
            "Make one with `gamekeeper backup create`; `gamekeeper backup schedule` shows when the next is due.",
        );
    }
}

fn discord(report: &Report, say: &mut Say<'_>) {
    // Discord itself ends a connection every few hours, and those are resumed.
    let many = 1.0 + report.hours / 6.0;
    if report.new_sessions > many {
        say(
            if report.new_sessions > 6.0 * many { Severity::Bad } else { Severity::Warning },
            format!("{:.0} sessions at Discord were lost and begun anew.", report.new_sessions),
            "Check the network and the machine's load with `gamekeeper doctor`, and https://discordstatus.com.",
        );
    }
    let resumed = 6.0 + report.hours * 2.0;
    if report.resumed > resumed {
        say(
            Severity::Warning,
            format!("The connection to Discord was resumed {:.0} times.", report.resumed),
            "Check the network with `gamekeeper doctor`, and https://discordstatus.com.",
        );
    }
    if report.limited > 20.0 + report.hours * 30.0 {
        say(
            Severity::Warning,
            format!("Discord asked {:.0} times to slow down.", report.limited),
            "Look which calls it is about in /metrics (gamekeeper_discord_rate_limited_total).",
        );
    }
    if report.oldest > 900.0 {
        say(
            Severity::Warning,
            format!("A game waits for {:.0} minutes to be as it should be.", report.oldest / 60.0),
            "The admin panel says what is in the way; `gamekeeper doctor` checks permissions and room.",
        );
    }
}
