//! A whole day of 50 game servers in three minutes: whether what is shown is so, and what is kept.

use bot::InboundLimits;

use crate::{
    soak::day::{self, DayPlan},
    stage::{Setup, verbs::Told},
};

pub(in crate::bench) async fn run() -> Told<Vec<String>> {
    let setup = Setup {
        bot: |bot| {
            bot.inbound = InboundLimits::NONE;
            bot.servers = true;
        },
        ..Setup::default()
    };
    let plan = DayPlan::WHOLE;
    let day = day::play(&plan, setup).await?;
    let hours = plan.length.as_secs() / 3_600;
    let mut lines = vec![format!(
        "{} servers, {hours} h at {} times the speed: {day}",
        plan.servers, plan.speed
    )];
    lines.extend(day.broken);
    Ok(lines)
}
