//! What people may do in a game's channels.

use domain::{Game, Permissions, Phase, RoleId, Slot, Visibility, plan::access};
use insta::assert_snapshot;

use crate::world::{EVERYTHING, OWNER, World, a_game, a_guild, a_role};

const ARCHIVED: Phase = Phase::Archived { release_channels: false };

#[test]
fn what_a_bot_must_hold_is_the_core_of_the_invite() {
    assert_eq!(access::NEEDED, Permissions::from_bits_retain(269_569_040));
    assert!(access::WANTED.contains(access::NEEDED));
    let forbidden = Permissions::ADMINISTRATOR | Permissions::MENTION_EVERYONE;
    assert!(!access::WANTED.intersects(forbidden));
}

#[test]
fn the_bot_ranks_above_what_stands_below_it_and_is_younger_at_the_same_height() {
    let mut world = a_guild();
    for (id, position) in [(299, 50), (302, 50), (303, 49), (298, 49), (304, 51)] {
        world.guild.roles.insert(RoleId::new(id), a_role("other", position, access::NEEDED));
    }
    let outranked = [298, 299, 301, 302, 303, 304, 999]
        .map(|id| (id, world.guild.bot_outranks(RoleId::new(id))));
    let expected = [
        (298, true),
        (299, false),
        (301, false), // its own
        (302, true),
        (303, true),
        (304, false),
        (999, true), // no longer there
    ];
    assert_eq!(outranked, expected);
    world.guild.owner = world.guild.bot.user;
    assert!(world.guild.bot_outranks(RoleId::new(304)), "owners outrank all");
    world.guild.owner = OWNER;
    world.guild.bot.roles.clear();
    assert!(!world.guild.bot_outranks(RoleId::new(298)), "without a role it outranks none");
}

#[test]
fn administrators_and_owners_hold_everything() {
    let few = a_guild().with_bot_holding(Permissions::VIEW_CHANNEL);
    assert_eq!(few.guild.bot_permissions(), Permissions::VIEW_CHANNEL);
    let admin = a_guild().with_bot_holding(Permissions::ADMINISTRATOR);
    assert_eq!(admin.guild.bot_permissions(), Permissions::all());
    let mut owner = few;
    owner.guild.owner = owner.guild.bot.user;
    assert_eq!(owner.guild.bot_permissions(), Permissions::all());
    let from_everyone = a_guild().guild;
    assert!(from_everyone.bot_permissions().contains(Permissions::SEND_MESSAGES));
}

/// A wished channel's overwrites, a line for each.
fn overwrites(world: &World, slot: Slot) -> String {
    let desired = world.desired();
    let (_, spec) = desired.channels.iter().find(|(s, _)| *s == slot).expect("wished");
    let names = |bits| domain::plan::step::permission_names(bits).join(" ");
    let lines = spec.overwrites.iter().map(|o| {
        format!("{}: + {}\n{}: - {}\n", o.principal, names(o.allow), o.principal, names(o.deny))
    });
    lines.collect()
}

#[test]
fn a_members_only_game_is_hidden_from_the_start() {
    assert_snapshot!(overwrites(&a_guild().playing(a_game("Chess")), Slot::Voice(1)), @r#"
    everyone: + 
    everyone: - ADD_REACTIONS STREAM VIEW_CHANNEL SEND_MESSAGES EMBED_LINKS ATTACH_FILES CONNECT SPEAK USE_VAD CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS
    role:player: + ADD_REACTIONS STREAM VIEW_CHANNEL SEND_MESSAGES EMBED_LINKS ATTACH_FILES READ_MESSAGE_HISTORY CONNECT SPEAK USE_VAD CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS
    role:player: - 
    role:admin: + ADD_REACTIONS STREAM VIEW_CHANNEL SEND_MESSAGES MANAGE_MESSAGES EMBED_LINKS ATTACH_FILES READ_MESSAGE_HISTORY CONNECT SPEAK MUTE_MEMBERS DEAFEN_MEMBERS MOVE_MEMBERS USE_VAD MANAGE_THREADS CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS PIN_MESSAGES
    role:admin: - 
    the bot: + MANAGE_CHANNELS VIEW_CHANNEL SEND_MESSAGES EMBED_LINKS READ_MESSAGE_HISTORY CONNECT
    the bot: -
    "#);
}

#[test]
fn everyone_looks_on_where_the_game_is_open_to_all() {
    let game = Game { visibility: Visibility::Everyone, layout: EVERYTHING, ..a_game("Chess") };
    let world = a_guild().playing(game);
    assert_snapshot!(overwrites(&world, Slot::Chat), @r#"
    everyone: + VIEW_CHANNEL READ_MESSAGE_HISTORY
    everyone: - ADD_REACTIONS STREAM SEND_MESSAGES EMBED_LINKS ATTACH_FILES CONNECT SPEAK USE_VAD CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS
    role:player: + ADD_REACTIONS STREAM VIEW_CHANNEL SEND_MESSAGES EMBED_LINKS ATTACH_FILES READ_MESSAGE_HISTORY CONNECT SPEAK USE_VAD CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS
    role:player: - 
    role:admin: + ADD_REACTIONS STREAM VIEW_CHANNEL SEND_MESSAGES MANAGE_MESSAGES EMBED_LINKS ATTACH_FILES READ_MESSAGE_HISTORY CONNECT SPEAK MUTE_MEMBERS DEAFEN_MEMBERS MOVE_MEMBERS USE_VAD MANAGE_THREADS CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS PIN_MESSAGES
    role:admin: - 
    the bot: + MANAGE_CHANNELS VIEW_CHANNEL SEND_MESSAGES EMBED_LINKS READ_MESSAGE_HISTORY CONNECT
    the bot: -
    "#);
    assert_snapshot!(overwrites(&world, Slot::Announcements), @r#"
    everyone: + VIEW_CHANNEL READ_MESSAGE_HISTORY
    everyone: - ADD_REACTIONS STREAM SEND_MESSAGES EMBED_LINKS ATTACH_FILES CONNECT SPEAK USE_VAD CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS
    role:player: + ADD_REACTIONS VIEW_CHANNEL READ_MESSAGE_HISTORY
    role:player: - STREAM SEND_MESSAGES EMBED_LINKS ATTACH_FILES CONNECT SPEAK USE_VAD CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS
    role:admin: + ADD_REACTIONS STREAM VIEW_CHANNEL SEND_MESSAGES MANAGE_MESSAGES EMBED_LINKS ATTACH_FILES READ_MESSAGE_HISTORY CONNECT SPEAK MUTE_MEMBERS DEAFEN_MEMBERS MOVE_MEMBERS USE_VAD MANAGE_THREADS CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS PIN_MESSAGES
    role:admin: - 
    the bot: + MANAGE_CHANNELS VIEW_CHANNEL SEND_MESSAGES EMBED_LINKS READ_MESSAGE_HISTORY CONNECT
    the bot: -
    "#);
}

#[test]
fn an_archived_game_is_read_only_for_its_admins_too() {
    let world = a_guild().playing(Game { phase: ARCHIVED, ..a_game("Chess") });
    assert_snapshot!(overwrites(&world, Slot::Chat), @r#"
    everyone: + 
    everyone: - ADD_REACTIONS STREAM VIEW_CHANNEL SEND_MESSAGES EMBED_LINKS ATTACH_FILES CONNECT SPEAK USE_VAD CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS
    role:player: + VIEW_CHANNEL READ_MESSAGE_HISTORY
    role:player: - ADD_REACTIONS STREAM SEND_MESSAGES EMBED_LINKS ATTACH_FILES CONNECT SPEAK USE_VAD CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS
    role:admin: + VIEW_CHANNEL READ_MESSAGE_HISTORY
    role:admin: - ADD_REACTIONS STREAM SEND_MESSAGES EMBED_LINKS ATTACH_FILES CONNECT SPEAK USE_VAD CREATE_PUBLIC_THREADS SEND_MESSAGES_IN_THREADS
    the bot: + MANAGE_CHANNELS VIEW_CHANNEL SEND_MESSAGES EMBED_LINKS READ_MESSAGE_HISTORY CONNECT
    the bot: -
    "#);
}

#[test]
fn a_bot_with_few_rights_names_no_others() {
    let held = access::NEEDED - Permissions::EMBED_LINKS;
    let world = a_guild().playing(a_game("Chess")).with_bot_holding(held);
    assert_snapshot!(overwrites(&world, Slot::Chat), @r#"
    everyone: + 
    everyone: - VIEW_CHANNEL SEND_MESSAGES CONNECT
    role:player: + VIEW_CHANNEL SEND_MESSAGES READ_MESSAGE_HISTORY CONNECT
    role:player: - 
    role:admin: + VIEW_CHANNEL SEND_MESSAGES READ_MESSAGE_HISTORY CONNECT
    role:admin: - 
    the bot: + MANAGE_CHANNELS VIEW_CHANNEL SEND_MESSAGES READ_MESSAGE_HISTORY CONNECT
    the bot: -
    "#);
}

/// What somebody with these roles of the game (and no others) may do in a channel, worked out as
/// Discord does.
fn rights(world: &mut World, slot: Slot, roles: &[Slot]) -> Permissions {
    let roles: Vec<u64> = roles.iter().map(|role| world.id_of(*role).expect("exists")).collect();
    let everyone = world.guild.id.get();
    let base = world.guild.roles[&world.guild.id.cast()].permissions | access::WANTED;
    let overwrites = world.channel(slot).overwrites.clone();
    let bits = |of: &dyn Fn(u64) -> bool, allow: bool| {
        let found = overwrites.iter().filter(|o| of(o.id));
        found.fold(Permissions::empty(), |bits, o| bits | if allow { o.allow } else { o.deny })
    };
    let is_everyone = |id| id == everyone;
    let is_role = |id| roles.contains(&id);
    let base = (base - bits(&is_everyone, false)) | bits(&is_everyone, true);
    (base - bits(&is_role, false)) | bits(&is_role, true)
}

#[test]
fn people_can_do_in_channels_what_they_should() {
    const VIEW: Permissions = Permissions::VIEW_CHANNEL;
    const WRITE: Permissions = Permissions::SEND_MESSAGES;
    const TALK: Permissions = Permissions::SPEAK;
    const MODERATE: Permissions = Permissions::MANAGE_MESSAGES;
    let (player, admin) = (&[Slot::PlayerRole][..], &[Slot::PlayerRole, Slot::AdminRole][..]);
    for visibility in [Visibility::Members, Visibility::Everyone] {
        for phase in [Phase::Active, ARCHIVED] {
            let game = Game { visibility, phase, layout: EVERYTHING, ..a_game("Chess") };
            let mut world = a_guild().playing(game).settled();
            let open = phase == Phase::Active;
            let slots: Vec<Slot> =
                world.bindings.keys().copied().filter(|s| !s.is_role()).collect();
            for slot in slots {
                let outside = rights(&mut world, slot, &[]);
                assert_eq!(outside.contains(VIEW), visibility == Visibility::Everyone);
                assert!(!outside.intersects(WRITE | TALK), "nobody outside takes part");
                let inside = rights(&mut world, slot, player);
                assert!(inside.contains(VIEW));
                let may_write = open && slot != Slot::Announcements;
                assert_eq!(inside.contains(WRITE), may_write, "{slot} {phase:?}");
                assert_eq!(inside.contains(TALK), may_write);
                let of_admin = rights(&mut world, slot, admin);
                assert!(of_admin.contains(VIEW));
                assert_eq!(of_admin.contains(WRITE), open, "{slot} {phase:?}");
                let trusted =
                    world.channel(slot).overwrites.iter().any(|o| o.allow.contains(MODERATE));
                assert_eq!(trusted, open, "only admins of open games moderate");
            }
        }
    }
}
