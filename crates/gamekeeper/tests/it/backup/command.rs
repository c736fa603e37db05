//! `gamekeeper backup …` and `gamekeeper data …`: what they say, and the code they leave with.

use std::{fs, path::Path, process::Command};

use gamekeeper::{
    child::Program,
    stage::{
        Setup, Stage,
        verbs::{Told, says, shown},
    },
};

use crate::{
    program::gamekeeper,
    scene::{furnish, set, setup},
};

/// What the program says, and its exit code, on the stage's database.
fn say(
    stage: &Stage,
    home: &Path,
    arguments: &[&str],
    more: &[(&str, &str)],
) -> (Option<i32>, String) {
    let (url, origin) = (stage.database_config().url, stage.discord.origin());
    let application = stage.discord.application_id().to_string();
    let mut settings = vec![
        ("DATABASE_URL", url.as_str()),
        ("DISCORD_API_URL", origin.as_str()),
        ("DISCORD_TOKEN", stage.discord.token()),
        ("DISCORD_CLIENT_ID", application.as_str()),
    ];
    let path = std::env::var("PATH").unwrap_or_default();
    settings.push(("PATH", path.as_str()));
    settings.extend_from_slice(more);
    let output = gamekeeper(home, &settings).args(arguments).output().expect("the program starts");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

fn done(said: (Option<i32>, String), words: &[&str]) -> Told<String> {
    let (code, text) = said;
    for word in words {
        if !text.contains(word) {
            return Err(format!("{word:?} is missing in: {text}"));
        }
    }
    if code == Some(0) { Ok(text) } else { Err(format!("left with {code:?}: {text}")) }
}

fn refused(said: (Option<i32>, String), code: i32, words: &[&str]) -> Told<()> {
    let (left, text) = said;
    let missing = words.iter().find(|word| !text.contains(**word));
    if left == Some(code) && missing.is_none() {
        Ok(())
    } else {
        Err(format!("left with {left:?}, {missing:?} is missing in: {text}"))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_goes_back_to_yesterday() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let home = home.path();
    let mut stage = set(setup()).await?;
    furnish(&stage).await?;
    let (olga, mia) = (stage.guild.owner(), stage.guild.actor("Mia"));
    stage.have_game(&olga, "Chess").await?;
    stage.rest().await?;
    done(say(&stage, home, &["backup", "list"], &[]), &["no backups yet"])?;
    let made = done(say(&stage, home, &["backup", "create"], &[]), &["made", "encrypted no"])?;
    let name = made.split_whitespace().nth(1).ok_or("no name")?.to_owned();
    done(say(&stage, home, &["backup", "list"], &[]), &[&name, "here", "rows of"])?;
    let json = done(say(&stage, home, &["backup", "list", "--json"], &[]), &[])?;
    let json: serde_json::Value = serde_json::from_str(&json).map_err(|e| e.to_string())?;
    assert_eq!(json[0]["name"], name.as_str());
    done(say(&stage, home, &["backup", "verify"], &[]), &["verified", &name, "each the same"])?;
    done(
        say(&stage, home, &["backup", "prune", "--dry-run"], &[]),
        &["stays", "newest, last one verified"],
    )?;
    done(
        say(&stage, home, &["backup", "schedule"], &[]),
        &["03:30:00 UTC", "kept: all of 30 days"],
    )?;
    let units = done(
        say(&stage, home, &["backup", "schedule", "--systemd"], &[]),
        &["OnCalendar=*-*-* 03:30:00 UTC"],
    )?;
    for shipped in ["gamekeeper-backup.service", "gamekeeper-backup.timer"] {
        let file = format!("{}/../../ops/systemd/{shipped}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(file).map_err(|e| e.to_string())?;
        assert!(units.contains(&text), "not the {shipped} that is shipped: {units}");
    }
    let later = [("GAMEKEEPER_BACKUP_AT", "04:45")];
    done(
        say(&stage, home, &["backup", "schedule", "--systemd"], &later),
        &["OnCalendar=*-*-* 04:45:00 UTC"],
    )?;

    // Afterwards somebody joins, and a game is made.
    says(&shown(&mia.slash("joingame", [("game", "Chess")])).await?, "You are in")?;
    stage.have_game(&olga, "Go").await?;
    stage.rest().await?;
    refused(
        say(&stage, home, &["backup", "restore", &name, "--force"], &[]),
        69,
        &["a bot runs on this database", "Stop it first"],
    )?;
    stage.stop_bot().await;
    let before = stage.discord.requests().all().len();
    done(
        say(&stage, home, &["backup", "restore", &name, "--plan"], &[]),
        &["1 games", "Chess", "Nothing was changed now"],
    )?;
    let calls = stage.discord.requests().all();
    assert!(calls[before..].iter().all(|call| call.method == "GET"), "a look changes nothing");
    let left = std::fs::read_dir(home.join("data/backups")).map_err(|e| e.to_string())?;
    let left: Vec<_> = left.flatten().map(|entry| entry.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".part-")), "{left:?}");
    refused(say(&stage, home, &["backup", "restore", &name], &[]), 2, &["not empty", "--force"])?;
    done(
        say(&stage, home, &["backup", "restore", &name, "--force"], &[]),
        &["restored", "before", "left out"],
    )?;
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    stage.rest().await?;
    // Chess is as it was; what belongs to no game any more is nobody's.
    let chess = stage.id("Chess").await?;
    let seat = crate::scene::seat(&stage, chess, &mia).await?;
    assert!(seat.is_none_or(|state| state == domain::SeatState::Left), "{seat:?}");
    let role = crate::scene::role_of(&stage, chess, domain::Slot::PlayerRole).await?;
    assert!(!crate::scene::wears(&mia, role), "the role went with the seat");
    assert!(stage.game("Go").await.is_err());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn mistakes_are_told_with_their_cure() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let home = home.path();
    let mut stage = set(setup()).await?;
    furnish(&stage).await?;
    stage.have_game(&stage.guild.owner(), "Chess").await?;
    stage.stop_bot().await;
    refused(say(&stage, home, &["backup", "verify"], &[]), 2, &["there is no backup yet"])?;
    let made = done(say(&stage, home, &["backup", "create"], &[]), &["made"])?;
    let name = made.split_whitespace().nth(1).ok_or("no name")?;
    refused(
        say(&stage, home, &["backup", "restore", "other"], &[]),
        2,
        &["no backup called `other`"],
    )?;
    let file = home.join("data/backups").join(name);
    let whole = fs::read(&file).map_err(|e| e.to_string())?;
    fs::write(&file, &whole[..whole.len() / 2]).map_err(|e| e.to_string())?;
    refused(say(&stage, home, &["backup", "verify"], &[]), 65, &["cut short"])?;
    refused(say(&stage, home, &["backup", "restore", name, "--force"], &[]), 65, &["cut short"])?;
    for (variable, value) in [
        ("GAMEKEEPER_BACKUP_AT", "half past"),
        ("GAMEKEEPER_BACKUP_KEEP", "many"),
        ("GAMEKEEPER_BACKUP_URL", "ftp://host/x"),
        ("GAMEKEEPER_BACKUP_RECIPIENT", "somebody"),
    ] {
        refused(say(&stage, home, &["backup", "list"], &[(variable, value)]), 78, &[variable])?;
    }
    Ok(())
}

/// The second place is on a disk that nobody has mounted.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_place_that_is_away_stops_nobody() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let home = home.path();
    let disk = home.join("a disk");
    let url = format!("file://{}", disk.display());
    let away = [("GAMEKEEPER_BACKUP_URL", url.as_str())];
    let program = Program::at(env!("CARGO_BIN_EXE_gamekeeper")).set(away[0].0, away[0].1);
    // The bot starts.
    let mut stage = set(Setup { program: Some(program), ..setup() }).await?;
    furnish(&stage).await?;
    stage.have_game(&stage.guild.owner(), "Chess").await?;
    stage.stop_bot().await;
    // A backup is made, and said not to be there.
    refused(
        say(&stage, home, &["backup", "create"], &away),
        69,
        &["made", "GAMEKEEPER_BACKUP_URL", "a disk: the directory is not there", "Mount"],
    )?;
    for command in [&["backup", "list"][..], &["backup", "verify"], &["backup", "prune"]] {
        done(say(&stage, home, command, &away), &["only the backups that are here"])?;
    }
    done(say(&stage, home, &["backup", "restore", "latest", "--force"], &away), &["restored"])?;
    assert!(!disk.exists());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn data_goes_out_and_in_and_a_person_is_forgotten() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let home = home.path();
    let mut stage = set(setup()).await?;
    furnish(&stage).await?;
    let mia = stage.guild.actor("Mia");
    let chess = stage.have_game(&stage.guild.owner(), "Chess").await?;
    says(&shown(&mia.slash("joingame", [("game", "Chess")])).await?, "You are in")?;
    stage.rest().await?;
    let guild = stage.guild_id().to_string();
    done(
        say(&stage, home, &["data", "export", "--guild", &guild, "club.gkb"], &[]),
        &["written", "not encrypted"],
    )?;
    refused(say(&stage, home, &["data", "export", "club.gkb"], &[]), 2, &["is there already"])?;

    let id = mia.id().to_string();
    refused(say(&stage, home, &["data", "erase-member", &id], &[]), 2, &["--yes"])?;
    done(
        say(&stage, home, &["data", "erase-member", &id, "--yes"], &[]),
        &["then say this command again".trim_start_matches("then "), "history"],
    )?;
    // The bot looks by itself sooner or later; a repair is now.
    crate::scene::on(&stage.guild.owner(), "game info", "Chess").await?;
    stage.engine().wake_guild(stage.guild_id()).await.map_err(|e| e.to_string())?;
    stage.rest().await?;
    let role = crate::scene::role_of(&stage, chess, domain::Slot::PlayerRole).await?;
    assert!(!crate::scene::wears(&mia, role));
    done(
        say(&stage, home, &["data", "erase-member", &id, "--yes"], &[]),
        &["seats     1 removed"],
    )?;
    assert_eq!(crate::scene::seat(&stage, chess, &mia).await?, None);

    stage.stop_bot().await;
    refused(say(&stage, home, &["data", "import", "club.gkb"], &[]), 2, &["--force"])?;
    done(
        say(&stage, home, &["data", "import", "club.gkb", "--force"], &[]),
        &["taken in", "before"],
    )?;
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    stage.rest().await?;
    assert!(crate::scene::wears(&mia, role), "the seat is back, and so is the role");
    stage.truth().await
}

/// No file of the process may grow beyond so many bytes: what a full disk answers.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_leaves_no_half_backup() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let home = home.path();
    let mut stage = set(setup()).await?;
    furnish(&stage).await?;
    stage.have_game(&stage.guild.owner(), "Chess").await?;
    stage.stop_bot().await;
    let program = home.join("limited");
    // SQLite itself needs a little to read a database at all.
    let limit = if stage.database_config().file().is_some() { 65_536 } else { 2_048 };
    let script = format!(
        "#!/bin/sh\ntrap '' XFSZ\nexec prlimit --fsize={limit} '{}' \"$@\"\n",
        env!("CARGO_BIN_EXE_gamekeeper")
    );
    fs::write(&program, script).map_err(|e| e.to_string())?;
    let url = stage.database_config().url;
    let output = Command::new("sh")
        .arg(&program)
        .args(["backup", "create"])
        .current_dir(home)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("DATABASE_URL", &url)
        .output()
        .map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.code() != Some(69) || !said.contains("disk is full") {
        return Err(format!("left with {:?}: {said}", output.status.code()));
    }
    let left: Vec<_> = fs::read_dir(home.join("data/backups"))
        .map_err(|e| e.to_string())?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name != ".lock")
        .collect();
    assert!(left.is_empty(), "{left:?}");
    // With room again all is well.
    done(say(&stage, home, &["backup", "create"], &[]), &["made"])?;
    done(say(&stage, home, &["backup", "verify"], &[]), &["each the same"])?;
    Ok(())
}

/// The bot makes one by itself, where the time for it has passed.
#[tokio::test(flavor = "multi_thread")]
async fn a_running_bot_makes_its_backup_by_itself() -> Told<()> {
    let at = ("GAMEKEEPER_BACKUP_AT", "00:00");
    let program = Program::at(env!("CARGO_BIN_EXE_gamekeeper")).set(at.0, at.1);
    let stage = set(Setup { program: Some(program), ..setup() }).await?;
    furnish(&stage).await?;
    let facts = || ::backup::Facts::read(stage.engine().store());
    for _ in 0..1_200 {
        let facts = facts().await.map_err(|e| e.to_string())?;
        if let Some(failed) = facts.failed.first() {
            return Err(format!("{:?}: {}", failed.doing, failed.what));
        }
        if let Some(last) = facts.last {
            let listed = stage.folder().join("backups").join(&last.name);
            assert!(listed.is_file(), "{}", listed.display());
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    Err("the bot made no backup".to_owned())
}
