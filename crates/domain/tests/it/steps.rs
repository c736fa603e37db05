//! What a step says of itself to whoever journals it, and in which order a half-done change may be
//! found after a crash.

use domain::{
    Game, SeatState, Slot, Visibility,
    plan::{
        ChannelSpec, Desired, ObservedOverwrite, Op, OverwriteKind, Plan, Problem, RoleSpec, access,
    },
};

use crate::world::{GUILD, OWNER, World, a_game, a_guild, a_seat};

fn specs() -> (RoleSpec, ChannelSpec) {
    let world = a_guild();
    let Desired { roles, channels, .. } = world.desired();
    let (_, role) = roles.into_iter().next().expect("a game has roles");
    let (_, channel) = channels.into_iter().next_back().expect("a game has channels");
    (role, channel)
}

#[test]
fn only_creates_bring_something_new_and_say_what() {
    let (role, channel) = specs();
    let (of_role, of_channel) = (role.fingerprint(), channel.fingerprint());
    let create_role = Op::CreateRole { slot: Slot::AdminRole, spec: role };
    let create_chat = Op::CreateChannel { slot: Slot::Chat, spec: channel.clone() };
    let create_category = Op::CreateChannel { slot: Slot::Category, spec: channel };
    assert!(create_role.creates() && create_chat.creates() && create_category.creates());
    assert_eq!(create_role.made(), Some((Slot::AdminRole, Some(of_role))));
    assert_eq!(create_chat.made(), Some((Slot::Chat, Some(of_channel))));
    // Where it stands among the others, no create says.
    assert_eq!(create_category.made(), Some((Slot::Category, None)));
    for op in [
        Op::DeleteRole { slot: Slot::AdminRole, id: 7 },
        Op::DeleteChannel { slot: Slot::Chat, id: 7 },
        Op::Grant { user: OWNER, slot: Slot::PlayerRole },
    ] {
        assert!(!op.creates() && op.made().is_none(), "{op}");
    }
}

/// Somebody has put an overwrite of their own on the chat; then the game opens up to everyone.
fn with_a_strangers_overwrite() -> World {
    let mut world = a_guild().playing(a_game("Chess")).settled();
    let foreign = ObservedOverwrite {
        id: OWNER.get(),
        kind: OverwriteKind::Member,
        ..world.channel(Slot::Chat).overwrites[0]
    };
    let chat = world.channel(Slot::Chat);
    chat.overwrites = chat.overwrites.iter().copied().chain([foreign]).collect();
    let game = Game { visibility: Visibility::Everyone, ..world.game.clone() };
    world.playing(game)
}

#[test]
fn single_overwrites_count_as_applied_with_the_last_one_only() {
    let world = with_a_strangers_overwrite();
    let desired = world.desired().channels.into_iter().find(|(slot, _)| *slot == Slot::Chat);
    let wish = desired.map(|(_, spec)| spec.fingerprint()).expect("there is a chat");
    let before = world.bindings[&Slot::Chat].applied.expect("it was applied");
    let steps = world.plan().steps.into_iter();
    let applied: Vec<i64> = steps
        .filter_map(|step| match step.op {
            Op::SetOverwrite { slot: Slot::Chat, applied, .. } => Some(applied),
            _ => None,
        })
        .collect();
    assert!(!applied.is_empty(), "the stranger's overwrite is left alone, one by one");
    let (last, rest) = applied.split_last().expect("there is one");
    assert_eq!(*last, wish, "then all of it is applied");
    assert!(rest.iter().all(|applied| *applied == before), "until then it is not: {applied:?}");
}

#[test]
fn a_bot_without_any_role_gives_none_and_says_so() {
    let seated = a_seat(9, SeatState::Seated, false);
    let mut world = a_guild().playing(a_game("Chess")).with_seat(seated);
    world.guild.bot.roles.clear();
    let everyone = world.guild.roles.get_mut(&GUILD.cast()).expect("it is always there");
    everyone.permissions = access::WANTED;
    let plan = world.plan();
    let gives = |plan: &Plan| plan.steps.iter().any(|step| matches!(step.op, Op::Grant { .. }));
    assert!(!gives(&plan), "{plan}");
    assert!(plan.problems.contains(&Problem::RoleAboveBot { slot: Slot::PlayerRole }), "{plan}");
    // Who owns the server needs no role above another.
    world.guild.owner = world.guild.bot.user;
    assert!(gives(&world.plan()));
}
