//! The log of the real program, for programs and in a file.

use std::fs;

use gamekeeper::stage::verbs::Told;
use serde_json::Value;

use crate::program::gamekeeper;

/// With these it ends at once, since no database can be there.
const ENDS: [(&str, &str); 4] = [
    ("DISCORD_TOKEN", "a-token-that-has-the-right-shape"),
    ("DISCORD_CLIENT_ID", "123456789012345678"),
    ("GAMEKEEPER_HTTP", "127.0.0.1:0"),
    ("GAMEKEEPER_DATA_DIR", "/proc/nothing/here"),
];

fn ended(home: &std::path::Path, more: &[(&str, &str)]) -> Told<String> {
    let all = [&ENDS[..], more].concat();
    let output = gamekeeper(home, &all).arg("run").output().map_err(|e| e.to_string())?;
    assert_eq!(output.status.code(), Some(78), "{output:?}");
    Ok(String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn lines_for_programs_are_json_each() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let said = ended(home.path(), &[("GAMEKEEPER_LOG_FORMAT", "json")])?;
    let lines: Vec<&str> = said.lines().collect();
    let (last, lines) = lines.split_last().ok_or("it says nothing")?;
    assert!(last.starts_with("gamekeeper: "), "the last words are for people: {last}");
    let line: Value =
        serde_json::from_str(lines.first().ok_or("no line")?).map_err(|e| e.to_string())?;
    assert_eq!(line["message"], "health and figures are shown");
    assert_eq!(line["level"], "INFO");
    assert!(line["http.address"].as_str().is_some_and(|a| a.starts_with("127.0.0.1:")), "{line}");
    Ok(())
}

#[test]
fn a_file_has_the_same_lines() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let path = home.path().join("logs/bot.log");
    let text = path.display().to_string();
    let said = ended(home.path(), &[("GAMEKEEPER_LOG_FILE", &text)])?;
    let written = fs::read_to_string(&path).map_err(|e| e.to_string())?;
    assert!(written.contains("health and figures are shown"), "{written}");
    // Each has its own clock.
    for line in written.lines().filter_map(|line| Some(line.split_once("  ")?.1)) {
        assert!(said.contains(line), "{line} is missing in {said}");
    }
    Ok(())
}

/// `journalctl -p warning` goes by a number that begins the line.
#[test]
fn where_the_journal_listens_each_line_says_how_bad_it_is() -> Told<()> {
    use std::os::unix::fs::MetadataExt as _;
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let listening = |named: bool| -> Told<String> {
        let path = home.path().join("journal");
        let file = fs::File::create(&path).map_err(|e| e.to_string())?;
        let own = file.metadata().map_err(|e| e.to_string())?;
        // Inherited from somebody whose standard error was another one, it says nothing of ours.
        let inode = if named { own.ino() } else { own.ino() + 1 };
        let status = gamekeeper(home.path(), &ENDS)
            .env("JOURNAL_STREAM", format!("{}:{inode}", own.dev()))
            .arg("run")
            .stderr(file)
            .status()
            .map_err(|e| e.to_string())?;
        assert_eq!(status.code(), Some(78));
        fs::read_to_string(path).map_err(|e| e.to_string())
    };
    let said = listening(true)?;
    let lines: Vec<&str> = said.lines().collect();
    let (last, lines) = lines.split_last().ok_or("it says nothing")?;
    assert!(last.starts_with("<3>gamekeeper: "), "{said}");
    assert!(lines.iter().any(|line| line.starts_with("<6>") && line.contains("INFO")), "{said}");
    assert!(!listening(false)?.contains("<3>"));
    Ok(())
}

/// New lines name their values from the large to the small: `guild.id`, not `guild_id`.
#[test]
fn names_of_values_are_dotted() -> Told<()> {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seen = 0;
    for new in ["alerts/src", "web/src", "gamekeeper/src/logging", "gamekeeper/src/vitals"] {
        let mut folders = vec![crates.join(new)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|e| e.to_string())? {
                let path = entry.map_err(|e| e.to_string())?.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = fs::read_to_string(&path).map_err(|e| e.to_string())?;
                for name in fields(&text) {
                    assert!(name.contains('.'), "{}: {name}", path.display());
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 5, "only {seen} were found");
    Ok(())
}

/// Names of values in lines of the log.
fn fields(text: &str) -> Vec<String> {
    let levels = ["error!(", "warn!(", "info!(", "debug!(", "trace!("];
    let calls = text.split("tracing::").filter_map(|rest| {
        let inner = levels.iter().find_map(|level| rest.strip_prefix(level))?;
        // Values come before the words.
        Some(inner.split(['"', ';']).next().unwrap_or_default())
    });
    let named = calls.flat_map(|call| call.split(',')).filter_map(|part| part.split_once(" = "));
    named.map(|(name, _)| name.trim().to_owned()).collect()
}
