//! Variables of the providers of object stores. They are theirs, so there is no list of all of them,
//! and what is not known to be harmless is secret.

use std::borrow::Cow;

use super::Found;

const PREFIXES: [&str; 3] = ["AWS_", "AZURE_", "GOOGLE_"];

/// Those that may stand in a file of their own, as our secrets may. Not all: the providers have
/// names that end in `_FILE` themselves.
const OF_A_FILE: [&str; 8] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AZURE_STORAGE_ACCOUNT_KEY",
    "AZURE_STORAGE_SAS_KEY",
    "AZURE_STORAGE_CLIENT_SECRET",
    "AZURE_CLIENT_SECRET",
    "GOOGLE_SERVICE_ACCOUNT_KEY",
];

/// How names end that anybody may read.
const HARMLESS: [&str; 12] = [
    "_REGION",
    "_ENDPOINT",
    "_ENDPOINT_URL",
    "_ALLOW_HTTP",
    "_STYLE_REQUEST",
    "_BUCKET",
    "_PROFILE",
    "_ACCOUNT_NAME",
    "_FILE",
    "_APPLICATION_CREDENTIALS",
    "GOOGLE_SERVICE_ACCOUNT",
    "GOOGLE_SERVICE_ACCOUNT_PATH",
];

/// Whether a name is a provider's.
pub(crate) fn is_theirs(name: &str) -> bool {
    PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// A setting of a provider's.
pub(super) fn of_a_provider(name: &str) -> Option<Found> {
    let is_file = || name.strip_suffix("_FILE").is_some_and(|bare| OF_A_FILE.contains(&bare));
    if !is_theirs(name) || is_file() {
        return None;
    }
    let secret = !HARMLESS.iter().any(|end| name.ends_with(end));
    Some(Found { name: Cow::Owned(name.to_owned()), secret, reload: false })
}
