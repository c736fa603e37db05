//! Where a panel is, from whatever an operator pastes.

use std::fmt;

/// A panel's address without a trailing slash: `https://amp.example.org:8080`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PanelUrl(String);

/// Not the address of a panel.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PanelUrlError {
    /// It cannot be read as an address at all.
    #[error("is not an address")]
    Unreadable,
    /// Neither HTTP nor HTTPS.
    #[error("has to begin with https:// or http://")]
    Scheme,
    /// A name and password in the address would end up in logs.
    #[error("must not contain a name or password")]
    Credentials,
}

impl PanelUrl {
    /// Parses an address. A bare host means HTTPS; a pasted `/API` and slashes at the end go.
    pub fn parse(raw: &str) -> Result<Self, PanelUrlError> {
        let raw = raw.trim();
        let whole = if raw.contains("://") { raw.to_owned() } else { format!("https://{raw}") };
        let mut url = reqwest::Url::parse(&whole).map_err(|_| PanelUrlError::Unreadable)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(PanelUrlError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(PanelUrlError::Credentials);
        }
        if !url.has_host() {
            return Err(PanelUrlError::Unreadable);
        }
        url.set_query(None);
        url.set_fragment(None);
        let mut text = url.as_str().trim_end_matches('/');
        while let Some(shorter) = without_api(text) {
            text = shorter.trim_end_matches('/');
        }
        Ok(Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn without_api(text: &str) -> Option<&str> {
    let (rest, last) = text.rsplit_once('/')?;
    last.eq_ignore_ascii_case("api").then_some(rest)
}

impl fmt::Display for PanelUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{PanelUrl, PanelUrlError};

    #[test]
    fn as_pasted() {
        for (raw, is) in [
            ("amp.example.org", "https://amp.example.org"),
            (" http://10.0.0.5:8080/ ", "http://10.0.0.5:8080"),
            ("https://amp.example.org/API/", "https://amp.example.org"),
            ("https://example.org/amp/api?x=1#y", "https://example.org/amp"),
            ("amp.local:8080", "https://amp.local:8080"),
        ] {
            assert_eq!(PanelUrl::parse(raw).map(|url| url.to_string()).as_deref(), Ok(is), "{raw}");
        }
        assert_eq!(PanelUrl::parse("ftp://x"), Err(PanelUrlError::Scheme));
        assert_eq!(PanelUrl::parse("https://me:pw@x"), Err(PanelUrlError::Credentials));
        assert_eq!(PanelUrl::parse(""), Err(PanelUrlError::Unreadable));
        assert_eq!(PanelUrl::parse("http://a b"), Err(PanelUrlError::Unreadable));
    }
}
