//! `gamekeeper checklist`: the deployment checklist with the state of this installation, and the
//! record that somebody signs.

mod facts;

use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use checklist::{
    Finding, Format, Memory, Record, Refused, Results, Severity, remember, render, sign_off,
};
use clap::{Args, ValueEnum};
use ops::Skips;

use crate::{
    config::{DatabaseConfig, Flags},
    doctor::{self, Look},
    exit::Stop,
    logging,
};

/// Where records are kept, in the data directory.
const RECORDS: &str = "sign-offs";

/// How it is shown, and who signs.
#[derive(Args, Clone, Debug)]
pub struct ChecklistArgs {
    /// For people, for a ticket, or for machines.
    #[arg(long, value_enum, default_value = "text")]
    format: Shown,
    /// Write a dated record under your name into the data directory.
    #[arg(long, value_name = "NAME")]
    sign_off: Option<String>,
    /// Boxes that you have done, by their ids, separated by commas. They go into the record, and the
    /// next list remembers them.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    done: Vec<String>,
    /// Boxes of an earlier record that do not hold any more.
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    undone: Vec<String>,
    /// Leave a check out, and say why; the record has it.
    #[arg(long, value_name = "NAME=REASON")]
    skip: Vec<String>,
    /// Send a test message to everybody who is told when something is wrong.
    #[arg(long)]
    send_test: bool,
    /// Sign in spite of errors; the record names them.
    #[arg(long, requires = "sign_off")]
    force: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shown {
    Text,
    Markdown,
    Json,
}

impl From<Shown> for Format {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Text => Self::Text,
            Shown::Markdown => Self::Markdown,
            Shown::Json => Self::Json,
        }
    }
}

/// Shows it, or signs.
#[expect(clippy::print_stdout, reason = "the list is what was asked for")]
pub async fn run(args: &ChecklistArgs, flags: &Flags) -> Result<(), Stop> {
    let skips = Skips::parse(args.skip.iter().map(String::as_str))
        .map_err(|problem| Stop::Usage(problem.to_string()))?;
    for id in args.done.iter().chain(&args.undone) {
        if checklist::item(id).is_none() {
            return Err(Stop::Usage(Refused::NoSuchBox(id.clone()).to_string()));
        }
    }
    // What goes wrong is a finding, not a line of the log.
    logging::quiet();
    let look = Look { send_test: args.send_test, ..Look::default() };
    let mut results = checked(flags, look, &skips).await;
    results.done = args.done.iter().cloned().collect();
    // Where that is set wrongly, a check says so.
    if let Ok(database) = DatabaseConfig::load(flags) {
        results.remembered = remembered(&database.data_dir.join(RECORDS));
    }
    results.remembered.retain(|id, _| !args.done.contains(id) && !args.undone.contains(id));
    let Some(name) = &args.sign_off else {
        print!("{}", ended(render(args.format.into(), &results)));
        return Ok(());
    };
    let database = DatabaseConfig::load(flags)?;
    let facts = facts::gather(name, &database).await;
    let record = sign_off(&facts, &results, args.force).map_err(|refused| match refused {
        Refused::Errors(_) | Refused::NothingChecked => Stop::Failed(refused.to_string()),
        _ => Stop::Usage(refused.to_string()),
    })?;
    let stem = facts.date.replace(':', "-");
    let written = write(&database.data_dir.join(RECORDS), &stem, &record)?;
    println!("Signed by {}: {written}", facts.name.trim());
    tell_open(&record);
    Ok(())
}

/// What the doctor says now: of each check the worst finding.
async fn checked(flags: &Flags, look: Look, skips: &Skips) -> Results {
    let report = doctor::examine(flags, look, skips).await;
    let skips = skips.iter().map(|(name, why)| (name.to_owned(), why.to_owned())).collect();
    let mut results = Results { skips, ..Results::default() };
    for found in ops::CATALOGUE.iter().filter_map(|check| report.worst_of(check.name)) {
        let severity = match found.severity {
            ops::Severity::Ok => Severity::Ok,
            ops::Severity::Skipped => Severity::Skipped,
            ops::Severity::Warning => Severity::Warn,
            ops::Severity::Error => Severity::Error,
        };
        let finding =
            Finding { severity, finding: found.finding.clone(), cure: found.cure.clone() };
        results.checks.insert(found.check.to_owned(), finding);
    }
    results
}

/// What the last record has of what people confirmed.
#[expect(clippy::print_stderr, reason = "it is a complaint of a command's")]
fn remembered(directory: &Path) -> Memory {
    let records = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let records = records.map(|entry| entry.path());
    // Their names are their dates.
    let last = records.filter(|path| path.extension().is_some_and(|end| end == "json")).max();
    let Some(last) = last else { return Memory::new() };
    let told = std::fs::read_to_string(&last)
        .and_then(|text| Ok(remember(&text, env!("CARGO_PKG_VERSION"))?));
    told.unwrap_or_else(|problem| {
        eprintln!("nothing is remembered of {}: {problem}", last.display());
        Memory::new()
    })
}

#[expect(clippy::print_stdout, reason = "what is open is part of the answer")]
fn tell_open(record: &Record) {
    if !record.forced_over.is_empty() {
        println!("Signed in spite of errors: {}.", record.forced_over.join(", "));
    }
    if record.not_confirmed.is_empty() {
        return;
    }
    println!("Not confirmed, and written down as that (confirm with --done ID,ID…):");
    for item in record.not_confirmed.iter().filter_map(|id| checklist::item(id)) {
        println!("  {:<36} {}", item.id, item.by.name());
    }
}

/// Both files of a record. What is there already is somebody's signature, and stays.
fn write(directory: &Path, stem: &str, record: &Record) -> Result<String, Stop> {
    let failed = |path: &Path, problem: std::io::Error| {
        let path = path.display();
        Stop::Unavailable(format!("the record cannot be written to {path}: {problem}"))
    };
    std::fs::create_dir_all(directory).map_err(|problem| failed(directory, problem))?;
    let paths = ["json", "md"].map(|end| directory.join(format!("{stem}.{end}")));
    for (path, text) in paths.iter().zip([&record.json, &record.markdown]) {
        let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o640).open(path);
        file.and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        })
        .map_err(|problem| failed(path, problem))?;
    }
    let [_, readable] = paths;
    Ok(readable.display().to_string())
}

fn ended(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}
