//! Loops that say that they still go round.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use parking_lot::Mutex;
use web::{Report, State};

/// Between two beats of the clock.
const CLOCK: Duration = Duration::from_secs(1);
/// It has stopped when it has been silent for so long.
const CLOCK_STOPPED: Duration = Duration::from_secs(30);

/// A loop's own end of it.
#[derive(Clone, Debug)]
pub struct Beat(Arc<One>);

#[derive(Debug)]
struct One {
    name: &'static str,
    within: Duration,
    began: Instant,
    last_ms: AtomicU64,
}

type Asked = Box<dyn Fn() -> Duration + Send + Sync>;

/// All of them.
#[derive(Clone, Default)]
pub struct Beats(Arc<Mutex<Vec<Source>>>);

enum Source {
    Own(Beat),
    Asked { name: &'static str, within: Duration, since: Asked },
}

impl Beat {
    /// It goes round.
    pub fn beat(&self) {
        let now = u64::try_from(self.0.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.0.last_ms.store(now, Ordering::Relaxed);
    }

    fn since(&self) -> Duration {
        let last = Duration::from_millis(self.0.last_ms.load(Ordering::Relaxed));
        self.0.began.elapsed().saturating_sub(last)
    }
}

impl Beats {
    /// A loop that will say so itself, at least this often.
    pub fn expect(&self, name: &'static str, within: Duration) -> Beat {
        let last_ms = AtomicU64::new(0);
        let beat = Beat(Arc::new(One { name, within, began: Instant::now(), last_ms }));
        self.0.lock().push(Source::Own(beat.clone()));
        beat
    }

    /// A loop that is asked how long ago it went round.
    pub fn ask(
        &self,
        name: &'static str,
        within: Duration,
        since: impl Fn() -> Duration + Send + Sync + 'static,
    ) {
        self.0.lock().push(Source::Asked { name, within, since: Box::new(since) });
    }

    /// The simplest loop there is: it goes round as long as the program does anything at all.
    pub async fn tick(&self) {
        let beat = self.expect("clock", CLOCK_STOPPED);
        loop {
            beat.beat();
            tokio::time::sleep(CLOCK).await;
        }
    }

    /// Whether all of them go round, whatever Discord and the database do.
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        for source in self.0.lock().iter() {
            let (name, within, since) = match source {
                Source::Own(beat) => (beat.0.name, beat.0.within, beat.since()),
                Source::Asked { name, within, since } => (*name, *within, since()),
            };
            let state = if since <= within { State::Good } else { State::Failed };
            report.add(name, state, format!("went round {} s ago", since.as_secs()));
        }
        report
    }

    /// The same in a word.
    pub fn is_alive(&self) -> bool {
        self.report().is_good()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Beats;

    #[test]
    fn one_that_stops_is_enough() {
        let beats = Beats::default();
        let quick = beats.expect("quick", Duration::from_millis(1));
        beats.expect("slow", Duration::from_hours(1)).beat();
        quick.beat();
        std::thread::sleep(Duration::from_millis(5));
        assert!(!beats.is_alive());
        let text = beats.report().text();
        assert!(text.contains("[-] quick") && text.contains("[+] slow"), "{text}");
        beats.ask("stopped", Duration::from_secs(1), || Duration::from_secs(2));
        assert!(beats.report().text().contains("[-] stopped: went round 2 s ago"));
    }
}
