//! 64 clicks at once with 50 ms on every answer to an interaction: none may queue behind another.

use std::time::{Duration, Instant};

use engine::PanelKind;

use super::spread::Spread;
use crate::stage::{Setup, Stage, verbs::Told};

/// Clicks at once.
const CLICKS: usize = 64;
/// Injected into every answer to an interaction.
const LATENCY: Duration = Duration::from_millis(50);

pub(super) async fn run() -> Told<Vec<String>> {
    let setup = Setup { bot: |bot| bot.inbound = bot::InboundLimits::NONE, ..Setup::default() };
    let stage = Stage::set(setup).await.map_err(|stop| stop.to_string())?;
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Player, "games").await?;
    let people: Vec<_> = (0..CLICKS).map(|n| stage.person(&format!("Guest {n}"))).collect();
    let panel = stage.panel(&olga, PanelKind::Player).await?;
    let button = bot::ids::CustomId::MyGames(0).to_string();
    stage.discord.latency().set_callbacks(LATENCY);
    let mut clicks = tokio::task::JoinSet::new();
    for person in people {
        let (panel, button) = (panel.clone(), button.clone());
        clicks.spawn(async move {
            let start = Instant::now();
            let first = person.click(&panel, &button).first().await;
            (start.elapsed(), first)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = clicks.join_next().await {
        let (time, first) = done.map_err(|error| error.to_string())?;
        if let sandbox::actor::First::Failed(why) = first {
            return Err(why);
        }
        times.push(time);
    }
    stage.close().await;
    Ok(vec![format!(
        "{CLICKS} clicks at once, {} ms an answer: {}",
        LATENCY.as_millis(),
        Spread::of(times)
    )])
}
