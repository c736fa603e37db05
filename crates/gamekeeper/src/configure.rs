//! `gamekeeper config`: the settings on paper.

use clap::{Args, Subcommand};
use serde_json::json;
use settings::{Settings, render};

use crate::{
    config::{Config, Flags},
    exit::Stop,
};

/// What to tell about the settings.
#[derive(Clone, Debug, Subcommand)]
pub enum Ask {
    /// Print a commented `.env` to fill in.
    Template(TemplateArgs),
    /// Print what holds now and where it comes from; secrets are masked.
    Show(ShowArgs),
    /// Say everything that is wrong or unknown; ends with 78 if the bot would not start.
    Check,
}

/// In which form.
#[derive(Args, Clone, Debug)]
pub struct TemplateArgs {
    /// As a TOML file.
    #[arg(long, conflicts_with = "markdown")]
    toml: bool,
    /// As a page of documentation.
    #[arg(long)]
    markdown: bool,
}

/// In which form.
#[derive(Args, Clone, Debug)]
pub struct ShowArgs {
    /// For machines.
    #[arg(long)]
    json: bool,
}

/// Tells it.
#[expect(clippy::print_stdout, reason = "it is what was asked for")]
pub fn run(ask: &Ask, flags: &Flags) -> Result<(), Stop> {
    let text = match ask {
        Ask::Template(TemplateArgs { toml: true, .. }) => render::toml(),
        Ask::Template(TemplateArgs { markdown: true, .. }) => render::markdown(),
        Ask::Template(_) => render::dotenv(),
        Ask::Show(ShowArgs { json: false }) => render::show(&Settings::load(flags)?),
        Ask::Show(ShowArgs { json: true }) => as_json(&Settings::load(flags)?),
        Ask::Check => return check(&Settings::load(flags)?),
    };
    print!("{text}");
    Ok(())
}

fn as_json(settings: &Settings) -> String {
    let rows = render::effective(settings).into_iter().map(|row| {
        json!({ "name": row.name, "value": row.value, "origin": row.origin, "masked": row.masked })
    });
    format!("{:#}\n", rows.collect::<serde_json::Value>())
}

#[expect(clippy::print_stdout, reason = "it is what was asked for")]
fn check(settings: &Settings) -> Result<(), Stop> {
    for stranger in settings.unknown() {
        println!("{stranger}");
    }
    let mut problems = Config::problems(settings);
    // The last is the reason for the exit code.
    let Some(last) = problems.pop() else {
        println!("The settings are complete.");
        return Ok(());
    };
    for problem in problems {
        println!("{problem}");
    }
    Err(last.into())
}
