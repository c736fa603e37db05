//! The part of the configuration that is about logs.

use reqwest::Url;
use secrecy::{ExposeSecret as _, SecretString};
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
    /// `GAMEKEEPER_SENTRY_DSN`; has an effect with the feature `sentry` only.
    pub sentry: Option<SecretString>,
    /// `GAMEKEEPER_OTLP_URL`; has an effect with the feature `otlp` only.
    pub otlp: Option<String>,
}

impl LogConfig {
    /// Parses the values.
    pub fn read(settings: &Settings) -> Result<Self, SettingError> {
        let (level, format, file) = (level(settings)?, format(settings)?, file(settings)?);
        let (sentry, otlp) = (sentry(settings)?, otlp(settings)?);
        Ok(Self { level, format, file, sentry, otlp })
    }

    /// What has no effect in this build of the program.
    pub(super) fn notes(&self) -> Vec<String> {
        let without = |name: &str, feature: &str| {
            format!("{name} has no effect: this program was built without the feature `{feature}`")
        };
        let mut notes = Vec::new();
        if self.sentry.is_some() && cfg!(not(feature = "sentry")) {
            notes.push(without("GAMEKEEPER_SENTRY_DSN", "sentry"));
        }
        if self.otlp.is_some() && cfg!(not(feature = "otlp")) {
            notes.push(without("GAMEKEEPER_OTLP_URL", "otlp"));
        }
        notes
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
    if std::path::Path::new(path).is_dir() {
        return Err(SettingError::new(
            "GAMEKEEPER_LOG_FILE",
            format!("({path}) is a directory"),
            "Name a file in a directory that the bot's user may write to, or leave it empty",
        ));
    }
    Ok(Some(LogFile { path: path.into(), bytes: mib * 1_048_576, files }))
}

fn sentry(settings: &Settings) -> Result<Option<SecretString>, SettingError> {
    let Some(dsn) = settings.secret("GAMEKEEPER_SENTRY_DSN") else { return Ok(None) };
    let url = web_address(dsn.expose_secret()).filter(|url| !url.username().is_empty());
    let path = url.as_ref().map(Url::path).unwrap_or_default();
    let project = path.rsplit_once('/').map(|(_, project)| project).unwrap_or_default();
    if project.parse::<u64>().is_err() {
        return Err(SettingError::new(
            "GAMEKEEPER_SENTRY_DSN",
            "is not a DSN of the form https://key@host/number",
            "Copy it from the project's settings in Sentry (Client Keys)",
        ));
    }
    Ok(Some(dsn))
}

fn otlp(settings: &Settings) -> Result<Option<String>, SettingError> {
    let Some(url) = settings.get("GAMEKEEPER_OTLP_URL") else { return Ok(None) };
    let open = |url: &Url| url.username().is_empty() && url.password().is_none();
    if !web_address(url).is_some_and(|url| open(&url)) {
        return Err(SettingError::new(
            "GAMEKEEPER_OTLP_URL",
            "is not an address of the form http://host:4318",
            "Write where your collector takes OTLP over HTTP, without a password",
        ));
    }
    Ok(Some(url.to_owned()))
}

/// An address of a web server, if it is one.
fn web_address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}
