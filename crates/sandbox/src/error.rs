//! Discord's error bodies and codes (topics/opcodes-and-status-codes, reference "Error Messages").

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// An error answer of the REST API: `{"code", "message", "errors"?}` with its HTTP status.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{status} {code}: {message}")]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// Discord's JSON error code; 0 for generic failures.
    pub code: u32,
    /// Human text.
    pub message: String,
    /// The form error tree of code 50035.
    pub errors: Option<FormErrors>,
}

impl ApiError {
    /// An error without a form tree.
    pub fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), errors: None }
    }

    /// 50035 with its tree.
    pub fn invalid_form(errors: FormErrors) -> Self {
        Self { errors: Some(errors), ..Self::new(400, 50_035, "Invalid Form Body") }
    }

    /// 50035 with one leaf, for rules that belong to a single field.
    pub fn field(path: &str, code: &str, message: &str) -> Self {
        let mut errors = FormErrors::default();
        errors.add(path, code, message);
        Self::invalid_form(errors)
    }

    /// The JSON body.
    pub fn body(&self) -> Value {
        let mut body = json!({"code": self.code, "message": self.message});
        if let Some(errors) = &self.errors {
            body["errors"] = errors.to_json();
        }
        body
    }
}

macro_rules! errors {
    ($($name:ident: $status:literal $code:literal $message:literal;)+) => {
        impl ApiError {$(
            #[doc = concat!("Status ", $status, ", code ", $code, ": ", $message)]
            pub fn $name() -> Self { Self::new($status, $code, $message) }
        )+}
    };
}

errors! {
    unauthorized: 401 0 "401: Unauthorized";
    not_found: 404 0 "404: Not Found";
    method_not_allowed: 405 0 "405: Method Not Allowed";
    unknown_application: 404 10002 "Unknown Application";
    unknown_channel: 404 10003 "Unknown Channel";
    unknown_guild: 404 10004 "Unknown Guild";
    unknown_member: 404 10007 "Unknown Member";
    unknown_message: 404 10008 "Unknown Message";
    unknown_overwrite: 404 10009 "Unknown Permission Overwrite";
    unknown_role: 404 10011 "Unknown Role";
    unknown_user: 404 10013 "Unknown User";
    unknown_webhook: 404 10015 "Unknown Webhook";
    unknown_emoji: 400 10014 "Unknown Emoji";
    reactions_full: 400 30010 "Maximum number of reactions reached (20)";
    unknown_ban: 404 10026 "Unknown Ban";
    unknown_interaction: 404 10062 "Unknown interaction";
    unknown_command: 404 10063 "Unknown application command";
    not_for_bots: 403 20001 "Bots cannot use this endpoint";
    pins_full: 400 30003 "Maximum number of pins reached for the channel (250)";
    roles_full: 400 30005 "Maximum number of server roles reached (250)";
    webhooks_full: 400 30007 "Maximum number of webhooks reached (15)";
    channels_full: 400 30013 "Maximum number of server channels reached (500)";
    too_many_commands: 400 30032 "Maximum number of application commands reached";
    daily_commands: 400 30034 "Max number of daily application command creates has been reached (200)";
    old_message_edits: 429 30046 "Maximum number of edits to messages older than 1 hour reached. Try again later";
    thread_members_full: 400 30033 "Maximum number of thread participants reached (1000)";
    guild_webhooks_full: 400 30058 "Maximum number of webhooks per server reached (1000)";
    overwrites_full: 400 30060 "Maximum number of channel permission overwrites reached (1000)";
    body_too_large: 413 40005 "Request entity too large";
    one_parent_per_move: 400 40009 "Only one channel can be moved to a different parent per request";
    forum_needs_thread: 400 40058 "Cannot message this channel until after the post is made";
    already_acknowledged: 400 40060 "Interaction has already been acknowledged.";
    not_in_voice: 400 40032 "Target user is not connected to voice.";
    forum_needs_tag: 400 40067 "A tag is required to create a forum post in this channel";
    missing_access: 403 50001 "Missing Access";
    wrong_channel_for_dm: 400 50003 "Cannot execute action on a DM channel";
    foreign_message: 403 50005 "Cannot edit a message authored by another user";
    empty_message: 400 50006 "Cannot send an empty message";
    dm_refused: 403 50007 "Cannot send messages to this user";
    non_text_channel: 400 50008 "Cannot send messages in a non-text channel";
    missing_permissions: 403 50013 "Missing Permissions";
    bulk_delete_count: 400 50016 "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete";
    wrong_channel_type: 400 50024 "Cannot execute action on this channel type";
    invalid_webhook_token: 401 50027 "Invalid Webhook Token";
    invalid_role: 400 50028 "Invalid Role";
    bulk_delete_age: 400 50034 "You can only bulk delete messages that are under 14 days old.";
    missing_scope: 403 50026 "Missing required OAuth2 scope";
    community_channel: 400 50074 "Cannot delete a channel required for Community guilds";
    archived_thread: 400 50083 "Tried to perform an operation on an archived thread, such as editing a message or adding a user to the thread";
    needs_boosts: 400 50101 "This server needs more boosts to perform this action";
    invalid_json: 400 50109 "The request body contains invalid JSON.";
    no_reply_without_history: 400 160_002 "You cannot reply without permission to read message history";
    thread_exists: 400 160_004 "A thread has already been created for this message";
    locked_thread: 400 160_005 "Thread is locked";
    threads_full: 400 160_006 "Maximum number of active threads reached";
}

/// One leaf of the 50035 tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Inner code, e.g. `BASE_TYPE_REQUIRED`.
    pub code: String,
    /// Text.
    pub message: String,
}

/// Form errors by dotted path (`components.0.label`); the empty path means the whole body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormErrors(BTreeMap<String, Vec<Leaf>>);

impl FormErrors {
    /// Adds a leaf.
    pub fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        self.0
            .entry(path.to_owned())
            .or_default()
            .push(Leaf { code: code.to_owned(), message: message.into() });
    }

    /// True when a field has an error already.
    pub fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// True when nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok` when nothing is wrong, else 50035.
    pub fn into_result(self) -> Result<(), ApiError> {
        if self.is_empty() { Ok(()) } else { Err(ApiError::invalid_form(self)) }
    }

    /// The documented tree: keys down to `_errors` arrays.
    pub fn to_json(&self) -> Value {
        let mut root = Map::new();
        for (path, leaves) in &self.0 {
            let keys: Vec<_> = path.split('.').filter(|key| !key.is_empty()).collect();
            let list = leaves
                .iter()
                .map(|leaf| json!({"code": leaf.code, "message": leaf.message}))
                .collect();
            insert(&mut root, &keys, Value::Array(list));
        }
        Value::Object(root)
    }
}

/// Puts `list` under `_errors` at the end of the path. A value that is wrong itself has nothing wrong inside: a node
/// has errors or children. Paths come in order, so a value comes before what is inside.
fn insert(at: &mut Map<String, Value>, path: &[&str], list: Value) {
    if at.contains_key("_errors") {
        return;
    }
    let Some((first, rest)) = path.split_first() else {
        at.insert(String::from("_errors"), list);
        return;
    };
    let next = at.entry(*first).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(next) = next {
        insert(next, rest, list);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_has_errors_or_children() {
        let mut errors = FormErrors::default();
        errors.add("components.0.label", "BASE_TYPE_REQUIRED", "This field is required");
        errors.add("components.0", "UNION_TYPE_CHOICES", "Wrong");
        assert_eq!(
            errors.to_json(),
            json!({"components": {"0": {"_errors": [{"code": "UNION_TYPE_CHOICES", "message": "Wrong"}]}}})
        );
    }

    #[test]
    fn tree_has_the_documented_shape() {
        let mut errors = FormErrors::default();
        errors.add("components.0.label", "BASE_TYPE_REQUIRED", "This field is required");
        assert_eq!(
            errors.to_json(),
            json!({"components": {"0": {"label": {"_errors": [
                {"code": "BASE_TYPE_REQUIRED", "message": "This field is required"}]}}}})
        );
    }
}
