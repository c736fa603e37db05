//! Answers to interactions never wait for one another.

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
