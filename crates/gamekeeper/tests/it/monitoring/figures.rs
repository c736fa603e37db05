//! `/metrics` of the real program: what was done is counted, and nobody can make it grow.

use std::{
    collections::BTreeMap,
    io::Write as _,
    process::{Command, Stdio},
};

use gamekeeper::stage::{
    Setup, Stage,
    verbs::{Told, says, until},
};
use sandbox::actor::NO_OPTIONS;
use serde_json::json;

use super::{free_port, get, program};
use crate::scene::{game, on, set, setup};

/// Every line of the text format: a name, labels, a value.
struct Figures(BTreeMap<String, f64>);

impl Figures {
    /// Reads it as Prometheus does, and strictly.
    fn read(text: &str) -> Told<Self> {
        let mut all = BTreeMap::new();
        let mut typed = std::collections::BTreeSet::new();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# TYPE ") {
                typed.insert(rest.split(' ').next().unwrap_or_default().to_owned());
                continue;
            }
            if line.starts_with("# ") {
                continue;
            }
            let (series, value) = line.rsplit_once(' ').ok_or(format!("no value: {line}"))?;
            let name = series.split('{').next().unwrap_or_default();
            let ends = ["_bucket", "_sum", "_count"];
            let whole = ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
            if !typed.contains(name) && !typed.contains(whole) {
                return Err(format!("without a type: {line}"));
            }
            let value = value.parse().map_err(|_| format!("no number: {line}"))?;
            if all.insert(series.to_owned(), value).is_some() {
                return Err(format!("twice: {line}"));
            }
        }
        Ok(Self(all))
    }

    fn of(&self, series: &str) -> f64 {
        self.0.get(series).copied().unwrap_or_default()
    }

    /// All series of a name together.
    fn sum(&self, start: &str) -> f64 {
        self.0.iter().filter(|(series, _)| series.starts_with(start)).map(|(_, value)| value).sum()
    }
}

async fn figures(address: std::net::SocketAddr) -> Told<Figures> {
    let (status, text) = get(address, "/metrics").await?;
    if status != 200 {
        return Err(format!("{status}: {text}"));
    }
    Figures::read(&text)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_is_counted() -> Told<()> {
    let address = free_port()?;
    let stage = set(Setup { program: Some(program(address)), ..setup() }).await?;
    game(&stage, "Chess").await?;
    let mia = stage.person("Mia");
    says(&on(&mia, "joingame", "Chess").await?, "You are in")?;
    on(&mia, "joingame", "Draughts").await?;
    stage.rest().await?;
    let wanted = [
        r#"gamekeeper_interactions_total{kind="command",command="joingame",outcome="done"}"#,
        r#"gamekeeper_interactions_total{kind="command",command="joingame",outcome="mistake"}"#,
        r#"gamekeeper_reconcile_steps_total{kind="create_role",result="done"}"#,
        r#"gamekeeper_reconcile_steps_total{kind="grant",result="done"}"#,
        r#"gamekeeper_gateway_connections_total{how="new"}"#,
        r#"gamekeeper_gateway_up{shard="0"}"#,
        r#"gamekeeper_discord_calls_total{route="POST guilds/{id}/roles",status="2xx"}"#,
        "gamekeeper_ready",
        "gamekeeper_database_up",
        "process_resident_memory_bytes",
        "process_open_fds",
    ];
    let cpu = "process_cpu_seconds_total";
    let seen = until("the figures", || async {
        let seen = figures(address).await.ok()?;
        let all = wanted.iter().all(|series| seen.of(series) >= 1.0) && seen.of(cpu) > 0.0;
        all.then_some(seen)
    })
    .await;
    let seen = match seen {
        Ok(seen) => seen,
        Err(why) => {
            let seen = figures(address).await?;
            let missing = wanted.iter().filter(|series| seen.of(series) < 1.0).collect::<Vec<_>>();
            return Err(format!("{why}: {missing:#?}"));
        }
    };
    assert!(seen.of(r#"gamekeeper_interaction_answer_seconds_count{kind="command"}"#) >= 3.0);
    assert!(seen.sum("gamekeeper_database_seconds_count") > 10.0);
    assert!(seen.of(r#"gamekeeper_gateway_shards{state="up"}"#) >= 1.0);
    assert!(seen.of(r#"gamekeeper_reconcile_depth{state="due"}"#) < 1.0);
    checked(&get(address, "/metrics").await?.1)
}

/// By Prometheus' own tool, where it is installed; `scripts/test-ops` sees to that.
fn checked(text: &str) -> Told<()> {
    let tool = Command::new("promtool")
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut tool) = tool else { return Ok(()) };
    let mut input = tool.stdin.take().ok_or("promtool takes nothing")?;
    input.write_all(text.as_bytes()).map_err(|e| e.to_string())?;
    drop(input);
    let output = tool.wait_with_output().map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() && said.is_empty() { Ok(()) } else { Err(said.into_owned()) }
}

/// Somebody with the bot's token, such as an older version of it, or a thief.
async fn call(
    stage: &Stage,
    method: reqwest::Method,
    path: &str,
    body: serde_json::Value,
) -> Told<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url = format!("{}/api/v10/{path}", stage.discord.origin());
    let request = reqwest::Client::new()
        .request(method, url)
        .header("authorization", format!("Bot {}", stage.discord.token()))
        .header("content-type", "application/json")
        .body(body.to_string());
    let answer = request.send().await.map_err(|e| e.to_string())?;
    if answer.status().is_success() {
        return Ok(());
    }
    Err(format!("{path}: {} {}", answer.status(), answer.text().await.unwrap_or_default()))
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_people_send_there_are_as_many_series_as_before() -> Told<()> {
    let address = free_port()?;
    let stage = set(Setup { program: Some(program(address)), ..setup() }).await?;
    let mia = stage.person("Mia");
    let channel = stage.channel("general")?;
    let strange = async |round: u32| -> Told<()> {
        // Commands that this version does not know.
        let name = format!("strange-{round}");
        let path = format!(
            "applications/{}/guilds/{}/commands",
            stage.discord.application_id(),
            stage.guild_id()
        );
        let command = json!({ "name": name, "description": "x", "type": 1 });
        call(&stage, reqwest::Method::POST, &path, command).await?;
        mia.slash(&name, NO_OPTIONS).first().await;
        // Buttons that it would never have made.
        let row = json!({ "type": 1, "components": [
            { "type": 2, "style": 2, "label": "x", "custom_id": format!("odd|{round}\"}}\n{round}") },
            { "type": 2, "style": 2, "label": "y", "custom_id": format!("my|{}", 60_000 + round) },
        ]});
        let message = json!({ "content": name, "components": [row] });
        call(&stage, reqwest::Method::POST, &format!("channels/{channel}/messages"), message)
            .await?;
        let message = mia.wait_for(channel, |message| message.text().contains(&name)).await;
        let message = message.ok_or("the message is not there")?;
        for label in ["x", "y"] {
            mia.click(&message, label).first().await;
        }
        // Games that nobody has.
        mia.slash("joingame", [("game", format!("game {round}"))]).first().await;
        Ok(())
    };
    strange(0).await?;
    // Series of calls that come now and then, such as a sweep's, are there from then on.
    let names = |figures: &Figures| -> Vec<String> {
        let ours = figures.0.keys().filter(|series| series.contains("interaction"));
        ours.cloned().collect()
    };
    let before = figures(address).await?;
    for round in 1..=25 {
        strange(round).await?;
    }
    let after = figures(address).await?;
    assert_eq!(names(&before), names(&after));
    let unknown =
        r#"gamekeeper_interactions_total{kind="unknown",command="unknown",outcome="done"}"#;
    assert!(after.of(unknown) >= 50.0, "{}", after.of(unknown));
    assert!(after.0.len() < 1_200, "{} series", after.0.len());
    let routes = after.0.keys().filter(|series| series.contains("route=")).count();
    assert!(routes < 200, "{routes} series of routes");
    Ok(())
}
