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
    /// What tells it from another process that has got its number; none in a file of an older
    /// version.
    #[serde(default)]
    pub birth: Option<Birth>,
}

/// Numbers of processes come again: in each container, and after each start of the machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Birth {
    /// The machine's life: another one after each start.
    pub boot: String,
    /// The namespace that its number is of; each container has its own.
    pub namespace: String,
    /// Ticks of the clock from the machine's start to its own.
    pub ticks: u64,
}

/// What has become of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// That very process still runs.
    Runs,
    /// It ended, in order or not.
    Ended,
    /// It was started in another container, which cannot be looked into from this one.
    OutOfSight,
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
            birth: Birth::of(std::process::id()),
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
    /// What has become of it, as far as the kernel tells whoever asks.
    pub fn life(&self) -> Life {
        if self.stopped.is_some() {
            return Life::Ended;
        }
        let asks = std::process::id();
        if let (Some(its), Some(ours)) = (&self.birth, Birth::of(asks))
            && its.boot == ours.boot
            && its.namespace != ours.namespace
        {
            return Life::OutOfSight;
        }
        let runs = match &self.birth {
            // In a container that was just made, whoever asks has the number of the bot before it.
            _ if self.pid == asks => false,
            Some(its) => boot().as_ref() == Some(&its.boot) && ticks(self.pid) == Some(its.ticks),
            None => {
                let name = std::fs::read_to_string(format!("/proc/{}/comm", self.pid));
                name.is_ok_and(|name| name.trim() == "gamekeeper")
            }
        };
        if runs { Life::Runs } else { Life::Ended }
    }
}

impl Birth {
    /// That of a process of our own user's; none where the kernel does not tell.
    fn of(pid: u32) -> Option<Self> {
        let namespace = std::fs::read_link(format!("/proc/{pid}/ns/pid")).ok()?;
        let namespace = namespace.display().to_string();
        Some(Self { boot: boot()?, namespace, ticks: ticks(pid)? })
    }
}

fn boot() -> Option<String> {
    let id = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned())
}

/// When a process was started, anybody's.
fn ticks(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // proc_pid_stat(5): the name, in brackets, may hold anything. The start is the 22nd field, and
    // the 3rd is the first one behind the name.
    let (_, behind) = stat.rsplit_once(')')?;
    behind.split_whitespace().nth(22 - 3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Birth, LastRun, Life, RunJournal};

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

    #[test]
    fn a_number_alone_is_no_process() {
        let mut other = std::process::Command::new("sleep").arg("600").spawn().expect("a process");
        let pid = other.id();
        let run = |pid, birth| LastRun {
            pid,
            version: "1.0.0".to_owned(),
            started: Timestamp::UNIX_EPOCH,
            stopped: None,
            before_ended: None,
            birth,
        };
        let birth = Birth::of(pid).expect("Linux tells");
        assert_eq!(run(pid, Some(birth.clone())).life(), Life::Runs);
        let ours = std::process::id();
        assert_eq!(run(ours, Birth::of(ours)).life(), Life::Ended, "whoever asks is no bot");
        let later = Birth { ticks: birth.ticks + 1, ..birth.clone() };
        assert_eq!(run(pid, Some(later)).life(), Life::Ended, "another with its number");
        let before = Birth { boot: "another".to_owned(), ..birth.clone() };
        assert_eq!(run(pid, Some(before)).life(), Life::Ended, "the machine was started since");
        let elsewhere = Birth { namespace: "pid:[1]".to_owned(), ..birth.clone() };
        assert_eq!(run(pid, Some(elsewhere)).life(), Life::OutOfSight);
        other.kill().expect("it can be ended");
        other.wait().expect("it ends");
        assert_eq!(run(pid, Some(birth)).life(), Life::Ended);
    }

    #[test]
    fn the_file_of_an_older_version_is_read() {
        let home = tempfile::tempdir().expect("a directory");
        let text = r#"{"pid": 1, "version": "0.9.0", "started": "1970-01-01T00:00:00Z",
                       "stopped": null, "before_ended": true}"#;
        std::fs::write(home.path().join("run-one.json"), text).expect("written");
        let run = RunJournal::of(home.path(), "one").read().expect("a run");
        assert_eq!((run.birth.clone(), run.life()), (None, Life::Ended), "init is no bot");
    }
}
