//! Guided forms between their steps, kept in the database so that a restart does not lose them.

use crate::{Caller, Engine, Mistake, UseError};

/// How long a guided form waits for its next step.
const DRAFT_LIFE_MS: i64 = 30 * 60 * 1000;

impl Engine {
    /// Keeps a form.
    pub async fn save_draft(
        &self,
        caller: &Caller,
        id: &str,
        body: &serde_json::Value,
    ) -> Result<(), UseError> {
        let now = self.clock().now();
        let (guild, user) = (caller.actor.guild, caller.actor.user);
        self.store().save_draft(id, guild, user, body, now, now + DRAFT_LIFE_MS).await?;
        Ok(())
    }

    /// A form of this very person.
    pub async fn load_draft(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<serde_json::Value, UseError> {
        let (guild, user) = (caller.actor.guild, caller.actor.user);
        self.store()
            .draft(id, guild, user, self.clock().now())
            .await?
            .ok_or_else(|| Mistake::DraftExpired(None).into())
    }

    /// Ends a form. The first of two clicks on Confirm gets it, the second is told it expired.
    pub async fn take_draft(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<serde_json::Value, UseError> {
        let body = self.load_draft(caller, id).await?;
        if self.store().drop_draft(id).await? {
            Ok(body)
        } else {
            Err(Mistake::DraftExpired(None).into())
        }
    }

    /// Throws a form away.
    pub async fn drop_draft(&self, caller: &Caller, id: &str) -> Result<(), UseError> {
        self.load_draft(caller, id).await?;
        self.store().drop_draft(id).await?;
        Ok(())
    }
}
