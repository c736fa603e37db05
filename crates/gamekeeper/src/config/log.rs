//! The part of the configuration that is about logs.

use settings::{SettingError, Settings};

use crate::logging::LogLevel;

/// What is logged.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// `LOG_LEVEL`.
    pub level: LogLevel,
}

impl LogConfig {
    /// Parses the values.
    pub fn read(settings: &Settings) -> Result<Self, SettingError> {
        let Some(text) = settings.get("LOG_LEVEL") else {
            return Ok(Self { level: LogLevel::default() });
        };
        let level = LogLevel::parse(text).ok_or_else(|| {
            let cure = "Use error, warn, info, debug or trace";
            SettingError::new("LOG_LEVEL", format!("is not a level: `{text}`"), cure)
        })?;
        Ok(Self { level })
    }
}
