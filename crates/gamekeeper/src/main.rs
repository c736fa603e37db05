//! The `gamekeeper` program: reads what it is asked, and leaves with an exit code that tells a
//! supervisor what to do next.

use std::process::ExitCode;

use clap::Parser;
use gamekeeper::cli::Cli;
use tikv_jemallocator::Jemalloc;

#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            stop.explain();
            stop.code()
        }
    }
}
