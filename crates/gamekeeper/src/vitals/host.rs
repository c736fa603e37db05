//! What the machine has left for us.

use std::{fs, path::Path};

/// Room on a file system, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disk {
    /// What may still be written.
    pub free: u64,
    /// All of it.
    pub size: u64,
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
        Some(Self { free: bytes(stat.f_bavail), size: bytes(stat.f_blocks) })
    }

    /// Hundredths that are left.
    pub fn percent_free(&self) -> u64 {
        self.free.saturating_mul(100).checked_div(self.size).unwrap_or(100)
    }
}

impl Memory {
    /// Of this process, by its control group of version 2.
    pub fn of_this_process() -> Option<Self> {
        let groups = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
        let group = groups.lines().find_map(|line| line.strip_prefix("0::")).unwrap_or("/");
        let group = Path::new("/sys/fs/cgroup").join(group.trim_start_matches('/'));
        let number = |name: &str| fs::read_to_string(group.join(name)).ok()?.trim().parse().ok();
        if let (Some(used), Some(limit)) = (number("memory.current"), number("memory.max")) {
            // The kernel's cache of files counts in, and goes when room is needed.
            let cache = fs::read_to_string(group.join("memory.stat")).ok();
            let cache = cache.as_deref().and_then(inactive).unwrap_or(0);
            return Some(Self { used: used - cache.min(used), limit: Some(limit) });
        }
        let mib = crate::resident::mib("self", "VmRSS:").ok()?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a size")]
        Some(Self { used: (mib * 1_048_576.0) as u64, limit: None })
    }

    /// Hundredths of the limit that are taken; none where there is none.
    pub fn percent_used(&self) -> Option<u64> {
        self.used.saturating_mul(100).checked_div(self.limit?)
    }
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
        let disk = Disk::at(Path::new("/tmp/not/there/yet")).unwrap();
        assert!(disk.size > 0 && disk.free <= disk.size && disk.percent_free() <= 100);
        assert!(Memory::of_this_process().unwrap().used > 0);
        let half = Memory { used: 50, limit: Some(100) };
        assert_eq!(half.percent_used(), Some(50));
        assert_eq!(Memory { used: 50, limit: None }.percent_used(), None);
    }
}
