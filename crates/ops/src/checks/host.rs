//! The machine, and the process on it.

use std::{
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use rustix::{
    fs::Access,
    process::{Resource, getrlimit},
};

use super::notes::Notes;
use crate::{Disk, Finding, Life, Memory, RunJournal, Scene};

/// Room on the disk: bytes, and hundredths of it.
const DISK_LOW: (u64, u64) = (1 << 30, 10);
const DISK_OUT: (u64, u64) = (200 << 20, 2);
/// Files that may be open: sockets to people, the database, game servers.
const FILES: u64 = 1_024;
/// The bot with a few hundred guilds, and a backup beside it.
const MEMORY: u64 = 128 << 20;
/// What `systemd-analyze security` calls exposed.
const EXPOSED: f64 = 2.5;

pub(super) async fn look(scene: &Scene, notes: &mut Notes) {
    // The running bot is looked at where there is one; else this very process, as the same user
    // would start it.
    let run = RunJournal::of(&scene.data_dir, &scene.instance).read();
    let pid = run.filter(|run| run.life() == Life::Runs).map(|run| run.pid);
    notes.extend([data_dir(&scene.data_dir), log_dir(scene)]);
    notes.extend(disk(&scene.data_dir));
    notes.extend([files(pid), memory(pid), root(pid), timezone()]);
    notes.at("host.hardening");
    notes.push(hardening().await);
}

/// The nearest directory that is there.
fn existing(path: &Path) -> PathBuf {
    let all = path.ancestors().filter(|path| path.is_dir());
    all.map(Path::to_owned).next().unwrap_or_else(|| PathBuf::from("."))
}

fn is_writable(path: &Path) -> bool {
    rustix::fs::access(path, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

fn data_dir(path: &Path) -> Finding {
    const CHECK: &str = "host.data-dir";
    let named = path.display();
    let Ok(about) = std::fs::metadata(path) else {
        let above = existing(path);
        return if path.exists() || is_writable(&above) {
            Finding::ok(CHECK, format!("{named} is not there yet; the first start makes it"))
        } else {
            Finding::error(
                CHECK,
                format!("{named} is not there, and {} cannot be written to", above.display()),
                "Set GAMEKEEPER_DATA_DIR to a directory that the bot's user may write to",
            )
        };
    };
    if !about.is_dir() {
        let cure = "Set GAMEKEEPER_DATA_DIR to a directory";
        return Finding::error(CHECK, format!("{named} is not a directory"), cure);
    }
    if !is_writable(path) {
        let cure = format!("chown it to the bot's user, and chmod 700 {named}");
        return Finding::error(CHECK, format!("{named} cannot be written to"), cure);
    }
    match about.permissions().mode() & 0o777 {
        mode if mode % 0o10 == 0 => {
            Finding::ok(CHECK, format!("{named} is writable, mode {mode:03o}"))
        }
        mode => Finding::warning(
            CHECK,
            format!("{named} has mode {mode:03o}: everybody on this machine can look into it"),
            format!("chmod 700 {named}"),
        ),
    }
}

fn log_dir(scene: &Scene) -> Finding {
    const CHECK: &str = "host.log-dir";
    let Some(file) = scene.settings.get("GAMEKEEPER_LOG_FILE") else {
        return Finding::ok(CHECK, "logs go to standard error, for systemd or Docker to keep");
    };
    let directory = Path::new(file).parent().filter(|parent| !parent.as_os_str().is_empty());
    let directory = directory.unwrap_or(Path::new("."));
    let whole = !Path::new(file).exists() || rustix::fs::access(file, Access::WRITE_OK).is_ok();
    if whole && is_writable(directory) {
        Finding::ok(CHECK, format!("{file} can be written"))
    } else {
        let cure = "Make its directory, and give it to the bot's user";
        Finding::error(CHECK, format!("{file} cannot be written"), cure)
    }
}

fn disk(data_dir: &Path) -> [Finding; 2] {
    const DISK: &str = "host.disk";
    const INODES: &str = "host.inodes";
    let place = existing(data_dir);
    let named = place.display();
    let Some(Disk { free, size, files }) = Disk::at(data_dir) else {
        let why = format!("{named} does not tell its size");
        return [DISK, INODES].map(|check| Finding::skipped(check, &why));
    };
    let told = format!("{:.1} of {:.1} GiB free at {named}", gib(free), gib(size));
    let below = |(bytes, hundredths): (u64, u64)| free < bytes || free * 100 < size * hundredths;
    let cure = "gamekeeper backup prune; du -xh / | sort -h | tail finds what else is large";
    let disk = if below(DISK_OUT) {
        Finding::error(DISK, told, cure)
    } else if below(DISK_LOW) {
        Finding::warning(DISK, told, cure)
    } else {
        Finding::ok(DISK, told)
    };
    let inodes = match files {
        Some((free, all)) if free * 20 < all => Finding::warning(
            INODES,
            format!("{free} of {all} inodes free at {named}"),
            "find / -xdev -printf '%h\\n' | sort | uniq -c | sort -n | tail finds where they are",
        ),
        _ => Finding::ok(INODES, "there is room for more files"),
    };
    [disk, inodes]
}

#[expect(clippy::cast_precision_loss, reason = "it is told with one digit")]
fn gib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1_u32 << 30)
}

fn files(pid: Option<u32>) -> Finding {
    const CHECK: &str = "host.files";
    let limit = pid.map_or_else(|| getrlimit(Resource::Nofile).current, open_files);
    match limit {
        Some(limit) if limit < FILES => Finding::warning(
            CHECK,
            format!("{limit} files may be open at once"),
            format!("LimitNOFILE={} in the unit, or ulimit -n", FILES * 8),
        ),
        Some(limit) => Finding::ok(CHECK, format!("{limit} files may be open at once")),
        None => Finding::ok(CHECK, "as many files as it likes may be open at once"),
    }
}

/// The limit of another process; none where it has none or does not tell.
fn open_files(pid: u32) -> Option<u64> {
    let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn memory(pid: Option<u32>) -> Finding {
    const CHECK: &str = "host.memory";
    let who = pid.map_or_else(|| "self".to_owned(), |pid| pid.to_string());
    match Memory::of(&who).and_then(|memory| memory.limit) {
        Some(limit) if limit < MEMORY => Finding::warning(
            CHECK,
            format!("the limit is {} MiB, which may be too little", limit >> 20),
            format!("MemoryMax={}M in the unit, or mem_limit in compose.yaml", MEMORY >> 19),
        ),
        Some(limit) => Finding::ok(CHECK, format!("the limit is {} MiB", limit >> 20)),
        None => Finding::warning(
            CHECK,
            "there is no limit: a fault could take the whole machine's memory",
            "gamekeeper service install sets MemoryMax; in compose.yaml it is mem_limit",
        ),
    }
}

fn root(pid: Option<u32>) -> Finding {
    const CHECK: &str = "host.root";
    let is_root = match pid {
        Some(pid) => std::fs::read_to_string(format!("/proc/{pid}/status"))
            .ok()
            .and_then(|status| {
                let uids = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
                uids.split_whitespace().nth(1)?.parse::<u32>().ok()
            })
            .is_some_and(|uid| uid == 0),
        None => rustix::process::geteuid().is_root(),
    };
    if is_root {
        Finding::warning(
            CHECK,
            "root: a fault in the bot would be a fault in everything",
            "gamekeeper service install makes a unit with a user of its own",
        )
    } else {
        Finding::ok(CHECK, "not root")
    }
}

fn timezone() -> Finding {
    const CHECK: &str = "host.timezone";
    const UTC: [&str; 6] = ["UTC", "Etc/UTC", "Etc/UCT", "UCT", "Universal", "Zulu"];
    let set = std::env::var("TZ").ok().filter(|zone| !zone.is_empty());
    let zone = set.map(|zone| zone.trim_start_matches(':').to_owned()).or_else(|| {
        let link = std::fs::read_link("/etc/localtime").ok()?;
        Some(link.to_str()?.rsplit_once("zoneinfo/")?.1.to_owned())
    });
    // Without any of it the C library takes UTC.
    let zone = zone.unwrap_or_else(|| "UTC".to_owned());
    let bare = zone.trim_start_matches("posix/");
    if UTC.contains(&bare) {
        return Finding::ok(CHECK, "UTC");
    }
    Finding::warning(
        CHECK,
        format!("{zone}: logs, schedules and backups of this bot are in UTC"),
        "timedatectl set-timezone UTC",
    )
}

async fn hardening() -> Finding {
    const CHECK: &str = "host.hardening";
    const UNIT: &str = "gamekeeper.service";
    if !Path::new("/run/systemd/system").is_dir() {
        return Finding::ok(CHECK, "there is no systemd here");
    }
    let asked = tokio::process::Command::new("systemd-analyze")
        .args(["security", "--no-pager", UNIT])
        .env("LC_ALL", "C")
        .kill_on_drop(true)
        .output()
        .await;
    let Ok(output) = asked else { return Finding::skipped(CHECK, "systemd-analyze is not here") };
    match exposure(&String::from_utf8_lossy(&output.stdout)) {
        None => Finding::warning(
            CHECK,
            format!("there is no {UNIT}"),
            "gamekeeper service install --dry-run shows what it would write",
        ),
        Some(level) if level > EXPOSED => Finding::warning(
            CHECK,
            format!("{UNIT} is exposed: {level} of 10"),
            "gamekeeper service install writes a hardened one",
        ),
        Some(level) => Finding::ok(CHECK, format!("{UNIT} has an exposure of {level} of 10")),
    }
}

fn exposure(told: &str) -> Option<f64> {
    let line = told.lines().find(|line| line.contains("Overall exposure level"))?;
    line.rsplit_once(": ")?.1.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::exposure;

    #[test]
    fn what_systemd_says() {
        let told = "→ Overall exposure level for gamekeeper.service: 1.4 OK 🙂";
        assert_eq!(exposure(told), Some(1.4));
        assert_eq!(exposure("Unit gamekeeper.service not found."), None);
    }
}
