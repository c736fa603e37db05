//! A machine is lost. Its backup, made under load, goes onto an empty database of the other kind, and
//! the bot that starts on it finds Discord as it should be.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use ::backup::{Place, RestoreOptions, Settings, create, restore, verify};
use engine::PanelKind;
use futures_util::future::join_all;
use gamekeeper::stage::{
    Setup, Stage,
    verbs::{Told, says, shown, until},
};
use sandbox::{
    actor::{Actor, NO_OPTIONS},
    faults::Hold,
};

use crate::scene::{furnish, on, server, set, setup, skip};

/// The stage's database with its backups in a directory.
pub(super) fn place(stage: &Stage, dir: &Path) -> Place {
    Place {
        database: stage.database_config(),
        app: env!("CARGO_PKG_VERSION").to_owned(),
        instance: "main".to_owned(),
        lease: Duration::from_secs(90),
        settings: Settings::new(dir),
    }
}

/// People who do not stop clicking: they look, and they ask for what they may not.
struct Crowd {
    on: Arc<AtomicBool>,
    clicks: Arc<AtomicUsize>,
    people: Vec<tokio::task::JoinHandle<()>>,
}

impl Crowd {
    fn of(stage: &Stage, names: &[&str]) -> Self {
        let (on, clicks) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
        let click = |who: Actor| {
            let (on, clicks) = (on.clone(), clicks.clone());
            tokio::spawn(async move {
                while on.load(Ordering::Relaxed) {
                    // Reads, and writes that change nothing on Discord: a refusal has an entry.
                    for path in ["game info", "game delete"] {
                        if shown(&who.slash(path, [("game", "Chess")])).await.is_ok() {
                            clicks.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    let _ = shown(&who.slash("help", NO_OPTIONS)).await;
                }
            })
        };
        let people = names.iter().map(|name| click(stage.person(name))).collect();
        Self { on, clicks, people }
    }

    fn clicks(&self) -> usize {
        self.clicks.load(Ordering::Relaxed)
    }

    async fn go_home(self) -> usize {
        self.on.store(false, Ordering::Relaxed);
        join_all(self.people).await;
        self.clicks.load(Ordering::Relaxed)
    }
}

/// Waits until no panel was changed for a while.
async fn panels_are_done(stage: &Stage) {
    let edits = || stage.discord.requests().of("update_message").len();
    let mut seen = edits();
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if edits() == seen {
            return;
        }
        seen = edits();
    }
}

async fn moves(from: Option<String>, to: Option<String>) -> Told<()> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let mut stage = set(Setup { postgres: from, ..setup() }).await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    for name in ["Chess", "Go", "Dragons"] {
        stage.have_game(&olga, name).await?;
    }
    on(&olga, "game archive", "Dragons").await?;
    stage.rest().await?;

    // Discord takes its time with roles: while the backup is made, each is still being given.
    let crowd = Crowd::of(&stage, &["Gus", "Kim"]);
    let grants: Vec<_> = (1..=6)
        .map(|nth| stage.discord.holds().order(Hold::before(nth).of("add_guild_member_role")))
        .collect();
    let joins = ["Mia", "Ben", "Sid"].map(|name| {
        let who = stage.person(name);
        async move {
            for game in ["Chess", "Go"] {
                let told = shown(&who.slash("joingame", [("game", game)])).await?;
                says(&told, "You are in")?;
            }
            Told::Ok(())
        }
    });
    join_all(joins).await.into_iter().collect::<Told<()>>()?;
    until("roles to be on their way", || async {
        let hanging = stage.discord.holds().hanging();
        (!hanging.is_empty()).then_some(())
    })
    .await?;
    panels_are_done(&stage).await;
    until("people to click", || async { (crowd.clicks() > 10).then_some(()) }).await?;
    let before = crowd.clicks();
    let made = create(&place(&stage, folder.path())).await.map_err(|e| e.to_string())?;
    until("people to click on", || async { (crowd.clicks() > before + 10).then_some(()) }).await?;
    verify(&place(&stage, folder.path()), made.name()).await.map_err(|e| e.to_string())?;
    assert!(crowd.go_home().await > before);
    drop(grants);
    stage.discord.holds().release_all();
    stage.rest().await?;
    stage.panel_says(&olga, PanelKind::Player, "Chess").await?;
    stage.truth().await?;

    // The machine is gone; another one, of the other kind, has nothing but the archive.
    stage.stop_bot().await;
    stage.move_out(to.as_deref()).await.map_err(|stop| stop.to_string())?;
    let there = place(&stage, folder.path());
    restore(&there, made.name(), &RestoreOptions::default()).await.map_err(|e| e.to_string())?;
    stage.discord.requests().clear();
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    stage.rest().await?;
    // Time for whatever would still come.
    tokio::time::sleep(Duration::from_secs(2)).await;
    stage.rest().await?;
    let changes: Vec<_> =
        stage.changes().iter().map(|call| format!("{} {}", call.operation, call.path)).collect();
    assert!(changes.is_empty(), "Discord was changed: {changes:#?}");
    stage.truth().await?;
    // And it lives.
    let told = shown(&stage.person("Kim").slash("joingame", [("game", "Chess")])).await?;
    says(&told, "You are in")?;
    stage.have_game(&olga, "Afterwards").await?;
    stage.truth().await
}

#[tokio::test(flavor = "multi_thread")]
async fn from_sqlite_to_postgres_nothing_changes_on_discord() -> Told<()> {
    let Some(server) = server() else { return skip() };
    moves(None, Some(server)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn from_postgres_to_sqlite_nothing_changes_on_discord() -> Told<()> {
    let Some(server) = server() else { return skip() };
    moves(Some(server), None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn from_one_file_to_another_nothing_changes_on_discord() -> Told<()> {
    moves(None, None).await
}
