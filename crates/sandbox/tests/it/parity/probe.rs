//! One operation, and the four ways to try it: success, refusal, nothing there, too much.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sandbox::limits::Limit;
use sandbox::observe::RequestRecord;
use serde_json::Value;

use super::stage::{FORM, JSON, NOBODY, Stage};

/// The four kinds of case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Success,
    Permission,
    NotFound,
    Limit,
}

pub const KINDS: [Kind; 4] = [Kind::Success, Kind::Permission, Kind::NotFound, Kind::Limit];

/// Who calls.
#[derive(Clone, Copy, Debug)]
pub enum Caller {
    Bot,
    /// Alice with a token of these scopes.
    User(&'static str),
    /// The application with its secret, sending a form.
    Client,
}

/// Something done to the stage before the call.
pub type Setup = fn(&Stage);

/// How a call goes wrong.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// Nobody has said yet: the table is not complete.
    Missing,
    /// There is no such case, and why.
    Never(&'static str),
    /// The usual call, after this was done.
    After(Setup, u16, u32),
    /// The usual call by somebody else: `Authorization` as given.
    As(&'static str, u16, u32),
    /// Alice's token has other scopes.
    Scope(&'static str, u16, u32),
    /// Another path, another body.
    With { path: Option<&'static str>, body: Option<&'static str>, status: u16, code: u32 },
    /// The bucket is used up.
    Bucket,
}

/// One operation with all its cases.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    pub operation: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    pub body: &'static str,
    pub caller: Caller,
    pub status: u16,
    pub permission: Trouble,
    pub not_found: Trouble,
    pub limit: Trouble,
}

const fn probe(
    operation: &'static str,
    method: &'static str,
    path: &'static str,
    body: &'static str,
) -> Probe {
    Probe {
        operation,
        method,
        path,
        body,
        caller: Caller::Bot,
        status: 200,
        permission: Trouble::Missing,
        not_found: Trouble::Missing,
        limit: Trouble::Missing,
    }
}

pub const fn get(operation: &'static str, path: &'static str) -> Probe {
    probe(operation, "GET", path, "")
}

pub const fn delete(operation: &'static str, path: &'static str) -> Probe {
    probe(operation, "DELETE", path, "").gives(204)
}

pub const fn post(operation: &'static str, path: &'static str, body: &'static str) -> Probe {
    probe(operation, "POST", path, body)
}

pub const fn put(operation: &'static str, path: &'static str, body: &'static str) -> Probe {
    probe(operation, "PUT", path, body)
}

pub const fn patch(operation: &'static str, path: &'static str, body: &'static str) -> Probe {
    probe(operation, "PATCH", path, body)
}

impl Probe {
    pub const fn gives(self, status: u16) -> Self {
        Self { status, ..self }
    }

    pub const fn by(self, caller: Caller) -> Self {
        Self { caller, ..self }
    }

    pub const fn permission(self, permission: Trouble) -> Self {
        Self { permission, ..self }
    }

    /// Refused to a bot that may only look.
    pub const fn weak(self) -> Self {
        self.permission(Trouble::After(Stage::weaken, 403, 50_013))
    }

    /// Refused when the bot cannot see the channel.
    pub const fn hidden(self) -> Self {
        self.permission(Trouble::After(Stage::hide, 403, 50_001))
    }

    /// Refused to a bot that is not in the guild.
    pub const fn outside(self) -> Self {
        self.permission(Trouble::After(leave, 403, 50_001))
    }

    /// Refused to a bot with a wrong token; nothing else is asked for.
    pub const fn token(self) -> Self {
        self.permission(Trouble::As("Bot wrong", 401, 0))
    }

    /// Refused once the token in the path has run out.
    pub const fn expired(self) -> Self {
        self.permission(Trouble::After(wait, 401, 50_027))
    }

    pub const fn not_found(self, not_found: Trouble) -> Self {
        Self { not_found, ..self }
    }

    /// Answered so when the path names something nobody has.
    pub const fn lost(self, path: &'static str, code: u32) -> Self {
        self.not_found(Trouble::With { path: Some(path), body: None, status: 404, code })
    }

    pub const fn limit(self, limit: Trouble) -> Self {
        Self { limit, ..self }
    }

    pub const fn bucket(self) -> Self {
        self.limit(Trouble::Bucket)
    }

    /// A body out of bounds.
    pub const fn bounds(self, body: &'static str) -> Self {
        self.limit(Trouble::With { path: None, body: Some(body), status: 400, code: 50_035 })
    }

    /// A query out of bounds.
    pub const fn page(self, path: &'static str) -> Self {
        self.limit(Trouble::With { path: Some(path), body: None, status: 400, code: 50_035 })
    }

    /// A structural limit.
    pub const fn full(self, setup: Setup, code: u32) -> Self {
        self.limit(Trouble::After(setup, 400, code))
    }

    pub fn trouble(&self, kind: Kind) -> Option<Trouble> {
        match kind {
            Kind::Success => None,
            Kind::Permission => Some(self.permission),
            Kind::NotFound => Some(self.not_found),
            Kind::Limit => Some(self.limit),
        }
    }

    /// Status and code that the case claims; `None` when there is no such case.
    pub fn claim(&self, kind: Kind) -> Option<(u16, u32)> {
        match self.trouble(kind) {
            None => Some((self.status, 0)),
            Some(Trouble::Missing | Trouble::Never(_)) => None,
            Some(
                Trouble::After(_, status, code)
                | Trouble::As(_, status, code)
                | Trouble::Scope(_, status, code)
                | Trouble::With { status, code, .. },
            ) => Some((status, code)),
            Some(Trouble::Bucket) => Some((429, 0)),
        }
    }

    /// Plays one case on a fresh stage, and asks the sandbox's own log what came of it.
    pub async fn run(&self, kind: Kind) {
        let Some((status, code)) = self.claim(kind) else { return };
        let stage = Stage::set().await;
        let trouble = self.trouble(kind);
        let (mut path, mut body) = (self.path, self.body);
        let mut scopes = match self.caller {
            Caller::User(scopes) => Some(scopes),
            Caller::Bot | Caller::Client => None,
        };
        let mut header = None;
        match trouble {
            Some(Trouble::After(setup, ..)) => setup(&stage),
            Some(Trouble::As(other, ..)) => header = Some(other.to_owned()),
            Some(Trouble::Scope(other, ..)) => scopes = Some(other),
            Some(Trouble::With { path: other_path, body: other_body, .. }) => {
                path = other_path.unwrap_or(path);
                body = other_body.unwrap_or(body);
            }
            Some(Trouble::Bucket) => {
                let operation = self.operation.into();
                stage.sandbox.limits().configure(|config| {
                    config.routes.insert(operation, Limit::new(1, 60_000));
                });
                // The first call takes what there is, whatever it is answered.
                self.send(&stage, header.as_deref(), scopes, path, body).await;
            }
            None | Some(Trouble::Missing | Trouble::Never(_)) => {}
        }
        let seen = self.send(&stage, header.as_deref(), scopes, path, body).await;
        let logged = stage.sandbox.requests().all();
        let what = format!("{} {kind:?}: {:?}", self.operation, logged.last());
        let last: &RequestRecord = logged.last().unwrap_or_else(|| panic!("{what}"));
        assert_eq!(last.operation, self.operation, "{what}");
        assert_eq!((last.status, last.code.unwrap_or(0)), (status, code), "{what}: {}", seen.1);
        assert_eq!(seen.0, status, "{what}");
    }

    async fn send(
        &self,
        stage: &Stage,
        header: Option<&str>,
        scopes: Option<&str>,
        path: &str,
        body: &str,
    ) -> (u16, Value) {
        let authorization = match (header, self.caller) {
            (Some(header), _) => header.to_owned(),
            (None, Caller::Bot) => format!("Bot {}", stage.sandbox.token()),
            (None, Caller::User(_)) => {
                format!("Bearer {}", stage.bearer(scopes.unwrap_or_default()).await)
            }
            (None, Caller::Client) => {
                let pair = stage.fill("{app}:") + &stage.sandbox.oauth2().client_secret();
                format!("Basic {}", STANDARD.encode(pair))
            }
        };
        let kind = if matches!(self.caller, Caller::Client) { FORM } else { JSON };
        let headers = [("authorization", authorization.as_str()), kind];
        let answer = stage.send(self.method, path, &headers, body).await;
        (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
    }
}

/// The bot is kicked.
fn leave(stage: &Stage) {
    stage.guild.owner().kick_bot().unwrap();
}

/// A quarter of an hour goes by, and a moment.
fn wait(stage: &Stage) {
    stage.sandbox.clock().advance(Duration::from_secs(15 * 60 + 1));
}

/// The id nothing has is the one the tables write out.
const _: () = assert!(matches!(NOBODY.as_bytes(), b"1"));
