//! `gamekeeper watch`: looks at the running bot for a day and reports, at hours 1, 4, 8, 12, 24 and
//! at the end. The bot may be away or start anew meanwhile; that is part of the report.

mod asking;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use clap::Args;
use jiff::Timestamp;
use settings::Settings;
use tokio::signal::unix::{SignalKind, signal};
use watch::{Log, Report, Severity, due, report};

pub(crate) use asking::Asking;

use crate::{
    config::{DatabaseConfig, Flags},
    exit::Stop,
    run::no_signals,
};

/// Where reports are kept, in the data directory.
const REPORTS: &str = "watches";
const AN_HOUR: f64 = 3_600.0;
/// A watch is not shorter, in hours.
const SHORTEST: f64 = 0.01;
/// A month.
const LONGEST: f64 = 31.0 * 24.0;

/// How long, and whom.
#[derive(Args, Clone, Debug)]
pub struct WatchArgs {
    /// How long to watch.
    #[arg(long, value_name = "HOURS", default_value_t = 24.0)]
    hours: f64,
    /// Where the bot answers, such as `http://127.0.0.1:7610`; by GAMEKEEPER_HTTP when left out.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Seconds between two looks.
    #[arg(long, value_name = "SECONDS", default_value_t = 15.0)]
    every: f64,
    /// Makes time pass so much faster, for tests.
    #[arg(long, hide = true, default_value_t = 1.0)]
    speed: f64,
}

/// Watches, and reports.
pub async fn run(args: &WatchArgs, flags: &Flags) -> Result<(), Stop> {
    let sane =
        |value: f64, least: f64, most: f64| value.is_finite() && (least..=most).contains(&value);
    if !sane(args.hours, SHORTEST, LONGEST)
        || !sane(args.every, 0.1, 600.0)
        || !sane(args.speed, 1.0, 1e6)
    {
        return Err(Stop::Usage(format!(
            "--hours is from {SHORTEST} to {LONGEST}, and --every from 0.1 to 600 seconds"
        )));
    }
    let asking = Asking::new(args.url.as_deref(), &Settings::load(flags)?)?;
    let book = Book::open(&DatabaseConfig::load(flags)?.data_dir)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(no_signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(no_signals)?;
    let began = Instant::now();
    let hours = || began.elapsed().as_secs_f64() * args.speed / AN_HOUR;
    let mut ticks = tokio::time::interval(Duration::from_secs_f64(args.every / args.speed));
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut at = due(args.hours).peekable();
    let mut log = Log::default();
    say(&format!("Watching {} for {} hours; reports go to {book}.", asking.base(), args.hours));
    loop {
        tokio::select! {
            _ = ticks.tick() => log.add(asking.look(hours()).await),
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
        }
        let now = hours();
        if now >= args.hours {
            break;
        }
        let mut reached = false;
        while at.next_if(|due| *due <= now).is_some() {
            reached = true;
        }
        if reached {
            book.show(&report(&log))?;
        }
    }
    if hours() >= args.hours {
        // The end is as much of the day as the beginning.
        log.add(asking.look(hours()).await);
    }
    let last = report(&log);
    book.show(&last)?;
    if last.hours < args.hours * 0.99 {
        say(&format!("Watched for {:.1} of {} hours only.", last.hours, args.hours));
    }
    match last.worst() {
        Severity::Bad => {
            Err(Stop::Failed("the watch ended with something that must not stay so".to_owned()))
        }
        Severity::Good | Severity::Warning => Ok(()),
    }
}

#[expect(clippy::print_stdout, reason = "the reports are what was asked for")]
fn say(text: &str) {
    println!("{text}");
}

/// The reports of one watch, one after the other in a file for people, the last one for machines.
struct Book {
    text: PathBuf,
    json: PathBuf,
}

impl std::fmt::Display for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.text.display().fmt(f)
    }
}

fn unwritable(path: &Path, problem: &std::io::Error) -> Stop {
    Stop::Unavailable(format!("the report cannot be written to {}: {problem}", path.display()))
}

impl Book {
    fn open(data: &Path) -> Result<Self, Stop> {
        let directory = data.join(REPORTS);
        std::fs::create_dir_all(&directory).map_err(|problem| unwritable(&directory, &problem))?;
        let stem = format!("{:.0}", Timestamp::now()).replace(':', "-");
        let text = directory.join(format!("{stem}.txt"));
        Ok(Self { json: text.with_extension("json"), text })
    }

    /// A full disk does not end a watch: what is shown is shown, and the next report tries again.
    fn show(&self, report: &Report) -> Result<(), Stop> {
        say(&format!("\n{}  {report}", Timestamp::now().strftime("%F %H:%M UTC")));
        let json = serde_json::to_string_pretty(report)
            .map_err(|problem| Stop::Failed(problem.to_string()))?;
        let kept = append(&self.text, &format!("{report}\n"))
            .map_err(|problem| unwritable(&self.text, &problem))
            .and_then(|()| {
                std::fs::write(&self.json, json).map_err(|problem| unwritable(&self.json, &problem))
            });
        if let Err(stop) = kept {
            say(&format!("  {stop}"));
        }
        Ok(())
    }
}

fn append(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    std::fs::OpenOptions::new().create(true).append(true).open(path)?.write_all(text.as_bytes())
}
