//! What the bot can do, for the person who asks.

use domain::Standing;

use super::{
    Parts,
    part::{Tone, close, row, rule, sheet, text},
};
use crate::text::Words;

/// Everyone sees the players' part; admins also what is theirs. Game admins are recognised per
/// game, so everyone sees their part too.
pub fn page(w: &Words, standing: Standing) -> Parts {
    let mut parts = vec![
        text(format!("{}\n{}", w.get("help-title"), w.get("help-intro"))),
        rule(),
        text(w.get("help-player")),
        text(w.get("help-game-admin")),
    ];
    if standing >= Standing::CommunityAdmin {
        parts.push(text(w.get("help-community-admin")));
    }
    parts.push(row(vec![close(w)]));
    sheet(Tone::Plain, parts)
}
