//! Where Discord answers.

use http::{Uri, uri::Scheme};
use std::{fmt, str::FromStr};

/// Scheme, host and port of Discord, such as `https://discord.com` or `http://127.0.0.1:1234`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Origin {
    secure: bool,
    authority: String,
}

/// Why a text is not an [`Origin`].
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum OriginError {
    /// Not `scheme://host[:port]`.
    #[error("the address must look like https://discord.com or http://127.0.0.1:1234")]
    Malformed,
    /// A path, query or user name was given.
    #[error("the address must be a scheme, host and port only, without a path or user name")]
    Extra,
    /// Plain http to the real Discord would show the token to the network.
    #[error("Discord itself is reached over https only")]
    Plain,
}

impl Origin {
    /// Version of the REST API spoken, the one `twilight-http` builds requests for.
    pub const API_VERSION: u8 = 10;

    /// Root of all routes, without a slash at the end.
    pub(crate) fn api(&self) -> String {
        format!("{self}/api/v{}", Self::API_VERSION)
    }
}

impl Default for Origin {
    fn default() -> Self {
        Self { secure: true, authority: "discord.com".to_owned() }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(f, "{scheme}://{}", self.authority)
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let uri: Uri = text.trim().parse().map_err(|_| OriginError::Malformed)?;
        let authority = uri.authority().ok_or(OriginError::Malformed)?;
        let secure = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err(OriginError::Malformed),
        };
        if !matches!(uri.path(), "" | "/")
            || uri.query().is_some()
            || authority.as_str().contains('@')
        {
            return Err(OriginError::Extra);
        }
        let host = authority.host().to_ascii_lowercase();
        // A port that cannot be one would be left out silently.
        let port = authority.as_str().len() > authority.host().len();
        if host.is_empty() || (port && authority.port_u16().is_none_or(|port| port == 0)) {
            return Err(OriginError::Malformed);
        }
        if !secure && (host == "discord.com" || host.ends_with(".discord.com")) {
            return Err(OriginError::Plain);
        }
        Ok(Self { secure, authority: authority.as_str().to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Origin, OriginError};

    #[test]
    fn accepts_origins_only() {
        let local: Origin = "http://127.0.0.1:1234/".parse().unwrap();
        assert_eq!(local.api(), "http://127.0.0.1:1234/api/v10");
        assert_eq!(Origin::default().api(), "https://discord.com/api/v10");
        for (text, why) in [
            ("discord.com", OriginError::Malformed),
            ("ftp://discord.com", OriginError::Malformed),
            ("http://127.0.0.1:65536", OriginError::Malformed),
            ("http://127.0.0.1:0", OriginError::Malformed),
            ("http://127.0.0.1:", OriginError::Malformed),
            ("http://:80", OriginError::Malformed),
            ("https://discord.com/api/v10", OriginError::Extra),
            ("https://me@discord.com", OriginError::Extra),
            ("http://discord.com", OriginError::Plain),
        ] {
            assert_eq!(text.parse::<Origin>(), Err(why), "{text}");
        }
    }
}
