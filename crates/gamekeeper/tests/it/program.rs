//! The program itself, as an operator starts it.

use std::{
    path::Path,
    process::{Command, Stdio},
};

/// The program in this directory, with an empty environment but for `settings`.
pub(crate) fn gamekeeper(home: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gamekeeper"));
    command.current_dir(home).env_clear().stdin(Stdio::null());
    for (name, value) in settings {
        command.env(name, value);
    }
    command
}
