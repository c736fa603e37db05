//! The part of the configuration that says which process this is among several.

use std::{ops::RangeInclusive, time::Duration};

use engine::Membership;
use settings::{SettingError, Settings};

use super::read::number;

/// A call to Discord gets two thirds of a lease; games of a process that died wait for one.
const LEASE_SECONDS: RangeInclusive<u64> = 9..=600;

/// `GAMEKEEPER_INSTANCE` and `GAMEKEEPER_LEASE_SECONDS`.
pub(super) fn read(settings: &Settings) -> Result<Membership, SettingError> {
    let mut membership = Membership { name: name(settings), ..Membership::default() };
    let shaped = membership.name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if membership.name.len() > 64 || !shaped {
        return Err(SettingError::new(
            "GAMEKEEPER_INSTANCE",
            format!("is not a name for a process: `{}`", membership.name),
            "Use up to 64 letters, digits, dots, dashes and underscores",
        ));
    }
    if let Some(text) = settings.get("GAMEKEEPER_LEASE_SECONDS") {
        let seconds = number("GAMEKEEPER_LEASE_SECONDS", text, LEASE_SECONDS, "of seconds")?;
        membership.lease = Duration::from_secs(seconds);
    }
    Ok(membership)
}

/// This process's name among others, also where it is no good one.
pub(super) fn name(settings: &Settings) -> String {
    let name = settings.get("GAMEKEEPER_INSTANCE").map(str::to_owned);
    name.or_else(host).unwrap_or_else(|| Membership::default().name)
}

/// The machine's name: the same after a restart, and different from the next machine's.
fn host() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}
