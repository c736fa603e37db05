//! What Discord makes of channel and role names.

use super::ChannelKind;

/// The name a channel really gets. Text-like channels are lower-cased, blanks become `-`, most ASCII punctuation
/// goes, runs of `-` collapse; emoji and letters of any script stay. Observed on live guilds, nowhere documented:
/// bots must compare ids, never names. Other kinds only lose blanks at the ends.
pub fn channel_name(kind: ChannelKind, name: &str) -> String {
    let text_like = matches!(
        kind,
        ChannelKind::Text | ChannelKind::Announcement | ChannelKind::Forum | ChannelKind::Media
    );
    if !text_like {
        return name.trim().to_owned();
    }
    let mut slug = String::with_capacity(name.len());
    for letter in name.trim().to_lowercase().chars() {
        let letter = if letter.is_whitespace() { '-' } else { letter };
        let dropped = letter.is_control()
            || letter.is_ascii_punctuation() && !matches!(letter, '-' | '_')
            || letter == '-' && slug.ends_with('-');
        if !dropped {
            slug.push(letter);
        }
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_names_become_slugs_and_voice_names_stay() {
        let cases = [
            ("Game Chat", "game-chat"),
            ("  A  --  B ", "a-b"),
            ("Bob's D&D. Table!", "bobs-dd-table"),
            ("♟️ Schach Ä", "♟️-schach-ä"),
            ("snake_case", "snake_case"),
            ("!!!", ""),
        ];
        for (typed, stored) in cases {
            assert_eq!(channel_name(ChannelKind::Text, typed), stored, "{typed}");
        }
        assert_eq!(channel_name(ChannelKind::Voice, " Room 1: A/B "), "Room 1: A/B");
        assert_eq!(channel_name(ChannelKind::Category, "Chess Club"), "Chess Club");
    }
}
