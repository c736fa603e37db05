//! Snowflakes: typed ids that travel as JSON strings (reference, "Snowflakes").

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::{Clock, Millis};

/// Milliseconds between the Unix epoch and the first second of 2015, Discord's epoch.
pub const EPOCH: Millis = 1_420_070_400_000;

/// What every typed id can do; lets helpers be generic over the kind of id.
pub trait Snowflake: Copy + Default + Eq + From<u64> + FromStr + Send + Sync + 'static {
    /// The raw number.
    fn get(self) -> u64;

    /// When the id was made.
    fn created_ms(self) -> Millis {
        i64::try_from(self.get() >> 22).unwrap_or_default() + EPOCH
    }
}

macro_rules! snowflakes {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl Snowflake for $name {
            fn get(self) -> u64 { self.0 }
        }
        impl From<u64> for $name {
            fn from(raw: u64) -> Self { Self(raw) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                // Rust would take a sign too.
                text.strip_prefix('+').map_or(text, |_| "").parse().map(Self)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.collect_str(&self.0) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                raw(from).map(Self)
            }
        }
        impl JsonSchema for $name {
            fn inline_schema() -> bool { true }
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(generator: &mut SchemaGenerator) -> Schema { schema(generator) }
        }
    )+};
}

snowflakes! {
    /// An application (equal to the id of its bot user here, as for every recent application).
    ApplicationId,
    /// A guild; also the id of its @everyone role.
    GuildId,
    /// A channel, category, thread or DM.
    ChannelId,
    /// A role.
    RoleId,
    /// A user.
    UserId,
    /// A message.
    MessageId,
    /// A webhook.
    WebhookId,
    /// An application command.
    CommandId,
    /// An interaction.
    InteractionId,
    /// An audit log entry.
    EntryId,
    /// A forum tag.
    TagId,
    /// An uploaded file.
    AttachmentId,
}

impl GuildId {
    /// The @everyone role has the id of its guild (topics/permissions).
    pub fn everyone(self) -> RoleId {
        RoleId(self.0)
    }
}

/// Accepts both spellings the API reference allows: a string or an integer.
fn raw<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(u64),
    }
    match Either::deserialize(from)? {
        Either::Text(text) => text.parse().map_err(serde::de::Error::custom),
        Either::Number(number) => Ok(number),
    }
}

/// Written as a string; read as an integer too.
fn schema(generator: &SchemaGenerator) -> Schema {
    let text = json_schema!({"type": "string", "pattern": "^[0-9]+$"});
    if generator.contract().is_serialize() {
        return text;
    }
    json_schema!({"anyOf": [text, {"type": "integer", "minimum": 0}]})
}

/// Makes unique, rising ids that follow the sandbox clock.
#[derive(Debug)]
pub struct IdSource {
    clock: Clock,
    last_ms: Millis,
    step: u64,
}

impl IdSource {
    /// A source that follows `clock`.
    pub fn new(clock: Clock) -> Self {
        Self { clock, last_ms: 0, step: 0 }
    }

    /// The next id. The worker, process and increment bits together are one counter: 4 million per ms.
    pub fn fresh<T: Snowflake>(&mut self) -> T {
        let now = self.clock.now_ms();
        if now > self.last_ms {
            self.last_ms = now;
            self.step = 0;
        } else {
            self.step += 1;
            if self.step >= 1 << 22 {
                self.last_ms += 1;
                self.step = 0;
            }
        }
        let ms = u64::try_from(self.last_ms - EPOCH).unwrap_or_default();
        T::from((ms << 22) | self.step)
    }
}
