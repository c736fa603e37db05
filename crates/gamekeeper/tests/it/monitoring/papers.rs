//! What is written about figures agrees with those that there are.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::PathBuf,
};

use gamekeeper::metrics::Figures;
use web::Format;

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Each figure with its kind, its labels and what it means.
fn figures() -> BTreeMap<String, (String, BTreeSet<String>, String)> {
    let text = Figures::names().text(Format::Prometheus);
    let mut all: BTreeMap<String, (String, BTreeSet<String>, String)> = BTreeMap::new();
    let mut help = BTreeMap::new();
    for line in text.lines() {
        if let Some((name, words)) = line.strip_prefix("# HELP ").and_then(|l| l.split_once(' ')) {
            help.insert(name, words.to_owned());
        } else if let Some((name, kind)) =
            line.strip_prefix("# TYPE ").and_then(|l| l.split_once(' '))
        {
            let words = help.get(name).cloned().unwrap_or_default();
            all.insert(name.to_owned(), (kind.to_owned(), BTreeSet::new(), words));
        } else if let Some((series, labels)) = line.split_once('{') {
            let ends = ["_bucket", "_sum", "_count"];
            let whole = ends.iter().find_map(|end| series.strip_suffix(end)).unwrap_or(series);
            let key = if all.contains_key(series) { series } else { whole };
            let labels = labels.rsplit_once('}').map(|(labels, _)| labels).unwrap_or_default();
            let labels = labels.split("\",").filter_map(|label| label.split_once("=\""));
            let labels = labels.map(|(name, _)| name.to_owned()).filter(|name| name != "le");
            if let Some((_, known, _)) = all.get_mut(key) {
                known.extend(labels);
            }
        }
    }
    all
}

fn unit(name: &str, kind: &str) -> &'static str {
    let bare = name.strip_suffix("_total").unwrap_or(name);
    match bare.rsplit('_').next() {
        Some("seconds") => "seconds",
        Some("bytes") => "bytes",
        _ if kind == "counter" => "count",
        _ => "number",
    }
}

/// `FIGURES=write` renews the table.
#[test]
fn the_table_in_the_documentation_is_what_there_is() {
    let path = repository().join("docs/monitoring.md");
    let paper = fs::read_to_string(&path).expect("the documentation is there");
    let (start, rest) = paper.split_once("<!-- figures -->\n").expect("the table's begin");
    let (table, end) = rest.split_once("<!-- end -->").expect("the table's end");
    let mut wanted =
        String::from("| figure | kind, unit | labels | meaning |\n|---|---|---|---|\n");
    for (name, (kind, labels, words)) in figures() {
        let labels: Vec<String> = labels.iter().map(|label| format!("`{label}`")).collect();
        let (unit, labels) = (unit(&name, &kind), labels.join(", "));
        let _ = writeln!(wanted, "| `{name}` | {kind}, {unit} | {labels} | {words} |");
    }
    if std::env::var("FIGURES").is_ok_and(|what| what == "write") {
        let paper = format!("{start}<!-- figures -->\n{wanted}<!-- end -->{end}");
        fs::write(&path, paper).expect("the documentation can be written");
        return;
    }
    assert_eq!(table, wanted, "FIGURES=write renews it");
}

#[test]
fn every_figure_has_a_meaning_and_keeps_the_rules_for_names() {
    for (name, (kind, labels, words)) in figures() {
        assert!(words.len() > 5 && words.ends_with('.'), "{name}: {words}");
        assert!(name.starts_with("gamekeeper_") || name.starts_with("process_"), "{name}");
        assert_eq!(kind == "counter", name.ends_with("_total"), "{name} is a {kind}");
        for label in labels {
            assert!(!["id", "guild", "user", "name", "game"].contains(&label.as_str()), "{name}");
        }
    }
}

/// Names of figures that a file speaks of.
fn named(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words = text.split(|c: char| !is_part(c));
    let ours = |word: &&str| word.starts_with("gamekeeper_") || word.starts_with("process_");
    words.filter(ours).map(ToOwned::to_owned).collect()
}

#[test]
fn rules_and_dashboard_speak_of_figures_that_there_are() {
    let all = figures();
    let is_there = |name: &str| {
        let ends = ["_bucket", "_sum", "_count"];
        let whole = ends.iter().find_map(|end| name.strip_suffix(end));
        all.contains_key(name) || whole.is_some_and(|whole| all.contains_key(whole))
    };
    let mut seen = BTreeSet::new();
    for file in ["prometheus/alerts.yml", "prometheus/alerts_test.yml", "grafana/gamekeeper.json"] {
        let text = fs::read_to_string(repository().join("ops").join(file)).expect(file);
        let names = named(&text);
        assert!(names.len() > 10, "{file}");
        for name in &names {
            assert!(is_there(name), "{file} speaks of {name}");
        }
        if file.starts_with("grafana") {
            serde_json::from_str::<serde_json::Value>(&text).expect("the dashboard is JSON");
        }
        seen.extend(names);
    }
    // What nobody would ever look at need not be measured.
    let looked_at = |name: &String| {
        seen.iter().any(|seen| {
            seen == name
                || ["_bucket", "_sum", "_count"].iter().any(|end| *seen == format!("{name}{end}"))
        })
    };
    let idle: Vec<&String> = all.keys().filter(|name| !looked_at(name)).collect();
    assert!(idle.is_empty(), "nothing shows {idle:?}");
}
