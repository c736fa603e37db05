//! Being logged in: at the controller, and at each instance behind it.
//!
//! One login at a time for each place; whoever else needs one waits for it. A refused login is not
//! repeated at once: it would fail again, and might lock the user out.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use tokio::{sync::Mutex, time::Instant};

use super::{
    AmpError,
    error::LoginRefusal,
    loose,
    transport::{Shown, Transport},
};

/// First pause after a refused login, and the longest one.
const PAUSE: Duration = Duration::from_mins(1);
const LONGEST_PAUSE: Duration = Duration::from_mins(15);
/// AMP's way of saying that there is no session.
const NO_ID: &str = "00000000-0000-0000-0000-000000000000";

/// How AMP wants to see the session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Manner {
    #[default]
    Header,
    Body,
}

#[derive(Default)]
struct Inside {
    session: Option<SecretString>,
    /// Counts logins, so that who finds a session gone does not throw away a newer one.
    number: u64,
    manner: Manner,
    /// Whether this session was good for anything yet.
    proven: bool,
    refused: Option<Refused>,
}

struct Refused {
    why: AmpError,
    until: Instant,
    pause: Duration,
}

impl Refused {
    /// Once more, and a longer pause.
    fn again(before: Option<&Self>, why: AmpError) -> Self {
        let pause = before.map_or(PAUSE, |before| (before.pause * 2).min(LONGEST_PAUSE));
        Self { why, until: Instant::now() + pause, pause }
    }

    /// How long it is not tried again.
    fn left(refused: Option<&Self>) -> Option<Duration> {
        let refused = refused?;
        let left = refused.until.saturating_duration_since(Instant::now());
        tracing::debug!(why = %refused.why, "not logging in yet");
        (!left.is_zero()).then_some(left)
    }
}

/// A place to be logged in at.
pub(super) struct Session {
    /// What stands before a method: empty, or the way to an instance.
    prefix: String,
    inside: Mutex<Inside>,
}

/// Who logs in.
pub(super) struct Credentials {
    username: String,
    password: SecretString,
    /// The user was refused, whatever the place: asking elsewhere would count against it, too.
    refused: parking_lot::Mutex<Option<Refused>>,
}

impl Credentials {
    pub(super) fn new(username: String, password: SecretString) -> Self {
        Self { username, password, refused: parking_lot::Mutex::default() }
    }
}

struct Ticket {
    session: SecretString,
    number: u64,
    manner: Manner,
}

impl Session {
    pub(super) fn new(prefix: String) -> Self {
        Self { prefix, inside: Mutex::default() }
    }

    /// Calls a method here, logging in before if need be, and once more if the session is gone.
    pub(super) async fn call(
        &self,
        http: &Transport,
        who: &Credentials,
        method: &str,
        body: Value,
    ) -> Result<Value, AmpError> {
        let path = format!("{}{method}", self.prefix);
        // A session may be gone, and it may have to be shown the old way.
        let mut tries = 3;
        loop {
            let ticket = self.enter(http, who).await?;
            let id = ticket.session.expose_secret();
            let shown = match ticket.manner {
                Manner::Header => Shown::Header(id),
                Manner::Body => Shown::Body(id),
            };
            let answer = http.call(&path, body.clone(), shown).await;
            tries -= 1;
            match answer {
                Err(AmpError::NoSession) => {
                    self.lose(&ticket).await;
                    if tries == 0 {
                        return Err(AmpError::NoSession);
                    }
                }
                other => {
                    if matches!(other, Ok(_) | Err(AmpError::Denied(_))) {
                        self.prove(&ticket).await;
                    }
                    return other;
                }
            }
        }
    }

    /// Forgets the session, so that rights granted since are seen.
    pub(super) async fn forget(&self) {
        self.inside.lock().await.session = None;
    }

    async fn enter(&self, http: &Transport, who: &Credentials) -> Result<Ticket, AmpError> {
        // Held over the login: whoever comes meanwhile waits for this one.
        let mut inside = self.inside.lock().await;
        if inside.session.is_none() {
            let elsewhere = Refused::left(who.refused.lock().as_ref());
            if let Some(left) = Refused::left(inside.refused.as_ref()).or(elsewhere) {
                return Err(AmpError::LoginPaused(left));
            }
            match login(http, &self.prefix, who).await {
                Ok(session) => {
                    inside.session = Some(session);
                    inside.number += 1;
                    inside.proven = false;
                    inside.refused = None;
                    *who.refused.lock() = None;
                }
                Err(why) => {
                    if why.is_of_the_user() {
                        let mut refused = who.refused.lock();
                        *refused = Some(Refused::again(refused.as_ref(), why.clone()));
                    } else if !why.is_temporary() && !why.is_of_the_instance() {
                        inside.refused = Some(Refused::again(inside.refused.as_ref(), why.clone()));
                    }
                    return Err(why);
                }
            }
        }
        let session = inside.session.clone().ok_or(AmpError::NoSession)?;
        Ok(Ticket { session, number: inside.number, manner: inside.manner })
    }

    async fn lose(&self, ticket: &Ticket) {
        let mut inside = self.inside.lock().await;
        // Somebody else has met the same, and has drawn the conclusion already.
        if inside.number != ticket.number || inside.manner != ticket.manner {
            return;
        }
        if !inside.proven && inside.manner == Manner::Header {
            // A session minutes old that was never accepted: AMP before 2.6.2 wants to see it in
            // the body. Should it be gone for another reason, the next login shows that.
            inside.manner = Manner::Body;
            return;
        }
        if !inside.proven {
            inside.manner = Manner::Header;
        }
        inside.session = None;
    }

    async fn prove(&self, ticket: &Ticket) {
        let mut inside = self.inside.lock().await;
        if inside.number == ticket.number {
            inside.proven = true;
        }
    }
}

async fn login(
    http: &Transport,
    prefix: &str,
    who: &Credentials,
) -> Result<SecretString, AmpError> {
    let body = json!({
        "username": who.username,
        "password": who.password.expose_secret(),
        "token": "",
        "rememberMe": false,
    });
    let answer = http.call(&format!("{prefix}Core/Login"), body, Shown::Nobody).await?;
    let result = loose::int(&answer, "result");
    let session = loose::text(&answer, "sessionID").filter(|id| id != NO_ID);
    match (loose::yes(&answer, "success"), session) {
        (true, Some(session)) => Ok(session.into()),
        _ => Err(AmpError::Login(LoginRefusal::of(result.unwrap_or(-1)))),
    }
}
