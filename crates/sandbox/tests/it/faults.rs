//! REST faults over real sockets: what the client sees, and whether the work was done.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use sandbox::actor::GuildHandle;
use sandbox::error::ApiError;
use sandbox::faults::{Fault, FaultKind, Mix, Upset};
use sandbox::limits::Scope;
use sandbox::world::{Intents, Permissions};
use sandbox::{Config, Sandbox};

use crate::http::{Answer, call, get, send};
use crate::raw_shard::{Frame, RawShard};

async fn club() -> (Sandbox, GuildHandle) {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    (sandbox, guild)
}

async fn make_role(sandbox: &Sandbox, guild: &GuildHandle, name: &str) -> std::io::Result<Answer> {
    let body = format!(r#"{{"name": "{name}"}}"#);
    call(sandbox, "POST", &format!("/guilds/{}/roles", guild.id()), &body).await
}

fn order(sandbox: &Sandbox, kind: FaultKind) {
    sandbox.faults().add(Fault::on("create_guild_role", kind));
}

#[tokio::test]
async fn a_dropped_request_is_reset_and_never_happens() {
    let (sandbox, guild) = club().await;
    order(&sandbox, FaultKind::DropRequest);
    let broken = make_role(&sandbox, &guild, "lost").await.unwrap_err();
    assert_eq!(broken.kind(), ErrorKind::ConnectionReset);
    assert!(guild.role("lost").is_none());
    assert_eq!(sandbox.requests().of("create_guild_role")[0].status, 0);
    assert_eq!(make_role(&sandbox, &guild, "kept").await.unwrap().status, 200);
}

#[tokio::test]
async fn a_dropped_answer_is_reset_but_the_work_is_done() {
    let (sandbox, guild) = club().await;
    order(&sandbox, FaultKind::DropAnswer);
    let broken = make_role(&sandbox, &guild, "ghost").await.unwrap_err();
    assert_eq!(broken.kind(), ErrorKind::ConnectionReset);
    assert!(guild.role("ghost").is_some());
}

#[tokio::test]
async fn faults_keep_to_their_route_their_guild_and_their_count() {
    let (sandbox, guild) = club().await;
    let other = sandbox.new_guild("Other").bot(Permissions::ADMINISTRATOR).build();
    let fault = Fault::on("create_guild_role", FaultKind::Status(503));
    sandbox.faults().add(fault.within(guild.id().0).after(1).times(2));
    assert_eq!(get(&sandbox, "/users/@me").await.status, 200);
    assert_eq!(make_role(&sandbox, &other, "x").await.unwrap().status, 200);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(make_role(&sandbox, &guild, "x").await.unwrap().status);
    }
    assert_eq!(statuses, [200, 503, 503, 200]);
    assert_eq!((sandbox.faults().waiting(), sandbox.faults().struck()), (0, 2));
}

#[tokio::test]
async fn error_answers_come_in_every_shape() {
    let (sandbox, guild) = club().await;
    order(&sandbox, FaultKind::Error(ApiError::missing_access()));
    assert_eq!(make_role(&sandbox, &guild, "x").await.unwrap().json()["code"], 50_001);
    order(&sandbox, FaultKind::Status(500));
    let broken = make_role(&sandbox, &guild, "x").await.unwrap();
    assert_eq!((broken.status, broken.json()["code"].as_u64()), (500, Some(0)));
    for (kind, status) in [
        (FaultKind::Status(502), 502),
        (FaultKind::Cloudflare(403), 403),
        (FaultKind::Cloudflare(429), 429),
    ] {
        order(&sandbox, kind);
        let page = make_role(&sandbox, &guild, "x").await.unwrap();
        assert_eq!(page.status, status);
        assert!(page.header("content-type").unwrap().starts_with("text/html"));
        assert_eq!(page.header("x-ratelimit-limit"), None);
    }
    let bucket = make_role(&sandbox, &guild, "before").await.unwrap();
    let bucket = bucket.header("x-ratelimit-bucket");
    for (scope, name, remaining) in [
        (Scope::User, "user", Some("0")),
        (Scope::Shared, "shared", Some("4")),
        (Scope::Global, "global", None),
    ] {
        let retry_after = Duration::from_millis(1_500);
        order(&sandbox, FaultKind::RateLimited { scope, retry_after });
        let refused = make_role(&sandbox, &guild, "x").await.unwrap();
        assert_eq!((refused.status, refused.header("retry-after")), (429, Some("2")));
        assert_eq!(refused.header("x-ratelimit-scope"), Some(name));
        assert_eq!(refused.header("x-ratelimit-remaining"), remaining);
        assert_eq!(refused.header("x-ratelimit-bucket"), remaining.and(bucket), "the route's own");
        assert_eq!(refused.json()["retry_after"], 1.5);
    }
    let (content_type, body) = (String::from("text/plain"), String::from("teapot"));
    let headers = vec![("x-kind", String::from("short"))];
    order(&sandbox, FaultKind::Raw { status: 418, content_type, body, headers });
    let raw = make_role(&sandbox, &guild, "x").await.unwrap();
    assert_eq!(
        (raw.status, raw.header("x-kind"), raw.body.as_str()),
        (418, Some("short"), "teapot")
    );
    order(&sandbox, FaultKind::Pretend(204));
    assert_eq!(make_role(&sandbox, &guild, "x").await.unwrap().status, 204);
    assert!(guild.role("x").is_none(), "none of them did the work");
}

#[tokio::test]
async fn delays_hold_back_the_work_or_the_answer() {
    let (sandbox, guild) = club().await;
    let pause = Duration::from_millis(80);
    for (kind, done_meanwhile) in
        [(FaultKind::DelayBefore(pause), false), (FaultKind::DelayAfter(pause), true)]
    {
        let name = format!("late {done_meanwhile}");
        order(&sandbox, kind);
        let start = Instant::now();
        let call = make_role(&sandbox, &guild, &name);
        let look = async {
            tokio::time::sleep(pause / 2).await;
            guild.role(&name).is_some()
        };
        let (answer, seen) = tokio::join!(call, look);
        assert_eq!((answer.unwrap().status, seen), (200, done_meanwhile));
        assert!(start.elapsed() >= pause);
    }
}

#[tokio::test]
async fn a_client_that_gives_up_does_not_take_its_request_back() {
    let (sandbox, guild) = club().await;
    order(&sandbox, FaultKind::DelayBefore(Duration::from_millis(50)));
    let path = format!("/guilds/{}/roles", guild.id());
    drop(send(&sandbox, "POST", &path, r#"{"name": "orphan"}"#).await);
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        if guild.role("orphan").is_some() {
            return;
        }
    }
    panic!("the role was never made");
}

#[tokio::test]
async fn a_call_can_take_the_gateway_down_with_it() {
    let (sandbox, guild) = club().await;
    let (mut shard, _) = RawShard::ready(&sandbox, Intents::GUILDS).await;
    order(&sandbox, FaultKind::Gateway(Upset::Reconnect));
    assert_eq!(make_role(&sandbox, &guild, "x").await.unwrap().status, 200);
    let Frame::Json(message) = shard.control().await else { panic!("closed") };
    assert_eq!(message["op"], 7);
    order(&sandbox, FaultKind::Gateway(Upset::Drop));
    make_role(&sandbox, &guild, "y").await.unwrap();
    assert_eq!(shard.control().await, Frame::Broken);
}

#[tokio::test]
async fn a_mix_from_a_seed_is_the_same_twice_and_ends_by_itself() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let (sandbox, _) = club().await;
        sandbox.clock().freeze();
        let mix = Mix::rest(42).probability(0.5).lasting(Duration::from_mins(1));
        sandbox.faults().start_mix(mix.except("get_my_application"));
        let mut statuses = Vec::new();
        for _ in 0..30 {
            assert_eq!(get(&sandbox, "/applications/@me").await.status, 200);
            let answer = call(&sandbox, "GET", "/users/@me", "").await;
            statuses.push(answer.map_or(0, |answer| answer.status));
        }
        assert!(statuses.contains(&200) && statuses.iter().any(|status| *status != 200));
        sandbox.clock().advance(Duration::from_mins(1));
        for _ in 0..20 {
            assert_eq!(get(&sandbox, "/users/@me").await.status, 200);
        }
        runs.push(statuses);
    }
    assert_eq!(runs[0], runs[1]);
}

#[tokio::test]
async fn a_mix_can_be_switched_off_and_faults_read_from_json() {
    let (sandbox, _) = club().await;
    let json = r#"{"probability": 1.0, "kinds": [{"status": 500}, "drop_answer"], "seed": 1, "only": ["get_my_user"]}"#;
    sandbox.faults().start_mix(serde_json::from_str(json).unwrap());
    sandbox.faults().stop_mix();
    assert_eq!(get(&sandbox, "/users/@me").await.status, 200);
    let json = r#"{"place": "get_my_application", "kind": {"rate_limited": {"scope": "user", "retry_after": 700}}}"#;
    sandbox.faults().add(serde_json::from_str(json).unwrap());
    assert_eq!(get(&sandbox, "/applications/@me").await.json()["retry_after"], 0.7);
}

#[tokio::test]
async fn latency_is_there_for_every_call() {
    let (sandbox, _) = club().await;
    sandbox.latency().set_rest(Duration::from_millis(100));
    let start = Instant::now();
    let calls = (0..5).map(|_| get(&sandbox, "/users/@me"));
    for answer in futures_util::future::join_all(calls).await {
        assert_eq!(answer.status, 200);
    }
    let took = start.elapsed();
    assert!(took >= Duration::from_millis(100), "{took:?}");
    assert!(took < Duration::from_millis(450), "calls wait side by side: {took:?}");
    sandbox.latency().set_rest(Duration::ZERO);
    sandbox.latency().set_callbacks(Duration::from_millis(60));
    let start = Instant::now();
    let callback = call(&sandbox, "POST", "/interactions/1/t/callback", r#"{"type":1}"#).await;
    assert_eq!(callback.unwrap().status, 404);
    assert!(start.elapsed() >= Duration::from_millis(60));
}
