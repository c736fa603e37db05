//! What this process has judged. A test run has many processes: each writes a file of its own, and
//! `examples/contract_report.rs` adds them up.

use std::path::PathBuf;
use std::sync::LazyLock;

use contract::{Lapse, Tally};
use parking_lot::Mutex;

/// Names the directory of the files; without it nothing is written.
const DIRECTORY: &str = "DISCORD_OPENAPI_TALLY";

static TALLY: LazyLock<Mutex<Tally>> = LazyLock::new(Mutex::default);

pub(super) fn request(operation: &str) {
    *TALLY.lock().requests.entry(operation.to_owned()).or_default() += 1;
}

pub(super) fn answer(operation: &str) {
    *TALLY.lock().answers.entry(operation.to_owned()).or_default() += 1;
}

pub(super) fn frame(name: &str) {
    *TALLY.lock().frames.entry(name.to_owned()).or_default() += 1;
}

/// Counted and written at once: nobody knows how the process will end.
pub(super) fn lapse(lapse: Lapse) {
    TALLY.lock().lapse(Lapse { test: test(), ..lapse });
    save();
}

/// The test runner gives each test a process and tells it which one it is.
fn test() -> String {
    let named = std::env::var("NEXTEST_TEST_NAME").ok();
    let binary = std::env::var("NEXTEST_BINARY_ID").unwrap_or_default();
    named.map_or_else(
        || std::env::args().next().unwrap_or_default(),
        |name| format!("{binary} {name}"),
    )
}

/// Writes the counts so far; a file is replaced as a whole, never half written.
pub(super) fn save() {
    let Some(directory) = std::env::var_os(DIRECTORY).map(PathBuf::from) else { return };
    let tally = TALLY.lock();
    let Ok(text) = serde_json::to_string(&*tally) else { return };
    let name = std::process::id();
    let (fresh, file) =
        (directory.join(format!("{name}.new")), directory.join(format!("{name}.json")));
    let written = std::fs::create_dir_all(&directory)
        .and_then(|()| std::fs::write(&fresh, text))
        .and_then(|()| std::fs::rename(&fresh, &file));
    if let Err(error) = written {
        tracing::warn!(%error, "the contract tally cannot be written");
    }
}
