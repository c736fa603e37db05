//! The operator is told, over a real webhook, when Discord or the database goes away, and when it is
//! back.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use alerts::{Alerts, Manner, Route, Trust};
use axum::{Router, body::Bytes, extract::State, routing::any};
use gamekeeper::{
    alarms::{self, Limits},
    config::{AlertsConfig, HttpConfig},
    last_words::LastWords,
    logging,
    lookout::{Lookout, LookoutConfig},
    stage::{
        Setup,
        outage::Line,
        verbs::{Told, until},
    },
    vitals::{self, Beats, Vitals, Watched},
    wire::{Parts, Running},
};
use jiff::Timestamp;
use sandbox::{
    Sandbox,
    actor::NO_OPTIONS,
    faults::{Fault, FaultKind},
};
use secrecy::SecretString;
use serde_json::Value;
use store::{Store, StoreConfig};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use twilight_model::id::Id;

use super::{free_port, program};
use crate::{
    program::gamekeeper,
    scene::{set, setup},
};

type Heard = Arc<Mutex<Vec<Value>>>;

/// Somebody who wants to know, and where.
pub(super) async fn somebody() -> Told<(String, Heard)> {
    async fn hear(State(heard): State<Heard>, body: Bytes) {
        let said = serde_json::from_slice(&body).unwrap_or(Value::Null);
        heard.lock().expect("nobody panics here").push(said);
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(|e| e.to_string())?;
    let url = format!("http://{}/in", listener.local_addr().map_err(|e| e.to_string())?);
    let heard = Heard::default();
    let app = Router::new().fallback(any(hear)).with_state(Arc::clone(&heard));
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok((url, heard))
}

/// Waits until this was heard.
async fn hears(heard: &Heard, kind: &str, key: &str) -> Told<Value> {
    until(&format!("to hear that {key} is {kind}"), || async {
        let all = heard.lock().expect("nobody panics here");
        all.iter().find(|said| said["kind"] == kind && said["key"] == key).cloned()
    })
    .await
}

/// Everything that takes minutes takes a moment.
fn at_once() -> Limits {
    let soon = Duration::from_millis(500);
    Limits { database_away: soon, gateway_down: soon, ..Limits::default() }
}

fn manner() -> Manner {
    Manner { settled_after: Duration::ZERO, ..Manner::of("bot-1") }
}

fn route(url: &str) -> Told<Route> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url = SecretString::from(url.to_owned());
    Route::webhook(&url, None, &Trust::default()).map_err(|e| e.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_loses_discord_says_so_and_that_it_is_back() -> Told<()> {
    let (url, heard) = somebody().await?;
    let discord = Sandbox::start(sandbox::Config::default()).await.map_err(|e| e.to_string())?;
    discord.new_guild("Club").build();
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    // A process before this one was ended by Discord, and somebody was told.
    let told = LastWords::of(home.path(), "bot-1").news("Bad token", false, Timestamp::now());
    assert!(told.is_some());
    let config = LookoutConfig {
        http: HttpConfig { address: None, token: None },
        alerts: AlertsConfig { routes: vec![route(&url)?], ..AlertsConfig::default() },
        limits: at_once(),
        data: home.path().to_owned(),
        backups: ::backup::Settings::new(home.path()),
        manner: manner(),
        log: logging::Metrics::default(),
    };
    let lookout = Lookout::begin(config).await.map_err(|e| e.to_string())?;
    // Not even started is not connected, too.
    hears(&heard, "raised", "gateway.down").await?;
    let file = StoreConfig::sqlite_file(&home.path().join("gamekeeper.db"));
    let parts = Parts {
        token: SecretString::from(discord.token().to_owned()),
        application: Id::new(discord.application_id().0),
        discord: discord.origin().parse().map_err(|_| "an origin")?,
        store: Store::open(&file).await.map_err(|e| e.to_string())?,
        bot: |_| {},
        rest: |_| {},
        reconcile: engine::reconcile::ReconcileConfig::default(),
        membership: engine::Membership::default(),
        clock: engine::Clock::default(),
    };
    let running = Running::start(parts).await.map_err(|_| "the bot does not start")?;
    lookout.follow(&running);
    hears(&heard, "resolved", "gateway.down").await?;
    let said = hears(&heard, "resolved", "process.ended").await?;
    assert!(said["sentence"].as_str().is_some_and(|said| said.contains("Bad token")), "{said}");
    heard.lock().expect("nobody panics here").clear();
    discord.gateway().refuse_connections(true);
    discord.drop_gateway();
    let said = hears(&heard, "raised", "gateway.down").await?;
    assert_eq!(
        (said["severity"].as_str(), said["process"].as_str()),
        (Some("critical"), Some("bot-1"))
    );
    let standing = lookout.alerts().standing();
    assert!(standing.iter().any(|alert| alert.key == "gateway.down"), "{standing:?}");
    discord.gateway().refuse_connections(false);
    hears(&heard, "resolved", "gateway.down").await?;
    // The operator takes the route away while it runs.
    lookout.tell(AlertsConfig::default());
    assert!(lookout.alerts().routes().is_empty());
    running.stop().await;
    lookout.end();
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_told_of() -> Told<()> {
    let (url, heard) = somebody().await?;
    let stage = set(Setup { outages: true, ..setup() }).await?;
    let (seen, beats, stop) =
        (watch::Sender::new(Vitals::default()), Beats::default(), CancellationToken::new());
    let up =
        bot::Status { shards: 1, divided: true, ready: 1, without_members: false, commands: true };
    let (_up, status) = watch::channel(up);
    let (data, backups) = (std::env::temp_dir(), ::backup::Settings::new("none"));
    let watched = Watched { engine: stage.engine().clone(), status, data, backups };
    vitals::begin(watched, &seen, &beats, &stop);
    let alerts = Alerts::new(manner(), Arc::new(|| 0));
    alerts.set_routes(vec![route(&url)?]);
    tokio::spawn(alarms::watch(alerts.clone(), seen.subscribe(), at_once(), stop.clone()));
    let looks = seen.subscribe();
    until("the database to have answered", || async {
        looks.borrow().reconciling.is_some().then_some(())
    })
    .await?;
    assert!(looks.borrow().database_away.is_none(), "{:?}", looks.borrow());
    stage.database(Line::Refused).await?;
    hears(&heard, "raised", "database.away").await?;
    assert!(!looks.borrow().report().is_good());
    // Its own loops go round all the same: nobody is to restart it.
    assert!(beats.is_alive(), "{}", beats.report().text());
    stage.database(Line::Through).await?;
    hears(&heard, "resolved", "database.away").await?;
    stop.cancel();
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_whose_calls_are_refused_by_the_network_says_so_at_once() -> Told<()> {
    let (url, heard) = somebody().await?;
    let program = program(free_port()?).set("GAMEKEEPER_ALERT_WEBHOOK", url);
    let stage = set(Setup { program: Some(program), ..setup() }).await?;
    let fault = Fault::on("create_interaction_response", FaultKind::Cloudflare(403)).times(1);
    stage.discord.faults().add(fault);
    let mia = stage.person("Mia");
    mia.slash("help", NO_OPTIONS).first().await;
    let said = hears(&heard, "raised", "discord.paused").await?;
    assert_eq!(said["severity"], "critical");
    let cure = said["cure"].as_str().unwrap_or_default();
    assert!(cure.contains("`gamekeeper doctor`"), "{said}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_started_again_and_again_tells_once_why_it_ends() -> Told<()> {
    let (url, heard) = somebody().await?;
    let discord = Sandbox::start(sandbox::Config::default()).await.map_err(|e| e.to_string())?;
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let client = discord.application_id().to_string();
    let settings = [
        ("DISCORD_TOKEN", "a-token-that-discord-does-not-know"),
        ("DISCORD_CLIENT_ID", client.as_str()),
        ("DISCORD_API_URL", &discord.origin()),
        ("GAMEKEEPER_ALERT_WEBHOOK", &url),
    ];
    for _ in 0..3 {
        let run = gamekeeper(home.path(), &settings).arg("run").output();
        assert_eq!(run.map_err(|e| e.to_string())?.status.code(), Some(77));
    }
    let ended = |said: &&serde_json::Value| said["key"] == "process.ended";
    let heard = heard.lock().expect("nobody panics here").clone();
    assert_eq!(heard.iter().filter(ended).count(), 1, "{heard:?}");
    Ok(())
}
