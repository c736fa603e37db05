//! `gamekeeper completions` and `gamekeeper man`: held to the tools that read what they print, where
//! those are there.

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use gamekeeper::stage::verbs::Told;

use crate::program::gamekeeper;

fn prints(arguments: &[&str]) -> Told<Output> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    gamekeeper(home.path(), &[]).args(arguments).output().map_err(|e| e.to_string())
}

#[test]
fn each_shell_gets_its_completions() -> Told<()> {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = prints(&["completions", shell])?;
        assert!(output.status.success(), "{shell}");
        let script = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(script.contains("gamekeeper") && script.contains("migrate"), "{shell}: {script}");
    }
    assert_eq!(prints(&["completions", "cmd"])?.status.code(), Some(2));
    Ok(())
}

/// Somebody types `gamekeeper mig` and presses tab.
#[test]
fn bash_completes_a_command() -> Told<()> {
    let script = prints(&["completions", "bash"])?.stdout;
    let ask = b"\nCOMP_WORDS=(gamekeeper mig) COMP_CWORD=1\n\
        _gamekeeper gamekeeper mig gamekeeper; printf '%s\\n' \"${COMPREPLY[@]}\"\n";
    let mut bash = Command::new("bash")
        .arg("-s")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    if let Some(mut into) = bash.stdin.take() {
        into.write_all(&[script, ask.to_vec()].concat()).map_err(|e| e.to_string())?;
    }
    let output = bash.wait_with_output().map_err(|e| e.to_string())?;
    assert_eq!(String::from_utf8_lossy(&output.stdout), "migrate\n");
    Ok(())
}

#[test]
fn the_program_and_each_command_have_a_page() -> Told<()> {
    let page = |arguments: &[&str]| -> Told<String> {
        let output = prints(&[&["man"], arguments].concat())?;
        assert!(output.status.success(), "{arguments:?}");
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let all = page(&[])?;
    assert!(all.contains(".TH gamekeeper 1") && all.contains("service"), "{all}");
    let one = page(&["migrate", "down"])?;
    assert!(one.contains(".TH gamekeeper-migrate-down 1"), "{one}");
    let none = prints(&["man", "migrate", "sideways"])?;
    assert_eq!(none.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&none.stderr).contains("there is no command `sideways`"));
    Ok(())
}
