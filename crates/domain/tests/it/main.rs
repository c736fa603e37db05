//! The rules, told as stories and held to properties.

mod arbitrary;
mod authorization;
mod drift_stories;
mod fleet;
mod hands;
mod model;
mod names;
mod permissions;
mod placement;
mod planner_anything;
mod planner_properties;
mod planner_stories;
mod proof;
mod server;
mod steps;
mod vocabulary;
mod world;
