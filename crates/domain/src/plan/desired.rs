//! From a game's row to what Discord should show.

use serde::{Deserialize, Serialize};

use crate::{
    Game, Permissions, Phase, Seat, SeatState, Slot, UserId,
    plan::{Bindings, ChannelKind, ObservedGuild, access, step::fingerprint},
};

/// Everything Discord should have for one game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desired {
    /// Roles, one per role slot.
    pub roles: Vec<(Slot, RoleSpec)>,
    /// The category first, then its channels in the order people see them.
    pub channels: Vec<(Slot, ChannelSpec)>,
    /// Who should have which of the game's roles, and who should not.
    pub grants: Vec<Grant>,
    /// Whether the category belongs below the ones of games in use.
    pub out_of_the_way: bool,
}

/// A role as it should be. Its guild-wide permissions are always none: a game gives rights only
/// inside its own channels.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RoleSpec {
    /// Name, at most 100 characters.
    pub name: String,
    /// Colour; 0 is none.
    pub colour: u32,
    /// Whether everyone may mention it.
    pub mentionable: bool,
}

/// A channel as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChannelSpec {
    /// What it is.
    pub kind: ChannelKind,
    /// Name, at most 100 characters, already in the form Discord would normalise it to.
    pub name: String,
    /// Topic, at most 1024 characters; none for kinds without one.
    pub topic: Option<String>,
    /// Whether it stands below the game's category.
    pub in_category: bool,
    /// Overwrites; always complete, sent with the create call itself.
    pub overwrites: Vec<OverwriteSpec>,
}

/// One overwrite, for somebody known by part and not yet by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OverwriteSpec {
    /// Whom it is for.
    pub principal: Principal,
    /// Bits given.
    pub allow: Permissions,
    /// Bits taken.
    pub deny: Permissions,
}

/// Whom an overwrite is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Principal {
    /// The guild's `@everyone` role.
    Everyone,
    /// The bot's own member.
    Bot,
    /// The role in this slot of the game.
    Role(Slot),
}

/// A role a person should have (or not), against what was last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The person.
    pub user: UserId,
    /// The role's slot.
    pub slot: Slot,
    /// Whether the person should have it.
    pub wanted: bool,
    /// Whether the person was last seen to have it.
    pub has: bool,
}

impl RoleSpec {
    /// Identifies the specification, for telling drift from a new wish.
    pub fn fingerprint(&self) -> i64 {
        fingerprint(self)
    }
}

impl ChannelSpec {
    /// Identifies the specification, for telling drift from a new wish.
    pub fn fingerprint(&self) -> i64 {
        fingerprint(self)
    }
}

/// What Discord should show for this game. Only the bot's permissions and the guild's features
/// are read from `guild`, and with `bindings` only which voice channels there already are.
pub fn desired(game: &Game, seats: &[Seat], bindings: &Bindings, guild: &ObservedGuild) -> Desired {
    let (with_roles, with_channels) = match game.phase {
        Phase::Active => (true, true),
        Phase::Archived { release_channels } => (true, !release_channels),
        Phase::Deleted => (false, false),
    };
    let held = guild.bot_permissions();
    let mut roles = Vec::new();
    let mut grants = Vec::new();
    if with_roles {
        roles.push((Slot::PlayerRole, player_role(game)));
        roles.push((Slot::AdminRole, admin_role(game)));
        grants = seats.iter().filter(|seat| seat.present).flat_map(seat_grants).collect();
    }
    let mut channels = Vec::new();
    if with_channels {
        let slots = channel_slots(game, bindings, guild);
        for slot in std::iter::once(Slot::Category).chain(slots) {
            channels.push((slot, channel(game, slot, guild.has_news, held)));
        }
    }
    Desired {
        roles,
        channels,
        grants,
        out_of_the_way: matches!(game.phase, Phase::Archived { .. }),
    }
}

/// The channels of a game below its category. Voice channels that are there keep their numbers;
/// after them come those that were there and are gone, so that nobody takes a deletion by hand
/// for a renumbering; fresh ones come last.
pub(crate) fn channel_slots(game: &Game, bindings: &Bindings, guild: &ObservedGuild) -> Vec<Slot> {
    game.layout.slots_preferring(|slot| match bindings.get(&slot) {
        Some(binding) if guild.has_channel(binding.id) => 0,
        Some(_) => 1,
        None => 2,
    })
}

fn seat_grants(seat: &Seat) -> [Grant; 2] {
    let seated = seat.state == SeatState::Seated;
    [
        Grant {
            user: seat.user,
            slot: Slot::PlayerRole,
            wanted: seated,
            has: seat.has_player_role,
        },
        Grant {
            user: seat.user,
            slot: Slot::AdminRole,
            wanted: seat.is_admin,
            has: seat.has_admin_role,
        },
    ]
}

fn player_role(game: &Game) -> RoleSpec {
    RoleSpec {
        name: game.plain_title(),
        colour: game.colour.map_or(0, crate::Colour::value),
        mentionable: false,
    }
}

fn admin_role(game: &Game) -> RoleSpec {
    RoleSpec { name: format!("{} Admin", game.name), colour: 0, mentionable: false }
}

fn channel(game: &Game, slot: Slot, has_news: bool, held: Permissions) -> ChannelSpec {
    let (kind, name) = match slot {
        Slot::Category => (ChannelKind::Category, game.plain_title()),
        // Without the guild feature an announcement channel is a text channel for admins.
        Slot::Announcements if has_news => (ChannelKind::Announcement, "announcements".to_owned()),
        Slot::Announcements => (ChannelKind::Text, "announcements".to_owned()),
        Slot::Chat => (ChannelKind::Text, "chat".to_owned()),
        Slot::LookingForGroup => (ChannelKind::Text, "looking-for-group".to_owned()),
        Slot::Forum => (ChannelKind::Forum, "forum".to_owned()),
        Slot::Voice(n) => (ChannelKind::Voice, format!("Voice {n}")),
        Slot::PlayerRole | Slot::AdminRole => unreachable!("roles are not channels"),
    };
    let topic = (slot == Slot::Chat && !game.description.is_empty())
        .then(|| game.description.as_str().to_owned());
    ChannelSpec {
        kind,
        name,
        topic,
        in_category: slot != Slot::Category,
        overwrites: access::overwrites(game, slot, held),
    }
}
