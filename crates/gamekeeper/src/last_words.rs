//! What a process said before it ended by itself, kept for the next one: a supervisor may start it
//! again every few seconds, and nobody wants to hear the same each time; and once one is up again,
//! whoever was told hears that too.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use alerts::{Alert, Severity};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long the same words are not said again.
const SAID_FOR: SignedDuration = SignedDuration::from_hours(6);
/// How long a bot that does not come up is tried again before somebody is told: a database that is
/// started together with it may take a while.
const STARTING_FOR: SignedDuration = SignedDuration::from_mins(5);
/// The key of the alert.
const KEY: &str = "process.ended";

/// The file with them: one for each process's name.
#[derive(Clone, Debug)]
pub struct LastWords(PathBuf);

#[derive(Debug, Serialize, Deserialize)]
struct Said {
    sentence: String,
    /// When it first ended so.
    since: Timestamp,
    /// When somebody was told last.
    told: Option<Timestamp>,
}

impl LastWords {
    /// Those of the process with this name.
    pub fn of(data_dir: &Path, instance: &str) -> Self {
        Self(data_dir.join(format!("ended-{instance}.json")))
    }

    /// What to tell, if this is news; remembered as told. `starting` is whether it never came up, for
    /// a reason that may pass.
    pub fn news(&self, why: &str, starting: bool, now: Timestamp) -> Option<Alert> {
        let alert = alert(why);
        let said = self.read().filter(|said| said.sentence == alert.sentence);
        let since = said.as_ref().map_or(now, |said| said.since);
        let before = said.and_then(|said| said.told);
        let known = before.is_some_and(|at| now.duration_since(at).abs() < SAID_FOR);
        let early = starting && now.duration_since(since).abs() < STARTING_FOR;
        let is_news = !known && !early;
        let told = if is_news { Some(now) } else { before };
        let said = Said { sentence: alert.sentence.clone(), since, told };
        if let Err(error) = self.write(&said) {
            tracing::info!(%error, "that this was told could not be noted; it may be told again");
        }
        is_news.then_some(alert)
    }

    /// What was told of an earlier process, and since when it was so.
    pub fn told(&self) -> Option<(Alert, Timestamp)> {
        let Said { sentence, since, told: Some(_) } = self.read()? else { return None };
        Some((Alert { sentence, ..alert("") }, since))
    }

    /// It is over.
    pub fn forget(&self) {
        // Left there, it is told once more that it is over.
        let _ = fs::remove_file(&self.0);
    }

    fn read(&self) -> Option<Said> {
        serde_json::from_slice(&fs::read(&self.0).ok()?).ok()
    }

    fn write(&self, said: &Said) -> io::Result<()> {
        // Never half a file.
        let new = self.0.with_extension("new");
        fs::write(&new, serde_json::to_vec(said).map_err(io::Error::other)?)?;
        fs::rename(new, &self.0)
    }
}

fn alert(why: &str) -> Alert {
    Alert {
        key: KEY.to_owned(),
        severity: Severity::Critical,
        sentence: format!("The bot has ended by itself. {}.", why.trim_end_matches('.')),
        cure: "Run `gamekeeper doctor`.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, ToSpan as _};

    use super::LastWords;

    #[test]
    fn the_same_words_are_said_once_in_six_hours_and_others_at_once() {
        let home = tempfile::tempdir().unwrap();
        let words = LastWords::of(home.path(), "main");
        let began = Timestamp::now();
        assert!(words.told().is_none());
        let told: Vec<i64> = (0..20 * 60)
            .filter(|minute| words.news("No token", false, began + minute.minutes()).is_some())
            .collect();
        assert_eq!(told, [0, 360, 720, 1080]);
        let (alert, since) = words.told().unwrap();
        assert_eq!(alert.sentence, "The bot has ended by itself. No token.");
        assert_eq!(since, began, "it is one trouble");
        let later = began + 20.hours();
        assert!(words.news("Another bot", false, later).is_some(), "this is news");
        words.forget();
        assert!(words.told().is_none());
        assert!(
            words.news("Another bot", false, later + 1.minute()).is_some(),
            "it was over between"
        );
    }

    #[test]
    fn one_that_does_not_come_up_is_given_a_few_minutes() {
        let home = tempfile::tempdir().unwrap();
        let words = LastWords::of(home.path(), "main");
        let began = Timestamp::now();
        let news = |minute: i64| words.news("No database", true, began + minute.minutes());
        assert!(news(0).is_none() && news(4).is_none());
        assert!(words.told().is_none(), "nobody needs to hear that it is over");
        assert!(news(5).is_some() && news(6).is_none());
        assert_eq!(words.told().unwrap().1, began);
    }
}
