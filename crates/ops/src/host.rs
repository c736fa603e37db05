//! What the machine has left for a process.

use std::{fs, path::Path};

/// Room on a file system, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disk {
    /// What may still be written.
    pub free: u64,
    /// All of it.
    pub size: u64,
    /// Files that may still be made, and all that there may be; none where that has no limit.
    pub files: Option<(u64, u64)>,
}

/// Memory, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// What counts against the limit; what the process holds, where there is none.
    pub used: u64,
    /// What its unit or container may take; none is all of it.
    pub limit: Option<u64>,
}

impl Disk {
    /// Where this directory is, or its nearest parent that exists.
    pub fn at(path: &Path) -> Option<Self> {
        let there = path.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
        let stat = rustix::fs::statvfs(there).ok()?;
        let bytes = |blocks: u64| blocks.saturating_mul(stat.f_frsize);
        // Some file systems have no such limit and say 0.
        let files = (stat.f_files > 0).then_some((stat.f_favail, stat.f_files));
        Some(Self { free: bytes(stat.f_bavail), size: bytes(stat.f_blocks), files })
    }

    /// Hundredths that are left.
    pub fn percent_free(&self) -> u64 {
        self.free.saturating_mul(100).checked_div(self.size).unwrap_or(100)
    }
}

impl Memory {
    /// Of a process, a number or `self`, by its control groups of version 2. None where it is not
    /// there.
    pub fn of(process: &str) -> Option<Self> {
        let groups = fs::read_to_string(format!("/proc/{process}/cgroup")).ok()?;
        let own = groups.lines().find_map(|line| line.strip_prefix("0::")).unwrap_or("/");
        let root = Path::new("/sys/fs/cgroup");
        let own = root.join(own.trim_start_matches('/'));
        // Each group above limits it, too; the tightest counts.
        let limited = own.ancestors().take_while(|group| group.starts_with(root));
        let limited = limited.filter_map(|group| Some((number(group, "memory.max")?, group)));
        if let Some((limit, group)) = limited.min_by_key(|(limit, _)| *limit)
            && let Some(used) = number(group, "memory.current")
        {
            // The kernel's cache of files counts in, and goes when room is needed.
            let cache = fs::read_to_string(group.join("memory.stat")).ok();
            let cache = cache.as_deref().and_then(inactive).unwrap_or(0);
            return Some(Self { used: used - cache.min(used), limit: Some(limit) });
        }
        Some(Self { used: resident(process)?, limit: None })
    }

    /// Hundredths of the limit that are taken; none where there is none.
    pub fn percent_used(&self) -> Option<u64> {
        self.used.saturating_mul(100).checked_div(self.limit?)
    }
}

fn number(group: &Path, name: &str) -> Option<u64> {
    fs::read_to_string(group.join(name)).ok()?.trim().parse().ok()
}

/// What a process holds.
fn resident(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? << 10)
}

fn inactive(stat: &str) -> Option<u64> {
    stat.lines().find_map(|line| line.strip_prefix("inactive_file "))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Disk, Memory};

    #[test]
    fn there_is_some_of_everything() {
        let disk = Disk::at(Path::new("/tmp/not/there/yet")).expect("a disk");
        assert!(disk.size > 0 && disk.free <= disk.size && disk.percent_free() <= 100);
        assert!(Memory::of("self").expect("Linux tells").used > 0);
        let half = Memory { used: 50, limit: Some(100) };
        assert_eq!(half.percent_used(), Some(50));
        assert_eq!(Memory { used: 50, limit: None }.percent_used(), None);
    }
}
