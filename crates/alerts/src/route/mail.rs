//! E-mail.

use std::{borrow::Cow, error::Error as _, fmt, net::IpAddr};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{RouteError, SendError, Trust};
use crate::Notice;

/// How long lettre waits for one answer; the whole exchange has [`super::WITHIN`].
const ANSWER_WITHIN: std::time::Duration = std::time::Duration::from_secs(8);
/// Before an alert is sent again that a mail server did not take right now.
const NOT_NOW: std::time::Duration = std::time::Duration::from_secs(30);

/// Who writes to whom, and how.
#[derive(Clone, Debug)]
pub struct Mail {
    /// `smtps://user:password@host:465`, or `smtp://host:25`, which uses TLS where it is offered,
    /// and nothing else when there is a password.
    pub server: SecretString,
    /// The sender.
    pub from: String,
    /// The receivers.
    pub to: Vec<String>,
}

pub(super) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    to: Vec<Mailbox>,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailer(…)")
    }
}

impl Mailer {
    pub(super) fn new(mail: &Mail, trust: &Trust) -> Result<Self, RouteError> {
        let to: Vec<Mailbox> = mail.to.iter().map(|to| mailbox(to)).collect::<Result<_, _>>()?;
        if to.is_empty() {
            return Err(RouteError::Nobody);
        }
        Ok(Self { transport: transport(&mail.server, trust)?, from: mailbox(&mail.from)?, to })
    }

    pub(super) async fn send(&self, notice: &Notice) -> Result<(), SendError> {
        let mut message = Message::builder()
            .from(self.from.clone())
            .subject(format!("[Gamekeeper] {}", notice.headline()))
            .header(ContentType::TEXT_PLAIN);
        for to in &self.to {
            message = message.to(to.clone());
        }
        let message = message
            .body(format!("{}\n", notice.body()))
            .map_err(|error| SendError::Unsendable(error.to_string()))?;
        self.transport.send(message).await.map(drop).map_err(|error| failure(&error))
    }
}

fn mailbox(text: &str) -> Result<Mailbox, RouteError> {
    text.trim().parse().map_err(|_| RouteError::Mailbox(text.trim().to_owned()))
}

fn transport(
    server: &SecretString,
    trust: &Trust,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, RouteError> {
    const FORM: RouteError = RouteError::Address("smtps://user:password@host:465");
    let url = Url::parse(server.expose_secret().trim()).map_err(|_| FORM)?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(FORM)?;
    let decoded =
        |part: &str| percent_decode_str(part).decode_utf8().map(Cow::into_owned).map_err(|_| FORM);
    let login = match (url.username(), url.password()) {
        ("", None) => None,
        (user, Some(password)) if !user.is_empty() => {
            Some(Credentials::new(decoded(user)?, decoded(password)?))
        }
        _ => return Err(FORM),
    };
    let mut tls = TlsParameters::builder(host.to_owned());
    for root in &trust.roots {
        let root = Certificate::from_der(root.clone());
        tls = tls.add_root_certificate(root.map_err(|error| RouteError::Tls(error.to_string()))?);
    }
    let tls = tls.build().map_err(|error| RouteError::Tls(error.to_string()))?;
    // The crate takes hosts of schemes like this one for names.
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let here = bare.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    let (port, tls) = match url.scheme() {
        "smtps" => (465, Tls::Wrapper(tls)),
        // A password goes over no line that others can read.
        "smtp" if login.is_some() && !here => (587, Tls::Required(tls)),
        "smtp" => (25, Tls::Opportunistic(tls)),
        _ => return Err(FORM),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(url.port().unwrap_or(port))
        .timeout(Some(ANSWER_WITHIN))
        .tls(tls);
    if let Some(login) = login {
        builder = builder.credentials(login);
    }
    Ok(builder.build())
}

/// What the server says beside its code is not repeated: it may quote what it was sent.
fn failure(error: &lettre::transport::smtp::Error) -> SendError {
    if let Some(code) = error.status() {
        let after = error.is_transient().then_some(NOT_NOW);
        return SendError::Refused { status: u16::from(code), after };
    }
    if error.is_timeout() {
        return SendError::Slow(ANSWER_WITHIN);
    }
    let mut why = "it could not be sent".to_owned();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        why = deeper.to_string();
        cause = deeper.source();
    }
    if why.contains("certificate") || why.contains("handshake") {
        SendError::Certificate(why)
    } else if error.is_response() || error.is_client() {
        SendError::Broken(why)
    } else {
        SendError::Unreachable(why)
    }
}
