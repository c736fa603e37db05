//! One request as a handler sees it.

use axum::extract::RawPathParams;
use axum::http::HeaderMap;
use bytes::Bytes;
use serde_json::Value;

use super::auth::Caller;
use super::form::{Form, Sink};
use super::multipart::{Multipart, Upload};
use super::route::RouteInfo;
use crate::error::ApiError;
use crate::id::{ChannelId, GuildId, MessageId, RoleId, Snowflake, UserId};
use crate::oauth2::Access;
use crate::observe::ViolationKind;
use crate::pulse::WorldGuard;
use crate::sandbox::Sandbox;
use crate::world::{Cause, World};

/// A request that passed faults, limits and authorisation.
pub(crate) struct Call<'a> {
    pub(crate) sandbox: &'a Sandbox,
    pub(crate) route: &'static RouteInfo,
    pub(crate) params: &'a Params,
    pub(crate) caller: Caller,
    pub(crate) query: Query,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: Bytes,
    /// Decoded audit reason.
    pub(crate) reason: Option<String>,
}

impl Call<'_> {
    /// The state, locked.
    pub(crate) fn world(&self) -> WorldGuard<'_> {
        self.sandbox.world()
    }

    /// The bot as the author of a change, with the request's audit reason.
    pub(crate) fn cause(&self, world: &World) -> Cause {
        world.by_bot(self.reason.clone())
    }

    /// What a user granted, when the request comes with a user's token.
    pub(crate) fn access(&self) -> Option<&Access> {
        match &self.caller {
            Caller::User(access) => Some(access),
            Caller::Bot | Caller::Nobody => None,
        }
    }

    /// An id from the path; a malformed one is a form error, as on Discord.
    pub(crate) fn id<T: Snowflake>(&self, name: &str) -> Result<T, ApiError> {
        let text = self.params.get(name).unwrap_or_default();
        text.parse().map_err(|_| {
            let message = format!("Value \"{text}\" is not snowflake.");
            ApiError::field(name, "NUMBER_TYPE_COERCE", &message)
        })
    }

    pub(crate) fn guild_id(&self) -> Result<GuildId, ApiError> {
        self.id("guild_id")
    }

    pub(crate) fn channel_id(&self) -> Result<ChannelId, ApiError> {
        self.id("channel_id")
    }

    pub(crate) fn role_id(&self) -> Result<RoleId, ApiError> {
        self.id("role_id")
    }

    pub(crate) fn user_id(&self) -> Result<UserId, ApiError> {
        self.id("user_id")
    }

    pub(crate) fn message_id(&self) -> Result<MessageId, ApiError> {
        self.id("message_id")
    }

    /// The Content-Type header; empty without one.
    pub(crate) fn content_type(&self) -> &str {
        let sent = self.headers.get("content-type").and_then(|value| value.to_str().ok());
        sent.unwrap_or_default()
    }

    /// Uploaded files; none unless the body is multipart.
    pub(crate) fn uploads(&self) -> Result<Vec<Upload>, ApiError> {
        Ok(self.multipart()?.map(|body| body.uploads).unwrap_or_default())
    }

    fn multipart(&self) -> Result<Option<Multipart>, ApiError> {
        let kind = self.content_type();
        if !kind.starts_with("multipart/form-data") {
            return Ok(None);
        }
        Multipart::parse(kind, &self.body).map(Some).ok_or_else(ApiError::invalid_json)
    }

    /// The JSON body, for multipart its `payload_json`: 50035 with another content type, 50109 when it does not
    /// parse.
    pub(crate) fn json(&self) -> Result<Value, ApiError> {
        if let Some(body) = self.multipart()? {
            let payload = body.payload.unwrap_or_else(|| Bytes::from_static(b"{}"));
            return serde_json::from_slice(&payload).map_err(|_| ApiError::invalid_json());
        }
        let kind = self.content_type();
        if kind.starts_with("application/x-www-form-urlencoded")
            && let Some(payload) = Query::new(&self.body).get("payload_json")
        {
            // py-cord answers interactions without files like this.
            return serde_json::from_str(payload).map_err(|_| ApiError::invalid_json());
        }
        if !kind.starts_with("application/json") {
            let message = "Expected \"Content-Type\" header to be one of {'application/json'}.";
            return Err(ApiError::field("", "CONTENT_TYPE_INVALID", message));
        }
        serde_json::from_slice(&self.body).map_err(|_| ApiError::invalid_json())
    }

    /// Reads the body as an object. Form errors answer 50035; keys nobody asked for become violations.
    pub(crate) fn form<T>(&self, read: impl FnOnce(&mut Form<'_>) -> T) -> Result<T, ApiError> {
        self.read(&self.json()?, read)
    }

    /// Reads the body as an array of objects (bulk routes).
    pub(crate) fn forms<T>(
        &self,
        max: usize,
        mut read: impl FnMut(&mut Form<'_>) -> T,
    ) -> Result<Vec<T>, ApiError> {
        let body = self.json()?;
        let Value::Array(items) = &body else {
            let message = "Only iterables may be used in a ListType";
            return Err(ApiError::field("", "LIST_TYPE_CONVERT", message));
        };
        if items.len() > max {
            let message = format!("Must be {max} or fewer in length.");
            return Err(ApiError::field("", "BASE_TYPE_MAX_LENGTH", &message));
        }
        let mut sink = Sink::default();
        let read = items
            .iter()
            .enumerate()
            .map(|(at, item)| sink.read(item, &at.to_string(), &mut read))
            .collect();
        self.settle(sink)?;
        Ok(read)
    }

    /// Reads any value as a form; for bodies that came in another way (multipart `payload_json`).
    pub(crate) fn read<T>(
        &self,
        body: &Value,
        read: impl FnOnce(&mut Form<'_>) -> T,
    ) -> Result<T, ApiError> {
        let mut sink = Sink::default();
        let value = sink.read(body, "", read);
        self.settle(sink)?;
        Ok(value)
    }

    fn settle(&self, sink: Sink) -> Result<(), ApiError> {
        for key in sink.unknown {
            self.sandbox.note(ViolationKind::UnknownField, self.route.operation, key);
        }
        sink.errors.into_result()
    }
}

/// Path parameters.
#[derive(Clone, Debug)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub(super) fn new(raw: &RawPathParams) -> Self {
        Self(raw.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Query parameters; an array repeats its key.
#[derive(Debug)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Of the query of a URL, or of a form, which is written alike.
    pub(crate) fn new(raw: impl AsRef<[u8]>) -> Self {
        Self(form_urlencoded::parse(raw.as_ref()).into_owned().collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// `true`, `True` or `1` (reference, "Boolean Query Strings").
    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some("true" | "True" | "1"))
    }

    /// An id.
    pub(crate) fn id<T: Snowflake>(&self, name: &str) -> Result<Option<T>, ApiError> {
        let Some(text) = self.get(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| {
            ApiError::field(
                name,
                "NUMBER_TYPE_COERCE",
                &format!("Value \"{text}\" is not snowflake."),
            )
        })
    }

    /// A number within bounds, or the default.
    pub(crate) fn number(
        &self,
        name: &str,
        default: usize,
        min: usize,
        max: usize,
    ) -> Result<usize, ApiError> {
        let Some(text) = self.get(name) else { return Ok(default) };
        let number = text.parse::<usize>().map_err(|_| {
            ApiError::field(name, "NUMBER_TYPE_COERCE", &format!("Value \"{text}\" is not int."))
        })?;
        if number < min {
            let message = format!("int value should be greater than or equal to {min}.");
            return Err(ApiError::field(name, "NUMBER_TYPE_MIN", &message));
        }
        if number > max {
            let message = format!("int value should be less than or equal to {max}.");
            return Err(ApiError::field(name, "NUMBER_TYPE_MAX", &message));
        }
        Ok(number)
    }
}
