//! Panics as lines of the log, so that whoever reads the log, or is told by it, hears of them.

use std::panic::{self, PanicHookInfo};

/// From now on, panics are logged.
pub(super) fn log() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("unnamed");
        tracing::error!(
            panic.place = place,
            panic.thread = thread,
            "the program met what must not be: {}",
            words(panic)
        );
    }));
}

/// What it said, on one line.
fn words(panic: &PanicHookInfo<'_>) -> String {
    let said = panic.payload_as_str().unwrap_or("it did not say what");
    said.replace(['\n', '\r'], " ")
}
