//! How it went, in words.

use std::{fmt::Write as _, time::Duration};

use super::{book::Book, watch::Samples};

/// How a soak ended.
#[derive(Debug)]
pub struct Report {
    /// The table.
    pub text: String,
    /// What did not hold, and when.
    pub broken: Vec<(Duration, String)>,
    /// What people did.
    pub actions: u64,
    /// How often everything was checked.
    pub checks: u64,
    /// Troubles made, kills included.
    pub troubles: u64,
}

pub(super) fn line(book: &Book, samples: &Samples) -> String {
    book.write(|pages| {
        let actions: u64 = pages.actions.values().map(|e| e.answered + e.unanswered).sum();
        let mut line = format!(
            "{:>6.0} s  {actions} actions, {} by hand, {} troubles, {} kills, {} checks, \
             {} violations, {:.1} MiB",
            book.elapsed().as_secs_f64(),
            pages.by_hand.values().sum::<u64>(),
            pages.faults.values().sum::<u64>(),
            pages.kills,
            pages.checks,
            pages.broken.len(),
            samples.mib()
        );
        for (at, what) in pages.broken.iter().skip(pages.told) {
            // Writing into a string cannot fail.
            let _ = write!(line, "\n  after {:.1} s: {what}", at.as_secs_f64());
        }
        pages.told = pages.broken.len();
        line
    })
}

pub(super) fn report(book: &Book, samples: &Samples, size: Option<(u64, u64)>) -> Report {
    let elapsed = book.elapsed();
    book.write(|pages| {
        let mut text = String::new();
        let mut actions = 0;
        // Writing into a string cannot fail.
        let _ = writeln!(text, "What people did (answered, not answered):");
        for (what, ends) in &pages.actions {
            actions += ends.answered + ends.unanswered;
            let _ = writeln!(text, "  {what:<28}{:>7}{:>6}", ends.answered, ends.unanswered);
        }
        for (title, counts) in [("By hand:", &pages.by_hand), ("Trouble:", &pages.faults)] {
            if !counts.is_empty() {
                let _ = writeln!(text, "{title}");
            }
            for (what, count) in counts {
                let _ = writeln!(text, "  {what:<28}{count:>7}");
            }
        }
        let _ = writeln!(text, "Kills and starts:             {:>7}", pages.kills);
        let _ = writeln!(text, "People cut off by a kill:     {:>7}", pages.cut_off);
        let _ = writeln!(text, "Times everything was checked: {:>7}", pages.checks);
        let _ = writeln!(text, "Most refused requests in ten minutes: {}", samples.worst);
        pages.calm.sort_unstable();
        let at = |share: usize| {
            let index = (pages.calm.len() * share / 100).min(pages.calm.len().saturating_sub(1));
            pages.calm.get(index).copied().unwrap_or_default().as_millis()
        };
        let _ = writeln!(
            text,
            "First answer without trouble: median {} ms, 99 of 100 within {} ms ({} of them); the \
             longest of all {} ms",
            at(50),
            at(99),
            pages.calm.len(),
            pages.longest.as_millis()
        );
        let _ = writeln!(text, "Memory (bot and local Discord together): {}", samples.memory());
        if let Some((before, after)) = size {
            let _ = writeln!(
                text,
                "Database: {} KiB at the start, {} KiB at the end (audit and journal are kept)",
                before / 1024,
                after / 1024
            );
        }
        let _ = writeln!(
            text,
            "{} violations in {:.1} min",
            pages.broken.len(),
            elapsed.as_secs_f64() / 60.0
        );
        for (at, what) in &pages.broken {
            let _ = writeln!(text, "  after {:.1} s: {what}", at.as_secs_f64());
        }
        Report {
            text,
            broken: pages.broken.clone(),
            actions,
            checks: pages.checks,
            troubles: pages.faults.values().sum::<u64>() + pages.kills,
        }
    })
}
