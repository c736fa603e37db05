//! What clients ask for before they connect, users, and signing in.

use super::super::probe::{Caller, Probe, Trouble, get, post};

/// There is only one, and it is the caller's own.
const OWN: Trouble = Trouble::Never("it is the caller's own");

const TOKEN: &str = "grant_type=client_credentials&scope=identify";

pub const ALL: &[Probe] = &[
    get("get_gateway", "/gateway")
        .permission(Trouble::Never("open to anyone"))
        .not_found(Trouble::Never("there is only one"))
        .bucket(),
    get("get_bot_gateway", "/gateway/bot").token().not_found(OWN).bucket(),
    get("get_my_application", "/applications/@me").token().not_found(OWN).bucket(),
    get("list_application_emojis", "/applications/{app}/emojis")
        .token()
        .lost("/applications/1/emojis", 10_002)
        .bucket(),
    get("get_soundboard_default_sounds", "/soundboard-default-sounds")
        .token()
        .not_found(OWN)
        .bucket(),
    get("get_my_oauth2_application", "/oauth2/applications/@me").token().not_found(OWN).bucket(),
    get("get_my_user", "/users/@me")
        .by(Caller::User("identify"))
        .permission(Trouble::Scope("email", 403, 50_026))
        .not_found(OWN)
        .limit(Trouble::After(used_up, 429, 0)),
    get("get_user", "/users/{alice}").token().lost("/users/1", 10_013).bucket(),
    get("list_my_guilds", "/users/@me/guilds")
        .by(Caller::User("guilds"))
        .permission(Trouble::Scope("identify", 403, 50_026))
        .not_found(OWN)
        .page("/users/@me/guilds?limit=201"),
    get("get_my_guild_member", "/users/@me/guilds/{guild}/member")
        .by(Caller::User("guilds.members.read"))
        .permission(Trouble::Scope("identify", 403, 50_026))
        .lost("/users/@me/guilds/1/member", 10_004)
        .limit(Trouble::After(used_up, 429, 0)),
    post("create_dm", "/users/@me/channels", r#"{"recipient_id": "{alice}"}"#)
        .token()
        .not_found(Trouble::With {
            path: None,
            body: Some(r#"{"recipient_id": "1"}"#),
            status: 404,
            code: 10_013,
        })
        .bounds(r#"{"recipient_id": "nobody"}"#),
    get("get_my_oauth2_authorization", "/oauth2/@me")
        .by(Caller::User("identify"))
        .permission(Trouble::As("Bearer wrong", 401, 0))
        .not_found(OWN)
        .limit(Trouble::After(used_up, 429, 0)),
    post("create_oauth2_token", "/oauth2/token", TOKEN)
        .by(Caller::Client)
        .permission(Trouble::As("Basic d3Jvbmc6d3Jvbmc=", 401, 0))
        .not_found(Trouble::With {
            path: None,
            body: Some("grant_type=refresh_token&refresh_token=wrong"),
            status: 400,
            code: 0,
        })
        .bucket(),
    post("revoke_oauth2_token", "/oauth2/token/revoke", "token=x")
        .by(Caller::Client)
        .permission(Trouble::As("Basic d3Jvbmc6d3Jvbmc=", 401, 0))
        .not_found(Trouble::Never("a token nobody has counts as revoked"))
        .bucket(),
];

/// Each user's token has buckets of its own, so there is nothing to use up beforehand: no call fits in.
fn used_up(stage: &super::super::stage::Stage) {
    stage.sandbox.limits().configure(|config| {
        config.default = sandbox::limits::Limit::new(0, 60_000);
        config.routes.insert("create_oauth2_token".into(), sandbox::limits::Limit::new(9, 1_000));
    });
}
