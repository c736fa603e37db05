//! What people can read.

use crate::item::{Part, file, yours};

pub(super) const DOCUMENTATION: Part = Part {
    key: "documentation",
    title: "Documentation",
    items: &[
        file(
            "documentation.readme",
            "Whoever finds the project knows what it is and how to start",
            "README.md",
        ),
        file(
            "documentation.architecture",
            "Its parts and the way of a click are described",
            "ARCHITECTURE.md",
        ),
        file("documentation.players", "Players can read what it does for them", "docs/players.md"),
        file("documentation.admins", "Community admins can read how to run it", "docs/admins.md"),
        file(
            "documentation.failures",
            "What happens when something fails is told",
            "docs/failures.md",
        ),
        yours(
            "documentation.contacts",
            "It is written down who is asked when it fails, in which order, and who may decide",
            "Only you know your people",
            "$EDITOR ESCALATION.md",
        ),
        yours(
            "documentation.privacy",
            "Members were told what is remembered about them, and whom to ask for its erasure",
            "What you owe your members depends on your community and its law",
            "gamekeeper data --help",
        ),
    ],
};
