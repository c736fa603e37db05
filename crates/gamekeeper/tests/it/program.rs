//! The program itself, as an operator starts it.

use std::{
    path::Path,
    process::{Command, Stdio},
};

/// The program in this directory, with an empty environment but for `settings`. It shows no pages,
/// unless it is told where: there are many of them at once.
pub(crate) fn gamekeeper(home: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gamekeeper"));
    command.current_dir(home).env_clear().env("GAMEKEEPER_HTTP", "off").stdin(Stdio::null());
    for (name, value) in settings {
        command.env(name, value);
    }
    command
}
