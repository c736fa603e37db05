//! Making a game: the Simple modal, and the guided form with its plan.

use engine::{NewGame, Preview};
use twilight_model::channel::message::component::{ButtonStyle, Component};

use super::{
    Modal, Parts, choice,
    fields::{self, Filled},
    part::{Tone, button, people, press, row, rule, sheet, text},
};
use crate::{
    ids::{CustomId, DraftId, DraftPart},
    text::{Words, args, fact, key, plain, problem, step},
};

/// Most extra game admins named in the form.
pub const MAX_ADMINS: u8 = 10;

/// Characters for the steps of a plan.
const STEPS_BUDGET: usize = 1900;

/// The Simple modal.
pub fn simple_modal(w: &Words) -> Modal {
    let fields = fields::short(w, Filled::default());
    Modal::new(CustomId::SimpleModal, &w.get("modal-simple-title"), fields)
}

/// The texts of the guided form; filled when they are changed later.
pub fn words_modal(w: &Words, draft: &DraftId, filled: Option<&NewGame>) -> Modal {
    let filled = filled.map_or_else(Filled::default, |new| Filled {
        name: Some(new.name.as_str()),
        emoji: new.emoji.as_ref(),
        description: Some(&new.description),
        capacity: new.capacity,
        colour: new.colour,
    });
    let id = CustomId::Draft(DraftPart::WordsModal, draft.clone());
    Modal::new(id, &w.get("modal-advanced-title"), fields::full(w, filled))
}

/// The guided form: everything that is chosen, on one page.
pub fn form(w: &Words, draft: &DraftId, new: &NewGame) -> Parts {
    let id = |part| CustomId::Draft(part, draft.clone());
    let title = w.with("form-title", &args!["title" => title(new)]);
    let mut parts = vec![text(format!("{title}\n{}", w.get("form-intro"))), text(facts(w, new))];
    parts.push(rule());
    // A select's placeholder hides behind what is chosen; the question stands above it.
    let labelled = |key: &str, select: Component| [text(format!("**{}**", w.get(key))), select];
    parts.extend(labelled(
        key!("form-admission"),
        choice::admission(w, &id(DraftPart::Admission), new.admission),
    ));
    parts.extend(labelled(
        key!("form-visibility"),
        choice::visibility(w, &id(DraftPart::Visibility), new.visibility),
    ));
    parts.extend(labelled(
        key!("form-channels"),
        choice::channels(w, &id(DraftPart::Channels), &w.get("form-channels"), new.layout),
    ));
    parts.extend(labelled(
        key!("form-voice"),
        choice::voice(w, &id(DraftPart::Voice), &w.get("form-voice"), new.layout),
    ));
    let admins = new.admins.get(..usize::from(MAX_ADMINS)).unwrap_or(&new.admins);
    parts.extend(labelled(
        key!("form-admins"),
        people(&id(DraftPart::Admins), &w.get("form-admins"), (0, MAX_ADMINS), admins),
    ));
    let act = |style, part, key| button(style, &id(part), &w.get(key));
    parts.push(row(vec![
        act(ButtonStyle::Success, DraftPart::Preview, key!("button-preview")),
        act(ButtonStyle::Secondary, DraftPart::Words, key!("button-edit-words")),
        act(ButtonStyle::Secondary, DraftPart::Cancel, key!("button-cancel")),
    ]));
    sheet(tone(new), parts)
}

/// The plan as text, the room left, and Confirm / Back / Cancel.
pub fn preview(w: &Words, draft: &DraftId, new: &NewGame, preview: &Preview) -> Parts {
    let id = |part| CustomId::Draft(part, draft.clone());
    let blocked = !preview.plan.problems.is_empty();
    let title = w.with("preview-title", &args!["title" => title(new)]);
    let mut parts = vec![text(format!("{title}\n{}", facts(w, new))), rule()];
    parts.extend(plan(w, preview));
    let room = room(w, preview);
    let fits = w.with("preview-fits", &args!["fits" => preview.fits]);
    parts.push(text(if blocked { room } else { format!("{room}\n{fits}") }));
    let act = |style, part, key, dead| press(style, &id(part), &w.get(key), dead);
    parts.push(row(vec![
        act(ButtonStyle::Success, DraftPart::Confirm, key!("button-confirm-create"), blocked),
        act(ButtonStyle::Secondary, DraftPart::Back, key!("button-back"), false),
        act(ButtonStyle::Secondary, DraftPart::Cancel, key!("button-cancel"), false),
    ]));
    sheet(if blocked { Tone::Attention } else { tone(new) }, parts)
}

/// The steps, and what stands in the way of them.
pub(crate) fn plan(w: &Words, preview: &Preview) -> Vec<Component> {
    let steps = step::steps(w, &preview.plan, STEPS_BUDGET - 100);
    let mut parts = vec![text(format!("{}\n{steps}", w.get("preview-intro")))];
    if !preview.plan.problems.is_empty() {
        let lines: Vec<String> = preview
            .plan
            .problems
            .iter()
            .map(|it| format!("- {}", problem::problem(w, it)))
            .collect();
        let said = format!("{}\n{}", w.get("preview-blocked"), lines.join("\n"));
        parts.push(text(plain::shorten(&said, 900)));
    }
    parts
}

/// Room left under Discord's limits.
pub(crate) fn room(w: &Words, preview: &Preview) -> String {
    let room = preview.room;
    w.with("preview-room", &args!["roles" => room.roles, "channels" => room.channels])
}

fn facts(w: &Words, new: &NewGame) -> String {
    let mut facts = vec![
        fact::capacity(w, new.capacity),
        fact::admission(w, new.admission),
        fact::visibility(w, new.visibility),
        fact::layout(w, &new.layout),
    ];
    facts.extend(new.colour.map(|colour| colour.to_string()));
    let mut said = facts.join(" · ");
    if !new.description.is_empty() {
        said.push_str("\n-# ");
        let flat = new.description.as_str().replace('\n', " ");
        said.push_str(&plain::escape_text(&plain::shorten(&flat, 200)));
    }
    said
}

fn title(new: &NewGame) -> String {
    fact::named(new.emoji.as_ref(), new.name.as_str())
}

fn tone(new: &NewGame) -> Tone {
    new.colour.map_or(Tone::Plain, |colour| Tone::Own(colour.value()))
}
