//! What a process keeps in memory, as the kernel tells it.

use crate::{child::BotProcess, stage::verbs::Told};

/// A bot's resident memory, in words: all of it, and the part that is the program file itself.
pub(crate) fn of(bot: &BotProcess) -> Told<String> {
    let process = bot.id().to_string();
    Ok(format!(
        "{:.1} MiB resident, {:.1} of them pages of the program file",
        mib(&process, "VmRSS:")?,
        mib(&process, "RssFile:")?
    ))
}

/// A figure of `/proc/{process}/status`, in MiB; the process is a number or `self`.
pub(crate) fn mib(process: &str, figure: &str) -> Told<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))
        .map_err(|error| error.to_string())?;
    let kib: u32 = status
        .lines()
        .find_map(|line| line.strip_prefix(figure))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|kib| kib.parse().ok())
        .ok_or_else(|| format!("the process does not tell its {figure}"))?;
    Ok(f64::from(kib) / 1024.0)
}
