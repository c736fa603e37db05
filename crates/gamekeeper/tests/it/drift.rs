//! Changes by hand: put right, taken over, or asked about.

mod hands;
mod policies;
mod standing;
