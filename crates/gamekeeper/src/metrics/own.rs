//! Figures of what no room knows alone.

use std::sync::atomic::AtomicU64;

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{family::Family, gauge::Gauge},
    registry::{Registry, Unit},
};

use crate::vitals::Vitals;

type Number = Gauge<f64, AtomicU64>;

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Build {
    version: &'static str,
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Own {
    build: Family<Build, Gauge>,
    database_up: Gauge,
    ready: Gauge,
    backup_age: Number,
    backup_failed: Gauge,
    disk_free: Number,
    disk_size: Number,
    memory_limit: Number,
}

impl Default for Own {
    fn default() -> Self {
        let own = Self {
            build: Family::default(),
            database_up: Gauge::default(),
            ready: Gauge::default(),
            backup_age: Number::default(),
            backup_failed: Gauge::default(),
            disk_free: Number::default(),
            disk_size: Number::default(),
            memory_limit: Number::default(),
        };
        own.build.get_or_create(&Build { version: env!("CARGO_PKG_VERSION") }).set(1);
        own.backup_age.set(f64::NAN);
        own
    }
}

impl Own {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register("build_info", "The version of the program", self.build.clone());
        registry.register("database_up", "1 while the database answers", self.database_up.clone());
        registry.register(
            "ready",
            "1 while everything that people need works: connected, and with a database",
            self.ready.clone(),
        );
        registry.register_with_unit(
            "backup_age",
            "How old the last backup is; not a number where there is none",
            Unit::Seconds,
            self.backup_age.clone(),
        );
        registry.register(
            "backup_failed",
            "1 after a backup failed, until one succeeds",
            self.backup_failed.clone(),
        );
        registry.register_with_unit(
            "disk_free",
            "Room left where the data directory is",
            Unit::Bytes,
            self.disk_free.clone(),
        );
        registry.register_with_unit(
            "disk_size",
            "All the room where the data directory is",
            Unit::Bytes,
            self.disk_size.clone(),
        );
        registry.register_with_unit(
            "memory_limit",
            "Memory that the process may take, by its unit or container; 0 is all of it",
            Unit::Bytes,
            self.memory_limit.clone(),
        );
    }

    /// Shows what was last seen.
    #[expect(clippy::cast_precision_loss, reason = "figures for people; a byte more or less")]
    pub(super) fn follow(&self, vitals: &Vitals) {
        self.database_up.set(vitals.database_away.is_none().into());
        self.ready.set(vitals.is_ready().into());
        let age = vitals.backup.age.map_or(f64::NAN, |age| age.as_secs_f64());
        self.backup_age.set(age);
        self.backup_failed.set((!vitals.backup.failed.is_empty()).into());
        if let Some(disk) = vitals.disk {
            self.disk_free.set(disk.free as f64);
            self.disk_size.set(disk.size as f64);
        }
        self.memory_limit.set(vitals.memory.and_then(|memory| memory.limit).unwrap_or(0) as f64);
    }
}
