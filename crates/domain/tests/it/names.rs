//! What people type: names, descriptions, emoji, colours and numbers of seats.

use domain::{
    Capacity, Colour, Description, Emoji, GameName, NameError, TextError, emoji::EmojiError,
    game::CapacityError, name::MAX_NAME_CHARS, text::MAX_DESCRIPTION_CHARS,
};
use proptest::prelude::*;

use crate::world::a_game;

fn name(raw: &str) -> GameName {
    GameName::parse(raw).unwrap_or_else(|error| panic!("{raw:?}: {error}"))
}

#[test]
fn names_are_tidied() {
    let cases = [
        ("Chess", "Chess"),
        ("  Chess \n", "Chess"),
        ("Speed   Chess", "Speed Chess"),
        ("Speed\u{a0}\u{3000}Chess", "Speed Chess"),
        ("Cafe\u{301}", "Café"),
        ("囲碁", "囲碁"),
        ("1", "1"),
        ("🎲", "🎲"),
        ("D&D <3 us", "D&D <3 us"),
        ("Me @ home", "Me @ home"),
        ("👩\u{200d}🚀 Space", "👩\u{200d}🚀 Space"),
    ];
    for (raw, tidy) in cases {
        assert_eq!(name(raw).as_str(), tidy);
        assert_eq!(name(raw).to_string(), tidy);
    }
}

#[test]
fn names_that_deceive_or_say_nothing_are_refused() {
    use NameError::{Empty, Invisible, Mention, TooLong, Unreadable};
    let long = "x".repeat(MAX_NAME_CHARS + 1);
    let cases = [
        ("", Empty),
        (" \t\n ", Empty),
        (long.as_str(), TooLong(81)),
        ("@everyone", Mention),
        ("at @Here now", Mention),
        ("<@123>", Mention),
        ("<@&123>", Mention),
        ("<#123>", Mention),
        ("</play:1>", Mention),
        ("<:knight:1>", Mention),
        ("<a:knight:1>", Mention),
        ("<t:1>", Mention),
        ("<id:guide>", Mention),
        ("Che\u{200b}ss", Invisible),
        ("Che\u{ad}ss", Invisible),
        ("\u{202e}ssehC", Invisible),
        ("Che\tss", Invisible),
        ("Che\u{0}ss", Invisible),
        ("Chess\u{e0041}", Invisible),
        ("Chess\u{e0100}", Invisible),
        ("\u{3164}", Invisible),
        ("...", Unreadable),
        ("?!", Unreadable),
        ("\u{200d}", Unreadable),
        ("\u{fe0f}\u{fe0f}", Unreadable),
        ("- \u{301}", Unreadable),
    ];
    for (raw, error) in cases {
        assert_eq!(GameName::parse(raw), Err(error), "{raw:?}");
    }
    assert!(GameName::parse(&"é".repeat(MAX_NAME_CHARS)).is_ok(), "characters, not bytes");
}

#[test]
fn look_alikes_share_a_key() {
    let families: [&[&str]; 10] = [
        &["Chess", "chess", "CHESS", " Chess ", "C h e s s", "Ｃｈｅｓｓ", "𝐂𝐡𝐞𝐬𝐬", "ⓒⓗⓔⓢⓢ"],
        // Cyrillic small and capital letters, in one place or all.
        &["Chess", "Сhess", "сhеss", "СHESS", "СНЕЅЅ", "Cһess"],
        &["Hello", "Неllo", "НЕLLO"],
        &["Team", "Теам", "Теаm", "ТЕАМ"],
        // Greek.
        &["Poker", "Ροker", "ΡΟΚΕR", "Pοκer"],
        &["Hobbit", "Ηοbbit", "ΗΟΒΒΙΤ"],
        &["Ch\u{200d}ess", "Chess", "Chess\u{fe0f}"],
        &["Hearts ♥", "Hearts ♥\u{fe0f}"],
        &["Straße", "STRASSE"],
        &["ΛΟΓΟΣ", "λογος", "λογοσ"],
    ];
    for family in families {
        let keys: Vec<String> = family.iter().map(|raw| name(raw).key()).collect();
        for (raw, key) in family.iter().zip(&keys) {
            assert_eq!(*key, keys[0], "{raw} is not taken for {}", family[0]);
        }
    }
}

#[test]
fn different_names_have_different_keys() {
    let names = [
        "Chess",
        "Chess 2",
        "Chess 3",
        "Cheese",
        "Chess!",
        "Go",
        "Goo",
        "Gó",
        "囲碁",
        "将棋",
        "Шахматы",
        "Шашки",
        "Го",
        "Нарды",
        "Карты",
        "Σκάκι",
        "🎲",
        "🃏",
        "C++",
        "C#",
        "C",
    ];
    for (index, one) in names.iter().enumerate() {
        for other in &names[index + 1..] {
            assert_ne!(name(one).key(), name(other).key(), "{one}, {other}");
        }
    }
}

/// No name slips through that is empty to the eye. The planes in between have only ideographs
/// and private use.
#[test]
fn every_single_character_that_is_a_name_has_a_key() {
    for c in ('\0'..='\u{1ffff}').chain('\u{e0000}'..='\u{e0fff}') {
        if let Ok(name) = GameName::parse(c.encode_utf8(&mut [0; 4])) {
            assert!(!name.key().is_empty(), "{c:?} is a name");
        }
    }
}

/// Texts in which all that matters is likely.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,90}",
        "[a-zA-Z ]{0,90}",
        "[ \t\n\u{a0}\u{301}\u{200d}\u{fe0f}<@#:>a-cеСΗ0-2\u{1f3b2}]{0,20}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn a_parsed_name_is_within_limits_and_stays_as_it_is(raw in texts()) {
        if let Ok(name) = GameName::parse(&raw) {
            prop_assert!((1..=MAX_NAME_CHARS).contains(&name.as_str().chars().count()));
            prop_assert_eq!(name.as_str().trim(), name.as_str());
            prop_assert!(!name.as_str().contains("  "));
            prop_assert!(!name.as_str().chars().any(char::is_control));
            prop_assert!(!name.as_str().to_lowercase().contains("@everyone"));
            prop_assert_eq!(GameName::parse(name.as_str()), Ok(name.clone()));
            prop_assert_eq!(GameName::from_stored(name.to_string()), name);
        }
    }

    #[test]
    fn case_and_spacing_make_no_new_name(raw in texts()) {
        if let Ok(name) = GameName::parse(&raw) {
            for other in [raw.to_uppercase(), raw.to_lowercase(), raw.replace(' ', "   ")] {
                if let Ok(other) = GameName::parse(&other) {
                    prop_assert_eq!(other.key(), name.key());
                }
            }
        }
    }

    #[test]
    fn a_parsed_description_is_within_limits_and_stays_as_it_is(raw in texts()) {
        if let Ok(text) = Description::parse(&raw) {
            prop_assert!(text.as_str().chars().count() <= MAX_DESCRIPTION_CHARS);
            prop_assert_eq!(text.is_empty(), raw.trim().is_empty());
            prop_assert_eq!(Description::parse(text.as_str()), Ok(text));
        }
    }

    #[test]
    fn what_is_parsed_is_parsed_again_from_its_text(raw in texts(), value: u32) {
        if let Ok(emoji) = Emoji::parse(&raw, |_| true) {
            prop_assert_eq!(Emoji::parse(&emoji.to_string(), |_| true), Ok(emoji));
        }
        if let Some(colour) = Colour::from_discord(value % 0x0100_0000) {
            prop_assert_eq!(Colour::parse(&colour.to_string()), Ok(colour));
        }
        if let Ok(Some(seats)) = Capacity::parse(&(value % 12_000).to_string()) {
            prop_assert_eq!(Capacity::parse(&seats.seats().to_string()), Ok(Some(seats)));
        }
    }
}

#[test]
fn descriptions_may_have_paragraphs_but_no_tricks() {
    let parsed =
        Description::parse(" On Mondays.\r\n\r\nBring a friend. ").map(|d| d.as_str().len());
    assert_eq!(parsed, Ok("On Mondays.\n\nBring a friend.".len()));
    assert_eq!(Description::parse("  "), Ok(Description::default()));
    assert_eq!(Description::parse("hi @everyone"), Err(TextError::Mention));
    assert_eq!(Description::parse("see <#1>"), Err(TextError::Mention));
    assert_eq!(Description::parse("\u{202e}txt"), Err(TextError::Invisible));
    let long = "x".repeat(MAX_DESCRIPTION_CHARS);
    assert!(Description::parse(&long).is_ok());
    let longer = TextError::TooLong { is: 301, allowed: 300 };
    assert_eq!(Description::parse(&(long + "x")), Err(longer));
}

#[test]
fn emoji_of_all_kinds_are_accepted() {
    let cases = [
        ("🎲", "🎲"),
        (" 🎲 ", "🎲"),
        (":game_die:", "🎲"),
        ("1\u{fe0f}\u{20e3}", "1\u{fe0f}\u{20e3}"),
        ("1\u{20e3}", "1\u{fe0f}\u{20e3}"),
        ("#\u{fe0f}\u{20e3}", "#\u{fe0f}\u{20e3}"),
        ("♥", "♥\u{fe0f}"),
        ("🇩🇪", "🇩🇪"),
        ("👍🏽", "👍🏽"),
        ("👩\u{200d}👩\u{200d}👧", "👩\u{200d}👩\u{200d}👧"),
        ("🧑🏽\u{200d}🚀", "🧑🏽\u{200d}🚀"),
        ("❤\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥"),
        (
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        ),
    ];
    for (raw, emoji) in cases {
        assert_eq!(Emoji::parse(raw, |_| false), Ok(Emoji::Unicode(emoji.to_owned())), "{raw}");
    }
}

#[test]
fn every_emoji_is_accepted_also_as_keyboards_shorten_it() {
    for emoji in emojis::iter() {
        let wished = Ok(Emoji::Unicode(emoji.as_str().to_owned()));
        assert_eq!(Emoji::parse(emoji.as_str(), |_| false), wished);
        let short = emoji.as_str().replace('\u{fe0f}', "");
        assert_eq!(Emoji::parse(&short, |_| false), wished, "{emoji} without its selector");
    }
}

#[test]
fn what_is_not_one_emoji_is_refused() {
    let others = [
        "",
        "a",
        "1",
        "#",
        "chess",
        "🎲🎲",
        "🎲 🎲",
        "🎲x",
        ":nosuchcode:",
        "::",
        "🇩",
        "\u{fe0f}",
        "<>",
        "<:knight>",
        "<:knight:>",
        "<:knight:x>",
        "<b:knight:1>",
        "<:k:1>",
        "<:kni ght:1>",
        "<:knight:1:2>",
        "knight:1",
        "<:knight:99999999999999999999>",
    ];
    for raw in others {
        assert_eq!(Emoji::parse(raw, |_| true), Err(EmojiError::NotAnEmoji), "{raw}");
    }
}

#[test]
fn custom_emoji_are_the_guilds_own() {
    let is_ours = |id| id == 42;
    let knight = Emoji::Custom { id: 42, name: "knight".to_owned(), animated: false };
    assert_eq!(Emoji::parse("<:knight:42>", is_ours), Ok(knight.clone()));
    assert_eq!(knight.to_string(), "<:knight:42>");
    let moving = Emoji::Custom { id: 42, name: "knight".to_owned(), animated: true };
    assert_eq!(Emoji::parse("<a:knight:42>", is_ours), Ok(moving.clone()));
    assert_eq!(moving.to_string(), "<a:knight:42>");
    assert_eq!(Emoji::parse("<:knight:43>", is_ours), Err(EmojiError::Foreign));
}

#[test]
fn titles_carry_the_emoji_where_it_shows() {
    let mut game = a_game("Chess");
    assert_eq!((game.title(), game.plain_title()), ("Chess".to_owned(), "Chess".to_owned()));
    game.emoji = Emoji::parse("🎲", |_| false).ok();
    assert_eq!((game.title(), game.plain_title()), ("🎲 Chess".to_owned(), "🎲 Chess".to_owned()));
    game.emoji = Emoji::parse("<:knight:42>", |_| true).ok();
    assert_eq!(game.title(), "<:knight:42> Chess");
    assert_eq!(game.plain_title(), "Chess", "roles do not show custom emoji");
}

#[test]
fn the_longest_title_fits_a_role() {
    let longest = emojis::iter()
        .flat_map(|emoji| emoji.skin_tones().into_iter().flatten().chain([emoji]))
        .map(|emoji| Emoji::parse(emoji.as_str(), |_| false).expect("an emoji"))
        .max_by_key(|emoji| emoji.to_string().chars().count());
    let mut game = a_game(&"x".repeat(MAX_NAME_CHARS));
    game.emoji = longest;
    assert_eq!(game.plain_title().chars().count(), 80 + 1 + 10);
    let world = crate::world::a_guild().playing(game).settled();
    assert_eq!(world.mismatches(), []);
}

#[test]
fn colours_have_many_spellings() {
    let cases = [
        ("#3498db", 0x0034_98db),
        ("3498DB", 0x0034_98db),
        (" #fa0 ", 0x00ff_aa00),
        ("Blue", 0x0034_98db),
        ("#ffffff", 0x00ff_ffff),
        ("#000000", 1),
        ("000", 1),
    ];
    for (raw, value) in cases {
        assert_eq!(Colour::parse(raw).map(Colour::value), Ok(value), "{raw}");
    }
    for raw in ["", "#", "#12", "#1234", "#12345", "#1234567", "##fff", "mauve", "#ggg", "+12345"] {
        assert!(Colour::parse(raw).is_err(), "{raw}");
    }
    assert_eq!(Colour::parse("#0f0").map(|c| c.to_string()), Ok("#00FF00".to_owned()));
    assert_eq!(Colour::from_discord(0), None);
    assert_eq!(Colour::from_discord(0x0100_0000), None);
    for (name, value) in domain::colour::NAMED {
        assert_eq!(Colour::parse(name).map(Colour::value), Ok(value));
    }
}

#[test]
fn seats_are_a_number_or_no_limit() {
    let seats = |raw| Capacity::parse(raw).map(|capacity| capacity.map(Capacity::seats));
    assert_eq!(seats(""), Ok(None));
    assert_eq!(seats("  "), Ok(None));
    assert_eq!(seats("1"), Ok(Some(1)));
    assert_eq!(seats(" 10000 "), Ok(Some(10_000)));
    for raw in ["0", "10001", "-1", "1.5", "ten", "1 000", "99999999999"] {
        assert_eq!(seats(raw), Err(CapacityError), "{raw}");
    }
}
