//! The book in `docs/`: its commands are commands of ours, its links lead somewhere, its table of exit
//! codes is true.

mod commands;
mod links;
mod page;

use std::{collections::BTreeSet, fs};

use gamekeeper::stage::verbs::Told;

use page::{Page, root};

/// Codes in the first column of a table, and what the last column says.
fn table(page: &Page) -> Vec<(u8, String)> {
    let rows = page.text.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.strip_suffix('|')?.split('|').map(str::trim);
        let code = cells.next()?.parse().ok()?;
        Some((code, cells.next_back()?.to_owned()))
    });
    rows.collect()
}

#[test]
fn the_exit_codes_are_those_of_the_program() -> Told<()> {
    let page = Page::read("operators/exit-codes.md")?;
    let source = fs::read_to_string(root().join("crates/gamekeeper/src/exit.rs"));
    let source = source.map_err(|e| e.to_string())?;
    let ours: BTreeSet<u8> = source
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Self::")?.split_once("=> "))
        .filter_map(|(_, code)| code.trim_end_matches(',').parse().ok())
        .chain([0])
        .collect();
    assert!(ours.len() >= 7, "{ours:?}");
    // Those of systemd begin at 200.
    let told: BTreeSet<u8> =
        table(&page).into_iter().map(|(code, _)| code).filter(|&code| code < 200).collect();
    assert_eq!(told, ours);
    Ok(())
}

#[test]
fn supervisors_leave_alone_what_only_a_person_can_cure() -> Told<()> {
    let page = Page::read("operators/exit-codes.md")?;
    let cured: Vec<String> = table(&page)
        .into_iter()
        .filter(|(code, again)| *code != 1 && again.starts_with("no"))
        .map(|(code, _)| code.to_string())
        .collect();
    let read = |path: &str| fs::read_to_string(root().join(path)).map_err(|e| e.to_string());
    let unit = read("ops/systemd/gamekeeper.service")?;
    let line = format!("\nRestartPreventExitStatus={}\n", cured.join(" "));
    assert!(unit.contains(&line), "{line} is not in the unit");
    let pm2 = read("ops/pm2/ecosystem.config.js")?;
    let line = format!("stop_exit_codes: [{}]", cured.join(", "));
    assert!(pm2.contains(&line), "{line} is not in the file for PM2");
    Ok(())
}

/// An operator at night reads the first line.
#[test]
fn each_page_of_the_runbook_begins_with_a_command_of_ours() -> Told<()> {
    let pages: Vec<Page> = Page::all()?;
    let runbook: Vec<&Page> = pages.iter().filter(|p| p.path.starts_with("runbook")).collect();
    assert!(runbook.len() >= 11, "{}", runbook.len());
    for page in runbook {
        let mut lines = page.text.lines().filter(|line| !line.is_empty());
        let title = lines.next().unwrap_or_default();
        assert!(title.starts_with("# "), "{}: {title}", page.name());
        let first = lines.next().unwrap_or_default();
        assert!(first.starts_with("    gamekeeper "), "{}: {first}", page.name());
    }
    Ok(())
}
