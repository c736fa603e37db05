//! Selects over the choices a game or a guild has.

use domain::{
    Admission, DriftPolicy, Layout, Visibility,
    layout::{MAX_VOICE, MIN_VOICE},
};
use twilight_model::channel::message::component::Component;

use super::part::{choose, option};
use crate::{
    ids::{CustomId, value},
    text::{Words, args, fact, key},
};
use domain::Slot;

/// Open or by approval.
pub(crate) fn admission(w: &Words, id: &CustomId, now: Admission) -> Component {
    let one = |it, label, hint| {
        option(value::of_admission(it), &w.get(label), Some(&w.get(hint)), it == now)
    };
    choose(
        id,
        &w.get("form-admission"),
        (1, 1),
        vec![
            one(Admission::Open, key!("option-open"), key!("option-open-hint")),
            one(Admission::Approval, key!("option-approval"), key!("option-approval-hint")),
        ],
    )
}

/// Who sees it.
pub(crate) fn visibility(w: &Words, id: &CustomId, now: Visibility) -> Component {
    let one = |it, label, hint| {
        option(value::of_visibility(it), &w.get(label), Some(&w.get(hint)), it == now)
    };
    choose(
        id,
        &w.get("form-visibility"),
        (1, 1),
        vec![
            one(Visibility::Members, key!("option-members"), key!("option-members-hint")),
            one(Visibility::Everyone, key!("option-everyone"), key!("option-everyone-hint")),
        ],
    )
}

/// Any of the text channels, or none.
pub(crate) fn channels(w: &Words, id: &CustomId, placeholder: &str, now: Layout) -> Component {
    let chosen = now.slots();
    let options = value::TEXT_SLOTS
        .into_iter()
        .map(|slot| {
            let hint = w.get(match slot {
                Slot::Announcements => key!("option-announcements-hint"),
                Slot::LookingForGroup => key!("option-lfg-hint"),
                Slot::Forum => key!("option-forum-hint"),
                _ => key!("option-chat-hint"),
            });
            option(
                value::of_slot(slot),
                &fact::option_label(w, slot),
                Some(&hint),
                chosen.contains(&slot),
            )
        })
        .collect();
    choose(id, placeholder, (0, 4), options)
}

/// One to five voice channels. A game that has none by now shows no choice.
pub(crate) fn voice(w: &Words, id: &CustomId, placeholder: &str, now: Layout) -> Component {
    let options = (MIN_VOICE..=MAX_VOICE)
        .map(|n| {
            let label = w.with("option-voice", &args!["n" => n]);
            option(n.to_string(), &label, None, n == now.voice)
        })
        .collect();
    choose(id, placeholder, (1, 1), options)
}

/// What to do about changes by hand.
pub(crate) fn drift(w: &Words, id: &CustomId, now: DriftPolicy) -> Component {
    let one =
        |it, hint| option(value::of_drift(it), &fact::drift(w, it), Some(&w.get(hint)), it == now);
    choose(
        id,
        &w.get("settings-drift-placeholder"),
        (1, 1),
        vec![
            one(DriftPolicy::Repair, key!("drift-repair-hint")),
            one(DriftPolicy::Accept, key!("drift-accept-hint")),
            one(DriftPolicy::Ask, key!("drift-ask-hint")),
        ],
    )
}
