//! Ids as AMP writes them: lower-case GUIDs.

use std::fmt;
use std::str::FromStr;

/// A GUID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Guid(pub(crate) u128);

impl Guid {
    pub(crate) const NIL: Self = Self(0);
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = format!("{:032x}", self.0);
        let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
        f.write_str(&parts.join("-"))
    }
}

/// Not a GUID.
#[derive(Debug)]
pub(crate) struct NotAGuid;

impl FromStr for Guid {
    type Err = NotAGuid;

    fn from_str(text: &str) -> Result<Self, NotAGuid> {
        let groups: Vec<&str> = text.split('-').collect();
        let lengths = groups.iter().map(|group| group.len());
        if !lengths.eq([8, 4, 4, 4, 12]) || groups.iter().any(|group| group.starts_with('+')) {
            return Err(NotAGuid);
        }
        u128::from_str_radix(&groups.concat(), 16).map(Self).map_err(|_| NotAGuid)
    }
}

/// The id of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceId(pub(crate) Guid);

impl fmt::Display for InstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        let id = Guid(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(id.to_string(), "01234567-89ab-cdef-0123-456789abcdef");
        assert_eq!(id.to_string().to_uppercase().parse::<Guid>().ok(), Some(id));
        for wrong in ["", "0", "+1234567-89ab-cdef-0123-456789abcdef", "0123456789abcdef-0-0-0"] {
            assert!(wrong.parse::<Guid>().is_err(), "{wrong}");
        }
    }
}
