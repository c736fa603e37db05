//! Reading the audit, filtered and a page at a time.

use domain::{GameId, UserId, audit::AuditKind};
use engine::usecase::audit::AuditFilter;

use super::{Said, stale};
use crate::{
    answer::Answer,
    app::App,
    door::{Asked, Chosen},
    ids::{AuditPart, AuditQuery, value},
    views::audit,
};

/// The first page of a new question.
pub(super) async fn first(
    app: &App,
    asked: &Asked,
    game: Option<GameId>,
    person: Option<UserId>,
    kind: Option<AuditKind>,
) -> Said {
    page(app, asked, AuditQuery { game, person, kind, before: None }).await
}

/// A control of the page.
pub(super) async fn press(
    app: &App,
    asked: &Asked,
    part: AuditPart,
    query: &AuditQuery,
    chosen: &Chosen,
) -> Said {
    let newest = AuditQuery { before: None, ..query.clone() };
    let query = match part {
        AuditPart::Show => query.clone(),
        AuditPart::Newest => newest,
        AuditPart::Kind => match value::audit_kind(chosen.first().unwrap_or(value::ANY)) {
            Some(kind) => AuditQuery { kind, ..newest },
            None => return Ok(stale(asked)),
        },
        AuditPart::Person => AuditQuery { person: chosen.ids().first().copied(), ..newest },
        AuditPart::Clear => AuditQuery { game: query.game, ..AuditQuery::default() },
    };
    page(app, asked, query).await
}

async fn page(app: &App, asked: &Asked, query: AuditQuery) -> Said {
    let AuditQuery { game, person, kind, before } = query.clone();
    let filter = AuditFilter { game, person, kind, before, limit: audit::PER_PAGE + 1 };
    let mut rows = app.engine.audit(&asked.caller, filter).await?;
    let most = usize::try_from(audit::PER_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    Ok(Answer::Show(audit::page(asked.words, &query, &rows, more)))
}
