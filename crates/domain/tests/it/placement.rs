//! Where a game's category stands: archived ones below all in use.

use domain::{
    ChannelId,
    DriftPolicy::{Accept, Ask, Repair},
    Game, Phase, Slot,
    plan::{ChannelKind, Op},
};
use insta::assert_snapshot;

use crate::world::{World, a_channel, a_game, a_guild};

const ARCHIVED: Phase = Phase::Archived { release_channels: false };

/// Chess, whose category stands at `at`, and two other archived games' at 20 and 21.
fn chess(phase: Phase, at: i32) -> World {
    let mut world = a_guild().playing(Game { phase, ..a_game("Chess") }).settled();
    for (id, position) in [(600, 20), (601, 21)] {
        let category = a_channel(ChannelKind::Category, "Old", None, position);
        world.guild.channels.insert(ChannelId::new(id), category);
        world.archive.push(ChannelId::new(id));
    }
    world.channel(Slot::Category).position = at;
    world
}

/// The positions a plan writes.
fn moves(world: &World) -> Vec<(u64, i32)> {
    let steps = world.plan().steps.into_iter();
    let mut moves = steps.filter_map(|step| match step.op {
        Op::PlaceCategory { positions, .. } => Some(positions),
        _ => None,
    });
    moves.next().unwrap_or_default()
}

#[test]
fn a_category_moved_by_hand_stays_unless_repair_is_the_policy() {
    let world = chess(Phase::Active, 40);
    assert_snapshot!(world.clone().with_policy(Repair).plan(), @"1. move the category above the archive");
    assert_snapshot!(world.clone().with_policy(Accept).plan(), @"");
    assert_snapshot!(world.with_policy(Ask).plan(), @"");
}

#[test]
fn a_category_in_use_goes_right_above_the_archive() {
    let world = chess(Phase::Active, 40);
    let own = world.id_of(Slot::Category).expect("exists");
    assert_eq!(moves(&world), [(own, 19)]);
    assert_eq!(moves(&chess(Phase::Active, 3)), []);
}

#[test]
fn where_the_archive_starts_at_the_top_it_makes_room() {
    let mut world = chess(Phase::Active, 40);
    for channel in [600, 601] {
        let old = world.guild.channels.get_mut(&ChannelId::new(channel)).expect("exists");
        old.position = 0;
    }
    let own = world.id_of(Slot::Category).expect("exists");
    assert_eq!(moves(&world), [(own, 0), (600, 1), (601, 1)]);
    assert!(!world.settled().is_misplaced());
}

#[test]
fn an_archived_category_goes_below_those_in_use_and_no_further() {
    let mut world = chess(ARCHIVED, 0);
    let own = world.id_of(Slot::Category).expect("exists");
    let library = a_channel(ChannelKind::Category, "Library", None, 10);
    world.guild.channels.insert(ChannelId::new(602), library);
    assert_eq!(moves(&world), [(own, 11)]);
    // Archived games do not push each other down for ever.
    assert_eq!(moves(&world.settled()), []);
}

#[test]
fn a_category_that_is_still_to_be_moved_does_not_show_what_is_wished() {
    let mut world = chess(Phase::Active, 40).with_policy(Accept);
    world.bindings.get_mut(&Slot::Category).expect("bound").applied = None;
    let plan = world.plan();
    assert_eq!(plan.holds, []);
    // So an interruption before the move does not make it somebody's wish.
    world.apply_some(&plan, &[], 0);
    assert_eq!(world.plan(), plan);
    world.settle();
    assert!(!world.is_misplaced());
}
