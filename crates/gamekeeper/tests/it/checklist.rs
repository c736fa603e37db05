//! `gamekeeper checklist`: the list of an installation, and the record that somebody signs.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use checklist::items;
use gamekeeper::stage::verbs::Told;
use serde_json::Value;

use crate::program::gamekeeper;

fn run(home: &Path, arguments: &[&str]) -> Told<(Option<i32>, String)> {
    let mut command = gamekeeper(home, &[]);
    command.arg("checklist").args(arguments).stderr(Stdio::piped());
    let output = command.output().map_err(|e| e.to_string())?;
    let text = [output.stdout, output.stderr].concat();
    Ok((output.status.code(), String::from_utf8_lossy(&text).into_owned()))
}

fn records(home: &Path) -> Vec<PathBuf> {
    let found = std::fs::read_dir(home.join("data/sign-offs"));
    let mut found: Vec<_> = found.into_iter().flatten().flatten().map(|one| one.path()).collect();
    found.sort();
    found
}

/// What the list relies on is what the doctor looks at, name by name.
#[test]
fn every_check_of_the_doctor_has_a_box() {
    let known: Vec<&str> = ops::CATALOGUE.iter().map(|check| check.name).collect();
    let mut listed = checklist::CHECKS.to_vec();
    let mut wanted = known;
    listed.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(listed, wanted);
}

#[test]
fn the_list_is_shown_in_three_forms() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let (code, text) = run(home.path(), &[])?;
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Server security (") && text.contains(" boxes: "), "{text}");
    assert!(text.contains("by check database.schema"), "{text}");
    let (_, text) = run(home.path(), &["--format", "markdown"])?;
    let boxes = text.lines().filter(|line| line.starts_with("- [")).count();
    assert_eq!(boxes, items().count(), "{text}");
    let (_, text) = run(home.path(), &["--format", "json"])?;
    let json: Value = serde_json::from_str(&text).map_err(|e| format!("{e}: {text}"))?;
    assert_eq!(json["summary"]["boxes"], items().count());
    assert!(json["summary"]["yours"].as_u64() <= Some(15));
    assert!(!home.path().join("data").exists(), "to look leaves nothing behind");
    Ok(())
}

#[test]
fn what_is_done_is_ticked_and_a_box_that_is_not_there_is_refused() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let done = ["--done", "server-security.firewall,server-security.ssh"];
    let (code, text) = run(home.path(), &done)?;
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("[x] From the internet nothing but SSH is reachable"), "{text}");
    let (code, text) = run(home.path(), &["--done", "server-security.moat"])?;
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("there is no box `server-security.moat`"), "{text}");
    Ok(())
}

/// Nothing is set up here, so there is a reason to refuse.
#[test]
fn a_record_is_refused_or_forced_and_names_what_is_open() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let (code, text) = run(home.path(), &["--sign-off", "Ada"])?;
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("--force"), "{text}");
    assert!(records(home.path()).is_empty());
    let forced =
        ["--sign-off", "Ada", "--force", "--done", "server-security.ssh,documentation.contacts"];
    let (code, text) = run(home.path(), &forced)?;
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.contains("Signed by Ada: ") && text.contains("server-security.firewall"),
        "{text}"
    );
    assert!(!text.contains("server-security.ssh "), "{text}");
    let written = records(home.path());
    let [json, markdown] = written.as_slice() else { return Err(format!("{written:?}")) };
    let json = std::fs::read_to_string(json).map_err(|e| e.to_string())?;
    let json: Value = serde_json::from_str(&json).map_err(|e| e.to_string())?;
    assert_eq!(
        (&json["name"], &json["version"]),
        (&"Ada".into(), &env!("CARGO_PKG_VERSION").into())
    );
    let sum = json["checksums"][0]["sha256"].as_str().unwrap_or_default();
    assert_eq!(sum.len(), 64, "{json}");
    assert_eq!(json["boxes"].as_array().map(Vec::len), Some(items().count()));
    let text = std::fs::read_to_string(markdown).map_err(|e| e.to_string())?;
    assert!(text.contains("Ada signed on ") && text.contains("## Not confirmed"), "{text}");
    Ok(())
}

#[test]
fn a_record_that_cannot_be_written_is_said() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    std::fs::create_dir(home.path().join("data")).map_err(|e| e.to_string())?;
    std::fs::write(home.path().join("data/sign-offs"), "a file").map_err(|e| e.to_string())?;
    let (code, text) = run(home.path(), &["--sign-off", "Ada", "--force"])?;
    assert_eq!(code, Some(69), "{text}");
    assert!(text.contains("the record cannot be written to"), "{text}");
    let (code, text) = run(home.path(), &["--sign-off", "two\nlines", "--force"])?;
    assert_eq!(code, Some(2), "{text}");
    Ok(())
}
