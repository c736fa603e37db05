//! Permission names, as Discord's own settings call them.

use domain::Permissions;

use super::{Words, key};

/// The permissions the bot can come to lack, and their text keys.
const NAMES: [(Permissions, &str); 23] = [
    (Permissions::VIEW_CHANNEL, key!("permission-view-channel")),
    (Permissions::MANAGE_CHANNELS, key!("permission-manage-channels")),
    (Permissions::MANAGE_ROLES, key!("permission-manage-roles")),
    (Permissions::SEND_MESSAGES, key!("permission-send-messages")),
    (Permissions::EMBED_LINKS, key!("permission-embed-links")),
    (Permissions::READ_MESSAGE_HISTORY, key!("permission-read-history")),
    (Permissions::ADD_REACTIONS, key!("permission-add-reactions")),
    (Permissions::ATTACH_FILES, key!("permission-attach-files")),
    (Permissions::USE_SLASH_COMMANDS, key!("permission-app-commands")),
    (Permissions::CREATE_PUBLIC_THREADS, key!("permission-create-threads")),
    (Permissions::SEND_MESSAGES_IN_THREADS, key!("permission-thread-messages")),
    (Permissions::MANAGE_THREADS, key!("permission-manage-threads")),
    (Permissions::MANAGE_MESSAGES, key!("permission-manage-messages")),
    (Permissions::PIN_MESSAGES, key!("permission-pin-messages")),
    (Permissions::MENTION_EVERYONE, key!("permission-mention-everyone")),
    (Permissions::CONNECT, key!("permission-connect")),
    (Permissions::SPEAK, key!("permission-speak")),
    (Permissions::STREAM, key!("permission-stream")),
    (Permissions::USE_VAD, key!("permission-voice-activity")),
    (Permissions::MUTE_MEMBERS, key!("permission-mute")),
    (Permissions::DEAFEN_MEMBERS, key!("permission-deafen")),
    (Permissions::MOVE_MEMBERS, key!("permission-move")),
    (Permissions::VIEW_AUDIT_LOG, key!("permission-audit-log")),
];

/// The names of these permissions in bold, in a row. One without a text of ours keeps Discord's
/// technical name.
pub fn names(w: &Words, bits: Permissions) -> String {
    let mut rest = bits;
    let mut names: Vec<String> = NAMES
        .iter()
        .filter(|(bit, _)| bits.contains(*bit))
        .map(|(bit, key)| {
            rest.remove(*bit);
            format!("**{}**", w.get(key))
        })
        .collect();
    names.extend(rest.iter_names().map(|(name, _)| format!("**{}**", super::plain::escape(name))));
    super::plain::list(w, &names)
}
