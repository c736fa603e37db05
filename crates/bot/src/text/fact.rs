//! Short facts about a game, as lists, panels and pages share them.

use domain::{Admission, Capacity, DriftPolicy, Game, Layout, Phase, Slot, Visibility};
use engine::{GameSummary, Progress};

use super::{Words, args, key, plain};

/// A game's name with its emoji, for message text.
pub fn title(game: &Game) -> String {
    plain::safe(&game.title())
}

/// A name with an emoji, for message text.
pub fn named(emoji: Option<&domain::Emoji>, name: &str) -> String {
    match emoji {
        Some(emoji) => format!("{emoji} {}", plain::escape(name)),
        None => plain::escape(name),
    }
}

/// How many are in, of how many.
pub fn seats(w: &Words, summary: &GameSummary) -> String {
    match summary.game.capacity {
        Some(capacity) if summary.is_full() => {
            w.with("seats-full", &args!["capacity" => capacity.seats()])
        }
        Some(capacity) => {
            w.with("seats-limited", &args!["n" => summary.seated, "capacity" => capacity.seats()])
        }
        None => w.with("seats-open", &args!["n" => summary.seated]),
    }
}

/// Open requests, if there are any.
pub fn requests(w: &Words, summary: &GameSummary) -> Option<String> {
    (summary.requested > 0).then(|| w.with("seats-requested", &args!["n" => summary.requested]))
}

/// How many can be in.
pub fn capacity(w: &Words, capacity: Option<Capacity>) -> String {
    match capacity {
        Some(capacity) => w.with("capacity-seats", &args!["n" => capacity.seats()]),
        None => w.get("capacity-none"),
    }
}

/// Who may join.
pub fn admission(w: &Words, admission: Admission) -> String {
    w.get(match admission {
        Admission::Open => key!("admission-open"),
        Admission::Approval => key!("admission-approval"),
    })
}

/// Who sees it.
pub fn visibility(w: &Words, visibility: Visibility) -> String {
    w.get(match visibility {
        Visibility::Everyone => key!("visibility-everyone"),
        Visibility::Members => key!("visibility-members"),
    })
}

/// Where it is in its life.
pub fn phase(w: &Words, phase: Phase) -> String {
    w.get(match phase {
        Phase::Active => key!("phase-active"),
        Phase::Archived { release_channels: false } => key!("phase-archived"),
        Phase::Archived { release_channels: true } => key!("phase-archived-released"),
        Phase::Deleted => key!("phase-deleting"),
    })
}

/// The sign in front of a game in an admin's list.
pub fn mark(w: &Words, summary: &GameSummary) -> String {
    if summary.problems.is_empty() {
        phase_mark(w, summary.game.phase)
    } else {
        w.get("mark-problem")
    }
}

/// The sign in front of a game in everyone's list.
pub fn phase_mark(w: &Words, phase: Phase) -> String {
    w.get(match phase {
        Phase::Active => key!("mark-active"),
        Phase::Archived { .. } => key!("mark-archived"),
        Phase::Deleted => key!("mark-deleting"),
    })
}

/// How far work is, in a few characters.
pub fn work(w: &Words, progress: &Progress) -> String {
    match progress.retry_at {
        Some(at) => w.with("work-waiting", &args!["when" => plain::when(at)]),
        None if progress.total == 0 => "⏳".to_owned(),
        None => w.with("work-steps", &args!["done" => progress.done, "total" => progress.total]),
    }
}

/// The channels of a layout.
pub fn layout(w: &Words, layout: &Layout) -> String {
    let mut parts: Vec<String> = layout
        .slots()
        .into_iter()
        .filter(|slot| !matches!(slot, Slot::Voice(_)))
        .map(|slot| option_label(w, slot))
        .collect();
    if layout.voice > 0 {
        parts.push(w.with("option-voice", &args!["n" => layout.voice]));
    }
    if parts.is_empty() { w.get("none-word") } else { plain::list(w, &parts) }
}

/// What a text channel of a layout is called where it is chosen.
pub fn option_label(w: &Words, slot: Slot) -> String {
    match slot {
        Slot::Chat => w.get("option-chat"),
        Slot::Announcements => w.get("option-announcements"),
        Slot::LookingForGroup => w.get("option-lfg"),
        Slot::Forum => w.get("option-forum"),
        other => super::step::slot(w, other),
    }
}

/// What a guild does about changes by hand.
pub fn drift(w: &Words, policy: DriftPolicy) -> String {
    w.get(match policy {
        DriftPolicy::Repair => key!("drift-repair"),
        DriftPolicy::Accept => key!("drift-accept"),
        DriftPolicy::Ask => key!("drift-ask"),
    })
}
