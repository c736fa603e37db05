//! `gamekeeper watch`: the first day of the real program, in seconds.

use std::{
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
};

use gamekeeper::{
    child::Program,
    metrics::Figures,
    stage::{
        Setup,
        verbs::{Told, says, shown, until},
    },
};
use sandbox::actor::NO_OPTIONS;
use serde_json::Value;
use web::Format;

use crate::{
    program::gamekeeper,
    scene::{set, setup},
};

fn free_port() -> Told<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    listener.local_addr().map_err(|e| e.to_string())
}

fn watch(home: &Path, address: SocketAddr, settings: &[(&str, &str)], more: &[&str]) -> Command {
    let mut command = gamekeeper(home, settings);
    command.args(["watch", "--url", &format!("http://{address}")]).args(more);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// How it ended, and all that it said.
async fn end_of(child: Child) -> Told<(Option<i32>, String)> {
    let waited = tokio::task::spawn_blocking(move || child.wait_with_output()).await;
    let output = waited.map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
    let text = [output.stdout, output.stderr].concat();
    Ok((output.status.code(), String::from_utf8_lossy(&text).into_owned()))
}

/// The last report for machines, and the file for people.
fn kept(home: &Path) -> Told<(Value, String)> {
    let directory = home.join("data/watches");
    let mut found = (Value::Null, String::new());
    for entry in std::fs::read_dir(&directory).map_err(|e| e.to_string())? {
        let path = entry.map_err(|e| e.to_string())?.path();
        let text = std::fs::read_to_string(&path).map_err(|e| e.to_string())?;
        match path.extension().and_then(|end| end.to_str()) {
            Some("json") => found.0 = serde_json::from_str(&text).map_err(|e| e.to_string())?,
            _ => found.1 = text,
        }
    }
    Ok(found)
}

fn has(text: &str, words: &[&str]) -> Told<()> {
    match words.iter().find(|word| !text.contains(**word)) {
        Some(word) => Err(format!("“{word}” was expected in:\n{text}")),
        None => Ok(()),
    }
}

/// Everything that the report reads is told.
#[test]
fn the_bot_tells_every_figure_that_a_report_reads() {
    let told = Figures::names().text(Format::Prometheus);
    for name in watch::NAMES {
        // Labels that nothing happened to yet are not shown; the name is.
        let whole = ["_bucket", "_total"].iter().find_map(|end| name.strip_suffix(end));
        let there = told.contains(name) || whole.is_some_and(|whole| told.contains(whole));
        assert!(there, "{name} is not among the figures:\n{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_has_its_reports() -> Told<()> {
    let address = free_port()?;
    let program =
        Program::at(env!("CARGO_BIN_EXE_gamekeeper")).set("GAMEKEEPER_HTTP", address.to_string());
    let stage = set(Setup { program: Some(program), ..setup() }).await?;
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    // A day in ten seconds.
    let pace = ["--hours", "24", "--every", "300", "--speed", "8640"];
    let child = watch(home.path(), address, &[], &pace).spawn().map_err(|e| e.to_string())?;
    for _ in 0..3 {
        says(&shown(&stage.person("Mia").slash("help", NO_OPTIONS)).await?, "Gamekeeper")?;
    }
    let (code, text) = end_of(child).await?;
    assert_eq!(code, Some(0), "{text}");
    // Hours 1, 4, 8, 12 and the end; a slow machine may reach two at once.
    let reports = text.matches("UTC  After ").count();
    assert!((2..=5).contains(&reports), "{reports} reports:\n{text}");
    has(&text, &["After 24.", "  uptime ", "0 absences, 0 restarts", "; answers ", "  Verdict:"])?;
    has(&text, &["There is no backup.", "gamekeeper backup create"])?;
    let (json, file) = kept(home.path())?;
    assert_eq!(
        (&json["restarts"], &json["version"]),
        (&0.into(), &env!("CARGO_PKG_VERSION").into())
    );
    assert!(json["looks"].as_u64() > Some(10) && json["memory"].as_f64() > Some(1e6), "{json}");
    assert!(json["statement"]["p95"].is_f64() || json["statement"].is_null(), "{json}");
    assert_eq!(file.matches("After ").count(), reports, "{file}");
    stage.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_dies_and_comes_back_is_watched_on() -> Told<()> {
    let address = free_port()?;
    let program =
        Program::at(env!("CARGO_BIN_EXE_gamekeeper")).set("GAMEKEEPER_HTTP", address.to_string());
    let mut stage = set(Setup { program: Some(program), ..setup() }).await?;
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    // An hour in three minutes, a look each twentieth of a second, a report at each stop.
    let pace = ["--hours", "24", "--every", "1", "--speed", "20"];
    let child = watch(home.path(), address, &[], &pace).spawn().map_err(|e| e.to_string())?;
    let looked = async || {
        // As many looks as the bot has answered are not known from outside; time is.
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    };
    looked().await;
    stage.kill_bot();
    looked().await;
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    looked().await;
    let id = child.id().to_string();
    Command::new("kill").args(["-INT", &id]).status().map_err(|e| e.to_string())?;
    let (_, text) = end_of(child).await?;
    has(&text, &["It was started anew 1 times.", "It was away 1 times", "of 24 hours only"])?;
    let (json, _) = kept(home.path())?;
    assert_eq!((&json["restarts"], &json["absences"]), (&1.into(), &1.into()), "{json}");
    assert!(json["away"].is_null(), "{json}");
    stage.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there_is_the_report() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let pace = ["--hours", "1", "--every", "300", "--speed", "3600"];
    let child = watch(home.path(), free_port()?, &[], &pace).spawn().map_err(|e| e.to_string())?;
    let (code, text) = end_of(child).await?;
    assert_eq!(code, Some(1), "{text}");
    has(&text, &["The bot never answered: ", "gamekeeper health", "must not stay so"])
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_of_the_figures_is_used_and_never_shown() -> Told<()> {
    const TOKEN: &str = "planted-5b1e2c7a9d";
    let address = free_port()?;
    let program = Program::at(env!("CARGO_BIN_EXE_gamekeeper"))
        .set("GAMEKEEPER_HTTP", address.to_string())
        .set("GAMEKEEPER_METRICS_TOKEN", TOKEN);
    let stage = set(Setup { program: Some(program), ..setup() }).await?;
    let pace = ["--hours", "1", "--every", "300", "--speed", "3600"];
    for (token, code, words) in [
        ("", 1, "it wants the token of GAMEKEEPER_METRICS_TOKEN"),
        (TOKEN, 0, "0 absences, 0 restarts"),
    ] {
        let home = tempfile::tempdir().map_err(|e| e.to_string())?;
        let settings = [("GAMEKEEPER_METRICS_TOKEN", token)];
        let child = watch(home.path(), address, &settings, &pace).spawn();
        let (ended, text) = end_of(child.map_err(|e| e.to_string())?).await?;
        assert_eq!(ended, Some(code), "{text}");
        has(&text, &[words])?;
        assert!(!text.contains(TOKEN), "{text}");
    }
    stage.close().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_watched_is_said_at_once() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let ends =
        async |settings: &[(&str, &str)], arguments: &[&str]| -> Told<(Option<i32>, String)> {
            let mut command = gamekeeper(home.path(), settings);
            command.arg("watch").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
            end_of(command.spawn().map_err(|e| e.to_string())?).await
        };
    for wrong in [["--hours", "NaN"], ["--hours", "0"], ["--hours", "100000"], ["--every", "0"]] {
        let (code, text) = ends(&[], &wrong).await?;
        assert_eq!(code, Some(2), "{wrong:?}: {text}");
    }
    let (code, text) = ends(&[], &["--url", "ftp://127.0.0.1"]).await?;
    assert_eq!(code, Some(2), "{text}");
    let (code, text) = ends(&[("GAMEKEEPER_HTTP", "off")], &[]).await?;
    assert_eq!(code, Some(1), "{text}");
    has(&text, &["GAMEKEEPER_HTTP is off"])?;
    until("nothing to be left", || async { (!home.path().join("data").exists()).then_some(()) })
        .await
}
