//! The numbers. Discord publishes almost none and may change them at any time, so every one is a setting.

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use super::bucket::Limit;
use super::refusal::Scope;
use crate::clock::read_millis;

/// An operationId, bucket name or field name.
pub type Name = Cow<'static, str>;

/// Which limits apply.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(default)]
#[serde(deny_unknown_fields)]
pub struct LimitsConfig {
    /// False switches REST limits off, headers too. A running Cloudflare block stays.
    pub enabled: bool,
    /// The bucket of every route without an own entry, per major parameter.
    pub default: Limit,
    /// By bucket name; a bucket is named after its operationId unless `buckets` says otherwise.
    pub routes: HashMap<Name, Limit>,
    /// Operations that share a bucket: operationId to bucket name.
    pub buckets: HashMap<Name, Name>,
    /// Limits that no header tells of beforehand.
    pub hidden: Vec<HiddenLimit>,
    /// Requests per second over all routes with the bot's token. Documented: 50. Interaction tokens are exempt.
    pub global_per_second: Option<u32>,
    /// The budget of refused requests. Documented: 10,000 in 10 minutes.
    pub invalid_requests: Option<InvalidRequests>,
    /// Send `X-RateLimit-Scope: user` on success too; documented for 429 only.
    pub scope_on_success: bool,
    /// Gateway messages per minute and connection. Documented: 120.
    pub gateway_messages_per_minute: u32,
    /// Hold the bot to `max_concurrency` identifies per 5 seconds.
    pub identify_concurrency: bool,
    /// Identifies per 24 hours; one more ends all sessions and resets the token. Documented: 1000.
    pub identifies_per_day: u32,
    /// Gateway requests for all members, per guild. Documented: 1 in 30 seconds.
    pub all_members: Option<Limit>,
    /// Guilds a shard may hold. Documented: 2500.
    pub guilds_per_shard: usize,
}

/// A limit that answers 429 while the bucket's headers still look free.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HiddenLimit {
    /// Counts are kept under this name.
    pub name: Name,
    /// The operation it hides in.
    pub operation: Name,
    /// Which requests count.
    pub trigger: Trigger,
    /// The limit, per major parameter.
    pub limit: Limit,
    /// `User`, or `Shared` for limits all applications use up together.
    pub scope: Scope,
    /// JSON error code of the answer.
    pub code: Option<u32>,
    /// Text of the answer, when it is not the usual one.
    pub message: Option<Name>,
}

impl HiddenLimit {
    /// A hidden limit on every request of an operation.
    pub fn on(operation: &'static str, limit: Limit) -> Self {
        Self {
            name: operation.into(),
            operation: operation.into(),
            trigger: Trigger::Always,
            limit,
            scope: Scope::User,
            code: None,
            message: None,
        }
    }

    /// Counts only bodies that carry this key; keys are counted apart.
    pub fn with_field(mut self, field: &'static str) -> Self {
        self.name = format!("{}.{field}", self.operation).into();
        self.trigger = Trigger::Field(field.into());
        self
    }

    /// Answers with scope `shared`, which does not count as an invalid request.
    pub fn shared(self) -> Self {
        Self { scope: Scope::Shared, ..self }
    }
}

/// Which requests of an operation count towards a hidden limit.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// All.
    Always,
    /// Those whose JSON body has this key. Whether Discord counts unchanged values too is unknown; here it does.
    Field(Name),
    /// Those about a message older than this (the age is read from the id).
    OlderThan(
        #[serde(deserialize_with = "read_millis")]
        #[schemars(with = "u64")]
        Duration,
    ),
}

/// The budget of 401, 403 and 429 answers (topics/rate-limits, "Invalid Request Limit").
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvalidRequests {
    /// How many in which window.
    pub budget: Limit,
    /// How long the block lasts. Undocumented.
    pub block_ms: i64,
}

impl Default for InvalidRequests {
    fn default() -> Self {
        Self { budget: Limit::new(10_000, 600_000), block_ms: 600_000 }
    }
}

impl Default for LimitsConfig {
    /// Documented headers, but numbers no well-behaved test runs into.
    fn default() -> Self {
        Self {
            enabled: true,
            default: Limit::new(1_000, 1_000),
            routes: HashMap::new(),
            buckets: HashMap::new(),
            hidden: Vec::new(),
            global_per_second: None,
            invalid_requests: Some(InvalidRequests::default()),
            scope_on_success: false,
            gateway_messages_per_minute: 120,
            identify_concurrency: false,
            identifies_per_day: 1_000,
            all_members: Some(Limit::new(1, 30_000)),
            guilds_per_shard: 2_500,
        }
    }
}

impl LimitsConfig {
    /// No REST limit at all, not even headers; for load tests. The gateway's documented limits stay.
    pub fn off() -> Self {
        Self { enabled: false, invalid_requests: None, ..Self::default() }
    }

    /// Everything documented, and the undocumented limits as bot authors have observed them: renames and topic
    /// changes 2 in 10 minutes each (discord-api-docs#1900), other channel edits 5 in 15 s (#2190), role creates
    /// 250 in 48 h (#1480), webhooks 5 in 2 s (#6753). Unsourced common figures: messages 5 in 5 s, member roles
    /// 10 in 10 s, edits of messages over 1 hour old 3 in 20 s, everything else 50 a second.
    pub fn realistic() -> Self {
        let rename = HiddenLimit::on("update_channel", Limit::new(2, 600_000));
        let old_edits = HiddenLimit {
            name: "old message edits".into(),
            trigger: Trigger::OlderThan(Duration::from_hours(1)),
            code: Some(30_046),
            message: Some(
                "Maximum number of edits to messages older than 1 hour reached. Try again later"
                    .into(),
            ),
            ..HiddenLimit::on("update_message", Limit::new(3, 20_000))
        };
        Self {
            default: Limit::new(50, 1_000),
            routes: HashMap::from([
                ("update_channel".into(), Limit::new(5, 15_000)),
                ("create_guild_role".into(), Limit::new(250, 48 * 3_600_000)),
                ("create_message".into(), Limit::new(5, 5_000)),
                ("execute_webhook".into(), Limit::new(5, 2_000)),
                ("member roles".into(), Limit::new(10, 10_000)),
            ]),
            buckets: HashMap::from([
                ("add_guild_member_role".into(), "member roles".into()),
                ("delete_guild_member_role".into(), "member roles".into()),
            ]),
            hidden: vec![rename.clone().with_field("name"), rename.with_field("topic"), old_edits],
            global_per_second: Some(50),
            identify_concurrency: true,
            ..Self::default()
        }
    }

    /// A preset by name: `default`, `realistic` or `off`.
    pub fn preset(name: &str) -> Option<Self> {
        match name {
            "default" => Some(Self::default()),
            "realistic" => Some(Self::realistic()),
            "off" => Some(Self::off()),
            _ => None,
        }
    }

    /// The bucket an operation counts in.
    pub(super) fn bucket<'a>(&'a self, operation: &'a str) -> (&'a str, Limit) {
        let name = self.buckets.get(operation).map_or(operation, |name| name.as_ref());
        (name, self.routes.get(name).copied().unwrap_or(self.default))
    }
}
