//! The boxes, part by part. The parts are those of the checklist that came with the original bot;
//! where a box is about Node.js, it says what stands in its place.

mod backups;
mod code;
mod database;
mod discord;
mod documentation;
mod ending;
mod environment;
mod monitoring;
mod performance;
mod process;
mod rollback;
mod security;
mod server;
mod testing;
mod upkeep;

use crate::item::Part;

/// Every part, in the order of the original.
pub const PARTS: &[Part] = &[
    code::PREPARATION,
    environment::ENVIRONMENT,
    discord::APPLICATION,
    security::REVIEW,
    database::DATABASE,
    environment::VARIABLES,
    code::DEPENDENCIES,
    process::MANAGEMENT,
    monitoring::MONITORING,
    testing::INITIAL,
    testing::LOAD,
    monitoring::CONFIGURATION,
    backups::BACKUPS,
    documentation::DOCUMENTATION,
    server::SECURITY,
    security::APPLICATION,
    security::SECRETS,
    performance::BOT,
    performance::DATABASE,
    rollback::ROLLBACK,
    upkeep::MAINTENANCE,
    upkeep::COMMON_ISSUES,
    ending::FIRST_DAY,
    ending::SIGN_OFF,
];
