//! Git, asked as a person would.

use std::{
    io,
    path::Path,
    process::{Output, Stdio},
};

use tokio::{io::AsyncWriteExt as _, process::Command};

/// Whether a directory is in a git work tree; none where git is not there.
pub(super) async fn is_tree(here: &Path) -> Option<bool> {
    let output = run(here, &["rev-parse", "--is-inside-work-tree"], "").await.ok()?;
    Some(output.status.success())
}

/// Git's answer, with something to read for it. What it reads never stands on a command line.
pub(super) async fn run(here: &Path, words: &[&str], input: &str) -> io::Result<Output> {
    let mut child = Command::new("git")
        .args(words)
        .current_dir(here)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // It may have ended without reading.
        let _ = stdin.write_all(input.as_bytes()).await;
    }
    child.wait_with_output().await
}
