//! What a process keeps in memory and takes of the processor, as the kernel tells it.

use std::time::Duration;

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

/// Processor time that a process has taken so far, all its threads together.
pub(crate) fn processor(process: &str) -> Told<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))
        .map_err(|error| error.to_string())?;
    ticks(&stat)
        .map(|ticks| Duration::from_millis(ticks * 1_000 / TICKS))
        .ok_or_else(|| "the process does not tell its processor time".to_owned())
}

/// What the kernel counts for programs in, whatever it counts in itself.
const TICKS: u64 = 100;

/// Time in the program and time in the kernel. The name before them may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system) = (fields.next()?, fields.next()?);
    user.parse::<u64>().ok()?.checked_add(system.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::{processor, ticks};

    #[test]
    fn whatever_a_process_is_called() {
        let stat = "7 (a ) 9 (b) S 1 7 7 0 -1 4194560 90 0 0 0 12 34 0 0 20 0 1 0 5 6 7";
        assert_eq!(ticks(stat), Some(46));
        assert_eq!(ticks("7 (a) S 1"), None);
        assert!(processor("self").is_ok());
    }
}
