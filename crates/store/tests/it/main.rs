//! The store, told as stories: each is written once and runs on SQLite and on PostgreSQL.
//!
//! PostgreSQL's half needs a server: `GAMEKEEPER_TEST_POSTGRES` holds its address, and
//! `scripts/with-postgres` starts one for as long as the tests run. Without it that half says
//! that it was skipped.

#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod archive;
mod audit;
mod bindings;
mod both;
mod corrupt;
mod crowd;
mod damage;
mod erase;
mod errors;
mod games;
mod indexes;
mod instances;
mod journal;
mod keepsakes;
mod migrate;
mod opening;
mod people;
mod races;
mod seats;
mod servers;
mod timeouts;
mod tls;
mod touched;
mod vitals;
mod work;
