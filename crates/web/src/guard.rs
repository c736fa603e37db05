//! Who may read the figures.

use axum::http::{HeaderMap, header::AUTHORIZATION};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq as _;

/// Whether the request carries the token, if there is one. How long that takes tells nothing of
/// the token but its length.
pub(crate) fn is_let_in(token: Option<&SecretString>, headers: &HeaderMap) -> bool {
    let Some(token) = token else { return true };
    let shown = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|value| {
        let (scheme, rest) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| rest.trim())
    });
    shown.is_some_and(|shown| bool::from(shown.as_bytes().ct_eq(token.expose_secret().as_bytes())))
}
