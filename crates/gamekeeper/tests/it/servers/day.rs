//! Hours of many servers in half a minute: what is shown is what is so.

use std::time::Duration;

use gamekeeper::{
    soak::day::{self, DayPlan},
    stage::{Setup, verbs::Told},
};

use crate::scene::setup;

/// Six hours of 50 servers at 720 times the speed. `bench servers-day` plays the whole day.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_shown_of_many_servers_is_what_is_so() -> Told<()> {
    let plan = DayPlan {
        tied: 1,
        length: Duration::from_hours(6),
        speed: 720,
        checks: 6,
        ..DayPlan::WHOLE
    };
    let setup = Setup {
        bot: |bot| {
            bot.inbound = bot::InboundLimits::NONE;
            bot.servers = true;
        },
        ..setup()
    };
    let day = day::play(&plan, setup).await?;
    assert!(day.broken.is_empty(), "{:#?}\n{day}", day.broken);
    let compared: usize = day.compared.values().sum();
    assert!(day.happened > 20 && compared >= 2 * plan.servers, "too little happened: {day}");
    assert!(day.compared.len() >= 3, "{:?}", day.compared);
    // Tasks come and go with connections, of which there may be two for each server on a slow
    // machine. One left behind by each look would be thousands.
    let (first, last) = (day.tasks.first().ok_or("none")?, day.tasks.last().ok_or("none")?);
    assert!(*last < first + 6 * plan.servers, "tasks are left behind: {:?}", day.tasks);
    Ok(())
}
