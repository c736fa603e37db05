//! `gamekeeper bench`: the figures we promise, measured on this machine. Prints, asserts nothing
//! about time.

mod box_guilds;
mod box_interactions;
mod callbacks;
mod create;
mod joins;
mod memory;
mod plain;
mod servers;
mod spread;

use crate::{
    cli::BenchArgs,
    exit::Stop,
    logging::{self, LogLevel},
};

/// The benches by name.
const NAMES: [&str; 9] = [
    "create",
    "callbacks",
    "memory",
    "joins",
    "servers-trouble",
    "servers-load",
    "servers-day",
    "box-interactions",
    "box-guilds",
];

/// Runs the benches whose name contains what was asked for.
#[expect(clippy::print_stdout, reason = "the figures are what was asked for")]
pub async fn run(args: &BenchArgs) -> Result<(), Stop> {
    logging::start(LogLevel::Error);
    if cfg!(debug_assertions) {
        println!("This is a debug build; figures mean little. Use: cargo run --release -- bench");
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("{cores} cores, {}", std::env::consts::ARCH);
    let wanted = |name: &str| args.only.as_deref().is_none_or(|only| name.contains(only));
    for name in NAMES.into_iter().filter(|name| wanted(name)) {
        println!("\n{name}");
        let told = match name {
            "create" => create::run().await,
            "callbacks" => callbacks::run().await,
            "memory" => memory::run().await,
            "joins" => joins::run().await,
            "servers-trouble" => servers::trouble::run().await,
            "servers-load" => servers::load::run().await,
            "servers-day" => servers::day::run().await,
            "box-interactions" => box_interactions::run().await,
            _ => box_guilds::run().await,
        };
        for line in told.map_err(Stop::Failed)? {
            println!("  {line}");
        }
    }
    Ok(())
}
