//! Discord itself has trouble: people are told honestly, and the address is never at risk.

use std::time::Duration;

use domain::{Locale, Phase, SeatState, Slot};
use futures_util::future::try_join_all;
use gamekeeper::stage::{
    Setup, Stage,
    verbs::{Told, shown, until},
};
use sandbox::faults::{EventFault, Fault, FaultKind, Mix};

use crate::{
    log::Lines,
    scene::{ends_with, game, on, role_of, seat, set, setup, stage, wears},
};

/// Discord blocks an address at 10,000 in ten minutes.
const MOST_INVALID: u64 = 100;

/// The long waits after an answer that names no time are shortened, and nothing else.
async fn impatient() -> Told<Stage> {
    let rest = |rest: &mut ::discord::RestConfig| {
        rest.limits.unstated_retry_after = Duration::from_secs(1);
        rest.breaker.open_for = Duration::from_secs(2);
    };
    set(Setup { rest, ..setup() }).await
}

fn raw(status: u16, body: &str, headers: &[(&'static str, &str)]) -> FaultKind {
    let content_type = if body.starts_with('{') { "application/json" } else { "text/html" };
    FaultKind::Raw {
        status,
        content_type: content_type.to_owned(),
        body: body.to_owned(),
        headers: headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
    }
}

/// A game is made although each kind of call meets this first.
async fn made_despite(kind: FaultKind) -> Told<()> {
    let what = format!("{kind:?}");
    let story = async {
        let stage = impatient().await?;
        for call in ["create_guild_role", "create_guild_channel", "add_guild_member_role"] {
            stage.discord.faults().add(Fault::on(call, kind.clone()));
        }
        let reply = stage.guild.owner().slash("game create", [("name", "Chess")]);
        shown(&reply).await?;
        ends_with(&reply, "is ready").await?;
        stage.rest().await?;
        assert_eq!(stage.discord.faults().waiting(), 0, "it never struck: {what}");
        let invalid = stage.discord.limits().invalid_answers();
        assert!(invalid < MOST_INVALID, "{what}: {invalid} requests were held against us");
        stage.truth().await
    };
    story.await.map_err(|why: String| format!("{what}: {why}"))
}

#[tokio::test]
async fn pages_of_the_proxy_are_waited_out() -> Told<()> {
    let bans = [(403, "error 1020"), (429, "error 1015")];
    let bans = bans.map(|(status, why)| raw(status, &format!("<html>{why}</html>"), &[]));
    let down = [502, 503, 520, 522].map(FaultKind::Cloudflare);
    try_join_all(bans.into_iter().chain(down).map(made_despite)).await.map(drop)
}

#[tokio::test]
async fn limits_in_unusual_shapes_are_obeyed() -> Told<()> {
    let said = r#"{"message":"slow down","retry_after":0.35,"global":false}"#;
    let shapes = [
        // The time stands in the body only, with fractions.
        raw(429, said, &[]),
        // In a header only.
        raw(429, "{}", &[("retry-after", "1")]),
        // Nowhere.
        raw(429, "{}", &[]),
        // A limit that the headers do not tell of: the bucket still has room.
        raw(
            429,
            said,
            &[
                ("x-ratelimit-limit", "5"),
                ("x-ratelimit-remaining", "4"),
                ("x-ratelimit-reset-after", "1.000"),
                ("x-ratelimit-bucket", "abcd"),
                ("x-ratelimit-scope", "user"),
            ],
        ),
        raw(429, said, &[("x-ratelimit-global", "true"), ("x-ratelimit-scope", "global")]),
        raw(429, said, &[("retry-after", "soon")]),
    ];
    try_join_all(shapes.map(made_despite)).await.map(drop)
}

#[tokio::test]
async fn who_is_refused_too_often_stops_asking_for_a_while_and_says_so() -> Told<()> {
    const MOST: u32 = 6;
    // Far fewer than in earnest, so that they come soon.
    let rest = |rest: &mut ::discord::RestConfig| {
        rest.breaker.threshold = MOST;
        rest.breaker.open_for = Duration::from_secs(2);
    };
    let lines = Lines::listen();
    let stage = set(Setup { rest, ..setup() }).await?;
    let refused = raw(429, r#"{"message":"slow down","retry_after":0.05,"global":false}"#, &[]);
    stage.discord.faults().add(Fault::on("create_guild_role", refused).always());
    let reply = stage.guild.owner().slash("game create", [("name", "Chess")]);
    shown(&reply).await?;
    let words = "too many requests refused by Discord: calls are paused";
    until("the pause", || async { (!lines.with(words).is_empty()).then_some(()) }).await?;
    // Both roles are asked for side by side.
    let invalid = stage.discord.limits().invalid_answers();
    assert!(invalid <= u64::from(MOST) + 1, "{invalid} requests were held against us");
    assert_eq!(lines.with(words).len(), 1);
    stage.discord.faults().clear();
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn while_discord_is_down_the_request_is_kept_and_people_know() -> Told<()> {
    let (kept, ready) =
        (["What you asked for is kept", "Dein Auftrag ist notiert"], ["is ready", "ist fertig"]);
    for (locale, (kept, ready)) in
        [Locale::En, Locale::De].into_iter().zip(kept.into_iter().zip(ready))
    {
        let stage = stage().await?;
        let olga = stage.guild.owner();
        if locale == Locale::De {
            olga.set_locale("de");
        }
        for call in ["create_guild_role", "create_guild_channel"] {
            stage.discord.faults().add(Fault::on(call, FaultKind::Status(503)).always());
        }
        let reply = olga.slash("game create", [("name", "Chess")]);
        shown(&reply).await?;
        ends_with(&reply, kept).await?;
        stage.discord.faults().clear();
        ends_with(&reply, ready).await?;
        stage.rest().await?;
        let chess = stage.id("Chess").await?;
        stage.settled_in(chess, Phase::Active).await?;
        stage.truth().await?;
    }
    Ok(())
}

#[tokio::test]
async fn events_told_twice_and_out_of_order_change_nothing() -> Told<()> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let mia = stage.person("Mia");
    let odd = Mix::new(11, 0.6, vec![EventFault::Twice, EventFault::Swap]);
    stage.discord.event_faults().start_mix(odd.except("INTERACTION_CREATE"));
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let players = role_of(&stage, chess, Slot::PlayerRole).await?;
    for _ in 0..4 {
        stage.guild.owner().take_role(mia.id(), players).map_err(|e| e.to_string())?;
        let mut nicks = ["Mi", "Mimi"].into_iter().cycle();
        until("the role to be given back", || {
            // What was overtaken comes with the next event.
            let _ = stage.guild.owner().nickname(mia.id(), nicks.next());
            async { wears(&mia, players).then_some(()) }
        })
        .await?;
    }
    stage.discord.event_faults().clear();
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Seated));
    stage.rest().await?;
    stage.truth().await
}
