//! Every operation with its four cases.

mod channels;
mod commands;
mod guilds;
mod interactions;
mod messages;
mod threads;
mod users;
mod webhooks;

use super::probe::Probe;

/// The areas, each a test of its own.
pub const AREAS: [(&str, &[Probe]); 8] = [
    ("Commands", commands::ALL),
    ("Interactions", interactions::ALL),
    ("Channels", channels::ALL),
    ("Threads", threads::ALL),
    ("Messages and pins", messages::ALL),
    ("Guilds, roles, members", guilds::ALL),
    ("Webhooks", webhooks::ALL),
    ("Start, users, OAuth2", users::ALL),
];

/// The operations a bot like ours needs: the list the sandbox is measured against.
pub const NEEDED: [&str; 67] = [
    "list_application_commands",
    "bulk_set_application_commands",
    "list_guild_application_commands",
    "bulk_set_guild_application_commands",
    "create_interaction_response",
    "get_original_webhook_message",
    "update_original_webhook_message",
    "delete_original_webhook_message",
    "execute_webhook",
    "get_webhook_message",
    "update_webhook_message",
    "delete_webhook_message",
    "get_channel",
    "update_channel",
    "delete_channel",
    "list_guild_channels",
    "create_guild_channel",
    "bulk_update_guild_channels",
    "set_channel_permission_overwrite",
    "delete_channel_permission_overwrite",
    "create_thread",
    "create_thread_from_message",
    "get_active_guild_threads",
    "list_public_archived_threads",
    "join_thread",
    "add_thread_member",
    "list_guild_roles",
    "create_guild_role",
    "bulk_update_guild_roles",
    "get_guild_role",
    "update_guild_role",
    "delete_guild_role",
    "guild_role_member_counts",
    "get_guild_member",
    "update_guild_member",
    "list_guild_members",
    "search_guild_members",
    "update_my_guild_member",
    "add_guild_member_role",
    "delete_guild_member_role",
    "list_messages",
    "create_message",
    "get_message",
    "update_message",
    "delete_message",
    "bulk_delete_messages",
    "list_pins",
    "create_pin",
    "delete_pin",
    "get_guild",
    "list_guild_audit_log_entries",
    "get_gateway",
    "get_bot_gateway",
    "get_my_application",
    "get_my_user",
    "get_user",
    "get_my_oauth2_authorization",
    "list_my_guilds",
    "get_my_guild_member",
    "create_oauth2_token",
    "revoke_oauth2_token",
    "create_dm",
    "list_channel_webhooks",
    "create_webhook",
    "get_webhook",
    "update_webhook",
    "delete_webhook",
];

pub fn all() -> impl Iterator<Item = &'static Probe> {
    AREAS.iter().flat_map(|(_, probes)| probes.iter())
}
