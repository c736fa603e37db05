//! Changes by hand: put right, taken over, or asked about.

mod hands;
mod leaving;
mod log;
mod policies;
mod room;
mod standing;
mod sweep;
mod table;
mod unknown;
