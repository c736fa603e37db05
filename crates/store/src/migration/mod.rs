//! The schema's history. Applied migrations are never edited.

mod m0001_first;
mod m0002_instances;
mod m0003_audit_indexes;
mod m0004_servers;
mod m0005_server_alerts;
mod nature;
mod steps;

use sea_orm_migration::prelude::*;

pub use nature::{Change, Nature, VERSIONS, nature, newest_of};
pub use steps::{Listed, Schema, Standing, down, names, open_at, status, up};
pub(crate) use steps::{applied, begin, open, ours, patient, present};

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_first::Migration),
            Box::new(m0002_instances::Migration),
            Box::new(m0003_audit_indexes::Migration),
            Box::new(m0004_servers::Migration),
            Box::new(m0005_server_alerts::Migration),
        ]
    }
}
