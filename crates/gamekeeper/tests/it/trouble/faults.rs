//! Calls that fail, get lost or are held back.

use std::time::Duration;

use bot::ids::field;
use domain::{Phase, Slot};
use futures_util::future::try_join_all;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, shown, until},
};
use sandbox::{
    faults::{Fault, FaultKind},
    limits::{HiddenLimit, Limit, Scope},
};

use crate::scene::{
    channel_of, crash, ends_with, game, problems, reword, set, setup, stage, tally,
};

/// A game is made although the `nth` call of an operation meets this.
async fn made_despite(fault: Fault<FaultKind>) -> Told<Stage> {
    let what = format!("{fault:?}");
    let story = async {
        let stage = stage().await?;
        stage.discord.faults().add(fault);
        let reply = stage.guild.owner().slash("game create", [("name", "Chess")]);
        shown(&reply).await?;
        ends_with(&reply, "is ready").await?;
        stage.rest().await?;
        let chess = stage.id("Chess").await?;
        stage.settled_in(chess, Phase::Active).await?;
        assert_eq!(stage.discord.faults().waiting(), 0, "the fault never struck: {what}");
        stage.truth().await?;
        Ok(stage)
    };
    story.await.map_err(|why: String| format!("{what}: {why}"))
}

/// What a game takes when all is well, call by call.
async fn calls_of_a_create() -> Told<Vec<(&'static str, u32)>> {
    let stage = stage().await?;
    stage.discord.requests().clear();
    game(&stage, "Chess").await?;
    let tally = tally(&stage);
    Ok(tally.into_iter().flat_map(|(call, n)| (0..n).map(move |at| (call, at))).collect())
}

#[tokio::test]
async fn an_answer_lost_after_any_call_is_found_again() -> Told<()> {
    let calls = calls_of_a_create().await?;
    assert!(calls.contains(&("create_guild_role", 1)), "{calls:?}");
    assert!(calls.contains(&("create_guild_channel", 2)), "{calls:?}");
    try_join_all(calls.into_iter().map(|(call, at)| async move {
        let stage = made_despite(Fault::on(call, FaultKind::DropAnswer).after(at)).await?;
        // Found, not made again.
        let made = tally(&stage);
        let (roles, channels) = (made["create_guild_role"], made["create_guild_channel"]);
        assert_eq!((roles, channels), (2, 3), "lost: {call} {at}");
        Told::Ok(())
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn a_call_that_never_arrives_is_made_again() -> Told<()> {
    let calls = calls_of_a_create().await?;
    try_join_all(
        calls
            .into_iter()
            .map(|(call, at)| made_despite(Fault::on(call, FaultKind::DropRequest).after(at))),
    )
    .await
    .map(drop)
}

#[tokio::test]
async fn errors_of_the_server_are_waited_out() -> Told<()> {
    let statuses = [500, 502, 503, 504];
    let calls = ["create_guild_role", "create_guild_channel", "add_guild_member_role"];
    let all = statuses.into_iter().flat_map(|status| calls.map(|call| (status, call)));
    try_join_all(
        all.map(|(status, call)| made_despite(Fault::on(call, FaultKind::Status(status)).times(2))),
    )
    .await
    .map(drop)
}

#[tokio::test]
async fn every_shape_of_too_many_requests_is_obeyed() -> Told<()> {
    let wait = Duration::from_millis(700);
    let shapes = [Scope::User, Scope::Shared, Scope::Global]
        .map(|scope| FaultKind::RateLimited { scope, retry_after: wait });
    try_join_all(shapes.map(|kind| async move {
        let what = format!("{kind:?}");
        let stage = made_despite(Fault::on("create_guild_channel", kind)).await?;
        let calls = stage.discord.requests().of("create_guild_channel");
        let refused = calls.iter().find(|call| call.status == 429).ok_or("no 429 was seen")?;
        // Same bucket, and everything else when the limit was global: silence until then.
        let early = calls.iter().find(|call| {
            let since = call.at - refused.at;
            // What was under way together with the refused call does not count.
            call.status != 429 && (50..650).contains(&since)
        });
        assert!(early.is_none(), "{what}: called again too early: {early:?} after {refused:?}");
        Told::Ok(())
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn the_proxy_in_front_of_discord_refuses_for_a_while() -> Told<()> {
    made_despite(Fault::on("create_guild_role", FaultKind::Cloudflare(502)).times(2)).await?;
    let limit = FaultKind::Raw {
        status: 429,
        content_type: "text/html".to_owned(),
        body: "<html>error 1015</html>".to_owned(),
        headers: vec![("retry-after", "1".to_owned()), ("via", "1.1 google".to_owned())],
    };
    made_despite(Fault::on("create_guild_channel", limit)).await.map(drop)
}

#[tokio::test]
async fn the_hidden_limit_of_renames_is_waited_for() -> Told<()> {
    let mut setup = setup();
    let ten_minutes = Limit::new(2, 600_000);
    let hidden = HiddenLimit::on("update_channel", ten_minutes).with_field("name");
    setup.discord.limits.hidden = vec![hidden];
    let mut stage = set(setup).await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let category = channel_of(&stage, chess, Slot::Category).await?;
    let shown = |stage: &Stage| {
        let all = stage.guild.channels().into_iter();
        all.filter(|channel| channel.id == category).map(|channel| channel.name).collect::<String>()
    };
    for (from, to) in [("Chess", "Chess 2"), ("Chess 2", "Chess 3")] {
        ends_with(&reword(&stage, &olga, from, [(field::NAME, to)]).await?, "is changed").await?;
    }
    // The third is one too many. The person is told that it waits, and that nobody need act.
    let reply = reword(&stage, &olga, "Chess 3", [(field::NAME, "Chess 4")]).await?;
    ends_with(&reply, "I try again by myself").await?;
    assert_eq!(shown(&stage), "Chess 3");
    assert_eq!(problems(&stage, chess).await?, []);
    let refused =
        stage.discord.requests().all().into_iter().filter(|call| call.status == 429).count();
    assert!(refused <= 1, "the limit was run into {refused} times");
    stage.advance(Duration::from_secs(605));
    crash(&mut stage).await?;
    ends_with(&reply, "is changed").await?;
    assert_eq!(shown(&stage), "Chess 4");
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test]
async fn five_calls_in_a_hundred_fail_and_ten_games_are_made() -> Told<()> {
    let stage = stage().await?;
    stage.discord.faults().start_mix(sandbox::faults::Mix::rest(7));
    let olga = stage.guild.owner();
    let names: Vec<String> = (0..10).map(|n| format!("Game {n}")).collect();
    let replies: Vec<_> =
        names.iter().map(|name| olga.slash("game create", [("name", name)])).collect();
    for reply in &replies {
        // The answer itself may be what fails; the work goes on all the same.
        let _ = reply.first().await;
    }
    until("all games to be whole", || async {
        stage.rest().await.ok()?;
        (crate::scene::names(&stage).await.ok()?.len() == names.len()).then_some(())
    })
    .await?;
    assert!(stage.discord.faults().struck() > 0, "nothing failed");
    stage.discord.faults().clear();
    for name in &names {
        let id = stage.id(name).await?;
        stage.settled_in(id, Phase::Active).await?;
    }
    stage.truth().await
}
