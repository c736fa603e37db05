//! A server's console, and backups: what a panel does at once, or not at all.

use std::time::Duration;

use domain::{
    audit::{AuditKind, Outcome},
    server::{ConsoleInput, ServerAction, ServerId},
};
use servers::amp::{Command, ConsoleLine};
use store::AuditEntry;
use tokio::time::sleep;

use super::servers::{ServerView, entry};
use crate::{Caller, Engine, Mistake, Notice, UseError};

/// Games answer what is typed a moment later.
const ANSWERED_AFTER: Duration = Duration::from_millis(800);
/// What backups are called on the panel, which adds the time by itself.
const BACKUP_TITLE: &str = "Asked for on Discord";

/// What a console said lately.
#[derive(Debug)]
pub struct Console {
    /// The server.
    pub view: ServerView,
    /// Its last lines, oldest first.
    pub lines: Vec<ConsoleLine>,
}

impl Engine {
    /// What a server's console said lately.
    pub async fn server_console(&self, caller: &Caller, id: ServerId) -> Result<Console, UseError> {
        let view = self.may_server(caller, id, ServerAction::Console).await?;
        let poller = self.poller().ok_or(Mistake::NoSuchServer)?;
        let (panel, instance) = poller.panel_of(&view.record).ok_or(Mistake::NoSuchServer)?;
        let lines = panel.scroll(&instance).await?;
        Ok(Console { view, lines })
    }

    /// Types a line into a server's console, and waits a moment for what it says to that.
    pub async fn type_into_console(
        &self,
        caller: &Caller,
        id: ServerId,
        typed: &str,
    ) -> Result<Console, UseError> {
        let view = self.may_server(caller, id, ServerAction::Console).await?;
        let line = ConsoleInput::parse(typed).map_err(Mistake::from)?;
        let facts = format!("action=console; typed={line}");
        self.do_at_once(caller, &view, &facts, Command::Say(line.to_string())).await?;
        sleep(ANSWERED_AFTER).await;
        self.server_console(caller, id).await
    }

    /// Has the panel make a backup. It only begins with this; how it went the panel knows.
    pub async fn back_up_server(
        &self,
        caller: &Caller,
        id: ServerId,
    ) -> Result<ServerView, UseError> {
        let view = self.may_server(caller, id, ServerAction::Backup).await?;
        let command = Command::Backup(BACKUP_TITLE.to_owned());
        self.do_at_once(caller, &view, "action=backup", command).await?;
        Ok(view)
    }

    /// Written down before the panel is told, and settled by what the panel says to it.
    async fn do_at_once(
        &self,
        caller: &Caller,
        view: &ServerView,
        facts: &str,
        command: Command,
    ) -> Result<(), UseError> {
        let poller = self.poller().ok_or(Mistake::NoSuchServer)?;
        let (panel, instance) = poller.panel_of(&view.record).ok_or(Mistake::NoSuchServer)?;
        let tx = self.store().begin().await?;
        let asked = AuditEntry {
            after: Some(format!("server={}; {facts}", view.record.found.name)),
            // Not in the game's history: its admins may not have the console.
            game: None,
            ..entry(caller, AuditKind::ServerControlled)
        };
        let asked = tx.audit(asked, self.clock().now()).await?;
        tx.commit().await?;
        let done = panel.command(&instance, &command).await;
        let outcome = if done.is_ok() { Outcome::Done } else { Outcome::Failed };
        let tx = self.store().begin().await?;
        tx.settle_entry(asked, outcome).await?;
        tx.commit().await?;
        self.tell(Notice::Audit(caller.actor.guild));
        done.map_err(|error| {
            tracing::warn!(server = %view.record.id, %error, "a panel did not do what was asked");
            error.into()
        })
    }
}
