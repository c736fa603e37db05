//! `allowed_mentions` (resources/message, "Allowed Mentions Object").

use serde_json::Value;

use crate::id::{RoleId, UserId};
use crate::rest::{Field, Form};
use crate::world::{Allowed, AllowedMentions};

/// Reads the field. Absent or null means everything may ping.
pub(crate) fn allowed_mentions(form: &mut Form<'_>) -> AllowedMentions {
    form.object("allowed_mentions", read).value().unwrap_or_default()
}

/// A kind named in `parse` must not come with a list of its own.
fn read(form: &mut Form<'_>) -> AllowedMentions {
    let parse: Vec<String> = match form.raw("parse") {
        Field::Value(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    if parse.iter().any(|kind| !matches!(kind.as_str(), "users" | "roles" | "everyone")) {
        let message = "Value must be one of {'users', 'roles', 'everyone'}.";
        form.fail("parse", "BASE_TYPE_CHOICES", message);
    }
    let has = |kind: &str| parse.iter().any(|other| other == kind);
    let users = form.ids::<UserId>("users", 100).value().unwrap_or_default();
    let roles = form.ids::<RoleId>("roles", 100).value().unwrap_or_default();
    for (kind, listed) in [("users", !users.is_empty()), ("roles", !roles.is_empty())] {
        if listed && has(kind) {
            let message =
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            form.fail("", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
        }
    }
    AllowedMentions {
        everyone: has("everyone"),
        users: if has("users") { Allowed::All } else { Allowed::Only(users) },
        roles: if has("roles") { Allowed::All } else { Allowed::Only(roles) },
        replied_user: form.boolean("replied_user").value().unwrap_or(false),
    }
}
