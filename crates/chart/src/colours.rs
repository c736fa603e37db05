//! The palette. The card is dark in both of Discord's modes, so contrasts are known: text has at
//! least 7:1 against the card, lines and states at least 4.5:1.

use crate::history::State;

pub(crate) type Colour = [u8; 3];

pub(crate) const CARD: Colour = [0x1a, 0x1c, 0x26];
pub(crate) const BORDER: Colour = [0x3a, 0x3e, 0x50];
pub(crate) const GRID: Colour = [0x32, 0x36, 0x46];
pub(crate) const GRID_STRONG: Colour = [0x55, 0x5b, 0x73];
pub(crate) const TEXT: Colour = [0xf4, 0xf5, 0xf8];
pub(crate) const MUTED: Colour = [0xbc, 0xc2, 0xd0];

pub(crate) const AVERAGE: Colour = [0x4d, 0xa3, 0xff];
pub(crate) const MAXIMUM: Colour = [0xff, 0xa8, 0xd8];
pub(crate) const CAPACITY: Colour = [0xd8, 0xdc, 0xe6];

/// Kept exactly as they are, however little of them there is in a picture.
pub(crate) const ALWAYS: [Colour; 12] = [
    CARD,
    TEXT,
    AVERAGE,
    MAXIMUM,
    CAPACITY,
    State::Online.colour(),
    State::Changing.colour(),
    State::Sleeping.colour(),
    State::Offline.colour(),
    State::Crashed.colour(),
    State::Suspended.colour(),
    State::Unknown.colour(),
];

impl State {
    /// Beside its colour, each state has a shape of its own: see `paint::swatch`.
    pub(crate) const fn colour(self) -> Colour {
        match self {
            Self::Online => [0x3f, 0xc3, 0x6e],
            Self::Changing => [0xf5, 0xc8, 0x42],
            Self::Sleeping => [0x8f, 0x9b, 0xff],
            Self::Offline => [0x8a, 0x91, 0xa3],
            Self::Crashed => [0xff, 0x56, 0x56],
            Self::Suspended => [0xf0, 0x8c, 0x3a],
            Self::Unknown => [0xb4, 0xb9, 0xc6],
        }
    }
}
