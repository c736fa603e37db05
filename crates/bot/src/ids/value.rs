//! Values of our selects and command choices: written by views and commands, read by flows.
//! Reading is strict; what we did not offer is none.

use domain::{
    Admission, DriftPolicy, GameId, Layout, Slot, Visibility,
    audit::AuditKind,
    server::{ServerAction, ServerActions, ServerId},
};
use engine::HistorySpan;

/// A game: its number, above zero.
pub fn game(text: &str) -> Option<GameId> {
    text.parse().ok().filter(|id: &i64| *id > 0 && id.to_string() == text).map(GameId)
}

/// A game server: its number, above zero.
pub fn server(text: &str) -> Option<ServerId> {
    text.parse().ok().filter(|id: &i64| *id > 0 && id.to_string() == text).map(ServerId)
}

/// What a role may do with a server. None if a value is not one that can be granted.
pub fn server_actions<S: AsRef<str>>(chosen: &[S]) -> Option<ServerActions> {
    let action = |text: &S| ServerAction::parse(text.as_ref()).filter(|it| it.can_be_granted());
    chosen.iter().map(action).collect()
}

/// The text form of an admission.
pub fn of_admission(admission: Admission) -> &'static str {
    match admission {
        Admission::Open => "open",
        Admission::Approval => "approval",
    }
}

/// Open or by approval.
pub fn admission(text: &str) -> Option<Admission> {
    [Admission::Open, Admission::Approval].into_iter().find(|it| of_admission(*it) == text)
}

/// The text form of a visibility.
pub fn of_visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Everyone => "everyone",
        Visibility::Members => "members",
    }
}

/// Who sees a game.
pub fn visibility(text: &str) -> Option<Visibility> {
    [Visibility::Everyone, Visibility::Members].into_iter().find(|it| of_visibility(*it) == text)
}

/// The text form of a policy.
pub fn of_drift(policy: DriftPolicy) -> &'static str {
    match policy {
        DriftPolicy::Repair => "repair",
        DriftPolicy::Accept => "accept",
        DriftPolicy::Ask => "ask",
    }
}

/// What to do about changes by hand.
pub fn drift(text: &str) -> Option<DriftPolicy> {
    [DriftPolicy::Repair, DriftPolicy::Accept, DriftPolicy::Ask]
        .into_iter()
        .find(|it| of_drift(*it) == text)
}

/// The text form of how much of a server's past is shown.
pub fn of_span(span: HistorySpan) -> &'static str {
    match span {
        HistorySpan::Day => "day",
        HistorySpan::Week => "week",
        HistorySpan::Month => "month",
    }
}

/// How much of a server's past is shown.
pub fn span(text: &str) -> Option<HistorySpan> {
    HistorySpan::ALL.into_iter().find(|it| of_span(*it) == text)
}

/// The channels a layout can have beside voice, in the order they are offered.
pub const TEXT_SLOTS: [Slot; 4] =
    [Slot::Chat, Slot::Announcements, Slot::LookingForGroup, Slot::Forum];

/// The text form of a channel slot.
pub fn of_slot(slot: Slot) -> String {
    slot.to_string()
}

/// The layout with exactly these text channels; its voice channels stay. None if a value is not
/// one of ours.
pub fn channels<S: AsRef<str>>(chosen: &[S], layout: Layout) -> Option<Layout> {
    let none = Layout {
        chat: false,
        announcements: false,
        forum: false,
        looking_for_group: false,
        ..layout
    };
    chosen.iter().try_fold(none, |mut layout, text| {
        match text.as_ref().parse().ok()? {
            Slot::Chat => layout.chat = true,
            Slot::Announcements => layout.announcements = true,
            Slot::LookingForGroup => layout.looking_for_group = true,
            Slot::Forum => layout.forum = true,
            Slot::PlayerRole | Slot::AdminRole | Slot::Category | Slot::Voice(_) => return None,
        }
        Some(layout)
    })
}

/// A number of voice channels, 1 to 5.
pub fn voice(text: &str) -> Option<u8> {
    text.parse()
        .ok()
        .filter(|n: &u8| (domain::layout::MIN_VOICE..=domain::layout::MAX_VOICE).contains(n))
}

/// "Any kind" among audit kinds.
pub const ANY: &str = "any";

/// A kind of audit entry, or `Some(None)` for [`ANY`].
pub fn audit_kind(text: &str) -> Option<Option<AuditKind>> {
    if text == ANY { Some(None) } else { text.parse().ok().map(Some) }
}
