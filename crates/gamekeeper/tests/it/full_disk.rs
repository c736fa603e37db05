//! The disk fills up while the bot runs: people are told, the bot stays, and goes on when there is
//! room again. A limit on the size of files stands for the disk; what a write answers is all that
//! the bot sees of either.

use std::{fs, os::unix::fs::PermissionsExt as _, process::Command};

use gamekeeper::{
    child::Program,
    stage::{
        Setup,
        verbs::{Told, says, shown, until},
    },
};
use sandbox::actor::NO_OPTIONS;

use crate::scene::{furnish, set};

/// No file of the process may grow beyond so many bytes.
fn limit(process: &str, bytes: &str) -> Told<()> {
    let limit = format!("--fsize={bytes}:unlimited");
    let set = Command::new("prlimit").args(["--pid", process, &limit]).status();
    let set = set.map_err(|e| e.to_string())?.success();
    set.then_some(()).ok_or_else(|| "the limit cannot be set".to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_outlives_a_full_disk() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    // The signal that comes with a limit would not come with a full disk.
    let program = home.path().join("gamekeeper");
    let script = format!(
        "#!/bin/sh\ntrap '' XFSZ\necho $$ >\"$GAMEKEEPER_DATA_DIR/pid\"\nexec '{}' \"$@\"\n",
        env!("CARGO_BIN_EXE_gamekeeper")
    );
    fs::write(&program, script).map_err(|e| e.to_string())?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).map_err(|e| e.to_string())?;
    let setup = Setup {
        data: Some(home.path().to_owned()),
        program: Some(Program::at(&program)),
        ..Setup::default()
    };
    let stage = set(setup).await?;
    let process = fs::read_to_string(home.path().join("pid")).map_err(|e| e.to_string())?;
    let (olga, mia) = (stage.guild.owner(), stage.guild.actor("Mia"));
    furnish(&stage).await?;
    stage.have_game(&olga, "Chess").await?;
    stage.rest().await?;

    limit(process.trim(), "1")?;
    for _ in 0..3 {
        let told = shown(&mia.slash("joingame", [("game", "Chess")])).await?;
        says(&told, "our database does not answer me right now")?;
    }
    // What needs no write goes on as ever.
    says(&shown(&mia.slash("game info", [("game", "Chess")])).await?, "Chess")?;
    shown(&mia.slash("help", NO_OPTIONS)).await?;

    limit(process.trim(), "unlimited")?;
    until("room to be noticed", || async {
        let told = shown(&mia.slash("joingame", [("game", "Chess")])).await.ok()?;
        says(&told, "You are in").ok()
    })
    .await?;
    stage.rest().await?;
    stage.truth().await
}
