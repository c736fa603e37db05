//! Small things every text needs: escaping, shortening, mentions, times.

use std::fmt::Write as _;

use domain::{ChannelId, RoleId, UserId};

use super::Words;

/// A name that a person chose, so that Discord shows it as it is: every character that means
/// something in Markdown, or could start a link, is escaped.
pub fn escape(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    for (at, c) in name.chars().enumerate() {
        let special = matches!(
            c,
            '\\' | '*'
                | '_'
                | '~'
                | '`'
                | '|'
                | '<'
                | '>'
                | '['
                | ']'
                | '('
                | ')'
                | '#'
                | '@'
                | ':'
        ) || (at == 0 && matches!(c, '-' | '+'));
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A game's title as [`domain::Game::title`] makes it, ready to be shown: a custom emoji in front
/// stays one, the name is escaped. A name itself can never look like a custom emoji.
pub fn safe(title: &str) -> String {
    let emoji = title
        .split_once("> ")
        .filter(|(mark, _)| mark.starts_with("<:") || mark.starts_with("<a:"));
    match emoji {
        Some((mark, name)) => format!("{mark}> {}", escape(name)),
        None => escape(title),
    }
}

/// Data of ours with names by people in it: escaped, except for mentions of channels, people and
/// roles, which no name can contain.
pub fn escape_data(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (plain, from) = rest.split_at(at);
        out.push_str(&escape(plain));
        let end = from.find('>').filter(|end| is_mention(&from[1..*end]));
        let (mark, after) = match end {
            Some(end) => {
                let (mark, after) = from.split_at(end + 1);
                (mark.to_owned(), after)
            }
            None => ("\\<".to_owned(), &from[1..]),
        };
        out.push_str(&mark);
        rest = after;
    }
    out + &escape(rest)
}

/// Whether this stands between the angle brackets of a mention.
fn is_mention(inner: &str) -> bool {
    ["#", "@&", "@"]
        .iter()
        .find_map(|mark| inner.strip_prefix(mark))
        .is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()))
}

/// A longer text by a person, escaped line by line. Plain web addresses stay links; a link that
/// says one thing and leads elsewhere does not.
pub fn escape_text(text: &str) -> String {
    text.split('\n')
        .map(|line| {
            line.split(' ')
                .map(|word| {
                    let is_address = (word.starts_with("https://") || word.starts_with("http://"))
                        && !word.contains(['<', '>', '[', ']', '(', ')', '`', '*', '|', '\\']);
                    if is_address { word.to_owned() } else { escape(word) }
                })
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// At most `limit` characters, the last one an ellipsis if something was cut.
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(limit.saturating_sub(1)).collect();
    // Half an escape would escape the ellipsis instead.
    while short.ends_with('\\') {
        short.pop();
    }
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

/// A person, as Discord shows people.
pub fn person(user: UserId) -> String {
    format!("<@{user}>")
}

/// A role.
pub fn role(role: RoleId) -> String {
    format!("<@&{role}>")
}

/// A channel.
pub fn channel(channel: ChannelId) -> String {
    format!("<#{channel}>")
}

/// A moment relative to now, kept up to date by the reader's own client. `at` is in milliseconds
/// since the Unix epoch.
pub fn when(at: i64) -> String {
    format!("<t:{}:R>", at.div_euclid(1000))
}

/// Several things in a row.
pub fn list(w: &Words, things: &[String]) -> String {
    things.join(&w.get("separator-list"))
}

/// Several things in a row, at most `limit` of them, then how many more there are.
pub fn short_list(w: &Words, things: &[String], limit: usize) -> String {
    let mut text = list(w, things.get(..limit).unwrap_or(things));
    if things.len() > limit {
        let more = w.with("and-more", &super::args!["n" => things.len() - limit]);
        let _ = write!(text, " {more}");
    }
    text
}

/// A bar of ten squares.
pub fn bar(done: usize, total: usize) -> String {
    const SQUARES: usize = 10;
    let full = (done.min(total) * SQUARES).checked_div(total).unwrap_or(0);
    "▰".repeat(full) + &"▱".repeat(SQUARES - full)
}
