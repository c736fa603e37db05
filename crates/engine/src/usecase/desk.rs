//! What every use case does first and last: who is asking, which game, and the one transaction.

use domain::{
    Action, Game, GameId, Phase, Refusal, Slot, Standing,
    audit::{AuditKind, Outcome},
    authorize,
};
use store::{AuditEntry, GameRecord, Tx, Waiter};

use crate::{Caller, Engine, Fault, Mistake, Notice, UseError};

/// Discord's interaction tokens live 15 minutes; the last one is left for the answer to arrive.
const TOKEN_LIFE_MS: i64 = 14 * 60 * 1000;

impl Engine {
    /// A game of the caller's guild that has not been deleted.
    pub(crate) async fn game_of(
        &self,
        caller: &Caller,
        id: GameId,
    ) -> Result<GameRecord, UseError> {
        let record = self.store().game(id).await?;
        record
            .filter(|r| r.game.guild == caller.actor.guild && r.game.phase != Phase::Deleted)
            .ok_or_else(|| Mistake::NoSuchGame.into())
    }

    /// Where the caller stands towards a game, or towards none in particular.
    pub async fn standing(
        &self,
        caller: &Caller,
        game: Option<GameId>,
    ) -> Result<Standing, UseError> {
        let settings = self.store().settings(caller.actor.guild).await?;
        if caller.actor.is_community_admin(&settings) {
            return Ok(Standing::CommunityAdmin);
        }
        let Some(game) = game else { return Ok(Standing::Player) };
        let seat = self.store().seat(game, caller.actor.user).await?;
        let is_admin = seat.is_some_and(|seat| seat.is_admin);
        if !is_admin {
            return Ok(Standing::Player);
        }
        let bindings = self.store().bindings(game).await?;
        let role = bindings.get(&Slot::AdminRole).and_then(|b| domain::RoleId::new_checked(b.id));
        Ok(caller.actor.standing(&settings, is_admin, role))
    }

    /// Lets the caller do it, or refuses and remembers the refusal.
    pub async fn allowed(
        &self,
        caller: &Caller,
        action: Action,
        game: Option<GameId>,
    ) -> Result<Standing, UseError> {
        if action.requires() == Standing::Player {
            return Ok(Standing::Player);
        }
        let standing = self.standing(caller, game).await?;
        match authorize(standing, action) {
            Ok(()) => Ok(standing),
            Err(refusal) => {
                self.remember_refusal(caller, refusal, game).await?;
                Err(refusal.into())
            }
        }
    }

    async fn remember_refusal(
        &self,
        caller: &Caller,
        refusal: Refusal,
        game: Option<GameId>,
    ) -> Result<(), Fault> {
        let game = match game {
            Some(id) => self.store().game(id).await?.map(|r| (id, r.game.name.to_string())),
            None => None,
        };
        let entry = AuditEntry {
            guild: caller.actor.guild,
            game,
            actor: Some(caller.actor.user),
            subject: None,
            kind: AuditKind::ActionRefused,
            outcome: Outcome::Refused,
            before: None,
            after: Some(format!("{:?}", refusal.action)),
            plan: None,
            correlation: caller.correlation.0.clone(),
            generation: None,
        };
        let tx = self.store().begin().await?;
        tx.audit(entry, self.clock().now()).await?;
        tx.commit().await?;
        self.tell(Notice::Audit(caller.actor.guild));
        Ok(())
    }

    /// An audit entry of this caller about this game.
    pub(crate) fn entry(
        caller: &Caller,
        game: &Game,
        kind: AuditKind,
        before: Option<String>,
        after: Option<String>,
    ) -> AuditEntry {
        AuditEntry {
            guild: game.guild,
            game: Some((game.id, game.name.to_string())),
            actor: Some(caller.actor.user),
            subject: None,
            kind,
            outcome: Outcome::Pending,
            before,
            after,
            plan: None,
            correlation: caller.correlation.0.clone(),
            generation: Some(game.generation),
        }
    }

    /// The last lines of every change of a game's desired state: audit, the person who waits,
    /// the wake-up; all in the transaction that made the change.
    pub(crate) async fn hand_over(
        &self,
        tx: Tx,
        caller: &Caller,
        game: &Game,
        entry: AuditEntry,
        repair: bool,
    ) -> Result<(), UseError> {
        let now = self.clock().now();
        let kind = entry.kind;
        tx.audit(entry, now).await?;
        if let Some(reply) = &caller.reply_to {
            tx.add_waiter(&Waiter {
                id: 0,
                game: game.id,
                generation: game.generation,
                kind,
                application: reply.application,
                token: reply.token.clone(),
                locale: match caller.locale {
                    domain::Locale::En => "en".to_owned(),
                    domain::Locale::De => "de".to_owned(),
                },
                correlation: caller.correlation.0.clone(),
                expires_at: reply.at.saturating_add(TOKEN_LIFE_MS),
            })
            .await?;
        }
        tx.wake(game.id, game.guild, now, repair).await?;
        tx.commit().await?;
        self.inner.wake.notify_one();
        self.tell(Notice::Games(game.guild));
        Ok(())
    }

    /// The guild as last seen, or a fault that says it is not available.
    pub(crate) fn guild(
        &self,
        id: domain::GuildId,
    ) -> Result<std::sync::Arc<domain::plan::ObservedGuild>, Fault> {
        self.cache().guild(id).ok_or(Fault::GuildUnavailable(id))
    }
}

/// A game's facts in words of data, for the audit's before and after.
pub(crate) fn facts(game: &Game) -> String {
    let mut parts = vec![format!("name={}", game.name), format!("phase={}", game.phase.as_str())];
    if let Some(emoji) = &game.emoji {
        parts.push(format!("emoji={emoji}"));
    }
    if let Some(colour) = game.colour {
        parts.push(format!("colour={colour}"));
    }
    if let Some(capacity) = game.capacity {
        parts.push(format!("capacity={}", capacity.seats()));
    }
    parts.push(format!("admission={:?}", game.admission).to_lowercase());
    parts.push(format!("visibility={:?}", game.visibility).to_lowercase());
    let slots: Vec<String> = game.layout.slots().iter().map(ToString::to_string).collect();
    parts.push(format!("channels={}", slots.join("+")));
    if !game.description.is_empty() {
        parts.push(format!("description={}", game.description.as_str()));
    }
    parts.join("; ")
}
