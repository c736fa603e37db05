//! The data itself.

use std::collections::BTreeSet;

use checklist::{By, PARTS, Results, Summary, items};

#[test]
fn the_parts_are_those_of_the_original() {
    let keys: Vec<&str> = PARTS.iter().map(|part| part.key).collect();
    assert_eq!(
        keys,
        [
            "code",
            "environment",
            "discord",
            "security-review",
            "database",
            "variables",
            "dependencies",
            "process",
            "monitoring",
            "initial-testing",
            "load-testing",
            "monitoring-configuration",
            "backups",
            "documentation",
            "server-security",
            "application-security",
            "secrets",
            "bot-performance",
            "database-performance",
            "rollback",
            "maintenance",
            "common-issues",
            "first-24-hours",
            "sign-off",
        ]
    );
}

#[test]
fn there_are_as_many_boxes_as_the_original_had_and_no_part_is_empty() {
    let boxes = items().count();
    assert!((130..=160).contains(&boxes), "{boxes}");
    for part in PARTS {
        assert!(part.items.len() >= 4, "{} has {} boxes", part.title, part.items.len());
    }
}

#[test]
fn ids_are_unique_and_tell_their_part() {
    let mut seen = BTreeSet::new();
    for part in PARTS {
        for item in part.items {
            assert!(seen.insert(item.id), "{} is there twice", item.id);
            let own = item.id.strip_prefix(part.key).and_then(|rest| rest.strip_prefix('.'));
            let own = own.unwrap_or_else(|| panic!("{} is in {}", item.id, part.key));
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(!own.is_empty() && own.chars().all(plain), "{}", item.id);
        }
    }
}

#[test]
fn each_box_is_one_plain_sentence_and_none_is_there_twice() {
    let mut seen = BTreeSet::new();
    for item in items() {
        assert!(seen.insert(item.text), "“{}” is there twice", item.text);
        assert!(item.text.len() <= 130, "{} is long: {}", item.id, item.text.len());
        let first = item.text.chars().next().unwrap();
        assert!(first.is_uppercase() || first.is_ascii_digit(), "{}", item.text);
        assert!(!item.text.ends_with('.') && !item.text.contains(['|', '\n']), "{}", item.text);
    }
}

#[test]
fn at_most_fifteen_are_yours_and_each_says_why_and_how() {
    let mut yours = 0;
    for item in items() {
        if let By::Yours { why, command } = item.by {
            yours += 1;
            assert!(why.len() > 20, "{} does not say why", item.id);
            assert!(!command.trim().is_empty(), "{} has no command", item.id);
        }
    }
    assert!((1..=15).contains(&yours), "{yours}");
    assert_eq!(Summary::of(&Results::default()).yours, yours);
}

#[test]
fn the_summary_adds_up() {
    let sum = Summary::of(&Results::default());
    assert_eq!(sum.boxes, sum.checks + sum.tests + sum.files + sum.commands + sum.yours);
    assert_eq!(sum.boxes, items().count());
    assert_eq!(sum.done, sum.tests + sum.files);
}
