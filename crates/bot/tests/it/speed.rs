//! Figures, printed; only absurd ones fail. Run in release for numbers that mean something:
//! `cargo test --release -p bot --test it speed -- --nocapture --ignored`.

use std::time::{Duration, Instant};

use crate::house::House;

/// 64 clicks at once with 50 ms for each callback: none waits for another.
#[tokio::test(flavor = "multi_thread")]
async fn callbacks_never_queue() {
    let house = House::new().await;
    house.make_game("Chess").await;
    house.sandbox.latency().set_callbacks(Duration::from_millis(50));
    let people: Vec<_> = (0..64).map(|n| house.guild.actor(&format!("p{n}"))).collect();
    let began = Instant::now();
    let replies: Vec<_> =
        people.iter().map(|person| person.slash("joingame", [("game", "Chess")])).collect();
    for reply in &replies {
        let text = crate::house::shown(reply).await.text();
        assert!(text.contains("You are in"), "{text}");
    }
    let took = began.elapsed();
    println!("64 joins with 50 ms for each callback: all acknowledged in {took:?}");
    assert!(took < Duration::from_secs(2), "{took:?}");
    house.sandbox.latency().set_callbacks(Duration::ZERO);
    house.close().await;
}

/// Joins and leaves of many people, answered and written.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn joins_per_second() {
    let house = House::new().await;
    house.make_game("Chess").await;
    let people: Vec<_> = (0..64).map(|n| house.guild.actor(&format!("p{n}"))).collect();
    for round in 0..4 {
        let began = Instant::now();
        let mut done = 0_u32;
        let tasks: Vec<_> = people
            .iter()
            .cloned()
            .map(|person| {
                tokio::spawn(async move {
                    for _ in 0..10 {
                        for command in ["joingame", "leavegame"] {
                            person.slash(command, [("game", "#1")]).first().await;
                        }
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
            done += 20;
        }
        let rate = f64::from(done) / began.elapsed().as_secs_f64();
        println!("round {round}: {rate:.0} joins and leaves a second");
    }
}
