//! The rules, told as stories and held to properties.

mod arbitrary;
mod authorization;
mod hands;
mod model;
mod names;
mod planner_properties;
mod planner_stories;
mod proof;
mod vocabulary;
mod world;
