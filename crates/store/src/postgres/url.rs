//! What a `DATABASE_URL` of PostgreSQL's asks for, beside the place: TLS and other parameters.

use std::{path::Path, str::FromStr, time::Duration};

use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::{StoreConfig, StoreError, error::unreadable};

/// The parameters that the driver understands, as libpq names them.
const KNOWN: [&str; 13] = [
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    "statement-cache-capacity",
];
const MODES: [&str; 6] = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];
/// A process that hangs in the middle of a transaction keeps its locks, and everybody who waits for
/// them. Ours go on within milliseconds; whoever rests so long will not come back.
const IDLE_IN_TRANSACTION: Duration = Duration::from_secs(30);

/// Everything it takes to connect.
pub(crate) fn options(config: &StoreConfig) -> Result<PgConnectOptions, StoreError> {
    let (place, query) = config.url.split_once('?').unwrap_or((&config.url, ""));
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let asked: Vec<(String, String)> =
        form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let url = format!("{place}?{}", understood(&asked)?);
    let options = PgConnectOptions::from_str(&url).map_err(|error| unreadable(&error))?;
    tls(&asked, options.get_ssl_mode())?;
    Ok(timeouts(config, options.application_name("gamekeeper")))
}

/// Letters of the password, wherever the address has it; the password itself is nobody's to know.
pub(crate) fn password_length(config: &StoreConfig) -> Option<usize> {
    let (place, query) = config.url.split_once('?').unwrap_or((&config.url, ""));
    let parameter = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "password")
        .map(|(_, value)| value.chars().count());
    parameter.or_else(|| {
        let who = place.split_once("://")?.1.rsplit_once('@')?.0;
        let password = who.split_once(':')?.1;
        // A letter that is written as %41 is one.
        Some(password.chars().count() - 2 * password.matches('%').count().min(password.len() / 3))
    })
}

/// Whether the address names a certificate to be let in by.
pub(crate) fn has_certificate(config: &StoreConfig) -> bool {
    let query = config.url.split_once('?').map_or("", |(_, query)| query);
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "sslcert")
}

/// The parameters without those that mean nothing here. The driver would log them with their
/// values, which may be secret.
fn understood(asked: &[(String, String)]) -> Result<String, StoreError> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let mut strange = false;
    for (name, value) in asked {
        if name == "sslmode" && !MODES.contains(&value.as_str()) {
            return wrong(&format!("has no possible sslmode; use one of {}", MODES.join(", ")));
        }
        if KNOWN.contains(&name.as_str()) || name.starts_with("options[") {
            query.append_pair(name, value);
        } else if name.starts_with("ssl") {
            // Whoever asks for more safety than there is must not get less without knowing.
            return wrong(
                "has a parameter for TLS that is not understood; use sslmode, sslrootcert, \
                 sslcert and sslkey",
            );
        } else {
            strange = true;
        }
    }
    if strange {
        tracing::warn!(
            "DATABASE_URL has a parameter that is not understood and has no effect; understood \
             are {}",
            KNOWN.join(", ")
        );
    }
    Ok(query.finish())
}

/// Refuses what looks safer than it would be, and files that are not there: the driver would only
/// say that some file is missing.
fn tls(asked: &[(String, String)], mode: PgSslMode) -> Result<(), StoreError> {
    let of = |name| asked.iter().find(|(asked, _)| asked == name).map(|(_, value)| value);
    let verifies = matches!(mode, PgSslMode::VerifyCa | PgSslMode::VerifyFull);
    if of("sslrootcert").is_some() && !verifies {
        return wrong(
            "names an sslrootcert, which its sslmode would not look at; use sslmode=verify-full",
        );
    }
    if of("sslcert").is_some() != of("sslkey").is_some() {
        return wrong("names only one of sslcert and sslkey; a client certificate takes both");
    }
    if of("sslcert").is_some() && matches!(mode, PgSslMode::Disable | PgSslMode::Allow) {
        return wrong(
            "names an sslcert, but its sslmode does without TLS; use sslmode=verify-full",
        );
    }
    for name in ["sslrootcert", "sslcert", "sslkey"] {
        if let Some(Err(problem)) = of(name).map(|path| std::fs::File::open(Path::new(path))) {
            return wrong(&format!("names a file as {name} that cannot be read: {problem}"));
        }
    }
    Ok(())
}

/// Has the server give up what would keep a person waiting. Sent along with the login, which costs
/// no round trip; what the URL's own `options` set stays.
fn timeouts(config: &StoreConfig, options: PgConnectOptions) -> PgConnectOptions {
    let Some(statement) = config.statement_timeout else { return options };
    let own = options.get_options().unwrap_or_default().to_owned();
    let ours = [
        // Nothing that a person waits for takes seconds, so what does is stuck.
        ("statement_timeout", statement),
        // Sooner than the statement itself, so that the log tells waiting for somebody from
        // working too long.
        ("lock_timeout", statement / 2),
        ("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION),
    ];
    let missing = ours.into_iter().filter(|(name, _)| !own.contains(name));
    options.options(missing.map(|(name, limit)| (name, limit.as_millis().to_string())))
}

fn wrong<T>(what: &str) -> Result<T, StoreError> {
    Err(StoreError::Url(format!("DATABASE_URL {what}")))
}
