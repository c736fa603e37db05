//! What a request is about, read from its method, path and body.

use serde_json::{Map, Value};
use std::{
    hash::{BuildHasher, RandomState},
    sync::{Arc, LazyLock},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use twilight_http::request::{Method, Request};

/// Words of Discord's paths. Anything else is an id, a token or a name and never shown: a list
/// of what may be shown cannot leak what we did not think of.
const WORDS: &[&str] = &[
    "@me",
    "@original",
    "active",
    "answers",
    "applications",
    "archived",
    "audit-logs",
    "auto-moderation",
    "bans",
    "bot",
    "bulk-ban",
    "bulk-delete",
    "callback",
    "channels",
    "commands",
    "connections",
    "consume",
    "crosspost",
    "emojis",
    "entitlements",
    "expire",
    "followers",
    "gateway",
    "guilds",
    "integrations",
    "interactions",
    "invites",
    "member",
    "member-counts",
    "members",
    "messages",
    "mfa",
    "nick",
    "oauth2",
    "onboarding",
    "permissions",
    "pins",
    "polls",
    "preview",
    "private",
    "prune",
    "public",
    "reactions",
    "regions",
    "roles",
    "rules",
    "scheduled-events",
    "search",
    "skus",
    "stage-instances",
    "sticker-packs",
    "stickers",
    "subscriptions",
    "sync",
    "templates",
    "thread-members",
    "threads",
    "typing",
    "users",
    "vanity-url",
    "voice",
    "voice-states",
    "webhooks",
    "welcome-screen",
    "widget",
    "widget.json",
];

/// Edits of a message older than this have a limit of their own (429, code 30046).
const OLD_MESSAGE: Duration = Duration::from_hours(1);
/// Snowflakes count milliseconds from the start of 2015.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// Which limits apply to a route as a class.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Class {
    /// Bot token: every limit.
    Bot,
    /// Interaction callback: used once per token, nothing to learn from it.
    Callback,
    /// Webhook token, follow-ups included: outside the global limit.
    WebhookToken,
}

/// The part of the path that Discord keeps a bucket apart for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Resource {
    None,
    Channel(u64),
    Guild(u64),
    /// The token is kept as a hash only.
    Webhook(u64, Option<u64>),
}

/// Actions known to have a limit that no header announces.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Action {
    ChannelRename,
    ChannelTopic,
    RoleCreate,
    OldMessageEdit,
}

/// Method and path with ids masked, plus the hidden limits the body falls under.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct RouteKey {
    pub(crate) method: Method,
    pub(crate) template: Arc<str>,
    pub(crate) actions: Vec<Action>,
}

#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) key: RouteKey,
    pub(crate) resource: Resource,
    pub(crate) class: Class,
    /// `METHOD template`, for counters and logs.
    pub(crate) family: String,
}

impl Route {
    pub(crate) fn of(request: &Request) -> Self {
        let path = request.path().split('?').next().unwrap_or_default();
        let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let class = match segments.as_slice() {
            ["interactions", _, _, ..] => Class::Callback,
            ["webhooks", _, _, ..] => Class::WebhookToken,
            _ => Class::Bot,
        };
        let template = template(&segments, class);
        let method = request.method();
        Self {
            resource: resource(&segments),
            class,
            family: format!("{} {template}", method.name()),
            key: RouteKey {
                method,
                actions: actions(method, &template, &segments, request.body()),
                template: template.into(),
            },
        }
    }

    /// Whether repeating the request does no harm. Every create is a POST; the answer to an
    /// interaction is one too, but Discord takes only the first and says so (40060).
    pub(crate) fn is_repeatable(&self) -> bool {
        self.key.method != Method::Post || self.class == Class::Callback
    }
}

fn template(segments: &[&str], class: Class) -> String {
    let mask = |(index, segment): (usize, &&str)| {
        if index == 2 && class != Class::Bot {
            "{token}"
        } else if segment.bytes().all(|byte| byte.is_ascii_digit()) {
            "{id}"
        } else {
            WORDS.iter().find(|word| *word == segment).copied().unwrap_or("{value}")
        }
    };
    let parts: Vec<&str> = segments.iter().enumerate().map(mask).collect();
    parts.join("/")
}

fn resource(segments: &[&str]) -> Resource {
    static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    let Some(id) = segments.get(1).and_then(|id| id.parse().ok()) else {
        return Resource::None;
    };
    match segments.first().copied() {
        Some("channels") => Resource::Channel(id),
        Some("guilds") => Resource::Guild(id),
        Some("webhooks" | "interactions") => {
            Resource::Webhook(id, segments.get(2).map(|token| HASHER.hash_one(token)))
        }
        _ => Resource::None,
    }
}

fn actions(method: Method, template: &str, segments: &[&str], body: Option<&[u8]>) -> Vec<Action> {
    match (method, template) {
        (Method::Post, "guilds/{id}/roles") => vec![Action::RoleCreate],
        (Method::Patch, "channels/{id}") => {
            let keys: Map<String, Value> =
                body.and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
            [("name", Action::ChannelRename), ("topic", Action::ChannelTopic)]
                .into_iter()
                .filter(|(key, _)| keys.contains_key(*key))
                .map(|(_, action)| action)
                .collect()
        }
        (Method::Patch, "channels/{id}/messages/{id}") => {
            let old = segments.last().and_then(|id| id.parse().ok()).is_some_and(is_old);
            if old { vec![Action::OldMessageEdit] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

fn is_old(snowflake: u64) -> bool {
    let made = Duration::from_millis(DISCORD_EPOCH_MS + (snowflake >> 22));
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .is_ok_and(|now| now.saturating_sub(made) > OLD_MESSAGE)
}

#[cfg(test)]
mod tests {
    use super::{Action, Class, Resource, Route};
    use twilight_http::request::{Method, RequestBuilder};

    fn route(method: Method, path: &str, body: &str) -> Route {
        let request = RequestBuilder::raw(method, path.to_owned()).body(body.into());
        Route::of(&request.build().unwrap())
    }

    #[test]
    fn masks_everything_that_is_not_a_known_word() {
        for (path, masked) in [
            (
                "interactions/1/sEcret/callback?with_response=true",
                "interactions/{id}/{token}/callback",
            ),
            ("webhooks/1/2345/messages/@original", "webhooks/{id}/{token}/messages/@original"),
            ("webhooks/1/roles", "webhooks/{id}/{token}"),
            (
                "channels/1/messages/2/reactions/%F0%9F%8E%B2/@me",
                "channels/{id}/messages/{id}/reactions/{value}/@me",
            ),
            ("guilds/1/audit-logs?limit=5", "guilds/{id}/audit-logs"),
        ] {
            let route = route(Method::Get, path, "");
            assert_eq!(&*route.key.template, masked);
            assert!(!format!("{route:?}").contains("sEcret"));
        }
    }

    #[test]
    fn knows_resource_class_and_actions() {
        let edit = route(Method::Patch, "channels/7", r#"{"topic":null,"name":"x"}"#);
        assert_eq!(edit.resource, Resource::Channel(7));
        assert_eq!(edit.class, Class::Bot);
        assert_eq!(edit.key.actions, [Action::ChannelRename, Action::ChannelTopic]);
        let parent = route(Method::Patch, "channels/7", r#"{"parent_id":"1"}"#);
        assert!(parent.key.actions.is_empty());
        let old = route(Method::Patch, "channels/7/messages/175928847299117063", "{}");
        assert_eq!(old.key.actions, [Action::OldMessageEdit]);
        let (a, b) =
            (route(Method::Post, "webhooks/1/a", ""), route(Method::Post, "webhooks/1/b", ""));
        assert_ne!(a.resource, b.resource);
        assert!(!a.is_repeatable() && edit.is_repeatable());
    }
}
