//! Game servers: seeing them, dealing with them, tying them to games.

use std::time::Duration;

use domain::{
    GameId, Phase, Standing,
    audit::{AuditKind, Outcome as Audited},
    server::{App, Asked, ServerAction, ServerActions, ServerId, ServerRefusal, ServerState},
};
use servers::{
    amp::{AmpError, Command, InstanceId, Panel},
    poll::News,
};
use store::{AuditEntry, ServerRecord};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep, timeout_at},
};

use super::{direct_servers::is_possible, sight::decide};
use crate::{Caller, Engine, Fault, Mistake, Notice, UseError};

/// How long a daemon may take until the game in it can be started.
const DAEMON_WITHIN: Duration = Duration::from_secs(45);
/// Between two tries to start a game in a daemon that is just coming up.
const DAEMON_PAUSE: Duration = Duration::from_secs(2);
/// Discord shows at most so many suggestions.
const MAX_SUGGESTIONS: usize = 25;

/// A server as one person sees it.
#[derive(Clone, Debug)]
pub struct ServerView {
    /// What is remembered of it.
    pub record: ServerRecord,
    /// The name of the game it is tied to.
    pub game: Option<String>,
    /// What this person may do with it.
    pub may: ServerActions,
}

/// What somebody has asked for, and news of it.
#[derive(Debug)]
pub struct Wish {
    asked: Asked,
    news: Receiver<News>,
}

/// What became of what somebody asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It came about.
    Done,
    /// It did not.
    Failed,
    /// It is on its way, and takes longer than anybody waits.
    UnderWay,
}

impl Engine {
    /// The servers a person may see, by name.
    pub async fn servers(&self, caller: &Caller) -> Result<Vec<ServerView>, UseError> {
        let records = self.store().servers_of_guild(caller.actor.guild).await?;
        if records.is_empty() {
            return Ok(Vec::new());
        }
        let sight = self.sight(caller).await?;
        let views = records.into_iter().map(|record| sight.view(caller, record));
        Ok(views.filter(|view| view.may.has(ServerAction::Status)).collect())
    }

    /// One server that the person may see.
    pub async fn server(&self, caller: &Caller, id: ServerId) -> Result<ServerView, UseError> {
        let record = self.store().server(id).await?;
        let here = |record: &ServerRecord| record.found.guild == caller.actor.guild && !record.gone;
        let record = record.filter(here).ok_or(Mistake::NoSuchServer)?;
        let view = self.view(caller, record).await?;
        // Who may not see it is not told that it is there.
        view.may.has(ServerAction::Status).then_some(view).ok_or(Mistake::NoSuchServer.into())
    }

    /// The server a command option names: `#` and its number, or its name.
    pub async fn resolve_server(&self, caller: &Caller, typed: &str) -> Result<ServerId, UseError> {
        let typed = typed.trim();
        if let Some(id) = typed.strip_prefix('#').and_then(|id| id.parse().ok()) {
            return Ok(self.server(caller, ServerId(id)).await?.record.id);
        }
        let wanted = typed.to_lowercase();
        let named = |view: &ServerView| view.record.found.name.as_str().to_lowercase() == wanted;
        let found = self.servers(caller).await?.into_iter().filter(named);
        let found: Vec<ServerId> = found.map(|view| view.record.id).collect();
        match found[..] {
            [only] => Ok(only),
            [] => Err(Mistake::NoSuchServer.into()),
            // Names are the panels' own, and no panel knows of the others.
            _ => Err(Mistake::ServerAmbiguous(found).into()),
        }
    }

    /// Servers that fit what is typed and with which the person may do this.
    pub async fn suggest_servers(
        &self,
        caller: &Caller,
        typed: &str,
        action: ServerAction,
    ) -> Result<Vec<ServerView>, UseError> {
        let typed = typed.trim().to_lowercase();
        let mut found = self.servers(caller).await?;
        found.retain(|view| {
            view.may.has(action) && view.record.found.name.as_str().to_lowercase().contains(&typed)
        });
        found.truncate(MAX_SUGGESTIONS);
        Ok(found)
    }

    /// One server with which the person may do this; a refusal is remembered.
    pub async fn may_server(
        &self,
        caller: &Caller,
        id: ServerId,
        action: ServerAction,
    ) -> Result<ServerView, UseError> {
        let view = self.server(caller, id).await?;
        if !is_possible(&view.record, action) {
            return Err(Mistake::OnlyWatched.into());
        }
        self.may_control(caller, &view, action).await?;
        Ok(view)
    }

    /// Has the panel do something with a server. It only begins with this; the answer is what
    /// [`Engine::follow_server`] wants to know.
    pub async fn control_server(
        &self,
        caller: &Caller,
        id: ServerId,
        action: ServerAction,
    ) -> Result<Wish, UseError> {
        let command = command(action).ok_or(Mistake::NoChange)?;
        let view = self.may_server(caller, id, action).await?;
        let poller = self.poller().ok_or(Mistake::NoSuchServer)?;
        let (panel, instance) = poller.panel_of(&view.record).ok_or(Mistake::NoSuchServer)?;
        // Listened to from before it can be over.
        let news = poller.news();
        let asked = self.ask(caller, &view, action).await?;
        let mut done = panel.command(&instance, &command).await;
        if done == Err(AmpError::DaemonDown) && action == ServerAction::Start {
            done = self.wake_daemon(&panel, &instance).await;
        }
        poller.nudge(id);
        if let Err(error) = done {
            tracing::warn!(server = %id, %error, "a panel did not do what was asked");
            // It may have been done all the same. Then the next looks show it, and settle it.
            if !error.is_unclear() {
                self.give_up(id, &asked).await?;
                self.tell(Notice::Audit(caller.actor.guild));
            }
            return Err(error.into());
        }
        Ok(Wish { asked, news })
    }

    /// Waits for the end of what was asked for, but not for ever.
    pub async fn follow_server(
        &self,
        id: ServerId,
        mut wish: Wish,
        within: Duration,
    ) -> Result<Outcome, UseError> {
        let Some(poller) = self.poller() else { return Ok(Outcome::UnderWay) };
        let end = Instant::now() + within;
        let is_it = |asked: &Asked| asked.audit == wish.asked.audit;
        loop {
            let told = tokio::select! {
                told = timeout_at(end, wish.news.recv()) => told,
                () = poller.stopped() => return Ok(Outcome::UnderWay),
            };
            match told {
                Ok(Ok(told)) if told.server.id == id => match told.step.settled {
                    Some((asked, true)) if is_it(&asked) => return Ok(Outcome::Done),
                    Some((asked, false)) if is_it(&asked) => return Ok(Outcome::Failed),
                    // Somebody wanted something else since.
                    _ if told.server.watch.asked.is_some_and(|asked| !is_it(&asked)) => {
                        return Ok(Outcome::Failed);
                    }
                    _ => {}
                },
                Ok(Ok(_) | Err(RecvError::Lagged(_))) => {}
                Ok(Err(RecvError::Closed)) | Err(_) => return Ok(Outcome::UnderWay),
            }
        }
    }

    /// Ties a server to a game, or unties it.
    pub async fn tie_server(
        &self,
        caller: &Caller,
        id: ServerId,
        game: Option<GameId>,
    ) -> Result<ServerView, UseError> {
        let view = self.may_server(caller, id, ServerAction::Manage).await?;
        let name = match game {
            Some(game) => Some(self.game_of(caller, game).await?.game.name.to_string()),
            None => None,
        };
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let mut record = tx.server_for_update(id).await?.ok_or(Mistake::NoSuchServer)?;
        if record.game == game {
            return Err(Mistake::NoChange.into());
        }
        let before = view.game.as_ref().map(|name| format!("game={name}"));
        let left = record.game.zip(view.game.clone());
        record.game = game;
        tx.put_server(&record, now).await?;
        let facts = format!("server={}", record.found.name);
        let after = name.as_ref().map_or(facts.clone(), |name| format!("{facts}; game={name}"));
        let before = Some(before.map_or(facts.clone(), |game| format!("{facts}; {game}")));
        let entry = AuditEntry {
            before,
            after: Some(after),
            outcome: Audited::Done,
            game: game.zip(name.clone()).or(left),
            ..entry(caller, AuditKind::ServerTied)
        };
        tx.audit(entry, now).await?;
        super::server_cards::tied(&tx, caller.actor.guild, id, &caller.correlation, now).await?;
        tx.commit().await?;
        let guild = caller.actor.guild;
        self.tell(Notice::Audit(guild));
        self.tell(Notice::Games(guild));
        self.tell(Notice::Server { guild, server: id, moved: true });
        if let Some(poller) = self.poller() {
            poller.nudge(id);
        }
        self.view(caller, record).await
    }

    pub(super) async fn view(
        &self,
        caller: &Caller,
        record: ServerRecord,
    ) -> Result<ServerView, UseError> {
        let game = match record.game {
            Some(id) => self.store().game(id).await?,
            None => None,
        };
        // A game that is on its way out holds no server.
        let game = game.filter(|known| known.game.phase != Phase::Deleted);
        let standing = self.standing(caller, game.as_ref().map(|known| known.game.id)).await?;
        let grants = if standing == Standing::CommunityAdmin {
            Vec::new()
        } else {
            self.store().server_grants(record.id).await?
        };
        let game = game.map(|known| known.game.name.to_string());
        Ok(decide(caller, record, game, standing, &grants))
    }

    async fn may_control(
        &self,
        caller: &Caller,
        view: &ServerView,
        action: ServerAction,
    ) -> Result<(), UseError> {
        if view.may.has(action) {
            return Ok(());
        }
        let entry = AuditEntry {
            outcome: Audited::Refused,
            before: Some(format!("server={}", view.record.found.name)),
            after: Some(format!("{}Server", capital(action.as_str()))),
            game: view.record.game.zip(view.game.clone()),
            ..entry(caller, AuditKind::ActionRefused)
        };
        let tx = self.store().begin().await?;
        tx.audit(entry, self.clock().now()).await?;
        tx.commit().await?;
        self.tell(Notice::Audit(caller.actor.guild));
        Err(ServerRefusal { action }.into())
    }

    /// Writes down what is asked for, before the panel is told.
    async fn ask(
        &self,
        caller: &Caller,
        view: &ServerView,
        action: ServerAction,
    ) -> Result<Asked, UseError> {
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let found = tx.server_for_update(view.record.id).await?;
        let mut record = found.filter(|record| !record.gone).ok_or(Mistake::NoSuchServer)?;
        sensible(&record, action)?;
        let entry = AuditEntry {
            after: Some(format!("server={}; action={}", record.found.name, action.as_str())),
            game: record.game.zip(view.game.clone()),
            ..entry(caller, AuditKind::ServerControlled)
        };
        let audit = tx.audit(entry, now).await?;
        // Whatever was wanted before is not going to come about.
        if let Some(before) = record.watch.asked.and_then(|before| before.audit) {
            tx.settle_entry(before, Audited::Failed).await?;
        }
        let asked = Asked { audit: Some(audit), ..Asked::new(action, caller.actor.user, now) };
        record.watch.asked = Some(asked);
        tx.put_server(&record, now).await?;
        tx.commit().await?;
        Ok(asked)
    }

    async fn give_up(&self, id: ServerId, asked: &Asked) -> Result<(), Fault> {
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        if let Some(mut record) = tx.server_for_update(id).await?
            && record.watch.asked.is_some_and(|known| known.audit == asked.audit)
        {
            record.watch.asked = None;
            tx.put_server(&record, now).await?;
        }
        if let Some(entry) = asked.audit {
            tx.settle_entry(entry, Audited::Failed).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Starts the daemon, and the game as soon as there is somebody to ask.
    async fn wake_daemon(&self, panel: &Panel, instance: &InstanceId) -> Result<(), AmpError> {
        let roster = panel.roster().await?;
        let one = roster.iter().find(|one| one.id == *instance).ok_or(AmpError::DaemonDown)?;
        panel.start_daemon(one).await?;
        let end = Instant::now() + DAEMON_WITHIN;
        loop {
            sleep(DAEMON_PAUSE).await;
            match panel.command(instance, &Command::Start).await {
                Err(error) if error == AmpError::DaemonDown || error.is_temporary() => {
                    if Instant::now() >= end {
                        return Err(error);
                    }
                }
                // Some panels start the game with its daemon, and have nothing left to start.
                Err(AmpError::Refused(why)) => {
                    let app = panel.status(instance).await?.app;
                    let up = matches!(app, App::Starting | App::Running);
                    return if up { Ok(()) } else { Err(AmpError::Refused(why)) };
                }
                other => return other,
            }
        }
    }
}

/// What cannot come to anything is said at once.
fn sensible(record: &ServerRecord, action: ServerAction) -> Result<(), Mistake> {
    use ServerAction::{Kill, Restart, Start, Stop};
    let state = record.watch.state;
    if record.watch.asked.is_some() && action != Kill {
        return Err(Mistake::ServerBusy);
    }
    match (action, state) {
        (_, ServerState::Suspended) => Err(Mistake::ServerSuspended),
        (Start, ServerState::Online | ServerState::Starting)
        | (Stop, ServerState::Offline | ServerState::Crashed) => Err(Mistake::ServerAlready(state)),
        (Restart, ServerState::Offline | ServerState::Crashed) => Err(Mistake::ServerDown),
        _ => Ok(()),
    }
}

fn command(action: ServerAction) -> Option<Command> {
    Some(match action {
        ServerAction::Start => Command::Start,
        ServerAction::Stop => Command::Stop,
        ServerAction::Restart => Command::Restart,
        ServerAction::Kill => Command::Kill,
        ServerAction::Update => Command::Update,
        ServerAction::Status
        | ServerAction::Console
        | ServerAction::Backup
        | ServerAction::Manage => return None,
    })
}

/// An entry of this kind, pending, about nothing yet.
pub(super) fn entry(caller: &Caller, kind: AuditKind) -> AuditEntry {
    AuditEntry {
        guild: caller.actor.guild,
        game: None,
        actor: Some(caller.actor.user),
        subject: None,
        kind,
        outcome: Audited::Pending,
        before: None,
        after: None,
        plan: None,
        correlation: caller.correlation.0.clone(),
        generation: None,
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
