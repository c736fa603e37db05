//! Messages and forms as text.

use sandbox::actor::{First, MessageView, ModalView, SelectView};

/// A message with its controls listed below.
pub(super) fn message(seen: &MessageView) -> String {
    let mut lines = vec![String::from("┌──")];
    lines.extend(seen.text().lines().map(|line| format!("│ {line}")));
    let buttons: Vec<String> = seen
        .buttons()
        .iter()
        .filter(|button| !button.disabled)
        .map(|button| button.label.clone())
        .collect();
    if !buttons.is_empty() {
        lines.push(format!("│ press one of: {}", buttons.join(" | ")));
    }
    lines.extend(seen.selects().iter().filter(|s| !s.disabled).map(select));
    let close = if seen.ephemeral { "└── only you can see this" } else { "└──" };
    lines.push(close.to_owned());
    lines.join("\n")
}

fn select(select: &SelectView) -> String {
    let options: Vec<&str> = select.options.iter().map(|option| option.label.as_str()).collect();
    let options = if options.is_empty() { "a name".to_owned() } else { options.join(" | ") };
    format!("│ pick ({}): {options}", select.placeholder)
}

/// A form with its fields.
pub(super) fn form(form: &ModalView) -> String {
    let mut lines = vec![format!("╔══ {}", form.title)];
    for input in form.inputs() {
        let must = if input.required { "" } else { " (may be empty)" };
        let value =
            if input.value.is_empty() { String::new() } else { format!(" [{}]", input.value) };
        lines.push(format!("║ {}: {}{must}{value}", input.custom_id, input.label));
    }
    lines.push("╚══ fill in: fill FIELD=TEXT; FIELD=TEXT".to_owned());
    lines.join("\n")
}

/// The first thing that came back.
pub(super) fn first(first: &First) -> String {
    match first {
        First::Message(seen) | First::Updated(seen) | First::Deferred(seen) => message(seen),
        First::DeferredUpdate => "(nothing to see; look again)".to_owned(),
        First::Choices(choices) => {
            let names: Vec<String> =
                choices.iter().map(|choice| choice["name"].to_string()).collect();
            format!("suggestions: {}", names.join(", "))
        }
        First::Modal(shown) => form(shown),
        First::Failed(why) => format!("({why})"),
    }
}
