//! A box, and who answers for it.

/// A part of the checklist.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What the ids of its boxes begin with.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its boxes.
    pub items: &'static [Item],
}

/// One box.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// Stable: sign-off records and scripts name it.
    pub id: &'static str,
    /// What holds when the box is ticked.
    pub text: &'static str,
    /// Who answers for it.
    pub by: By,
}

/// Who answers for a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A check of `gamekeeper doctor`, by its result of now.
    Check(&'static str),
    /// A test that runs with every change, such as `store::it::work::no_game_is_claimed_twice`.
    Test(&'static str),
    /// A file of the repository.
    File(&'static str),
    /// A command that does it on demand.
    Command(&'static str),
    /// Only a human can: why, and the command to do it with.
    Yours {
        /// Why no program can answer for it.
        why: &'static str,
        /// What to type.
        command: &'static str,
    },
}

impl By {
    /// The word for this kind, as in JSON.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Check(_) => "check",
            Self::Test(_) => "test",
            Self::File(_) => "file",
            Self::Command(_) => "command",
            Self::Yours { .. } => "yours",
        }
    }

    /// The check, test, file or command itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::Check(name) | Self::Test(name) | Self::File(name) | Self::Command(name) => name,
            Self::Yours { command, .. } => command,
        }
    }
}

pub(crate) const fn check(id: &'static str, text: &'static str, name: &'static str) -> Item {
    Item { id, text, by: By::Check(name) }
}

pub(crate) const fn test(id: &'static str, text: &'static str, path: &'static str) -> Item {
    Item { id, text, by: By::Test(path) }
}

pub(crate) const fn file(id: &'static str, text: &'static str, path: &'static str) -> Item {
    Item { id, text, by: By::File(path) }
}

pub(crate) const fn command(id: &'static str, text: &'static str, line: &'static str) -> Item {
    Item { id, text, by: By::Command(line) }
}

pub(crate) const fn yours(
    id: &'static str,
    text: &'static str,
    why: &'static str,
    command: &'static str,
) -> Item {
    Item { id, text, by: By::Yours { why, command } }
}
