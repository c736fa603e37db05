//! Settings, and where they lie about.

use std::{os::unix::fs::PermissionsExt as _, path::Path};

use secrecy::ExposeSecret as _;
use settings::find;

use super::{git, notes::Notes};
use crate::{Finding, Scene};

const MODE: &str = "config.env-mode";
/// What secrets of this trade look like: bot tokens, webhooks of Discord, keys of age. The
/// brackets keep this very line from being found.
const LOOKS: [&str; 3] = [
    "[MNO][A-Za-z0-9_-]{23,27}[.][A-Za-z0-9_-]{6}[.][A-Za-z0-9_-]{27,}",
    "discord(app)?[.]com/api/webhooks/[0-9]{15,}/[A-Za-z0-9_-]{40,}",
    "AGE-SECRET-KEY-[1][A-Z0-9]{50,}",
];
/// Shorter secrets would be found in ordinary words.
const LONG_ENOUGH: usize = 12;

pub(super) async fn look(scene: &Scene, notes: &mut Notes) {
    notes.extend(complete(scene));
    notes.extend(unknown(scene));
    notes.push(mode(scene));
    notes.at("config.env-ignored");
    notes.push(ignored(scene).await);
    notes.at("config.leaks");
    notes.push(leaks(scene).await);
}

fn complete(scene: &Scene) -> Vec<Finding> {
    const CHECK: &str = "config.complete";
    if scene.problems.is_empty() {
        return vec![Finding::ok(CHECK, "every setting can be read")];
    }
    let told = scene.problems.iter().map(|problem| {
        Finding::error(CHECK, format!("{} {}", problem.variable, problem.what), &problem.cure)
    });
    told.collect()
}

fn unknown(scene: &Scene) -> Vec<Finding> {
    const CHECK: &str = "config.unknown";
    let unknown = scene.settings.unknown();
    if unknown.is_empty() {
        return vec![Finding::ok(CHECK, "all names are known")];
    }
    let told = unknown.iter().map(|stranger| {
        Finding::warning(CHECK, format!("{} {}", stranger.variable, stranger.what), &stranger.cure)
    });
    told.collect()
}

fn mode(scene: &Scene) -> Finding {
    let Some(file) = scene.settings.dotenv() else {
        return Finding::ok(MODE, "there is no .env");
    };
    let named = file.display();
    match std::fs::metadata(file) {
        Ok(about) => of_mode(&named.to_string(), about.permissions().mode() & 0o777),
        Err(problem) => {
            Finding::warning(MODE, format!("{named}: {problem}"), "Look whether it is still there")
        }
    }
}

/// What others may do with the file. What its owner may is nobody's business, and to be allowed to
/// start it lets nobody read it.
fn of_mode(named: &str, mode: u32) -> Finding {
    let may = |bits: u32| match bits & 0o6 {
        0o2 => Some("change it"),
        0o4 => Some("read the token"),
        0o6 => Some("read the token and change it"),
        _ => None,
    };
    let told = format!("{named} has mode {mode:03o}");
    let cure = format!("chmod 600 {named}");
    match (may(mode), may(mode >> 3)) {
        (Some(can), _) => {
            Finding::error(MODE, format!("{told}: everybody on this machine can {can}"), cure)
        }
        (None, Some(can)) => {
            Finding::warning(MODE, format!("{told}: everybody in its group can {can}"), cure)
        }
        (None, None) => Finding::ok(MODE, told),
    }
}

async fn ignored(scene: &Scene) -> Finding {
    const CHECK: &str = "config.env-ignored";
    let Some(file) = scene.settings.dotenv() else { return Finding::ok(CHECK, "there is no .env") };
    let home = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    let home = home.unwrap_or(Path::new("."));
    match git::is_tree(home).await {
        None => return Finding::ok(CHECK, "git is not installed here"),
        Some(false) => return Finding::ok(CHECK, "not in a git work tree"),
        Some(true) => {}
    }
    let name = file.file_name().and_then(std::ffi::OsStr::to_str).unwrap_or(".env");
    let says = async |words: &[&str]| {
        git::run(home, words, "").await.is_ok_and(|output| output.status.success())
    };
    if says(&["ls-files", "--error-unmatch", "--", name]).await {
        Finding::error(
            CHECK,
            format!("git tracks {name}, so everybody with the repository has the token"),
            format!("git rm --cached {name}, add it to .gitignore, and reset the token"),
        )
    } else if says(&["check-ignore", "-q", "--", name]).await {
        Finding::ok(CHECK, format!("git ignores {name}"))
    } else {
        Finding::warning(
            CHECK,
            format!("git does not ignore {name}: the next `git add .` takes the token along"),
            format!("echo {name} >> .gitignore"),
        )
    }
}

async fn leaks(scene: &Scene) -> Finding {
    const CHECK: &str = "config.leaks";
    match git::is_tree(&scene.here).await {
        None => return Finding::ok(CHECK, "git is not installed here"),
        Some(false) => return Finding::ok(CHECK, "not in a git work tree"),
        Some(true) => {}
    }
    let own: Vec<String> = scene
        .settings
        .names()
        .filter(|name| find(name).is_some_and(|found| found.secret))
        .filter_map(|name| scene.settings.secret(name))
        .map(|secret| secret.expose_secret().to_owned())
        .filter(|secret| secret.len() >= LONG_ENOUGH && !secret.contains('\n'))
        .collect();
    let looks = ["grep", "-lIE", "--full-name", "-f", "-"];
    let exact = ["grep", "-lIF", "--full-name", "-f", "-"];
    let mut files = Vec::new();
    for (words, patterns) in [(looks, LOOKS.join("\n")), (exact, own.join("\n"))] {
        if patterns.is_empty() {
            continue;
        }
        match git::run(&scene.here, &words, &patterns).await {
            // 1 means that nothing was found.
            Ok(output) if matches!(output.status.code(), Some(0 | 1)) => {
                let found = String::from_utf8_lossy(&output.stdout);
                files.extend(found.lines().map(str::to_owned));
            }
            _ => return Finding::skipped(CHECK, "git could not search its files"),
        }
    }
    files.sort_unstable();
    files.dedup();
    if files.is_empty() {
        return Finding::ok(CHECK, "nothing secret in files that git tracks");
    }
    files.truncate(5);
    Finding::error(
        CHECK,
        format!("something that looks like a secret stands in {}", files.join(", ")),
        "Take it out, reset it where it was made, and take it out of the history as well (git \
         filter-repo)",
    )
}

#[cfg(test)]
mod tests {
    use super::of_mode;
    use crate::Severity::{Error, Ok, Warning};

    #[test]
    fn only_what_others_may_is_told_of_a_mode() {
        for (mode, severity, words) in [
            (0o600, Ok, "mode 600"),
            (0o400, Ok, "mode 400"),
            (0o700, Ok, "mode 700"),
            (0o500, Ok, "mode 500"),
            (0o611, Ok, "mode 611"),
            (0o640, Warning, "everybody in its group can read the token"),
            (0o620, Warning, "everybody in its group can change it"),
            (0o604, Error, "everybody on this machine can read the token"),
            (0o602, Error, "everybody on this machine can change it"),
            (0o644, Error, "everybody on this machine can read the token"),
            (0o666, Error, "everybody on this machine can read the token and change it"),
        ] {
            let found = of_mode("/srv/.env", mode);
            assert_eq!(found.severity, severity, "{mode:o}: {found:?}");
            assert!(found.finding.contains(words), "{mode:o}: {found:?}");
            let cure = (severity != Ok).then(|| "chmod 600 /srv/.env".to_owned());
            assert_eq!(found.cure, cure, "{mode:o}");
        }
    }
}
