//! Joining and leaving, and who decides.

mod approval;
mod many;
mod ways;
