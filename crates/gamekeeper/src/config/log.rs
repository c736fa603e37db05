//! The part of the configuration that is about logs.

use settings::{SettingError, Settings};

use super::read::number;
use crate::logging::{LogFile, LogFormat, LogLevel};

/// What is logged, how and where.
#[derive(Clone, Debug, Default)]
pub struct LogConfig {
    /// `LOG_LEVEL`.
    pub level: LogLevel,
    /// `GAMEKEEPER_LOG_FORMAT`.
    pub format: LogFormat,
    /// Where else than on standard error: `GAMEKEEPER_LOG_FILE`, `GAMEKEEPER_LOG_FILE_MB`,
    /// `GAMEKEEPER_LOG_FILES`.
    pub file: Option<LogFile>,
}

impl LogConfig {
    /// Parses the values.
    pub fn read(settings: &Settings) -> Result<Self, SettingError> {
        let (level, format) = (level(settings)?, format(settings)?);
        Ok(Self { level, format, file: file(settings)? })
    }
}

fn level(settings: &Settings) -> Result<LogLevel, SettingError> {
    let Some(text) = settings.get("LOG_LEVEL") else { return Ok(LogLevel::default()) };
    LogLevel::parse(text).ok_or_else(|| {
        let cure = "Use error, warn, info, debug or trace";
        SettingError::new("LOG_LEVEL", format!("is not a level: `{text}`"), cure)
    })
}

fn format(settings: &Settings) -> Result<LogFormat, SettingError> {
    match settings.get("GAMEKEEPER_LOG_FORMAT").map(str::to_ascii_lowercase).as_deref() {
        None | Some("text") => Ok(LogFormat::Text),
        Some("json") => Ok(LogFormat::Json),
        Some(text) => Err(SettingError::new(
            "GAMEKEEPER_LOG_FORMAT",
            format!("is not a form of log lines: `{text}`"),
            "Use text or json",
        )),
    }
}

fn file(settings: &Settings) -> Result<Option<LogFile>, SettingError> {
    const MIB: &str = "GAMEKEEPER_LOG_FILE_MB";
    const FILES: &str = "GAMEKEEPER_LOG_FILES";
    let mib = settings.get(MIB).map(|text| number(MIB, text, 1..=1_024_u64, "of MiB"));
    let files = settings.get(FILES).map(|text| number(FILES, text, 1..=100, "of files"));
    let (mib, files) = (mib.transpose()?.unwrap_or(20), files.transpose()?.unwrap_or(10));
    let Some(path) = settings.get("GAMEKEEPER_LOG_FILE") else { return Ok(None) };
    Ok(Some(LogFile { path: path.into(), bytes: mib * 1_048_576, files }))
}
