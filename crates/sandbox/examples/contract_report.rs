//! What the contract check saw in a test run: `contract_report DIRECTORY` adds up what each test process wrote there.
//! Fails when something was wrong, or when nothing at all was checked.

#![allow(clippy::print_stdout, reason = "it is a command")]

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use contract::Tally;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let directory = std::env::args().nth(1).ok_or("usage: contract_report DIRECTORY")?;
    let all = read(Path::new(&directory))?;
    let declared: BTreeSet<&str> =
        sandbox::parity::operations().into_iter().map(|operation| operation.id).collect();
    let seen = |name: &&str| all.answers.contains_key(*name);
    let (requests, answers, frames) = all.totals();
    println!("Held to Discord's API description:");
    println!(
        "  operations  {} of {} seen",
        declared.iter().filter(|name| seen(name)).count(),
        declared.len()
    );
    println!("  requests    {requests}");
    println!("  answers     {answers}");
    println!("  gateway     {frames} frames, {} kinds", all.frames.len());
    println!("  violations  {}", all.violations);
    let unseen: Vec<_> = declared.iter().filter(|name| !seen(name)).copied().collect();
    if !unseen.is_empty() {
        println!("never seen: {}", unseen.join(", "));
    }
    for lapse in &all.lapses {
        println!("\n{}\n  {}: {}", lapse.test, lapse.place, lapse.detail);
    }
    let nothing = requests == 0 || answers == 0 || frames == 0;
    if nothing {
        println!("nothing was checked: the tests did not run with the check on");
    }
    Ok(if nothing || all.violations > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn read(directory: &Path) -> Result<Tally, Box<dyn Error>> {
    let mut all = Tally::default();
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            all.add(serde_json::from_slice(&std::fs::read(&path)?)?);
        }
    }
    Ok(all)
}
