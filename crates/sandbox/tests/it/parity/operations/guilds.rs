//! Guilds, roles and members.

use super::super::probe::{Probe, delete, get, patch, post, put};
use super::super::stage::Stage;

fn full(stage: &Stage) {
    stage.guild.owner().fill_roles(0).unwrap();
}

const MEMBER: &str = "/guilds/{guild}/members/{alice}";
const STRANGER: &str = "/guilds/{guild}/members/1";
const ROLE: &str = "/guilds/{guild}/roles/{player}";
const NO_ROLE: &str = "/guilds/{guild}/roles/1";

pub const ALL: &[Probe] = &[
    get("get_guild", "/guilds/{guild}").outside().lost("/guilds/1", 10_004).bucket(),
    get("list_guild_audit_log_entries", "/guilds/{guild}/audit-logs")
        .weak()
        .lost("/guilds/1/audit-logs", 10_004)
        .page("/guilds/{guild}/audit-logs?limit=101"),
    get("list_guild_roles", "/guilds/{guild}/roles")
        .outside()
        .lost("/guilds/1/roles", 10_004)
        .bucket(),
    post("create_guild_role", "/guilds/{guild}/roles", r#"{"name": "new", "permissions": "0"}"#)
        .weak()
        .lost("/guilds/1/roles", 10_004)
        .full(full, 30_005),
    patch(
        "bulk_update_guild_roles",
        "/guilds/{guild}/roles",
        r#"[{"id": "{player}", "position": 1}]"#,
    )
    .weak()
    .lost("/guilds/1/roles", 10_004)
    .bounds(r#"[{"id": "{player}", "position": -1}]"#),
    get("guild_role_member_counts", "/guilds/{guild}/roles/member-counts")
        .outside()
        .lost("/guilds/1/roles/member-counts", 10_004)
        .bucket(),
    get("get_guild_role", ROLE).outside().lost(NO_ROLE, 10_011).bucket(),
    patch("update_guild_role", ROLE, r#"{"name": "gamer"}"#)
        .weak()
        .lost(NO_ROLE, 10_011)
        .bounds(r#"{"color": 16777216}"#),
    delete("delete_guild_role", ROLE).weak().lost(NO_ROLE, 10_011).bucket(),
    get("list_guild_members", "/guilds/{guild}/members?limit=10")
        .permission(super::super::probe::Trouble::After(no_intent, 403, 50_001))
        .lost("/guilds/1/members", 10_004)
        .page("/guilds/{guild}/members?limit=1001"),
    get("search_guild_members", "/guilds/{guild}/members/search?query=al")
        .outside()
        .lost("/guilds/1/members/search?query=al", 10_004)
        .page("/guilds/{guild}/members/search?query=al&limit=1001"),
    get("get_guild_member", MEMBER).outside().lost(STRANGER, 10_013).bucket(),
    patch("update_guild_member", MEMBER, r#"{"nick": "Ally"}"#)
        .weak()
        .lost(STRANGER, 10_013)
        .bounds(r#"{"nick": "123456789012345678901234567890123"}"#),
    patch("update_my_guild_member", "/guilds/{guild}/members/@me", r#"{"nick": "Botty"}"#)
        .weak()
        .lost("/guilds/1/members/@me", 10_004)
        .bounds(r#"{"nick": "123456789012345678901234567890123"}"#),
    delete("delete_guild_member", MEMBER).weak().lost(STRANGER, 10_013).bucket(),
    get("list_guild_bans", "/guilds/{guild}/bans")
        .weak()
        .lost("/guilds/1/bans", 10_004)
        .page("/guilds/{guild}/bans?limit=1001"),
    get("get_guild_ban", "/guilds/{guild}/bans/{outlaw}")
        .weak()
        .lost("/guilds/{guild}/bans/{alice}", 10_026)
        .bucket(),
    put("ban_user_from_guild", "/guilds/{guild}/bans/{alice}", "{}")
        .gives(204)
        .weak()
        .lost("/guilds/{guild}/bans/1", 10_013)
        .bounds(r#"{"delete_message_seconds": 604801}"#),
    delete("unban_user_from_guild", "/guilds/{guild}/bans/{outlaw}")
        .weak()
        .lost("/guilds/{guild}/bans/{alice}", 10_026)
        .bucket(),
    get("list_guild_emojis", "/guilds/{guild}/emojis")
        .outside()
        .lost("/guilds/1/emojis", 10_004)
        .bucket(),
    get("list_guild_stickers", "/guilds/{guild}/stickers")
        .outside()
        .lost("/guilds/1/stickers", 10_004)
        .bucket(),
    put("add_guild_member_role", "/guilds/{guild}/members/{bob}/roles/{player}", "")
        .gives(204)
        .weak()
        .lost("/guilds/{guild}/members/{bob}/roles/1", 10_011)
        .bucket(),
    delete("delete_guild_member_role", "/guilds/{guild}/members/{alice}/roles/{player}")
        .weak()
        .lost("/guilds/{guild}/members/{alice}/roles/1", 10_011)
        .bucket(),
];

/// The application loses GUILD_MEMBERS.
fn no_intent(stage: &Stage) {
    stage.sandbox.set_privileged_intents(0);
}
