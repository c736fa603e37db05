//! The temporary game, and what becomes of it.

use std::collections::BTreeSet;

use domain::{
    Actor, Admission, Capacity, Game, GameId, GameName, GuildId, Layout, Locale, Permissions,
    Phase, Slot, audit::Outcome, plan::room::ROLES_PER_GAME,
};
use engine::{Caller, Correlation, Engine, NewGame, UseError};
use store::{AuditQuery, AuditRecord, JournalStatus};

use super::{NAME, Step, guild, worker::Worker};

/// More entries than a test can make.
const MANY: u64 = 500;

pub(super) struct Corner<'a> {
    pub(super) engine: &'a Engine,
    worker: &'a Worker,
    guild: GuildId,
    pub(super) game: Option<Game>,
    /// Everything on Discord that was ever the game's.
    objects: BTreeSet<u64>,
}

/// Games of earlier tests.
pub(super) async fn left_behind(engine: &Engine, guild: GuildId) -> Step<Vec<Game>> {
    let games = engine.store().games_of_guild(guild).await.map_err(|e| e.to_string())?;
    let own =
        |game: &Game| game.created_by == engine.bot_user() && game.name.as_str().starts_with(NAME);
    Ok(games.into_iter().map(|record| record.game).filter(own).collect())
}

#[expect(clippy::needless_pass_by_value, reason = "it is a map_err function")]
fn said(error: UseError) -> String {
    error.to_string()
}

impl<'a> Corner<'a> {
    pub(super) fn new(engine: &'a Engine, worker: &'a Worker, guild: GuildId) -> Self {
        Self { engine, worker, guild, game: None, objects: BTreeSet::new() }
    }

    /// One that is there already.
    pub(super) fn of(engine: &'a Engine, worker: &'a Worker, guild: GuildId, game: Game) -> Self {
        Self { game: Some(game), ..Self::new(engine, worker, guild) }
    }

    /// The bot itself, with the right to everything: whoever may read the token may do that anyway.
    pub(super) fn caller(&self) -> Caller {
        let now = self.engine.clock().now().cast_unsigned();
        Caller {
            actor: Actor {
                guild: self.guild,
                user: self.engine.bot_user(),
                roles: Vec::new(),
                permissions: Permissions::MANAGE_GUILD,
            },
            locale: Locale::En,
            correlation: Correlation::from_snowflake(now),
            reply_to: None,
        }
    }

    /// The game to make: for one, so that nobody takes a seat in it, and hidden from everybody else.
    pub(super) fn wish(&self) -> Step<NewGame> {
        let name = GameName::parse(&format!("{NAME}{}", self.caller().correlation));
        let name = name.map_err(|error| error.to_string())?;
        let capacity = Capacity::new(1).map_err(|error| error.to_string())?;
        let simple = NewGame::simple(name, None, Layout::SIMPLE);
        Ok(NewGame { capacity: Some(capacity), admission: Admission::Approval, ..simple })
    }

    /// What the plan says, before anything is made.
    pub(super) async fn preview(&self, wish: &NewGame) -> Step<String> {
        guild::look(self.engine, self.guild).await?;
        let preview = self.engine.preview_create(&self.caller(), wish).await.map_err(said)?;
        match preview.plan.problems.first() {
            Some(problem) => Err(problem.to_string()),
            None => Ok(format!("{} steps", preview.plan.steps.len())),
        }
    }

    pub(super) async fn create(&mut self, wish: NewGame) -> Step<String> {
        let id = self.engine.create_game(&self.caller(), wish).await.map_err(said)?;
        self.read(id).await?;
        self.settled().await
    }

    /// The name of the game, where there still is one.
    pub(super) fn left(&self) -> Option<GameName> {
        self.game.as_ref().map(|game| game.name.clone())
    }

    pub(super) async fn archive(&mut self) -> Step<String> {
        let id = self.id()?;
        self.engine.archive_game(&self.caller(), id, false).await.map_err(said)?;
        self.read(id).await?;
        self.settled().await
    }

    pub(super) async fn restore(&mut self) -> Step<String> {
        let id = self.id()?;
        guild::look(self.engine, self.guild).await?;
        self.engine.restore_game(&self.caller(), id).await.map_err(said)?;
        self.read(id).await?;
        self.settled().await
    }

    /// Leaves the seat that whoever makes a game has, and takes it again.
    pub(super) async fn join(&mut self) -> Step<String> {
        let id = self.id()?;
        self.engine.leave_game(&self.caller(), id).await.map_err(said)?;
        self.worker.settle(self.engine, id).await?;
        let role = self.role().await?;
        if guild::own_roles(self.engine, self.guild).await?.iter().any(|own| own.get() == role) {
            return Err("who has left still has the player role".to_owned());
        }
        self.engine.join_game(&self.caller(), id).await.map_err(said)?;
        self.settled().await?;
        if guild::own_roles(self.engine, self.guild).await?.iter().any(|own| own.get() == role) {
            Ok("the role was taken, and given".to_owned())
        } else {
            Err("who has joined does not have the player role".to_owned())
        }
    }

    async fn role(&self) -> Step<u64> {
        let bindings = self.engine.store().bindings(self.id()?).await;
        let bindings = bindings.map_err(|error| error.to_string())?;
        let role = bindings.get(&Slot::PlayerRole).map(|binding| binding.id);
        role.ok_or_else(|| "the game has no player role".to_owned())
    }

    /// Deletes it, and looks that nothing is left of it. What is half made goes too.
    pub(super) async fn delete(&mut self) -> Step<String> {
        let Some(game) = self.game.clone() else { return Ok(String::new()) };
        guild::look(self.engine, self.guild).await?;
        self.remember(game.id).await?;
        let record = self.engine.store().game(game.id).await.map_err(|e| e.to_string())?;
        // One that is on its way out already is only waited for.
        if record.as_ref().is_some_and(|record| record.game.phase != Phase::Deleted) {
            let caller = self.caller();
            let deleted = self.engine.delete_game(&caller, game.id, game.name.as_str()).await;
            deleted.map_err(said)?;
        }
        self.worker.settle(self.engine, game.id).await?;
        let gone = self.engine.store().game(game.id).await.map_err(|e| e.to_string())?;
        if gone.is_some_and(|record| !record.gone) {
            return Err("the database still has the game".to_owned());
        }
        let guild = guild::look(self.engine, self.guild).await?;
        let there = guild.roles.keys().map(|id| id.get());
        let there: BTreeSet<u64> = there.chain(guild.channels.keys().map(|id| id.get())).collect();
        let left: Vec<_> = self.objects.intersection(&there).collect();
        if !left.is_empty() {
            return Err(format!("Discord still has {left:?}"));
        }
        self.game = None;
        Ok(format!("nothing is left of {} roles and channels", self.objects.len()))
    }

    /// Finds the game of a step that was interrupted before it could say which it is.
    pub(super) async fn find(&mut self, before: &[Game]) -> Step<()> {
        if self.game.is_none() {
            let now = left_behind(self.engine, self.guild).await?;
            self.game = now.into_iter().find(|game| before.iter().all(|one| one.id != game.id));
        }
        Ok(())
    }

    /// What the database keeps of it: no work, no open question, and a history that ended well.
    pub(super) async fn books(&self, id: GameId) -> Step<String> {
        // The bot looks at every game again after its own roles have changed.
        self.worker.settle(self.engine, id).await?;
        let store = self.engine.store();
        let wrong = |error: store::StoreError| error.to_string();
        if store.work(id).await.map_err(wrong)?.is_some() {
            return Err("work on the game is still owed".to_owned());
        }
        if !store.bindings(id).await.map_err(wrong)?.is_empty() && self.game.is_none() {
            return Err("a deleted game is still bound to what was on Discord".to_owned());
        }
        let journal = store.journal(id).await.map_err(wrong)?;
        if journal.iter().any(|entry| entry.status == JournalStatus::Intent) {
            return Err("the journal has an entry without an outcome".to_owned());
        }
        let query = AuditQuery { game: Some(id), limit: MANY, ..AuditQuery::default() };
        let history = store.audit(self.guild, &query).await.map_err(wrong)?;
        let bad = |record: &&AuditRecord| record.entry.outcome != Outcome::Done;
        if let Some(bad) = history.iter().find(bad) {
            let AuditRecord { entry, .. } = bad;
            return Err(format!("the history has {:?} as {:?}", entry.kind, entry.outcome));
        }
        Ok(format!("{} journal entries, {} of history", journal.len(), history.len()))
    }

    pub(super) fn id(&self) -> Step<GameId> {
        self.game.as_ref().map(|game| game.id).ok_or_else(|| "there is no game".to_owned())
    }

    async fn read(&mut self, id: GameId) -> Step<()> {
        let record = self.engine.store().game(id).await.map_err(|error| error.to_string())?;
        self.game = Some(record.ok_or_else(|| "the game is not in the database".to_owned())?.game);
        Ok(())
    }

    async fn remember(&mut self, id: GameId) -> Step<()> {
        let bindings = self.engine.store().bindings(id).await.map_err(|e| e.to_string())?;
        self.objects.extend(bindings.values().map(|binding| binding.id));
        Ok(())
    }

    /// Waits, then asks Discord afresh and compares by the planner's eyes.
    async fn settled(&mut self) -> Step<String> {
        let id = self.id()?;
        self.worker.settle(self.engine, id).await?;
        self.read(id).await?;
        self.remember(id).await?;
        let guild = guild::look(self.engine, self.guild).await?;
        let Some(game) = &self.game else { return Err("there is no game".to_owned()) };
        let plan = self.engine.lacking(game).await.map_err(|fault| fault.to_string())?;
        if !plan.steps.is_empty() || !plan.problems.is_empty() {
            return Err(format!("Discord does not show what the database says: {plan}"));
        }
        let bindings = self.engine.store().bindings(id).await.map_err(|e| e.to_string())?;
        let (roles, channels) = bindings.keys().fold((0, 0), |(roles, channels), slot| {
            if slot.is_role() { (roles + 1, channels) } else { (roles, channels + 1) }
        });
        let there = |id: u64| {
            guild.roles.keys().any(|role| role.get() == id)
                || guild.channels.keys().any(|channel| channel.get() == id)
        };
        if bindings.len() != ROLES_PER_GAME + game.layout.channel_count() {
            return Err(format!("{roles} roles and {channels} channels are not all of the game"));
        }
        if let Some((slot, _)) = bindings.iter().find(|(_, binding)| !there(binding.id)) {
            return Err(format!("Discord does not have the {slot}"));
        }
        Ok(format!("{roles} roles and {channels} channels, as the database says"))
    }
}
