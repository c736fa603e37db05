//! Making games.

mod advanced;
mod simple;
