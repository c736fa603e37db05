//! The part of the configuration that says who is told when something is wrong.

use std::time::Duration;

use alerts::{Deadman, Mail, QuietHours, Route, RouteError, Trust};
use settings::{SettingError, Settings};

use super::read::number;

/// Who is told, and when not.
#[derive(Debug, Default)]
pub struct AlertsConfig {
    /// `GAMEKEEPER_ALERT_DISCORD`, `GAMEKEEPER_ALERT_WEBHOOK`, `GAMEKEEPER_ALERT_SMTP`.
    pub routes: Vec<Route>,
    /// `GAMEKEEPER_ALERT_QUIET`.
    pub quiet: Option<QuietHours>,
    /// `GAMEKEEPER_DEADMAN_URL`, `GAMEKEEPER_DEADMAN_SECONDS`.
    pub deadman: Option<Deadman>,
}

impl AlertsConfig {
    /// Parses the values.
    pub fn read(settings: &Settings) -> Result<Self, SettingError> {
        let trust = Trust::default();
        let mut routes = Vec::new();
        if let Some(url) = settings.secret("GAMEKEEPER_ALERT_DISCORD") {
            let route = Route::discord(&url, &trust);
            routes.push(route.map_err(|why| wrong("GAMEKEEPER_ALERT_DISCORD", &why))?);
        }
        let token = settings.secret("GAMEKEEPER_ALERT_WEBHOOK_TOKEN");
        match settings.secret("GAMEKEEPER_ALERT_WEBHOOK") {
            Some(url) => {
                let route = Route::webhook(&url, token.as_ref(), &trust);
                routes.push(route.map_err(|why| match why {
                    RouteError::Token => wrong("GAMEKEEPER_ALERT_WEBHOOK_TOKEN", &why),
                    why => wrong("GAMEKEEPER_ALERT_WEBHOOK", &why),
                })?);
            }
            None if token.is_some() => {
                return Err(missing("GAMEKEEPER_ALERT_WEBHOOK", "GAMEKEEPER_ALERT_WEBHOOK_TOKEN"));
            }
            None => {}
        }
        routes.extend(mail(settings, &trust)?);
        Ok(Self { routes, quiet: quiet(settings)?, deadman: deadman(settings, &trust)? })
    }
}

fn mail(settings: &Settings, trust: &Trust) -> Result<Option<Route>, SettingError> {
    const SMTP: &str = "GAMEKEEPER_ALERT_SMTP";
    const FROM: &str = "GAMEKEEPER_ALERT_MAIL_FROM";
    const TO: &str = "GAMEKEEPER_ALERT_MAIL_TO";
    let server = settings.secret(SMTP);
    let parts = (server, settings.get(FROM), settings.get(TO));
    let (server, from, to) = match parts {
        (None, None, None) => return Ok(None),
        (Some(server), Some(from), Some(to)) => (server, from, to),
        (None, ..) => return Err(missing(SMTP, if parts.1.is_some() { FROM } else { TO })),
        (_, None, _) => return Err(missing(FROM, SMTP)),
        (_, _, None) => return Err(missing(TO, SMTP)),
    };
    let to = to.split(',').map(str::trim).filter(|to| !to.is_empty()).map(ToOwned::to_owned);
    let mail = Mail { server, from: from.to_owned(), to: to.collect() };
    Route::mail(&mail, trust).map(Some).map_err(|why| match &why {
        RouteError::Mailbox(address) if *address == mail.from.trim() => wrong(FROM, &why),
        RouteError::Mailbox(_) | RouteError::Nobody => wrong(TO, &why),
        _ => wrong(SMTP, &why),
    })
}

fn quiet(settings: &Settings) -> Result<Option<QuietHours>, SettingError> {
    let Some(text) = settings.get("GAMEKEEPER_ALERT_QUIET") else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        SettingError::new(
            "GAMEKEEPER_ALERT_QUIET",
            format!("is not a span of the day: `{text}`"),
            "Write it in UTC, such as 22:00-07:00, or leave it empty to be told at any hour",
        )
    })
}

fn deadman(settings: &Settings, trust: &Trust) -> Result<Option<Deadman>, SettingError> {
    const SECONDS: &str = "GAMEKEEPER_DEADMAN_SECONDS";
    let seconds = match settings.get(SECONDS) {
        Some(text) => number(SECONDS, text, 5..=86_400, "of seconds")?,
        None => 60,
    };
    let Some(url) = settings.secret("GAMEKEEPER_DEADMAN_URL") else { return Ok(None) };
    let deadman = Deadman::new(&url, Duration::from_secs(seconds), trust);
    deadman.map(Some).map_err(|why| wrong("GAMEKEEPER_DEADMAN_URL", &why))
}

fn wrong(variable: &'static str, why: &RouteError) -> SettingError {
    let cure = match why {
        RouteError::Address(_) => "Copy it again from where it was given to you",
        RouteError::Mailbox(_) | RouteError::Nobody => {
            "Write e-mail addresses separated by commas, such as me@example.org"
        }
        RouteError::Token => "Use the token as it was given to you, without line breaks",
        RouteError::Tls(_) => "Check the certificates of this machine (ca-certificates)",
    };
    SettingError::new(variable, why.to_string(), cure)
}

fn missing(variable: &'static str, other: &str) -> SettingError {
    SettingError::new(
        variable,
        format!("is not set, but {other} is"),
        "Set it, or take the other one out",
    )
}
