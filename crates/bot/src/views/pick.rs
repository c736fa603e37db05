//! Picking a game: a select that works with any number of games, page by page.

use domain::Phase;
use engine::GameSummary;
use twilight_model::channel::message::component::{Component, SelectMenuOption};

use super::{
    Parts,
    part::{OPTIONS, Page, Tone, choose, close, option, reaction, row, sheet, text},
};
use crate::{
    ids::{CustomId, Purpose},
    text::{Words, args, fact, key},
};

/// Whether a game can be picked for this, as far as its phase goes. Whose games they are (to
/// leave, to manage) is the caller's to filter.
pub fn fits(purpose: Purpose, summary: &GameSummary) -> bool {
    match purpose {
        Purpose::Join | Purpose::Archive => summary.is_active(),
        Purpose::Restore => matches!(summary.game.phase, Phase::Archived { .. }),
        Purpose::Leave | Purpose::Manage | Purpose::Delete | Purpose::Info => {
            summary.game.phase != Phase::Deleted
        }
    }
}

/// One page of a picker over the games that fit its purpose.
pub fn pick(w: &Words, purpose: Purpose, games: &[GameSummary], page: u16) -> Parts {
    let games: Vec<&GameSummary> = games.iter().filter(|it| fits(purpose, it)).collect();
    if games.is_empty() {
        let none = w.get(match purpose {
            Purpose::Join => key!("pick-none-join"),
            Purpose::Leave => key!("pick-none-leave"),
            Purpose::Manage => key!("pick-none-manage"),
            Purpose::Archive => key!("pick-none-archive"),
            Purpose::Restore => key!("pick-none-restore"),
            Purpose::Delete => key!("pick-none-delete"),
            Purpose::Info => key!("pick-none-info"),
        });
        return sheet(Tone::Plain, vec![text(none), row(vec![close(w)])]);
    }
    let question = w.get(match purpose {
        Purpose::Join => key!("pick-join"),
        Purpose::Leave => key!("pick-leave"),
        Purpose::Manage => key!("pick-manage"),
        Purpose::Archive => key!("pick-archive"),
        Purpose::Restore => key!("pick-restore"),
        Purpose::Delete => key!("pick-delete"),
        Purpose::Info => key!("pick-info"),
    });
    let page = Page::of_many(page, games.len(), OPTIONS);
    let mut parts = vec![text(question)];
    parts.push(select(
        w,
        &CustomId::Picked(purpose, page.at),
        &w.get("pick-placeholder"),
        page.slice(&games, OPTIONS),
    ));
    if page.of > 1 {
        parts.push(text(format!("{}\n{}", page_of(w, page, games.len()), w.get("pick-hint"))));
    }
    let mut buttons = page.buttons(w, |to| CustomId::Pick(purpose, to));
    buttons.push(close(w));
    parts.push(row(buttons));
    sheet(Tone::Plain, parts)
}

/// "Page 2 of 16 · 400 games".
pub(crate) fn page_of(w: &Words, page: Page, total: usize) -> String {
    let args = args!["page" => u32::from(page.at) + 1, "pages" => page.of, "total" => total];
    w.with("page-of", &args)
}

/// A select over 1 to 25 games.
pub(crate) fn select(
    w: &Words,
    id: &CustomId,
    placeholder: &str,
    games: &[&GameSummary],
) -> Component {
    let options = games.iter().map(|it| game_option(w, it)).collect();
    choose(id, placeholder, (1, 1), options)
}

fn game_option(w: &Words, summary: &GameSummary) -> SelectMenuOption {
    let game = &summary.game;
    let mut facts = vec![fact::seats(w, summary)];
    if summary.is_active() {
        facts.push(fact::admission(w, game.admission));
    } else {
        facts.push(fact::phase(w, game.phase));
    }
    SelectMenuOption {
        emoji: game.emoji.as_ref().and_then(reaction),
        ..option(game.id.to_string(), game.name.as_str(), Some(&facts.join(" · ")), false)
    }
}
