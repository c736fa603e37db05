//! What stands before the page and the control API.
//!
//! It keeps other web pages out. The control API asks for no password, and a browser would carry the requests of any site
//! to this machine; what is no browser says neither where it comes from nor that it is one.

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::sandbox::Sandbox;

/// Answers 403 to a browser that acts for another site.
pub(crate) async fn refuse_strangers(request: Request, next: Next) -> Response {
    if is_welcome(request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "a page of another site may not drive this sandbox").into_response()
}

/// Lets open pages feel what a control call did, also where nothing in a guild changes: a fault, the clock.
pub(crate) async fn tell_pages(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Response {
    let looks = request.method() == Method::GET;
    let answer = next.run(request).await;
    if !looks {
        sandbox.pulse().beat();
    }
    answer
}

fn is_welcome(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text("sec-fetch-site");
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    let host = text(HOST.as_str()).unwrap_or_default();
    match text(ORIGIN.as_str()) {
        Some(origin) => {
            let from = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            from == Some(host) && is_local(host)
        }
        // A foreign name may have been pointed at this machine to make it the same site (DNS rebinding).
        None => site.is_none() || is_local(host),
    }
}

/// A name that no stranger can own: an address, or one without a public domain.
fn is_local(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
    });
    let address = name.trim_start_matches('[').trim_end_matches(']');
    address.parse::<std::net::IpAddr>().is_ok()
        || !name.contains('.')
        || [".localhost", ".local", ".internal"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(list: &[(&'static str, &'static str)]) -> bool {
        let pairs = list
            .iter()
            .map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value")));
        is_welcome(&pairs.collect())
    }

    #[test]
    fn programs_and_the_page_itself_are_welcome() {
        assert!(asked(&[("host", "127.0.0.1:4700")]));
        assert!(asked(&[("host", "box.example.org:4700")]));
        assert!(asked(&[("host", "127.0.0.1:4700"), ("sec-fetch-site", "none")]));
        let own = [("host", "localhost:4700"), ("origin", "http://localhost:4700")];
        assert!(asked(&own));
        assert!(asked(&[own[0], own[1], ("sec-fetch-site", "same-origin")]));
        assert!(asked(&[("host", "[::1]:4700"), ("origin", "http://[::1]:4700")]));
    }

    #[test]
    fn other_sites_are_not() {
        let host = ("host", "127.0.0.1:4700");
        assert!(!asked(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(!asked(&[host, ("sec-fetch-site", "same-site")]));
        assert!(!asked(&[host, ("origin", "https://evil.example")]));
        assert!(!asked(&[host, ("origin", "null")]));
        // Another program's page on this machine is another site too.
        assert!(!asked(&[host, ("origin", "http://127.0.0.1:8080")]));
        let rebound = ("host", "evil.example:4700");
        assert!(!asked(&[rebound, ("origin", "http://evil.example:4700")]));
        assert!(!asked(&[rebound, ("sec-fetch-site", "same-origin")]));
    }
}
