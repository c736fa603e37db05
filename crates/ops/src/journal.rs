//! What a process leaves in the data directory about its life, so that the next look knows whether
//! it ended in order.

use std::{
    io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One process's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastRun {
    /// Its number while it runs.
    pub pid: u32,
    /// Its version.
    pub version: String,
    /// When it was started.
    pub started: Timestamp,
    /// When it ended in order; none while it runs, or when it was killed.
    pub stopped: Option<Timestamp>,
    /// Whether the run before this one ended in order; none where there was none.
    pub before_ended: Option<bool>,
}

/// The file with it: one for each process's name.
#[derive(Clone, Debug)]
pub struct RunJournal(PathBuf);

impl RunJournal {
    /// That of the process with this name.
    pub fn of(data_dir: &Path, instance: &str) -> Self {
        Self(data_dir.join(format!("run-{instance}.json")))
    }

    /// What it says; none where there was no run yet, or the file is no such file.
    pub fn read(&self) -> Option<LastRun> {
        serde_json::from_slice(&std::fs::read(&self.0).ok()?).ok()
    }

    /// Notes that this process begins.
    pub fn begin(&self, version: &str, now: Timestamp) -> io::Result<()> {
        let before_ended = self.read().map(|last| last.stopped.is_some());
        self.write(&LastRun {
            pid: std::process::id(),
            version: version.to_owned(),
            started: now,
            stopped: None,
            before_ended,
        })
    }

    /// Notes that it ends in order. One that another process has taken over is left alone.
    pub fn end(&self, now: Timestamp) -> io::Result<()> {
        match self.read() {
            Some(run) if run.pid == std::process::id() => {
                self.write(&LastRun { stopped: Some(now), ..run })
            }
            _ => Ok(()),
        }
    }

    fn write(&self, run: &LastRun) -> io::Result<()> {
        // Never half a file: written beside it, then put in its place.
        let new = self.0.with_extension("new");
        std::fs::write(&new, serde_json::to_vec_pretty(run).map_err(io::Error::other)?)?;
        std::fs::rename(new, &self.0)
    }
}

impl LastRun {
    /// Whether that very process still runs, as far as the kernel tells.
    pub fn is_alive(&self) -> bool {
        let name = std::fs::read_to_string(format!("/proc/{}/comm", self.pid)).unwrap_or_default();
        self.stopped.is_none() && name.trim() == "gamekeeper"
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::RunJournal;

    #[test]
    fn a_life_in_order_and_one_that_was_cut_short() {
        let home = tempfile::tempdir().expect("a directory");
        let journal = RunJournal::of(home.path(), "one");
        assert_eq!(journal.read(), None);
        let lived = |ended: bool| {
            journal.begin("1.0.0", Timestamp::UNIX_EPOCH).expect("written");
            if ended {
                journal.end(Timestamp::UNIX_EPOCH).expect("written");
            }
            journal.read().expect("a run").before_ended
        };
        assert_eq!(lived(true), None);
        assert_eq!(lived(false), Some(true));
        assert_eq!(lived(true), Some(false));
    }
}
