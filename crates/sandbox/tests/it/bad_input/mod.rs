//! What a broken or hostile client sends: answered as Discord does, with code and text, and never a panic.

mod frames;
mod requests;
mod torture;
