//! How single values are read.

use std::{borrow::Cow, fmt, ops::RangeInclusive, path::Path, str::FromStr};

use settings::SettingError;
use twilight_model::id::Id;

/// On or off.
pub(super) fn parse_bool(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// On or off, with a value for unset.
pub(super) fn switch(
    variable: impl Into<Cow<'static, str>>,
    value: Option<&str>,
    default: bool,
) -> Result<bool, SettingError> {
    let Some(text) = value else { return Ok(default) };
    parse_bool(text).ok_or_else(|| {
        SettingError::new(variable, format!("is neither on nor off: `{text}`"), "Use true or false")
    })
}

/// An id of Discord's.
pub(super) fn snowflake<T>(
    variable: impl Into<Cow<'static, str>>,
    value: Option<&str>,
    cure: &str,
) -> Result<Option<Id<T>>, SettingError> {
    value
        .map(|text| {
            let id = text.parse().ok().and_then(Id::new_checked);
            id.ok_or_else(|| {
                SettingError::new(variable, format!("is not a Discord id: `{text}`"), cure)
            })
        })
        .transpose()
}

/// A directory that is one, or is not there yet.
pub(super) fn is_directory(variable: &'static str, path: &Path) -> Result<(), SettingError> {
    if path.exists() && !path.is_dir() {
        return Err(SettingError::new(
            variable,
            format!("({}) is not a directory", path.display()),
            "Name a directory, or one that can be made",
        ));
    }
    Ok(())
}

/// A number within limits.
pub(super) fn number<T: FromStr + PartialOrd + fmt::Display>(
    variable: &'static str,
    text: &str,
    range: RangeInclusive<T>,
    of_what: &str,
) -> Result<T, SettingError> {
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        let (least, most) = range.into_inner();
        SettingError::new(
            variable,
            format!("is not a possible number {of_what}: `{text}`"),
            format!("Write a number from {least} to {most}, or leave it empty for the default"),
        )
    })
}
