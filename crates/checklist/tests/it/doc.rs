//! `docs/checklist.md`, written from the data. `CHECKLIST=write` renews it.

use crate::stage::root;

const HEAD: &str = "# The deployment checklist

Every box, and who answers for it. `gamekeeper checklist` shows the same list with the state of your installation. This
file is generated: after a change, run

    CHECKLIST=write cargo nextest run -p checklist doc

* **check**: `gamekeeper doctor` looks at it now; the box is ticked when it is well, and not when it could not look.
* **test**: proven for this version by a test that runs with every change.
* **file**: it is in the repository.
* **command**: the command does it; confirm it with `--done ID` when you sign.
* **yours**: only a human can do it; the reason and the command stand beside it. Confirm it with `--done ID`; the next
  list remembers it.
";

#[test]
fn the_document_is_up_to_date() {
    let text = checklist::document(HEAD);
    let path = root().join("docs/checklist.md");
    if std::env::var_os("CHECKLIST").is_some_and(|value| value == "write") {
        std::fs::write(&path, &text).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == text,
        "docs/checklist.md is stale: run CHECKLIST=write cargo nextest run -p checklist doc"
    );
}
