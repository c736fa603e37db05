//! Figures of the process, by the names that every program of Prometheus has for them.

use std::{fs, sync::atomic::AtomicU64, time::UNIX_EPOCH};

use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge},
    registry::{Registry, Unit},
};

use crate::resident;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Process {
    cpu: Counter<f64, AtomicU64>,
    resident: Gauge,
    threads: Gauge,
    open_files: Gauge,
    most_files: Gauge,
    started: Gauge<f64, AtomicU64>,
}

impl Process {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register_with_unit(
            "process_cpu",
            "Processor time taken so far",
            Unit::Seconds,
            self.cpu.clone(),
        );
        registry.register_with_unit(
            "process_resident_memory",
            "Memory held",
            Unit::Bytes,
            self.resident.clone(),
        );
        registry.register("process_threads", "Threads", self.threads.clone());
        registry.register("process_open_fds", "Open files and sockets", self.open_files.clone());
        registry.register(
            "process_max_fds",
            "Most files and sockets that may be open",
            self.most_files.clone(),
        );
        registry.register_with_unit(
            "process_start_time",
            "When it was started, in seconds since the Unix epoch",
            Unit::Seconds,
            self.started.clone(),
        );
        self.started.set(started());
    }

    /// Looks at what the kernel tells. What it does not tell stays as it was.
    pub(super) fn look(&self) {
        if let Ok(cpu) = resident::processor("self") {
            let more = cpu.as_secs_f64() - self.cpu.get();
            if more > 0.0 {
                self.cpu.inc_by(more);
            }
        }
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let figure = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<i64>().ok()
        };
        if let Some(kib) = figure("VmRSS:") {
            self.resident.set(kib.saturating_mul(1_024));
        }
        if let Some(threads) = figure("Threads:") {
            self.threads.set(threads);
        }
        if let Ok(files) = fs::read_dir("/proc/self/fd") {
            // One of them is the look itself.
            self.open_files.set(i64::try_from(files.count()).unwrap_or(i64::MAX) - 1);
        }
        let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let most = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
        if let Some(most) = most.and_then(|rest| rest.split_whitespace().next()?.parse().ok()) {
            self.most_files.set(most);
        }
    }
}

/// Now is as good as the kernel's figure: this is made when the process starts.
fn started() -> f64 {
    UNIX_EPOCH.elapsed().map(|since| since.as_secs_f64()).unwrap_or_default()
}
