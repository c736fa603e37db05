//! A soak in short: everybody at once, with every kind of trouble.

use std::time::Duration;

use gamekeeper::{
    soak::{self, Plan, Trouble},
    stage::verbs::Told,
};

use crate::scene::setup;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_seconds_of_everything() -> Told<()> {
    let plan = Plan {
        length: Duration::from_secs(20),
        trouble: Trouble::EACH.to_vec(),
        postgres: setup().postgres,
        seed: 20,
    };
    let report = soak::play(&plan, &|_| {}).await.map_err(|stop| stop.to_string())?;
    assert!(report.broken.is_empty(), "{}", report.text);
    let soak::Report { actions, checks, troubles, .. } = report;
    assert!(actions > 50 && checks == 1 && troubles > 3, "too little happened: {}", report.text);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_trouble_everybody_is_answered() -> Told<()> {
    let length = Duration::from_secs(5);
    let plan = Plan { length, trouble: Vec::new(), postgres: setup().postgres, seed: 5 };
    let report = soak::play(&plan, &|_| {}).await.map_err(|stop| stop.to_string())?;
    assert!(report.broken.is_empty(), "{}", report.text);
    assert_eq!(report.troubles, 0);
    Ok(())
}
