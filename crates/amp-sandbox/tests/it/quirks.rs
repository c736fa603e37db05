//! The table of quirks names stories: they have to exist.

use std::path::Path;

#[test]
fn every_quirk_has_stories_and_they_exist() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(here.join("../../docs/amp-quirks.md")).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert_eq!(rows.len(), 15);
    for row in rows {
        for column in [4, 5] {
            let stories = row.split('|').nth(column).unwrap().split('`');
            let stories: Vec<_> = stories.filter_map(|name| name.split_once("::")).collect();
            assert!(!stories.is_empty(), "{row}");
            for (file, name) in stories {
                let crate_at = match (column, file.contains('/')) {
                    (4, _) => ".",
                    (_, false) => "../servers",
                    (_, true) => "../gamekeeper",
                };
                let file = here.join(crate_at).join(format!("tests/it/{file}.rs"));
                let stories = std::fs::read_to_string(&file).unwrap();
                assert!(stories.contains(&format!("fn {name}()")), "{}::{name}", file.display());
            }
        }
    }
}
