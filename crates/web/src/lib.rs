//! The few pages about the process itself: is it alive, is it ready, what does it count, which
//! version is it. For supervisors and for Prometheus, not for people's browsers.
//!
//! What is shown is given as functions that answer at once; nothing here asks anybody anything.
//! So a page is there also when Discord and the database are not.

mod guard;
mod pages;
mod report;
mod serve;

pub use self::{
    pages::{Format, Pages},
    report::{Check, Report, State},
    serve::serve,
};
