//! One game as one line (or a few) of a list.

use engine::GameSummary;

use super::servers::of_game;
use crate::text::{Words, fact, plain, problem};

/// Characters of a description in a list.
const TEASER: usize = 100;
/// Problems shown per game; the rest is on the game's own page.
const PROBLEMS: usize = 2;
/// Game servers shown per game.
const SERVERS: usize = 2;
/// Characters of one server.
const SERVER: usize = 200;
/// Characters of one problem.
const PROBLEM: usize = 300;

/// With phase, work under way and problems.
pub(crate) fn for_admins(w: &Words, summary: &GameSummary) -> String {
    let mut facts = vec![format!("**{}**", fact::title(&summary.game)), fact::seats(w, summary)];
    facts.extend(fact::requests(w, summary));
    if !summary.is_active() {
        facts.push(fact::phase(w, summary.game.phase));
    }
    facts.extend(summary.progress.as_ref().map(|progress| fact::work(w, progress)));
    let mut line = format!("{} {}", fact::mark(w, summary), facts.join(" · "));
    line.push_str(&servers(w, summary));
    for it in summary.problems.iter().take(PROBLEMS) {
        line.push_str("\n-# ↳ ");
        line.push_str(&plain::shorten(&problem::problem(w, it), PROBLEM));
    }
    line
}

/// With seats, how to get in and what it is about. Everyone may read it, so problems are left out.
pub(crate) fn for_players(w: &Words, summary: &GameSummary) -> String {
    let game = &summary.game;
    let mut facts = vec![format!("**{}**", fact::title(game)), fact::seats(w, summary)];
    if summary.is_active() {
        facts.push(fact::admission(w, game.admission));
    } else {
        facts.push(fact::phase(w, game.phase));
    }
    let mut line = format!("{} {}", fact::phase_mark(w, game.phase), facts.join(" · "));
    if !game.description.is_empty() {
        let flat = game.description.as_str().replace('\n', " ");
        line.push_str("\n-# ");
        line.push_str(&plain::escape_text(&plain::shorten(&flat, TEASER)));
    }
    line
}

/// The same with its game servers, for a place with room.
pub(crate) fn with_servers(w: &Words, summary: &GameSummary) -> String {
    format!("{}{}", for_players(w, summary), servers(w, summary))
}

/// A line for each of a game's first servers.
fn servers(w: &Words, summary: &GameSummary) -> String {
    summary.servers.iter().take(SERVERS).fold(String::new(), |mut lines, it| {
        lines.push_str("\n-# ");
        lines.push_str(&plain::shorten(&of_game(w, it, false), SERVER));
        lines
    })
}
