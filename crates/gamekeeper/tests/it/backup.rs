//! Backups as an operator has them: under load, on to another machine, and what is said about them.

mod alone;
mod command;
mod moving;
mod second_place;
mod upgrade;
