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

/// As in `gamekeeper config template | head`.
#[test]
fn where_nobody_listens_any_more_it_ends_without_a_word() {
    let home = tempfile::tempdir().expect("a directory");
    let mut child = gamekeeper(home.path(), &[])
        .args(["config", "template"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(141), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
