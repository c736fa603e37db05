//! A server's console. Only those see it who may type there: it can hold anything.

use engine::{Console, ConsoleLine, ServerView};
use twilight_model::channel::message::component::ButtonStyle;

use super::{
    Modal, Parts,
    modal::Field,
    part::{Tone, button, close, row, sheet, text},
};
use crate::{
    ids::{CustomId, ServerAct, field},
    text::{Words, args, key, plain},
};

/// Characters of the lines shown: the newest that fit one text with its title.
const BUDGET: usize = 1_700;
/// Characters of one line.
const LINE: usize = 300;

/// The last lines, with a button to type one.
pub fn page(w: &Words, console: &Console) -> Parts {
    let record = &console.view.record;
    let name = plain::escape(record.found.name.as_str());
    let title = w.with("server-console-title", &args!["name" => name]);
    let lines = newest(&console.lines);
    let said = if lines.is_empty() {
        format!("{title}\n{}", w.get("server-console-empty"))
    } else {
        format!("{title}\n```\n{}\n```", lines.join("\n"))
    };
    let act = |style, act, key| button(style, &CustomId::Server(act, record.id), &w.get(key));
    let buttons = vec![
        act(ButtonStyle::Primary, ServerAct::ConsoleType, key!("button-server-type")),
        act(ButtonStyle::Secondary, ServerAct::Console, key!("button-refresh")),
        act(ButtonStyle::Secondary, ServerAct::Show, key!("button-server-details")),
        close(w),
    ];
    sheet(Tone::Plain, vec![text(said), row(buttons)])
}

/// As many of the last lines as fit, none able to end the block that they stand in.
fn newest(lines: &[ConsoleLine]) -> Vec<String> {
    let mut left = BUDGET;
    let mut shown = Vec::new();
    for line in lines.iter().rev() {
        let clean: String = line.text.chars().filter(|c| !c.is_control()).collect();
        let clean = plain::shorten(&clean.replace('`', "\u{02cb}"), LINE);
        let clean = if line.source.is_empty() || line.kind == "Console" {
            clean
        } else {
            let source: String = line.source.chars().filter(|c| !c.is_control()).collect();
            format!("<{}> {clean}", plain::shorten(&source.replace('`', "\u{02cb}"), 40))
        };
        let length = clean.chars().count() + 1;
        if clean.trim().is_empty() {
            continue;
        }
        if length > left {
            break;
        }
        left -= length;
        shown.push(clean);
    }
    shown.reverse();
    shown
}

/// Where a line is typed.
pub fn modal(w: &Words, view: &ServerView) -> Modal {
    let field = Field {
        id: field::LINE,
        label: w.get("field-line"),
        hint: Some(w.get("field-line-hint")),
        example: None,
        value: None,
        required: true,
        max: 1_000,
        long: false,
    };
    let id = CustomId::Server(ServerAct::ConsoleModal, view.record.id);
    let name = view.record.found.name.as_str();
    Modal::new(id, &w.with("modal-console-title", &args!["name" => name]), vec![field.build()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(source: &str, text: &str, kind: &str) -> ConsoleLine {
        let (source, text, kind) = (source.to_owned(), text.to_owned(), kind.to_owned());
        ConsoleLine { at: None, source, text, kind }
    }

    #[test]
    fn no_line_ends_the_block_it_stands_in() {
        let lines = [
            line("Server", "ready", "Console"),
            line("Mia", "```\n# hello", "Chat"),
            line("Server", " \u{1b} ", "Console"),
        ];
        assert_eq!(newest(&lines), ["ready", "<Mia> \u{2cb}\u{2cb}\u{2cb}# hello"]);
    }

    #[test]
    fn the_newest_lines_are_shown() {
        let lines: Vec<ConsoleLine> =
            (0..10_000).map(|n| line("Server", &format!("line {n}"), "Console")).collect();
        let shown = newest(&lines);
        assert_eq!(shown.last().map(String::as_str), Some("line 9999"));
        assert!(shown.iter().map(|line| line.chars().count() + 1).sum::<usize>() <= BUDGET);
        assert!(shown.len() > 100);
    }
}
