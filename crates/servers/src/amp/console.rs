//! What consoles said lately.
//!
//! AMP tells each session only what is new to it, and a new session some of the old again. Whoever
//! opens a console wants to see what was said before, too, so the last lines are kept here.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use parking_lot::Mutex;

use super::{ConsoleLine, InstanceId};

/// Lines kept of one console.
const LINES: usize = 200;
/// Consoles kept. Nobody reads more at once; one that is forgotten begins with AMP's last lines.
const CONSOLES: usize = 50;

/// The last lines of one console. Locked while it is asked for news, so that they stay in order.
type Scroll = Arc<tokio::sync::Mutex<VecDeque<ConsoleLine>>>;

/// The last lines of the consoles that somebody reads.
#[derive(Default)]
pub(super) struct Scrolls {
    kept: Mutex<HashMap<InstanceId, Scroll>>,
}

impl Scrolls {
    pub(super) fn of(&self, instance: &InstanceId) -> Scroll {
        let mut kept = self.kept.lock();
        if kept.len() >= CONSOLES && !kept.contains_key(instance) {
            kept.clear();
        }
        Arc::clone(kept.entry(instance.clone()).or_default())
    }
}

/// Adds what was said, without what a new session was told again.
pub(super) fn add(kept: &mut VecDeque<ConsoleLine>, said: Vec<ConsoleLine>) {
    let most = kept.len().min(said.len());
    let again = (1..=most).rev().find(|n| {
        let before = kept.iter().skip(kept.len() - n);
        before.eq(said.iter().take(*n))
    });
    kept.extend(said.into_iter().skip(again.unwrap_or(0)));
    let over = kept.len().saturating_sub(LINES);
    kept.drain(..over);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<ConsoleLine> {
        let line = |text: &&str| ConsoleLine {
            at: None,
            source: "Server".to_owned(),
            text: (*text).to_owned(),
            kind: "Console".to_owned(),
        };
        texts.iter().map(line).collect()
    }

    fn kept(batches: &[&[&str]]) -> Vec<String> {
        let mut kept = VecDeque::new();
        for batch in batches {
            add(&mut kept, lines(batch));
        }
        kept.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn what_a_new_session_is_told_again_stands_there_once() {
        assert_eq!(kept(&[&["a", "b"], &["c"]]), ["a", "b", "c"]);
        assert_eq!(kept(&[&["a", "b", "c"], &["b", "c", "d"]]), ["a", "b", "c", "d"]);
        assert_eq!(kept(&[&["a", "b", "c"], &["a", "b", "c"]]), ["a", "b", "c"]);
        assert_eq!(kept(&[&["a"], &[]]), ["a"]);
        // So much was said meanwhile that there is a gap.
        assert_eq!(kept(&[&["a"], &["x", "y"]]), ["a", "x", "y"]);
    }

    #[test]
    fn a_console_that_never_stops_is_cut() {
        let many: Vec<String> = (0..500).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let kept = kept(&[&many]);
        assert_eq!((kept.len(), kept.first().map(String::as_str)), (LINES, Some("300")));
    }
}
