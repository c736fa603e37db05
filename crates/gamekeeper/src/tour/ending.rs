//! What must hold in the end.

use domain::audit::AuditKind;
use store::AuditQuery;

use super::Tour;
use crate::stage::verbs::{Told, says, shown, until};

pub(super) async fn audit(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let query = AuditQuery { limit: 10_000, ..AuditQuery::default() };
    let entries =
        stage.engine().store().audit(stage.guild_id(), &query).await.map_err(|e| e.to_string())?;
    let count = |kind| entries.iter().filter(|e| e.entry.kind == kind).count();
    // What the tour has done, counted.
    let wanted = [
        (AuditKind::DashboardSet, 4),
        (AuditKind::SettingsChanged, 2),
        (AuditKind::GameCreated, 4),
        (AuditKind::GameEdited, 3),
        (AuditKind::GameArchived, 2),
        (AuditKind::GameRestored, 1),
        (AuditKind::GameDeleted, 1),
        (AuditKind::SeatTaken, 5),
        (AuditKind::SeatLeft, 2),
        (AuditKind::SeatRequested, 2),
        (AuditKind::SeatApproved, 1),
        (AuditKind::SeatDeclined, 1),
        (AuditKind::AdminAppointed, 1),
        (AuditKind::DriftRepaired, 1),
    ];
    for (kind, number) in wanted {
        if count(kind) != number {
            return Err(format!("{kind}: {number} expected, {} found", count(kind)));
        }
    }
    // A person can read it, filtered.
    let olga = stage.guild.owner();
    let page = shown(&olga.slash("audit", [("action", "game_deleted")])).await?;
    says(&page, "Dragon Hunt")?;
    // And the log channel has a line for the last of them.
    let log = stage.channel("log")?;
    until("the log channel to catch up", || async {
        let all: String = olga.read(log).iter().map(sandbox::actor::MessageView::text).collect();
        all.contains("Risk").then_some(())
    })
    .await
}

pub(super) async fn truth(tour: &mut Tour) -> Told<()> {
    tour.stage.rest().await?;
    tour.stage.truth().await
}

#[expect(clippy::unused_async, reason = "a step like the others")]
pub(super) async fn quiet(tour: &mut Tour) -> Told<()> {
    let errors = tour.watch.errors();
    if errors.is_empty() { Ok(()) } else { Err(errors.join("\n         ")) }
}

#[expect(clippy::unused_async, reason = "a step like the others")]
pub(super) async fn contract(tour: &mut Tour) -> Told<()> {
    let violations = tour.stage.discord.violations();
    if violations.is_empty() { Ok(()) } else { Err(format!("{violations:?}")) }
}
