//! `gamekeeper checklist`: the list of an installation, and the record that somebody signs.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
};

use checklist::{By, items};
use clap::{CommandFactory as _, error::ErrorKind};
use gamekeeper::{cli::Cli, stage::verbs::Told};
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

/// What stands beside a box is typed as it stands, but for words in capitals.
#[test]
fn every_command_of_a_box_is_one() {
    let mut ours = 0;
    for item in items() {
        let (By::Command(line) | By::Yours { command: line, .. }) = item.by else { continue };
        let words = shlex::split(line).unwrap_or_default();
        assert!(!words.is_empty(), "{} cannot be typed: {line}", item.id);
        if words[0] != "gamekeeper" {
            continue;
        }
        ours += 1;
        let Err(error) = Cli::command().try_get_matches_from(&words) else { continue };
        let shown = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
        assert!(shown, "{}: {line}\n{error}", item.id);
    }
    assert!(ours > 20, "{ours}");
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
fn what_was_signed_is_remembered_and_what_is_left_out_is_written_down() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let skip = ["--skip", "host.root=a box of our own"];
    let signed = ["--sign-off", "Ada", "--force", "--done", "server-security.ssh,code.tests"];
    let (code, text) = run(home.path(), &[&signed[..], &skip].concat())?;
    assert_eq!(code, Some(0), "{text}");
    let written = records(home.path());
    let [_, markdown] = written.as_slice() else { return Err(format!("{written:?}")) };
    let text = std::fs::read_to_string(markdown).map_err(|e| e.to_string())?;
    assert!(text.contains("- `host.root`: a box of our own\n"), "{text}");
    let (_, text) = run(home.path(), &[])?;
    assert!(text.contains("  [x] SSH lets nobody in by password"), "{text}");
    assert!(text.contains("      confirmed by Ada, 2"), "{text}");
    assert!(text.contains("  [x] Every test passes on the commit"), "{text}");
    let (_, text) = run(home.path(), &["--undone", "server-security.ssh"])?;
    assert!(text.contains("  [ ] SSH lets nobody in by password"), "{text}");
    let (code, text) = run(home.path(), &["--skip", "host.root"])?;
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("without a reason"), "{text}");
    // A record that somebody cut is no reason to say nothing at all.
    std::fs::write(&written[0], "{\"name\":").map_err(|e| e.to_string())?;
    let (code, text) = run(home.path(), &[])?;
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("nothing is remembered of"), "{text}");
    assert!(text.contains("  [ ] SSH lets nobody in by password"), "{text}");
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
