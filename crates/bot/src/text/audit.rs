//! Audit entries in words.

use std::fmt::Write as _;

use domain::{
    Action,
    audit::{AuditKind, Outcome},
    server::ServerAction,
};
use engine::view::AuditRow;

use super::{Words, args, key, plain};

/// Most characters of each of "before" and "after" in a line.
const VALUE: usize = 120;

/// What a kind of entry is called in filters and choices.
pub fn kind(w: &Words, kind: AuditKind) -> String {
    w.get(kind_key(kind))
}

/// The text key of a kind.
pub(crate) fn kind_key(kind: AuditKind) -> &'static str {
    match kind {
        AuditKind::DashboardSet => key!("audit-kind-dashboard-set"),
        AuditKind::SettingsChanged => key!("audit-kind-settings-changed"),
        AuditKind::GameCreated => key!("audit-kind-game-created"),
        AuditKind::GameEdited => key!("audit-kind-game-edited"),
        AuditKind::GameArchived => key!("audit-kind-game-archived"),
        AuditKind::GameRestored => key!("audit-kind-game-restored"),
        AuditKind::GameDeleted => key!("audit-kind-game-deleted"),
        AuditKind::GameRepaired => key!("audit-kind-game-repaired"),
        AuditKind::DriftRepaired => key!("audit-kind-drift-repaired"),
        AuditKind::DriftAccepted => key!("audit-kind-drift-accepted"),
        AuditKind::LeftAlone => key!("audit-kind-left-alone"),
        AuditKind::SeatRequested => key!("audit-kind-seat-requested"),
        AuditKind::SeatTaken => key!("audit-kind-seat-taken"),
        AuditKind::SeatLeft => key!("audit-kind-seat-left"),
        AuditKind::SeatApproved => key!("audit-kind-seat-approved"),
        AuditKind::SeatDeclined => key!("audit-kind-seat-declined"),
        AuditKind::SeatRemoved => key!("audit-kind-seat-removed"),
        AuditKind::AdminAppointed => key!("audit-kind-admin-appointed"),
        AuditKind::AdminDismissed => key!("audit-kind-admin-dismissed"),
        AuditKind::ServerControlled => key!("audit-kind-server-controlled"),
        AuditKind::ServerTied => key!("audit-kind-server-tied"),
        AuditKind::ServerListed => key!("audit-kind-server-listed"),
        AuditKind::ServerAlert => key!("audit-kind-server-alert"),
        AuditKind::ActionRefused => key!("audit-kind-action-refused"),
    }
}

/// One entry as one line: outcome, who did what, before and after, when, reference. At most
/// about 700 characters.
pub fn line(w: &Words, row: &AuditRow) -> String {
    let mark = w.get(match row.outcome {
        Outcome::Pending => key!("outcome-pending"),
        Outcome::Done => key!("outcome-done"),
        Outcome::Failed => key!("outcome-failed"),
        Outcome::Refused => key!("outcome-refused"),
    });
    let mut text = format!("{mark} {}", sentence(w, row));
    if let Some(change) = change(w, row) {
        let _ = write!(text, " · {change}");
    }
    let reference =
        w.with("audit-reference", &args!["reference" => plain::shorten(&row.correlation, 20)]);
    let _ = write!(text, " · {} · {reference}", plain::when(row.at));
    text
}

/// Who did what to whom.
fn sentence(w: &Words, row: &AuditRow) -> String {
    let actor = row.actor.map_or_else(|| w.get("the-bot"), plain::person);
    // Where no other person is named, the actor is the one it is about.
    let person = row.subject.map_or_else(|| actor.clone(), plain::person);
    let game = row.game.as_ref().map_or_else(|| "–".to_owned(), |(_, name)| plain::escape(name));
    let key = match row.kind {
        AuditKind::DashboardSet => key!("audit-line-dashboard-set"),
        AuditKind::SettingsChanged => key!("audit-line-settings-changed"),
        AuditKind::GameCreated => key!("audit-line-game-created"),
        AuditKind::GameEdited => key!("audit-line-game-edited"),
        AuditKind::GameArchived => key!("audit-line-game-archived"),
        AuditKind::GameRestored => key!("audit-line-game-restored"),
        AuditKind::GameDeleted => key!("audit-line-game-deleted"),
        AuditKind::GameRepaired => key!("audit-line-game-repaired"),
        AuditKind::DriftRepaired => key!("audit-line-drift-repaired"),
        AuditKind::DriftAccepted => key!("audit-line-drift-accepted"),
        AuditKind::LeftAlone => key!("audit-line-left-alone"),
        AuditKind::SeatRequested => key!("audit-line-seat-requested"),
        AuditKind::SeatTaken => key!("audit-line-seat-taken"),
        AuditKind::SeatLeft => key!("audit-line-seat-left"),
        AuditKind::SeatApproved => key!("audit-line-seat-approved"),
        AuditKind::SeatDeclined => key!("audit-line-seat-declined"),
        AuditKind::SeatRemoved => key!("audit-line-seat-removed"),
        AuditKind::AdminAppointed => key!("audit-line-admin-appointed"),
        AuditKind::AdminDismissed => key!("audit-line-admin-dismissed"),
        AuditKind::ServerControlled => key!("audit-line-server-controlled"),
        AuditKind::ServerTied => key!("audit-line-server-tied"),
        AuditKind::ServerListed => key!("audit-line-server-listed"),
        AuditKind::ServerAlert => key!("audit-line-server-alert"),
        AuditKind::ActionRefused if row.game.is_some() => key!("audit-line-action-refused-game"),
        AuditKind::ActionRefused => key!("audit-line-action-refused"),
    };
    let what = refused(w, row);
    w.with(key, &args!["actor" => actor, "person" => person, "game" => game, "what" => what])
}

/// What changed: of two lists of facts only those that differ.
fn change(w: &Words, row: &AuditRow) -> Option<String> {
    if row.kind == AuditKind::ActionRefused {
        return None;
    }
    let (before, after) = match (&row.before, &row.after) {
        (Some(before), Some(after)) => difference(before, after),
        (before, after) => (before.clone().unwrap_or_default(), after.clone().unwrap_or_default()),
    };
    let (before, after) = (shown(&before), shown(&after));
    match (before.is_empty(), after.is_empty()) {
        (false, false) => {
            Some(w.with("audit-change", &args!["before" => before, "after" => after]))
        }
        (true, false) => Some(w.with("audit-after", &args!["after" => after])),
        (false, true) => Some(w.with("audit-before", &args!["before" => before])),
        (true, true) => None,
    }
}

/// The engine writes facts as `name=Chess; capacity=12`. What stands on both sides is left out.
fn difference(before: &str, after: &str) -> (String, String) {
    let (olds, news): (Vec<&str>, Vec<&str>) =
        (before.split("; ").collect(), after.split("; ").collect());
    let only = |these: &[&str], others: &[&str]| {
        these.iter().filter(|it| !others.contains(it)).copied().collect::<Vec<_>>().join("; ")
    };
    (only(&olds, &news), only(&news, &olds))
}

/// In one line, safe and short.
fn shown(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    plain::escape_data(&plain::shorten(&line, VALUE))
}

/// What was refused. The engine notes the action by its name in code.
fn refused(w: &Words, row: &AuditRow) -> String {
    Action::ALL
        .into_iter()
        .find(|action| row.after.as_deref() == Some(format!("{action:?}").as_str()))
        .map(|action| super::mistake::action(w, action))
        .or_else(|| {
            let asked = row.after.as_deref()?.strip_suffix("Server")?.to_lowercase();
            ServerAction::parse(&asked).map(|action| super::server::action(w, action))
        })
        .unwrap_or_else(|| w.get("action-unknown"))
}
