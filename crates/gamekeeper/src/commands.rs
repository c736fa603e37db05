//! `gamekeeper commands`: what Discord knows of our commands, put right by hand.

use clap::Subcommand;
use discord::Call;
use twilight_model::application::command::Command;

use crate::{
    config::{AmpConfig, DiscordConfig, Flags},
    exit::Stop,
    wire,
};

/// What to do with them.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Deed {
    /// Tell Discord all commands anew. People may have to restart Discord to see them.
    Register,
}

/// Does it.
#[expect(clippy::print_stdout, reason = "it is what was asked for")]
pub async fn run(deed: Deed, flags: &Flags) -> Result<(), Stop> {
    let Deed::Register = deed;
    let settings = settings::Settings::load(flags)?;
    let config = DiscordConfig::read(&settings)?;
    let amp = AmpConfig::read(&settings)?.is_some();
    let rest = wire::door(&config.token, config.origin.clone(), |_| {})?;
    wire::introduce(&rest, config.application).await?;
    let wanted = bot::commands::registered(amp);
    let interactions = rest.factory().interaction(config.application);
    let known = rest
        .send::<Vec<Command>>(interactions.set_global_commands(&wanted), Call::background())
        .await
        .map_err(|error| {
            Stop::Unavailable(format!("Discord did not take the commands: {error}"))
        })?;
    for command in known {
        println!("/{}", command.name);
    }
    Ok(())
}
