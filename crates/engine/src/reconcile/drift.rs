//! What people changed by hand: taken over, or written down as repaired.

use domain::{
    Game,
    audit::{AuditKind, Outcome},
    plan::{Bindings, Op, Plan, Step, drift},
};
use store::{AuditEntry, AuditQuery};

use crate::{Correlation, Engine, Fault};

impl Engine {
    /// With the policy `accept`, a channel deleted by hand leaves the game's layout. Answers
    /// whether the game changed.
    pub(crate) async fn accept_deletions(&self, game: &Game) -> Result<bool, Fault> {
        let settings = self.store().settings(game.guild).await?;
        let guild = self.guild(game.guild)?;
        let bindings = self.store().bindings(game.id).await?;
        let slots = drift::accepted_deletions(game, &bindings, &guild, settings.drift_policy);
        if slots.is_empty() {
            return Ok(false);
        }
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        let Some(record) = tx.game_for_update(game.id).await? else { return Ok(false) };
        if record.game.generation != game.generation {
            // Somebody edited the game just now: look again with the new state.
            return Ok(true);
        }
        let mut changed = record.game;
        for slot in &slots {
            changed.layout = changed.layout.without(*slot);
            tx.unbind(game.id, *slot).await?;
        }
        changed.generation += 1;
        tx.update_game(&changed, now).await?;
        let names: Vec<String> = slots.iter().map(ToString::to_string).collect();
        let mut entry = own_entry(&changed, AuditKind::DriftAccepted, now);
        entry.before = Some(format!("channels={}", names.join("+")));
        entry.after = Some("deleted by hand, accepted".to_owned());
        tx.audit(entry, now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Puts the plan beside the audit entries it serves; a plan that repairs what people did by
    /// hand gets an entry of its own, unless a person ordered the repair.
    pub(super) async fn remember_plan(
        &self,
        game: &Game,
        plan: &Plan,
        bindings: &Bindings,
        ordered: bool,
    ) -> Result<(), Fault> {
        let repairs: Vec<&Step> =
            plan.steps.iter().filter(|step| is_repair(&step.op, bindings)).collect();
        let fresh = !repairs.is_empty() && !ordered && !self.repair_is_noted(game).await?;
        if plan.steps.is_empty() && plan.holds.is_empty() && plan.forget.is_empty() {
            return Ok(());
        }
        let now = self.clock().now();
        let tx = self.store().begin().await?;
        for (slot, applied) in &plan.holds {
            tx.set_applied(game.id, *slot, *applied).await?;
        }
        // What is gone and no longer wanted: a later wish shall not take it for deleted by hand.
        for slot in &plan.forget {
            tx.unbind(game.id, *slot).await?;
        }
        if !plan.steps.is_empty() {
            tx.audit_plan(game.id, game.generation, &plan.to_string()).await?;
        }
        if fresh {
            let mut entry = own_entry(game, AuditKind::DriftRepaired, now);
            let lines: Vec<String> = repairs.iter().map(|step| step.op.to_string()).collect();
            entry.plan = Some(lines.join("\n"));
            tx.audit(entry, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Whether the repair under way has its entry already, from before a restart or a retry.
    async fn repair_is_noted(&self, game: &Game) -> Result<bool, Fault> {
        let query = AuditQuery {
            game: Some(game.id),
            kind: Some(AuditKind::DriftRepaired),
            limit: 1,
            ..AuditQuery::default()
        };
        let last = self.store().audit(game.guild, &query).await?;
        Ok(last.first().is_some_and(|record| record.entry.outcome == Outcome::Pending))
    }
}

/// Whether a step puts something right that was right before: the object existed, or its
/// specification had been applied.
fn is_repair(op: &Op, bindings: &Bindings) -> bool {
    match op {
        Op::CreateRole { slot, .. } | Op::CreateChannel { slot, .. } => bindings.contains_key(slot),
        Op::UpdateRole { slot, applied, .. }
        | Op::UpdateChannel { slot, applied, .. }
        | Op::SetOverwrite { slot, applied, .. } => {
            bindings.get(slot).is_some_and(|binding| binding.applied == Some(*applied))
        }
        _ => false,
    }
}

/// An entry of the bot itself.
fn own_entry(game: &Game, kind: AuditKind, now: i64) -> AuditEntry {
    AuditEntry {
        guild: game.guild,
        game: Some((game.id, game.name.to_string())),
        actor: None,
        subject: None,
        kind,
        outcome: Outcome::Pending,
        before: None,
        after: None,
        plan: None,
        correlation: Correlation::from_snowflake(now.cast_unsigned()).0,
        generation: Some(game.generation),
    }
}
