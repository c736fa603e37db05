//! Role colours.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An RGB colour as Discord takes it for a role, 1 to `0xFFFFFF`. Zero means "no colour" there,
/// so "no colour" is `Option::None` here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Colour(u32);

/// A text that is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is not a colour; write it as #RRGGBB, for example #5865F2")]
pub struct ColourError;

impl Colour {
    /// Parses `#RRGGBB`, `RRGGBB`, `#RGB` or one of Discord's colour names.
    pub fn parse(raw: &str) -> Result<Self, ColourError> {
        let raw = raw.trim();
        if let Some((_, value)) = NAMED.iter().find(|(name, _)| name.eq_ignore_ascii_case(raw)) {
            return Ok(Self(*value));
        }
        let hex = raw.strip_prefix('#').unwrap_or(raw);
        if !hex.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(ColourError);
        }
        let value = match hex.len() {
            6 => u32::from_str_radix(hex, 16).map_err(|_| ColourError)?,
            3 => {
                let short = u32::from_str_radix(hex, 16).map_err(|_| ColourError)?;
                let (r, g, b) = (short >> 8, (short >> 4) & 0xf, short & 0xf);
                (r * 0x11) << 16 | (g * 0x11) << 8 | (b * 0x11)
            }
            _ => return Err(ColourError),
        };
        // Pure black would mean "no colour" to Discord; the nearest visible one is meant.
        Ok(Self(value.max(1)))
    }

    /// From Discord's number; zero is no colour.
    pub fn from_discord(value: u32) -> Option<Self> {
        (1..=0x00ff_ffff).contains(&value).then_some(Self(value))
    }

    /// Discord's number for it.
    pub fn value(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06X}", self.0)
    }
}

/// The colours of Discord's own role picker that have everyday names.
pub const NAMED: [(&str, u32); 8] = [
    ("teal", 0x001a_bc9c),
    ("green", 0x002e_cc71),
    ("blue", 0x0034_98db),
    ("purple", 0x009b_59b6),
    ("pink", 0x00e9_1e63),
    ("gold", 0x00f1_c40f),
    ("orange", 0x00e6_7e22),
    ("red", 0x00e7_4c3c),
];
