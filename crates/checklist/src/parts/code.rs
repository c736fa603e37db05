//! What is deployed, and what it is made of.

use crate::item::{Part, command, file, test};

pub(super) const PREPARATION: Part = Part {
    key: "code",
    title: "Code preparation",
    items: &[
        command("code.tests", "Every test passes on the commit that is deployed", ".ci/run"),
        command(
            "code.lint",
            "Format and lints are clean; a warning is an error",
            "cargo clippy --workspace --all-targets --locked -- -D warnings",
        ),
        command(
            "code.build",
            "The release build works from a fresh checkout (in place of `npm run build`)",
            "cargo build --release --locked",
        ),
        file(
            "code.changelog",
            "What changed since the last version is written down",
            "CHANGELOG.md",
        ),
        command(
            "code.tour",
            "Every feature was seen to work once, from end to end",
            "gamekeeper demo --tour",
        ),
        test(
            "code.changes-journaled",
            "Nothing changes Discord past the journal, so no crash leaves half a game",
            "gamekeeper::it::trouble::journal::every_change_of_every_flow_is_journaled_before_it_is_asked_for",
        ),
    ],
};

pub(super) const DEPENDENCIES: Part = Part {
    key: "dependencies",
    title: "Dependencies",
    items: &[
        file(
            "dependencies.locked",
            "Versions are pinned with checksums (in place of package-lock.json)",
            "Cargo.lock",
        ),
        file(
            "dependencies.policy",
            "Licences, sources, doubles and known holes are held to a policy (in place of `npm audit`)",
            "deny.toml",
        ),
        command(
            "dependencies.advisories",
            "No dependency has a known vulnerability",
            "cargo deny --locked check advisories",
        ),
        file(
            "dependencies.client",
            "No database client has to be generated (in place of `prisma generate`): it is compiled in",
            "crates/store/src/entity/mod.rs",
        ),
    ],
};
