//! The list as people and machines read it.

use checklist::{Format, PARTS, Results, Severity, Summary, items, render};
use proptest::prelude::*;

use crate::stage::{found, good};

#[test]
fn without_results_checks_are_said_to_be_not_run() {
    let text = render(Format::Text, &Results::default());
    assert!(text.contains("  [ ] Every migration is applied"));
    assert!(text.contains("      by check database.schema, not run  (database.migrated)"));
    assert!(text.contains("no check was run."));
    assert!(text.contains("boxes: "), "{text}");
}

#[test]
fn with_good_results_only_commands_and_what_is_yours_are_open() {
    let results = good();
    let sum = Summary::of(&results);
    assert_eq!(sum.boxes - sum.done, sum.commands + sum.yours);
    let text = render(Format::Text, &results);
    assert!(text.contains("  [x] Every migration is applied"));
    assert!(text.contains("0 with an error, 0 with a warning."));
    assert!(!text.contains("as it should be"), "what is well has no remark");
}

#[test]
fn what_a_check_found_stands_below_its_box_with_the_cure() {
    let mut results = good();
    let mut say = |check: &str, severity, what: &str| {
        results.checks.insert(check.to_owned(), found(severity, what));
    };
    say("host.disk", Severity::Error, "1 MB is left");
    say("backup.trend", Severity::Warn, "The last one is half as large");
    say("amp.login", Severity::Skipped, "AMP is not set up");
    let text = render(Format::Text, &results);
    assert!(text.contains("  [E] The data directory's disk has room"));
    assert!(text.contains("      error: 1 MB is left → Do something about it.\n"));
    assert!(text.contains("  [!] Their size changes as it should"));
    assert!(text.contains("  [-] The panel of the game servers lets the bot in"));
    assert!(text.contains("      to do: Do something about it. (AMP is not set up)\n"));
    let markdown = render(Format::Markdown, &results);
    assert!(markdown.contains("- [ ] The data directory's disk has room (check `host.disk`)"));
    assert!(markdown.contains("- [ ] Their size changes as it should (check `backup.trend`)"));
    assert!(markdown.contains("  **warn: The last one is half as large"));
    let sum = Summary::of(&results);
    assert_eq!((sum.errors, sum.warnings), (1, 1));
}

#[test]
fn a_check_that_could_not_look_ticks_nothing_and_says_what_to_do() {
    let mut results = good();
    for (check, what) in
        [("process.health", "the bot does not run"), ("alerts.route", "nothing was sent")]
    {
        let looked = checklist::Finding { cure: None, ..found(Severity::Skipped, what) };
        results.checks.insert(check.to_owned(), looked);
    }
    let text = render(Format::Text, &results);
    assert!(text.contains("  [-] The running bot answers its health endpoints"), "{text}");
    assert!(text.contains("      to do: Start the bot (systemctl start gamekeeper)"), "{text}");
    assert!(text.contains("  [-] An alert reaches its route"), "{text}");
    assert!(text.contains("      to do: Run gamekeeper checklist --send-test"), "{text}");
    let markdown = render(Format::Markdown, &results);
    assert!(markdown.contains("- [ ] An alert reaches its route"), "{markdown}");
    let json = render(Format::Json, &results);
    assert!(json.contains("\"to_do\": \"Run gamekeeper checklist --send-test"), "{json}");
    // Whoever does not want it to look has nothing to do.
    results.skips.insert("alerts.route".to_owned(), "nobody is awake".to_owned());
    assert!(!render(Format::Text, &results).contains("checklist --send-test"));
}

#[test]
fn what_a_human_has_done_is_ticked() {
    let mut results = good();
    results.done.insert("server-security.firewall".to_owned());
    results.done.insert("initial-testing.smoke".to_owned());
    // Nobody can say so of what a check answers for.
    results.done.insert("environment.disk".to_owned());
    results.checks.remove("host.disk");
    let text = render(Format::Text, &results);
    assert!(text.contains("  [x] From the internet nothing but SSH is reachable"));
    assert!(text.contains("  [x] On the real server a game is made"));
    assert!(text.contains("  [ ] The data directory's disk has room"));
}

#[test]
fn json_has_every_box_with_its_state() {
    let mut results = good();
    results.checks.insert("host.root".to_owned(), found(Severity::Error, "It runs as root"));
    let json: serde_json::Value =
        serde_json::from_str(&render(Format::Json, &results)).expect("it is JSON");
    let parts = json["parts"].as_array().unwrap();
    assert_eq!(parts.len(), PARTS.len());
    let boxes: Vec<_> = parts.iter().flat_map(|part| part["boxes"].as_array().unwrap()).collect();
    assert_eq!(boxes.len(), items().count());
    let of = |id: &str| *boxes.iter().find(|one| one["id"] == id).unwrap();
    let root = of("server-security.root");
    assert_eq!((&root["by"], &root["name"]), (&"check".into(), &"host.root".into()));
    assert_eq!((&root["state"], &root["done"]), (&"error".into(), &false.into()));
    assert_eq!(root["finding"], "It runs as root");
    assert_eq!(root["cure"], "Do something about it.");
    assert_eq!(of("server-security.firewall")["state"], "yours");
    assert!(of("server-security.firewall")["why"].is_string());
    assert_eq!(json["summary"]["boxes"], boxes.len());
}

fn any_severity() -> impl Strategy<Value = Severity> {
    prop_oneof![
        Just(Severity::Ok),
        Just(Severity::Warn),
        Just(Severity::Error),
        Just(Severity::Skipped)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a check quotes (a channel's name, a path) stays within its line and box.
    #[test]
    fn whatever_is_found_the_list_keeps_its_form(
        severity in any_severity(),
        words in "(?s).{0,80}",
    ) {
        let mut results = good();
        results.checks.insert("guild.channels".to_owned(), found(severity, &words));
        let markdown = render(Format::Markdown, &results);
        let ticks = markdown.lines().filter(|line| line.starts_with("- [")).count();
        prop_assert_eq!(ticks, items().count());
        let headings = markdown.lines().filter(|line| line.starts_with('#')).count();
        prop_assert_eq!(headings, PARTS.len() + 1);
        let json: serde_json::Value = serde_json::from_str(&render(Format::Json, &results)).unwrap();
        prop_assert!(json["summary"]["boxes"].is_u64());
        let sum = Summary::of(&results);
        prop_assert!(sum.done <= sum.boxes);
    }
}
