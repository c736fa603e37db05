//! `gamekeeper bench`: the figures we promise, measured on this machine. Prints, asserts nothing
//! about time.

mod callbacks;
mod child;
mod create;
mod joins;
mod memory;
mod spread;

use crate::{
    cli::BenchArgs,
    exit::Stop,
    logging::{self, LogLevel},
};

/// The benches by name.
const NAMES: [&str; 4] = ["create", "callbacks", "memory", "joins"];

/// Runs the benches whose name contains what was asked for.
#[expect(clippy::print_stdout, reason = "the figures are what was asked for")]
pub async fn run(args: &BenchArgs) -> Result<(), Stop> {
    logging::start(LogLevel::Error);
    if cfg!(debug_assertions) {
        println!("This is a debug build; figures mean little. Use: cargo run --release -- bench");
    }
    let wanted = |name: &str| args.only.as_deref().is_none_or(|only| name.contains(only));
    for name in NAMES.into_iter().filter(|name| wanted(name)) {
        println!("\n{name}");
        let told = match name {
            "create" => create::run().await,
            "callbacks" => callbacks::run().await,
            "memory" => memory::run().await,
            _ => joins::run().await,
        };
        for line in told.map_err(Stop::Failed)? {
            println!("  {line}");
        }
    }
    Ok(())
}
