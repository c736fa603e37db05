//! The ways to people.

mod discord;
pub(crate) mod http;
mod mail;
mod webhook;

use std::{fmt, time::Duration};

use secrecy::SecretString;

pub use self::mail::Mail;
use self::{discord::DiscordHook, mail::Mailer, webhook::Webhook};
use crate::Notice;

/// How long one try may take, whatever the other side does.
pub(crate) const WITHIN: Duration = Duration::from_secs(15);

/// Certificates trusted beside those of the machine, in DER: an own authority's, for servers in
/// one's own house.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The certificates.
    pub roots: Vec<Vec<u8>>,
}

/// What a route is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RouteKind {
    /// A webhook of a Discord channel.
    Discord,
    /// JSON to an address.
    Webhook,
    /// E-mail.
    Mail,
}

impl RouteKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Discord, Self::Webhook, Self::Mail];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Discord => "discord",
            Self::Webhook => "webhook",
            Self::Mail => "mail",
        }
    }
}

impl fmt::Display for RouteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Why a route cannot be: half a sentence about its setting, without its value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// It is no address.
    #[error("is not an address of the form {0}")]
    Address(&'static str),
    /// Nobody could be written to.
    #[error("is not an e-mail address: `{0}`")]
    Mailbox(String),
    /// Nobody is to be written to.
    #[error("names nobody")]
    Nobody,
    /// The token cannot be sent.
    #[error("holds characters that a header cannot carry")]
    Token,
    /// TLS could not be set up.
    #[error("cannot be used, because TLS could not be set up: {0}")]
    Tls(String),
}

/// Why a message did not arrive: a sentence without addresses, tokens, or words of the other side.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Nothing came back.
    #[error("no answer came within {} s", .0.as_secs())]
    Slow(Duration),
    /// Nobody is there.
    #[error("nobody could be reached: {0}")]
    Unreachable(String),
    /// The certificate is not to be trusted.
    #[error("the certificate is not to be trusted: {0}")]
    Certificate(String),
    /// It answered, and did not take it.
    #[error("the other side answered {status}{}", explained(*.status))]
    Refused {
        /// HTTP's status or SMTP's code.
        status: u16,
        /// When it may be tried again.
        after: Option<Duration>,
    },
    /// The exchange broke off.
    #[error("the exchange broke off: {0}")]
    Broken(String),
    /// The message could not be written.
    #[error("the message cannot be sent as it is: {0}")]
    Unsendable(String),
}

fn explained(status: u16) -> &'static str {
    match status {
        401 | 403 | 530 | 535 => "; the token or password is not accepted",
        404 | 410 => "; the address is not known there (any more)",
        429 => "; it is too much at once",
        _ => "",
    }
}

impl SendError {
    /// Whether another try may help.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Slow(_) | Self::Unreachable(_) | Self::Broken(_) => true,
            // HTTP: too much, or trouble over there. SMTP says "not now" by 4xx, which is told
            // apart where it is read.
            Self::Refused { status, after } => {
                after.is_some() || matches!(status, 408 | 425 | 429 | 500..=504)
            }
            Self::Certificate(_) | Self::Unsendable(_) => false,
        }
    }

    /// When another try may help, where that was said.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { after, .. } => *after,
            _ => None,
        }
    }
}

/// A way to people.
#[derive(Debug)]
pub struct Route(Way);

#[derive(Debug)]
enum Way {
    Discord(DiscordHook),
    Webhook(Webhook),
    Mail(Box<Mailer>),
}

impl Route {
    /// To a channel, by the URL of one of its webhooks.
    pub fn discord(url: &SecretString, trust: &Trust) -> Result<Self, RouteError> {
        Ok(Self(Way::Discord(DiscordHook::new(url, trust)?)))
    }

    /// As JSON to a URL, with a bearer token if there is one.
    pub fn webhook(
        url: &SecretString,
        token: Option<&SecretString>,
        trust: &Trust,
    ) -> Result<Self, RouteError> {
        Ok(Self(Way::Webhook(Webhook::new(url, token, trust)?)))
    }

    /// As e-mail.
    pub fn mail(mail: &Mail, trust: &Trust) -> Result<Self, RouteError> {
        Ok(Self(Way::Mail(Box::new(Mailer::new(mail, trust)?))))
    }

    /// What it is.
    pub fn kind(&self) -> RouteKind {
        match &self.0 {
            Way::Discord(_) => RouteKind::Discord,
            Way::Webhook(_) => RouteKind::Webhook,
            Way::Mail(_) => RouteKind::Mail,
        }
    }

    /// One try, with a deadline.
    pub async fn send(&self, notice: &Notice) -> Result<(), SendError> {
        let sent = async {
            match &self.0 {
                Way::Discord(hook) => hook.send(notice).await,
                Way::Webhook(hook) => hook.send(notice).await,
                Way::Mail(mailer) => mailer.send(notice).await,
            }
        };
        tokio::time::timeout(WITHIN, sent).await.unwrap_or(Err(SendError::Slow(WITHIN)))
    }
}
