//! The `gamekeeper` program: reads what it is asked, and leaves with an exit code that tells a
//! supervisor what to do next.

use std::{
    panic,
    process::{self, ExitCode},
};

use clap::Parser;
use gamekeeper::cli::Cli;
use tikv_jemallocator::Jemalloc;

#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

/// What a shell says of a program that nobody listened to any more (SIGPIPE).
const NOBODY_LISTENS: i32 = 141;

fn main() -> ExitCode {
    quiet_where_nobody_listens();
    let cli = Cli::parse();
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            stop.explain();
            stop.code()
        }
    }
}

/// `gamekeeper doctor | head` closes the pipe before all is said. That is no fault, and no reason for
/// a message about one.
fn quiet_where_nobody_listens() {
    let otherwise = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let said = panic.payload_as_str().unwrap_or_default();
        if said.starts_with("failed printing to stdout") && said.contains("Broken pipe") {
            process::exit(NOBODY_LISTENS);
        }
        otherwise(panic);
    }));
}
