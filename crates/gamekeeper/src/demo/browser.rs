//! Opening the page on a machine that has a display.

use std::process::{Command, Stdio};

/// Whether there is a display to open a browser on.
pub(super) fn is_there() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", target_os = "windows"))
        || set("DISPLAY")
        || set("WAYLAND_DISPLAY")
}

/// Opens an address with whatever the person's desktop opens addresses with.
pub(super) fn open(address: &str) -> std::io::Result<()> {
    let (program, first): (_, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(target_os = "windows") {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(first).arg(address);
    // What a browser says about itself does not belong between our lines.
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut opened = command.spawn()?;
    // Waited for, so that no zombie stays behind while the demo runs.
    std::thread::spawn(move || opened.wait());
    Ok(())
}
