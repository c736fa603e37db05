//! The report for people.

use std::fmt::{self, Write as _};

use crate::{
    judge::Severity,
    report::{Report, Times},
};

const MB: f64 = 1024.0 * 1024.0;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole * 100.0 } else { 0.0 };
        writeln!(f, "After {}", hours(self.hours))?;
        let mut line = |name: &str, what: String| writeln!(f, "  {name:<12} {what}");
        let version = Some(&self.version).filter(|version| !version.is_empty());
        line("version", version.map_or("not seen yet", String::as_str).to_owned())?;
        line(
            "uptime",
            format!(
                "{:.1} % answered, {:.1} % ready, {} absences, {} restarts",
                share(self.up, self.hours),
                share(self.ready, self.hours),
                self.absences,
                self.restarts
            ),
        )?;
        line("memory", self.memory_line())?;
        line("log", format!("{:.0} errors, {:.0} warnings", self.errors, self.warnings))?;
        line(
            "people",
            format!(
                "{:.0} actions, {:.0} faults, {:.0} unanswered; answers {}",
                self.interactions,
                self.faults,
                self.unanswered,
                times(self.answer)
            ),
        )?;
        line(
            "database",
            format!(
                "statements {}; {:.0} errors, away for {:.0} minutes",
                times(self.statement),
                self.database_errors,
                self.database_away * 60.0
            ),
        )?;
        line(
            "discord",
            format!(
                "{:.0} resumed, {:.0} new sessions, {:.0} rate limits",
                self.resumed, self.new_sessions, self.limited
            ),
        )?;
        let waits =
            if self.owed > 0.0 { format!(", oldest {:.0} s", self.oldest) } else { String::new() };
        line("games", format!("{:.0} owed a look{waits}", self.owed))?;
        let backup = self.backup_hours.map(|hours| format!("{hours:.1} hours old"));
        line("backup", backup.unwrap_or_else(|| "none".to_owned()))?;
        if self.verdicts.is_empty() {
            return writeln!(f, "  Verdict: all is as it should be.");
        }
        writeln!(f, "  Verdict:")?;
        for verdict in &self.verdicts {
            let mark = if verdict.severity == Severity::Bad { "bad " } else { "warn" };
            writeln!(f, "    {mark}  {}\n          {}", verdict.what, verdict.cure)?;
        }
        Ok(())
    }
}

impl Report {
    fn memory_line(&self) -> String {
        let mut text =
            format!("{:.0} MB, at most {:.0} MB", self.memory / MB, self.memory_most / MB);
        if let Some(limit) = self.memory_limit {
            let _ = write!(text, " of {:.0} MB", limit / MB);
        }
        if let Some(growth) = self.growth {
            let _ = write!(text, "; {:+.2} MB an hour", growth.an_hour / MB);
        }
        text
    }
}

fn hours(hours: f64) -> String {
    if hours >= 1.0 { format!("{hours:.1} hours") } else { format!("{:.0} minutes", hours * 60.0) }
}

fn times(times: Option<Times>) -> String {
    let Some(Times { half, p95, p99 }) = times else { return "not seen".to_owned() };
    let ms = |seconds: f64| format!("{:.0}", seconds * 1_000.0);
    format!("{} / {} / {} ms (50, 95, 99 of 100)", ms(half), ms(p95), ms(p99))
}
