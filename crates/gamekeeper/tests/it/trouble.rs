//! Discord has trouble, or the bot dies: everything converges, and nothing is done twice.

mod adoption;
mod clocks;
mod database;
mod discord;
mod ends;
mod faults;
mod gateway;
mod journal;
mod kills;
mod rows;
