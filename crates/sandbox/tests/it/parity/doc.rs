//! `docs/parity.md`, written from the tables. `PARITY=write` renews it.

use std::fmt::Write as _;
use std::path::PathBuf;

use sandbox::parity::{CLOSE_CODES, COMPONENT_TYPES, EVENTS, SWITCHES, operations};

use super::operations::{AREAS, NEEDED};
use super::probe::{KINDS, Kind, Probe, Trouble};

const HEAD: &str = "# Parity

What the sandbox does of Discord, and the story behind each line. This file is generated: after a change, run

    PARITY=write cargo nextest run -p sandbox parity

The same tests, without the variable, fail when this file is stale, when a line has no story, or when a story does not
end as the line says. They run over real sockets, each case on a fresh sandbox, and the sandbox's own log of requests has
to show the operation with that answer. An operation that is not listed is answered 404 and noted as a violation.
";

fn cell(probe: &Probe, kind: Kind) -> String {
    match (probe.trouble(kind), probe.claim(kind)) {
        (Some(Trouble::Never(why)), _) => format!("n/a: {why}"),
        (_, Some((status, 0))) => status.to_string(),
        (_, Some((status, code))) => format!("{status} {code}"),
        (_, None) => String::from("missing"),
    }
}

fn operations_table(text: &mut String) {
    let declared = operations();
    let count = declared.len();
    let cases: usize = AREAS
        .iter()
        .flat_map(|(_, all)| *all)
        .map(|one| KINDS.iter().filter(|kind| one.claim(**kind).is_some()).count())
        .sum();
    let _ = write!(
        text,
        "\n## Operations\n\n{count} operations, {cases} cases. `n` marks the {} a bot like Gamekeeper needs. Cells show status \
         and error code;\n429 is a used-up bucket, the other limits are those of sizes and counts.\n",
        NEEDED.len()
    );
    for (area, probes) in AREAS {
        let _ = write!(
            text,
            "\n### {area}\n\n| operation | | method and path | supported | success | permission | not found | limit |\n\
             |---|---|---|---|---|---|---|---|\n"
        );
        for probe in probes {
            let Some(one) = declared.iter().find(|one| one.id == probe.operation) else { continue };
            let needed = if NEEDED.contains(&one.id) { "n" } else { "" };
            let _ = write!(text, "| {} | {needed} | `{} {}` | yes |", one.id, one.method, one.path);
            for kind in KINDS {
                let _ = write!(text, " {} |", cell(probe, kind));
            }
            text.push('\n');
        }
    }
}

fn events_table(text: &mut String) {
    text.push_str(
        "\n## Events\n\nTested each: it comes with each of the intents alone, does not come without, and not about a hidden channel.\n\
         THREAD_MEMBER_UPDATE is not sent: Discord documents it as noise for bots. Nor is anything about emojis,\n\
         stages, polls, presences and typing, which the sandbox does not have.\n\n\
         | event | intents (any) | also |\n|---|---|---|\n",
    );
    for one in EVENTS {
        let intents = if one.intents.is_empty() { "everyone" } else { &one.intents.join(", ") };
        let _ = writeln!(text, "| {} | {intents} | {} |", one.name, one.needs);
    }
}

fn components_table(text: &mut String) {
    text.push_str(
        "\n## Components\n\nTested each: taken where it may stand, one limit of its own, refused elsewhere (as are the numbers that\n\
         are not listed).\n\n| type | name | messages | modals |\n|---|---|---|---|\n",
    );
    let shown = |is: bool| if is { "yes" } else { "" };
    for one in COMPONENT_TYPES {
        let (message, modal) = (shown(one.in_messages), shown(one.in_modals));
        let _ = writeln!(text, "| {} | {} | {message} | {modal} |", one.number, one.name);
    }
}

fn codes_table(text: &mut String) {
    text.push_str(
        "\n## Close codes\n\nTested each: earned by what the client does, and ordered; then resumed, or refused a resume.\n\n\
         | code | meaning | resumable |\n|---|---|---|\n",
    );
    for one in CLOSE_CODES {
        let resumable = if one.resumable { "yes" } else { "no" };
        let _ = writeln!(text, "| {} | {} | {resumable} |", one.code, one.meaning);
    }
}

fn switches_table(text: &mut String) {
    text.push_str(
        "\n## Fault switches\n\nTested each over the control API, by what a client then sees.\n\n\
         | switch | in Rust | control call |\n|---|---|---|\n",
    );
    for one in SWITCHES {
        let _ = writeln!(text, "| {} | `{}` | `{}` |", one.name, one.rust, one.http);
    }
}

#[test]
fn the_document_is_up_to_date() {
    let mut text = String::from(HEAD);
    operations_table(&mut text);
    events_table(&mut text);
    components_table(&mut text);
    codes_table(&mut text);
    switches_table(&mut text);
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/parity.md");
    if std::env::var_os("PARITY").is_some_and(|value| value == "write") {
        std::fs::write(&path, &text).unwrap();
    }
    let stored = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stored == text,
        "docs/parity.md is stale: run PARITY=write cargo nextest run -p sandbox parity"
    );
}
