//! The kill matrix: the real binary, killed by SIGKILL at every call that changes something on
//! Discord, in every flow, before and after the call took effect, on both databases. Then it is
//! started again, and in the end everything must be exactly as if nothing had happened.

mod cell;
mod flow;
mod table;
mod wizard;

use std::time::Instant;

use futures_util::{StreamExt, stream};

use self::table::Table;
pub use self::{
    cell::{Cell, Fate, Verdict},
    flow::{FLOWS, Flow},
};
use crate::{
    child::Program,
    cli::KillsArgs,
    exit::Stop,
    logging::{self, LogLevel},
    stage::verbs::Told,
};

/// Where the databases are.
#[derive(Clone, Debug)]
pub struct Ground {
    /// What is killed.
    pub program: Program,
    /// A PostgreSQL server; SQLite without one.
    pub postgres: Option<String>,
    /// Whether the bot may read Discord's audit log, where it finds its own marks.
    pub audit_log: bool,
}

impl Ground {
    /// What the table calls it.
    pub fn name(&self) -> &'static str {
        if self.postgres.is_some() { "PostgreSQL" } else { "SQLite" }
    }
}

/// All cells of a flow: each call it makes when all is well, and each fate of that call. Call 0 is
/// the answer to the person, where that is the first thing that is said.
pub async fn cells(flow: &'static Flow, ground: &Ground) -> Told<Vec<Cell>> {
    let calls = cell::calls_of(flow, ground).await?;
    let first = u32::from(!flow.answers_first);
    let points = (first..=calls).flat_map(|nth| Fate::ALL.map(|fate| Cell { flow, nth, fate }));
    Ok(points.collect())
}

/// Plays the matrix and prints its table.
#[expect(clippy::print_stdout, reason = "the table is what was asked for")]
pub async fn run(args: &KillsArgs) -> Result<(), Stop> {
    logging::start(LogLevel::Error);
    let program = Program::this().map_err(Stop::Unavailable)?;
    let sqlite = Ground { program, postgres: None, audit_log: !args.without_audit_log };
    let mut grounds = vec![sqlite.clone()];
    match &args.postgres {
        Some(server) => grounds.push(Ground { postgres: Some(server.clone()), ..sqlite }),
        None => println!("On SQLite only: --postgres names no server.\n"),
    }
    let wanted = |flow: &&Flow| args.flow.as_deref().is_none_or(|part| flow.name.contains(part));
    let start = Instant::now();
    let mut table = Table::default();
    for ground in &grounds {
        for flow in FLOWS.iter().filter(wanted) {
            let cells = cells(flow, ground).await.map_err(|why| {
                Stop::Failed(format!("{} on {}, killed nowhere: {why}", flow.name, ground.name()))
            })?;
            let played = stream::iter(cells)
                .map(|cell| async move { (cell, cell.play(ground).await) })
                .buffer_unordered(args.jobs.max(1))
                .collect::<Vec<_>>()
                .await;
            println!("{}", table.add(ground.name(), flow.name, played));
        }
    }
    println!("\n{}\n{:.0} s in all", table, start.elapsed().as_secs_f32());
    match table.failed() {
        0 => Ok(()),
        failed => Err(Stop::Failed(format!("{failed} cells failed"))),
    }
}
