//! `gamekeeper service install`, as somebody at a terminal types it.

use std::{fs, path::Path, process::Output};

use gamekeeper::stage::verbs::Told;

use crate::program::gamekeeper;

fn install(root: &Path, arguments: &[&str]) -> Output {
    gamekeeper(root, &[])
        .args(["service", "install", "--root"])
        .arg(root)
        .args(arguments)
        .output()
        .expect("the program starts")
}

/// What it said, and that it left with this code.
fn said(output: &Output, code: i32) -> String {
    let said = [output.stdout.clone(), output.stderr.clone()].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

fn text(root: &Path, path: &str) -> Told<String> {
    fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))
}

const UNIT: &str = "etc/systemd/system/gamekeeper.service";

#[test]
fn a_dry_run_shows_all_and_writes_nothing() -> Told<()> {
    let root = tempfile::tempdir().map_err(|e| e.to_string())?;
    let shown = said(&install(root.path(), &["--dry-run"]), 0);
    assert_eq!(fs::read_dir(root.path()).map_err(|e| e.to_string())?.count(), 0);
    said(&install(root.path(), &[]), 0);
    for path in [
        UNIT,
        "etc/systemd/system/gamekeeper-backup.service",
        "etc/systemd/system/gamekeeper-backup.timer",
        "etc/sysusers.d/gamekeeper.conf",
    ] {
        assert!(shown.contains(&text(root.path(), path)?), "{path} is not shown as it is written");
    }
    for command in ["systemd-sysusers", "systemctl daemon-reload", "enable --now gamekeeper"] {
        assert!(shown.contains(command), "{command} is not among what is left to do: {shown}");
    }
    Ok(())
}

#[test]
fn program_and_user_are_filled_in() -> Told<()> {
    let root = tempfile::tempdir().map_err(|e| e.to_string())?;
    let shown = said(&install(root.path(), &["--user", "warden", "--prefix", "/opt/games/"]), 0);
    let unit = text(root.path(), UNIT)?;
    assert!(unit.contains("\nExecStart=/opt/games/bin/gamekeeper run\n"), "{unit}");
    assert!(unit.contains("\nUser=warden\n"), "{unit}");
    let backup = text(root.path(), "etc/systemd/system/gamekeeper-backup.service")?;
    assert!(backup.contains("\nExecStart=/opt/games/bin/gamekeeper backup create\n"), "{backup}");
    assert!(backup.contains("\nUser=warden\n"), "{backup}");
    assert!(text(root.path(), "etc/sysusers.d/gamekeeper.conf")?.contains("\nu warden - "));
    assert!(shown.contains("-o warden -g warden /var/lib/gamekeeper"), "{shown}");
    for wrong in
        [["--user", "root"], ["--user", "War Den"], ["--prefix", "opt"], ["--prefix", "/a b"]]
    {
        said(&install(root.path(), &wrong), 2);
    }
    Ok(())
}

/// A secret that the unit does not name cannot be a credential.
#[test]
fn every_secret_can_be_a_credential() -> Told<()> {
    let root = tempfile::tempdir().map_err(|e| e.to_string())?;
    said(&install(root.path(), &[]), 0);
    let unit = text(root.path(), UNIT)?;
    let line = |name: &str| format!("\nLoadCredential={name}:gamekeeper.{name}\n");
    for variable in settings::all().filter(|variable| variable.secret) {
        assert!(unit.contains(&line(variable.name)), "the unit does not name {}", variable.name);
    }
    let backup = text(root.path(), "etc/systemd/system/gamekeeper-backup.service")?;
    for name in ["DATABASE_URL", "GAMEKEEPER_BACKUP_IDENTITY", "AWS_SECRET_ACCESS_KEY"] {
        assert!(backup.contains(&line(name)), "the backup's unit does not name {name}");
    }
    Ok(())
}

#[test]
fn what_somebody_changed_is_not_overwritten() -> Told<()> {
    let root = tempfile::tempdir().map_err(|e| e.to_string())?;
    said(&install(root.path(), &[]), 0);
    let ours = text(root.path(), UNIT)?;
    let again = said(&install(root.path(), &[]), 0);
    assert_eq!(again.matches("is there already").count(), 4, "{again}");

    fs::write(root.path().join(UNIT), "[Service]\n").map_err(|e| e.to_string())?;
    fs::remove_file(root.path().join("etc/sysusers.d/gamekeeper.conf"))
        .map_err(|e| e.to_string())?;
    let refused = said(&install(root.path(), &[]), 2);
    assert!(
        refused.contains("systemctl edit gamekeeper") && refused.contains("--force"),
        "{refused}"
    );
    assert_eq!(text(root.path(), UNIT)?, "[Service]\n");
    // All or nothing.
    assert!(!root.path().join("etc/sysusers.d/gamekeeper.conf").exists());

    said(&install(root.path(), &["--force"]), 0);
    assert_eq!(text(root.path(), UNIT)?, ours);
    Ok(())
}

#[test]
fn where_nothing_can_be_written_it_says_so() -> Told<()> {
    let root = tempfile::tempdir().map_err(|e| e.to_string())?;
    fs::write(root.path().join("etc"), "").map_err(|e| e.to_string())?;
    let refused = said(&install(root.path(), &[]), 69);
    assert!(refused.contains("gamekeeper.service") && refused.contains("sudo"), "{refused}");
    Ok(())
}
