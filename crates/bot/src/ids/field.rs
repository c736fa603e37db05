//! Names of the fields in our modals.

/// The game's name.
pub const NAME: &str = "name";
/// The game's emoji; may be empty.
pub const EMOJI: &str = "emoji";
/// What the game is about; may be empty.
pub const DESCRIPTION: &str = "description";
/// Number of seats; empty is no limit.
pub const CAPACITY: &str = "capacity";
/// Colour of the player role; empty is none.
pub const COLOUR: &str = "colour";
/// The name, typed to confirm that the game is to be deleted.
pub const CONFIRM: &str = "confirm";
/// A line for a server's console.
pub const LINE: &str = "line";
