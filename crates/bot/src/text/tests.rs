use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use domain::{
    Action, GameId, NameError, Permissions, Refusal, Slot, Standing, TextError,
    audit::{AuditKind, Outcome},
    emoji::EmojiError,
};
use engine::{Correlation, DashboardCheck, Fault, Mistake, view::AuditRow};
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use twilight_model::id::Id;

use super::*;

/// The placeholders a pattern uses, in all its variants.
fn placeholders(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => of_inline(inline, found),
                Expression::Select { selector, variants } => {
                    of_inline(selector, found);
                    for variant in variants {
                        placeholders(&variant.value, found);
                    }
                }
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::StringLiteral { .. } => {}
        other => panic!("texts use nothing but variables: {other:?}"),
    }
}

/// Keys of a file with their placeholders.
fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = parser::parse(source).expect("no syntax errors");
    let mut keys = BTreeMap::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let mut found = BTreeSet::new();
                placeholders(message.value.as_ref().expect("has a text"), &mut found);
                let doubled = keys.insert(message.id.name.to_owned(), found);
                assert!(doubled.is_none(), "{} is there twice", message.id.name);
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            other => panic!("neither text nor comment: {other:?}"),
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let (english, german) = (keys(EN), keys(DE));
    for (key, placeholders) in &english {
        assert_eq!(german.get(key), Some(placeholders), "{key} in German");
    }
    for key in german.keys() {
        assert!(english.contains_key(key), "{key} is only there in German");
    }
}

/// Keys that the sources name: in `get("…")`, `with("…"` and `key!("…")`.
fn used_keys(dir: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(dir).expect("sources are there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            used_keys(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            let source = fs::read_to_string(&path).expect("readable");
            for call in [".get(", ".with(", "key!("] {
                for (at, _) in source.match_indices(call) {
                    let rest = source[at + call.len()..].trim_start();
                    let Some(key) = rest.strip_prefix('"').and_then(|it| it.split('"').next())
                    else {
                        continue;
                    };
                    found.insert(key.to_owned());
                }
            }
        }
    }
}

#[test]
fn every_key_is_used_and_every_used_key_is_there() {
    let mut used = BTreeSet::new();
    used_keys(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut used);
    let there: BTreeSet<String> = keys(EN).into_keys().collect();
    let unused: Vec<_> = there.difference(&used).collect();
    assert!(unused.is_empty(), "texts that nothing shows: {unused:?}");
    // Maps have `get` too; our keys have a dash.
    let missing: Vec<_> = used.difference(&there).filter(|key| key.contains('-')).collect();
    assert!(missing.is_empty(), "texts that are missing: {missing:?}");
}

fn both() -> [&'static Words; 2] {
    [Words::of(Locale::En), Words::of(Locale::De)]
}

/// A sentence that a person can read: something, and no placeholder left.
fn sound(said: &str) {
    assert!(!said.trim().is_empty());
    assert!(!said.contains("{ $") && !said.contains("{$"), "{said}");
}

#[test]
fn every_mistake_has_a_sentence() {
    let user = Id::new(5);
    let mistakes = [
        Mistake::Name(NameError::Empty),
        Mistake::Name(NameError::TooLong(99)),
        Mistake::Name(NameError::Mention),
        Mistake::Name(NameError::Invisible),
        Mistake::Name(NameError::Unreadable),
        Mistake::Text(TextError::Invisible),
        Mistake::Text(TextError::Mention),
        Mistake::Text(TextError::TooLong { is: 301, allowed: 300 }),
        Mistake::Emoji(EmojiError::NotAnEmoji),
        Mistake::Emoji(EmojiError::Foreign),
        Mistake::Colour(domain::colour::ColourError),
        Mistake::Capacity(domain::game::CapacityError),
        Mistake::NameTaken("Chess".into()),
        Mistake::NoSuchGame,
        Mistake::Full(1),
        Mistake::AlreadySeated,
        Mistake::AlreadyRequested,
        Mistake::NotSeated,
        Mistake::NothingToDecide(user),
        Mistake::Archived,
        Mistake::NotArchived,
        Mistake::NoChange,
        Mistake::ConfirmationMismatch,
        Mistake::CapacityBelowSeated { seated: 1 },
        Mistake::NoRoom { roles: 0, channels: 1 },
        Mistake::NotReady(vec![
            DashboardCheck::MissingGuildPermissions(Permissions::MANAGE_ROLES),
            DashboardCheck::ChannelUnusable(Id::new(4)),
        ]),
        Mistake::DraftExpired(Some(GameId(1))),
        Mistake::EmptyLayout,
        Mistake::TooManyAdmins(10),
        Mistake::NotAMember(user),
    ];
    for w in both() {
        for mistake in &mistakes {
            sound(&super::mistake::mistake(w, mistake));
        }
    }
}

#[test]
fn every_refusal_has_a_sentence() {
    for w in both() {
        for action in Action::ALL {
            let refusal = Refusal { action, needs: action.requires(), is: Standing::Player };
            sound(&super::mistake::refusal(w, refusal));
        }
    }
    let refusal = Refusal {
        action: Action::DeleteGame,
        needs: Standing::CommunityAdmin,
        is: Standing::Player,
    };
    assert_eq!(
        super::mistake::refusal(Words::of(Locale::En), refusal),
        "Only community admins can delete games."
    );
    assert_eq!(
        super::mistake::refusal(Words::of(Locale::De), refusal),
        "Nur Community-Admins können Spiele löschen."
    );
}

#[test]
fn a_fault_shows_its_reference_and_not_its_cause() {
    let fault = Fault::Corrupt("secret detail".into());
    for w in both() {
        let said = super::mistake::fault(w, &fault, &Correlation("ABC123".into()));
        assert!(said.contains("ABC123") && !said.contains("secret"), "{said}");
    }
}

#[test]
fn every_audit_entry_has_a_line() {
    for w in both() {
        for kind in AuditKind::ALL {
            sound(&audit::kind(w, kind));
            for outcome in [Outcome::Pending, Outcome::Done, Outcome::Failed, Outcome::Refused] {
                for full in [false, true] {
                    let row = AuditRow {
                        id: 1,
                        game: full.then(|| (GameId(1), "*".repeat(80))),
                        actor: full.then(|| Id::new(u64::MAX)),
                        subject: full.then(|| Id::new(u64::MAX)),
                        kind,
                        outcome,
                        before: full.then(|| "b\n*".repeat(500)),
                        after: full.then(|| "a_".repeat(500)),
                        plan: None,
                        correlation: "X".repeat(if full { 60 } else { 13 }),
                        at: 1_700_000_000_000,
                    };
                    let line = audit::line(w, &row);
                    sound(&line);
                    assert!(line.chars().count() <= 700, "{}", line.chars().count());
                    assert!(!line.contains('\n'));
                }
            }
        }
    }
}

#[test]
fn every_slot_has_a_name() {
    let all = [
        Slot::PlayerRole,
        Slot::AdminRole,
        Slot::Category,
        Slot::Announcements,
        Slot::Chat,
        Slot::LookingForGroup,
        Slot::Forum,
        Slot::Voice(5),
    ];
    for w in both() {
        for slot in all {
            sound(&step::slot(w, slot));
        }
    }
}

#[test]
fn names_are_shown_as_they_are() {
    assert_eq!(plain::escape("**bold** [x](y)"), "\\*\\*bold\\*\\* \\[x\\]\\(y\\)");
    assert_eq!(plain::escape("- list"), "\\- list");
    assert_eq!(plain::escape("A-B"), "A-B");
    assert_eq!(plain::escape("https://a.b"), "https\\://a.b");
    assert_eq!(plain::safe("<:dice:12> a*b"), "<:dice:12> a\\*b");
    assert_eq!(plain::safe("<a:dice:12> x"), "<a:dice:12> x");
    assert_eq!(plain::safe("🎲 a_b"), "🎲 a\\_b");
    assert_eq!(
        plain::escape_text("see https://a.b/c_d and\n# not a title"),
        "see https://a.b/c_d and\n\\# not a title"
    );
    assert_eq!(
        plain::escape_text("[free](https://evil.example)"),
        "\\[free\\]\\(https\\://evil.example\\)"
    );
}

#[test]
fn data_keeps_its_mentions_and_nothing_else() {
    assert_eq!(
        plain::escape_data("player panel in <#12>; admin_roles=<@&3>+<@4> <b> <@x> <"),
        "player panel in <#12>; admin\\_roles=<@&3>\\+<@4> \\<b\\> \\<\\@x\\> \\<"
    );
}

#[test]
fn an_audit_line_shows_what_differs() {
    let row = |kind, before: &str, after: &str| AuditRow {
        id: 1,
        game: Some((GameId(1), "Chess".into())),
        actor: Some(Id::new(5)),
        subject: None,
        kind,
        outcome: Outcome::Done,
        before: Some(before.into()).filter(|it: &String| !it.is_empty()),
        after: Some(after.into()),
        plan: None,
        correlation: "AB".into(),
        at: 1000,
    };
    let w = Words::of(Locale::En);
    assert_eq!(
        audit::line(
            w,
            &row(
                AuditKind::GameEdited,
                "name=Chess; phase=active; capacity=12",
                "name=Chess; phase=active; capacity=14"
            )
        ),
        "✅ <@5> edited **Chess** · capacity=12 → capacity=14 · <t:1:R> · `AB`"
    );
    assert_eq!(
        audit::line(w, &row(AuditKind::ActionRefused, "", "DeleteGame")),
        "✅ <@5> was not allowed to delete games (**Chess**) · <t:1:R> · `AB`"
    );
}

#[test]
fn shortening_keeps_the_limit() {
    assert_eq!(plain::shorten("abc", 3), "abc");
    assert_eq!(plain::shorten("abcd", 3), "ab…");
    assert_eq!(plain::shorten("ab\\*cd", 4), "ab…");
    assert_eq!(plain::shorten("", 3), "");
    assert_eq!(plain::shorten("ééééé", 4).chars().count(), 4);
    assert_eq!(plain::bar(0, 0), "▱▱▱▱▱▱▱▱▱▱");
    assert_eq!(plain::bar(1, 2), "▰▰▰▰▰▱▱▱▱▱");
    assert_eq!(plain::bar(9, 3), "▰▰▰▰▰▰▰▰▰▰");
}

#[test]
fn numbers_choose_their_word() {
    let say = |locale, n: u32| Words::of(locale).with("seats-open", &args!["n" => n]);
    assert_eq!(say(Locale::En, 0), "nobody in yet");
    assert_eq!(say(Locale::En, 1), "1 player");
    assert_eq!(say(Locale::De, 1), "1 Spieler");
    assert_eq!(say(Locale::De, 10_000), "10000 Spieler");
}
