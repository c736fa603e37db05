//! Who may do what in a game's channels, as overwrites.

use crate::{
    Game, Permissions, Phase, Slot, Visibility,
    plan::{OverwriteSpec, Principal},
};

/// What a player can do in a text channel, a forum or a voice channel.
const TAKE_PART: Permissions = Permissions::SEND_MESSAGES
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::ADD_REACTIONS)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::CONNECT)
    .union(Permissions::SPEAK)
    .union(Permissions::STREAM)
    .union(Permissions::USE_VAD);

/// What a reader needs.
const LOOK: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::READ_MESSAGE_HISTORY);

/// What a game admin has beyond a player. "Manage permissions" is not among it: Discord lets a
/// bot hand that out only as an administrator.
const MODERATE: Permissions = Permissions::MANAGE_MESSAGES
    .union(Permissions::PIN_MESSAGES)
    .union(Permissions::MANAGE_THREADS)
    .union(Permissions::MUTE_MEMBERS)
    .union(Permissions::DEAFEN_MEMBERS)
    .union(Permissions::MOVE_MEMBERS);

/// What the bot keeps for itself. Without VIEW_CHANNEL a private channel locks the bot out, and
/// without CONNECT it can not manage a voice channel.
const KEEP: Permissions = LOOK
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::CONNECT)
    .union(Permissions::MANAGE_CHANNELS);

/// What the bot must hold in the guild for games to work at all.
pub const NEEDED: Permissions = KEEP.union(Permissions::MANAGE_ROLES);

/// What makes games complete; without it, players get less in their channels.
pub const WANTED: Permissions =
    NEEDED.union(TAKE_PART).union(MODERATE).union(Permissions::VIEW_AUDIT_LOG);

/// What each feature needs, for whoever looks whether a guild lets the bot do its work.
pub const FEATURES: &[(&str, Permissions)] = &[
    ("Games (roles, categories, channels)", NEEDED),
    ("Players' channels, whole", TAKE_PART),
    ("Game admins' rights in their channels", MODERATE),
    ("Recognising its own work after a crash", Permissions::VIEW_AUDIT_LOG),
];

/// The overwrites of one channel or category of a game. Discord lets a bot name only bits that
/// it holds itself, so everything is cut down to `held`.
pub(crate) fn overwrites(game: &Game, slot: Slot, held: Permissions) -> Vec<OverwriteSpec> {
    let open = matches!(game.phase, Phase::Active);
    let admins_only = slot == Slot::Announcements;
    let (everyone_allow, everyone_deny) = match game.visibility {
        Visibility::Everyone => (LOOK, TAKE_PART),
        Visibility::Members => (Permissions::empty(), Permissions::VIEW_CHANNEL | TAKE_PART),
    };
    let (player_allow, player_deny) = match (open, admins_only) {
        (true, false) => (LOOK | TAKE_PART, Permissions::empty()),
        (true, true) => (LOOK | Permissions::ADD_REACTIONS, TAKE_PART - Permissions::ADD_REACTIONS),
        (false, _) => (LOOK, TAKE_PART),
    };
    let (admin_allow, admin_deny) =
        if open { (LOOK | TAKE_PART | MODERATE, Permissions::empty()) } else { (LOOK, TAKE_PART) };
    [
        (Principal::Everyone, everyone_allow, everyone_deny),
        (Principal::Role(Slot::PlayerRole), player_allow, player_deny),
        (Principal::Role(Slot::AdminRole), admin_allow, admin_deny),
        (Principal::Bot, KEEP, Permissions::empty()),
    ]
    .into_iter()
    .map(|(principal, allow, deny)| OverwriteSpec {
        principal,
        allow: allow & held,
        deny: deny & held,
    })
    .collect()
}
