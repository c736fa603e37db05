use std::{fs, path::PathBuf};

use settings::{all, render};

use crate::load;

/// A file of the project. `PAPER=write` renews it.
fn holds(file: &str, text: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    if std::env::var_os("PAPER").is_some_and(|value| value == "write") {
        fs::write(&file, text).expect("the file can be written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    let cure = "run PAPER=write cargo nextest run -p settings paper";
    assert!(found == text, "{} is stale: {cure}", file.display());
}

#[test]
fn the_files_in_the_project_are_made_from_the_table() {
    holds(".env.example", &render::dotenv());
    holds("docs/settings.md", &render::markdown());
}

/// Takes the comment marks off settings, but not off words.
fn filled_in(template: &str, is_setting: impl Fn(&str) -> bool) -> String {
    let lines = template.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if is_setting(rest) => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_line_of_the_templates_can_be_switched_on() {
    let home = tempfile::tempdir().expect("a directory");
    let has_value =
        all().filter(|v| v.default.or(v.example).is_some() && v.name != "GAMEKEEPER_CONFIG");
    let names: Vec<&str> = has_value.map(|variable| variable.name).collect();
    let dotenv = filled_in(&render::dotenv(), |rest| {
        rest.split_once('=').is_some_and(|(name, _)| names.contains(&name))
    });
    let toml = filled_in(&render::toml(), |rest| !rest.starts_with(' ') && rest.contains(" = "));
    for (file, text) in [(".env", dotenv), ("gamekeeper.toml", toml)] {
        fs::write(home.path().join(file), text).expect("a file");
        let settings = load(home.path(), &[]).expect("settings");
        assert_eq!(settings.unknown(), []);
        let unset: Vec<_> = names.iter().filter(|name| settings.get(name).is_none()).collect();
        assert!(unset.is_empty(), "{file}: {unset:?}");
        fs::remove_file(home.path().join(file)).expect("it was there");
    }
}
