//! Discord has trouble, or the bot dies: everything converges, and nothing is done twice.

mod faults;
mod gateway;
mod kills;
