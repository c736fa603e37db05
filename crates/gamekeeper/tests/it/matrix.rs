//! A part of the kill matrix with every run of the tests: each flow, on both databases, killed at
//! its first, a middle and its last call. `gamekeeper kills` plays all of it.

use futures_util::{StreamExt, stream};
use gamekeeper::{
    child::Program,
    kills::{Cell, FLOWS, Ground, Verdict, cells},
    stage::verbs::Told,
};

use crate::scene::{SERVER, skip};

/// Cells played at the same time: they wait more than they work.
const AT_ONCE: usize = 6;

/// Three cells of all: the first call, one in the middle, and the last, each with another fate.
fn part_of(all: &[Cell]) -> Vec<Cell> {
    let (first, middle, last) = (0, all.len() / 6 * 3 + 1, all.len().saturating_sub(1));
    [first, middle, last].into_iter().filter_map(|at| all.get(at).copied()).collect()
}

async fn play(postgres: Option<String>) -> Told<()> {
    let program = Program::at(env!("CARGO_BIN_EXE_gamekeeper"));
    let ground = &Ground { program, postgres, audit_log: true };
    let parts = stream::iter(&FLOWS).map(|flow| async move {
        let all = cells(flow, ground).await.map_err(|why| format!("{flow:?}, unharmed: {why}"))?;
        Ok(part_of(&all))
    });
    let parts: Vec<Told<Vec<Cell>>> = parts.buffered(AT_ONCE).collect().await;
    let cells: Vec<Cell> = parts.into_iter().collect::<Told<Vec<_>>>()?.concat();
    assert_eq!(cells.len(), 3 * FLOWS.len());
    let played = stream::iter(cells).map(|cell| async move { (cell, cell.play(ground).await) });
    let played: Vec<(Cell, Verdict)> = played.buffer_unordered(AT_ONCE).collect().await;
    let failed: Vec<String> = played
        .iter()
        .filter_map(|(cell, verdict)| match verdict {
            Verdict::Failed(why) => Some(format!("{cell}: {why}")),
            Verdict::Passed | Verdict::Missed => None,
        })
        .collect();
    let missed = played.iter().filter(|(_, verdict)| *verdict == Verdict::Missed).count();
    if failed.is_empty() && missed <= 3 {
        return Ok(());
    }
    Err(format!("{missed} calls did not come; {}", failed.join("\n")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_flow_survives_sigkill_on_sqlite() -> Told<()> {
    play(None).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_flow_survives_sigkill_on_postgres() -> Told<()> {
    match std::env::var(SERVER) {
        Ok(server) => play(Some(server)).await,
        Err(_) => skip(),
    }
}
