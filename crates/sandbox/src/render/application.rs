//! The application and its bot user.

use serde_json::{Value, json};

use super::user;
use crate::world::{User, World};

/// `GET /applications/@me` and `GET /oauth2/applications/@me` (resources/application).
pub(crate) fn application(world: &World) -> Value {
    let app = &world.application;
    let mut body = application_summary(world);
    let more = json!({
        "rpc_origins": [],
        "owner": world.users.get(&app.owner).map(user),
        "summary": "",
        "team": null,
        "approximate_guild_count": world.guilds.values().filter(|g| g.members.contains_key(&app.bot)).count(),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "redirect_uris": app.redirect_uris,
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
        "event_webhooks_url": null,
        "event_webhooks_status": 1,
        "tags": [],
        "integration_types_config": {"0": {}},
        "is_monetized": false,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "hook": true,
    });
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.extend(more);
    }
    body
}

/// The application as users who authorized it see it.
pub(crate) fn application_summary(world: &World) -> Value {
    let app = &world.application;
    json!({
        "id": app.id,
        "name": app.name,
        "icon": null,
        "description": app.description,
        "type": null,
        "bot": world.users.get(&app.bot).map(user),
        "bot_public": true,
        "bot_require_code_grant": false,
        "verify_key": app.verify_key,
        "flags": app.flags(),
        "flags_new": app.flags().to_string(),
    })
}

/// A user's own account, as a token with `identify` shows it; the address only with `email`.
pub(crate) fn own_user(found: &User, with_email: bool) -> Value {
    let mut body = user(found);
    body["mfa_enabled"] = json!(false);
    body["locale"] = json!(found.locale);
    body["premium_type"] = json!(0);
    if with_email {
        body["email"] = json!(format!("{}@example.com", found.id));
        body["verified"] = json!(true);
    }
    body
}

/// The bot's own user with the fields only its owner sees.
pub(crate) fn bot_user(world: &World) -> Value {
    let mut body = world.users.get(&world.bot()).map(user).unwrap_or_default();
    body["verified"] = json!(true);
    body["mfa_enabled"] = json!(true);
    body["email"] = Value::Null;
    body["locale"] = json!("en-US");
    body
}
