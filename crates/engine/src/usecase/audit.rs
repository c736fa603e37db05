//! Reading the audit.

use domain::{Action, GameId, UserId, audit::AuditKind};
use store::AuditQuery;

use crate::{Caller, Engine, UseError, view::AuditRow};

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only this game.
    pub game: Option<GameId>,
    /// Only what this person did, or what was done to this person.
    pub person: Option<UserId>,
    /// Only this kind.
    pub kind: Option<AuditKind>,
    /// Only entries before this one.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u64,
}

impl Engine {
    /// Audit entries, newest first. A game's own admins may read that game's entries.
    pub async fn audit(
        &self,
        caller: &Caller,
        filter: AuditFilter,
    ) -> Result<Vec<AuditRow>, UseError> {
        let action = if filter.game.is_some() { Action::ViewGameAudit } else { Action::ViewAudit };
        self.allowed(caller, action, filter.game).await?;
        let AuditFilter { game, person, kind, before, limit } = filter;
        let query = AuditQuery { game, person, kind, before, limit };
        let records = self.store().audit(caller.actor.guild, &query).await?;
        Ok(records.into_iter().map(AuditRow::from).collect())
    }
}

impl From<store::AuditRecord> for AuditRow {
    fn from(record: store::AuditRecord) -> Self {
        let entry = record.entry;
        Self {
            id: record.id,
            game: entry.game,
            actor: entry.actor,
            subject: entry.subject,
            kind: entry.kind,
            outcome: entry.outcome,
            before: entry.before,
            after: entry.after,
            plan: entry.plan,
            correlation: entry.correlation,
            at: record.at,
        }
    }
}
