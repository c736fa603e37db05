//! The proof that a step stands in the journal.
//!
//! Only this room makes one, and only after the commit. [`Engine::call`] takes nothing else, so a
//! call to Discord that nobody wrote down before does not compile.
//!
//! [`Engine::call`]: crate::Engine

use domain::{Game, plan::Op};
use store::WorkItem;

use super::call::mark_of;
use crate::{Engine, Fault};

/// A step whose journal entry is committed. Not `Clone`: one entry is one call.
#[derive(Debug)]
pub(super) struct Journaled {
    entry: i64,
    at: i64,
    op: Op,
}

impl Journaled {
    /// The entry's number.
    pub(super) fn entry(&self) -> i64 {
        self.entry
    }

    /// The very change that was written down.
    pub(super) fn op(&self) -> &Op {
        &self.op
    }

    /// What the call carries into Discord's audit log.
    pub(super) fn mark(&self, installation: &str) -> String {
        mark_of(installation, self.entry, self.at)
    }
}

impl Engine {
    /// Writes these intentions, before anything is asked of Discord; none when the game is not
    /// this process's any more.
    pub(super) async fn journal(
        &self,
        item: &WorkItem,
        game: &Game,
        ops: Vec<Op>,
    ) -> Result<Vec<Journaled>, Fault> {
        let at = self.clock().now();
        let tx = self.store().begin().await?;
        let mut written = Vec::with_capacity(ops.len());
        for op in ops {
            let entry = tx.journal_intent(game.id, game.generation, &op, at).await?;
            written.push(Journaled { entry, at, op });
        }
        self.still_ours(&tx, item).await?;
        tx.commit().await?;
        for one in &written {
            self.inner.ages.written(one.entry);
        }
        Ok(written)
    }
}
