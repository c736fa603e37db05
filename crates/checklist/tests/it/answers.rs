//! Whoever answers for a box exists.

use std::{collections::BTreeSet, path::PathBuf};

use checklist::{By, CHECKS, items};

use crate::stage::root;

#[test]
fn checks_are_the_doctors_and_each_of_them_ticks_a_box() {
    let known: BTreeSet<&str> = CHECKS.iter().copied().collect();
    assert_eq!(known.len(), CHECKS.len(), "a check is listed twice");
    let named: BTreeSet<&str> = items()
        .filter_map(|item| if let By::Check(name) = item.by { Some(name) } else { None })
        .collect();
    let strange: Vec<_> = named.difference(&known).collect();
    assert!(strange.is_empty(), "no checks of the doctor: {strange:?}");
    let idle: Vec<_> = known.difference(&named).collect();
    assert!(idle.is_empty(), "checks that no box names: {idle:?}");
}

#[test]
fn named_tests_exist() {
    let mut missing = Vec::new();
    for item in items() {
        if let By::Test(path) = item.by
            && !exists(path)
        {
            missing.push(format!("{}: {path}", item.id));
        }
    }
    assert!(missing.is_empty(), "tests that are not there:\n{}", missing.join("\n"));
}

#[test]
fn named_files_exist() {
    for item in items() {
        if let By::File(path) = item.by {
            assert!(root().join(path).is_file(), "{} names {path}, which is not there", item.id);
        }
    }
}

#[test]
fn a_test_that_is_not_there_would_be_noticed() {
    assert!(exists("store::it::work::no_game_is_claimed_twice"));
    assert!(!exists("store::it::work::no_game_is_claimed"));
    assert!(!exists("store::it::games::no_game_is_claimed_twice"));
    assert!(!exists("nowhere::it::work::no_game_is_claimed_twice"));
    // It is there, but nobody runs it.
    assert!(!exists("store::it::main::no_such"));
    assert!(!declares("#[test]\nfn one() {}\n\nfn two() {}\n", "two"));
    assert!(!declares("#[test]\nfn one() {}\n\n#[expect(dead_code)]\nfn two() {}\n", "two"));
    assert!(declares(
        "/// Says it.\n#[tokio::test(flavor = \"x\")]\n#[cfg(unix)]\nasync fn two() {}\n",
        "two"
    ));
    assert!(declares("both!(one, two,);\nasync fn two(db: Db) {}\n", "two"));
    assert!(!declares("both!(one, twofold,);\nasync fn two(db: Db) {}\n", "two"));
}

/// `crate::it::module::function`: whether that file of the crate's tests has that function, and it
/// is a test.
fn exists(path: &str) -> bool {
    let parts: Vec<&str> = path.split("::").collect();
    let [krate, "it", modules @ .., function] = parts.as_slice() else { return false };
    let mut stem = root().join("crates").join(krate.replace('_', "-")).join("tests/it");
    stem.extend(modules);
    let files = [stem.with_extension("rs"), stem.join("mod.rs")];
    files.iter().filter_map(read).any(|source| declares(&source, function))
}

fn read(file: &PathBuf) -> Option<String> {
    std::fs::read_to_string(file).ok()
}

/// A function with a test's attribute above it, or one that `both!` makes a test of.
fn declares(source: &str, function: &str) -> bool {
    let lines: Vec<&str> = source.lines().map(str::trim_start).collect();
    let is_it = |line: &&str| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        let name = line.strip_prefix("fn ").and_then(|rest| rest.strip_prefix(function));
        name.is_some_and(|rest| rest.starts_with('('))
    };
    let Some(at) = lines.iter().position(is_it) else { return false };
    let above = lines[..at].iter().rev();
    let mut above = above.take_while(|line| line.starts_with("#[") || line.starts_with("//"));
    above.any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
        || in_both(source, function)
}

fn in_both(source: &str, function: &str) -> bool {
    source
        .split("both!(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .any(|names| names.split(',').any(|name| name.trim() == function))
}
