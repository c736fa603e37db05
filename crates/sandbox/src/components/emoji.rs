//! The partial emoji of buttons and select options.

use crate::id::MessageId;
use crate::rest::{Field, Form};

/// Reads the field `emoji`; answers whether there is one. Custom emojis are taken on their id alone.
pub(super) fn read(form: &mut Form<'_>) -> bool {
    let emoji = form.object("emoji", |emoji| {
        emoji.boolean("animated");
        let custom = matches!(emoji.id::<MessageId>("id"), Field::Value(_));
        let name = emoji.text("name", 0..=100).value().unwrap_or_default();
        custom || is_unicode_emoji(&name)
    });
    match emoji {
        Field::Value(true) => true,
        Field::Value(false) => {
            // Observed text; used for select options as well.
            form.fail("emoji", "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
            true
        }
        _ => false,
    }
}

/// Discord knows the emojis of Unicode, with or without variation selectors.
pub(crate) fn is_unicode_emoji(name: &str) -> bool {
    let bare = name.replace('\u{fe0f}', "");
    emojis::get(name).is_some()
        || emojis::get(&bare).is_some()
        || emojis::get(&format!("{bare}\u{fe0f}")).is_some()
}

#[cfg(test)]
mod tests {
    use super::is_unicode_emoji;

    #[test]
    fn knows_emojis_in_every_spelling() {
        for good in ["🎲", "❤️", "❤", "♟️", "♟", "👍🏽", "🇩🇪", "1️⃣", "🏴‍☠️"]
        {
            assert!(is_unicode_emoji(good), "{good}");
        }
        for bad in ["", "x", "chess", ":game_die:", "🎲🎲"] {
            assert!(!is_unicode_emoji(bad), "{bad}");
        }
    }
}
