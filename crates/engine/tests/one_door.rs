//! Games change Discord through one door, which takes journaled steps only. The types see to what
//! goes through it; this sees to it that nothing goes round it.

use std::{fs, io, path::Path};

/// The door.
const DOOR: &str = "call.rs";

/// What may be asked of Discord elsewhere: questions, which change nothing.
const QUESTIONS: [&str; 8] = [
    "audit_log",
    "channel",
    "guild",
    "guild_channels",
    "guild_member",
    "guild_members",
    "role",
    "roles",
];

/// Every Rust file below a directory, with its name.
fn files(below: &Path) -> io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(below)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push((name, fs::read_to_string(&path)?));
        }
    }
    Ok(found)
}

#[test]
fn only_the_journaled_call_changes_anything_on_discord() -> io::Result<()> {
    let all = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))?;
    let mut asked = 0;
    for (name, text) in all.iter().filter(|(name, _)| name != DOOR) {
        for gate in ["send_empty(", "send_raw("] {
            assert!(!text.contains(gate), "{name} sends by {gate}");
        }
        for after in text.split(".factory()").skip(1) {
            // Not kept in a variable, where its next use would be out of sight.
            let request = after.trim_start().strip_prefix('.').unwrap_or_else(|| {
                panic!("{name} keeps the factory of requests");
            });
            let request = request.split('(').next().unwrap_or_default();
            assert!(QUESTIONS.contains(&request), "{name} asks Discord to {request}");
            asked += 1;
        }
    }
    assert!(asked > 5, "the source is not where it was: {asked} requests found");
    Ok(())
}
