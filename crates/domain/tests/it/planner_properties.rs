//! The planner against the model, over worlds of all kinds.

use std::collections::BTreeSet;

use domain::{
    DriftPolicy, Phase, Slot,
    plan::{Op, Problem},
};
use proptest::{prelude::*, sample::select};
use twilight_model::id::Id;

use crate::{
    arbitrary::{PHASES, POLICIES, games, guilds, hands, interruptions, living_games, worlds},
    hands::Deed,
    proof::{Foreign, Mismatch},
    world::World,
};

fn settles_completely(world: &mut World) {
    let foreign = Foreign::of(world);
    let last = world.settle();
    assert_eq!(last.problems, [], "nothing stands in the way");
    assert_eq!(world.mismatches(), []);
    assert!(!world.is_misplaced(), "the category stands where it belongs");
    foreign.assert_untouched(world);
}

/// What a guild that wants to be asked should be asked about: everything that is not as wished.
fn to_ask_about(world: &World) -> BTreeSet<(Slot, bool)> {
    let questions = world.mismatches().into_iter().map(|mismatch| match mismatch {
        Mismatch::Missing(slot) => (slot, true),
        Mismatch::Different(slot) => (slot, false),
        other => panic!("nobody did that by hand: {other:?}"),
    });
    questions.collect()
}

fn asked_about(problems: &[Problem]) -> BTreeSet<(Slot, bool)> {
    let questions = problems.iter().map(|problem| match problem {
        Problem::ChangedByHand { slot, deleted } => (*slot, *deleted),
        other => panic!("not a question: {other}"),
    });
    questions.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn whatever_there_is_becomes_what_is_wished(mut world in worlds(&PHASES)) {
        settles_completely(&mut world);
    }

    #[test]
    fn equal_states_give_an_empty_plan(mut world in worlds(&PHASES), policy in select(&POLICIES[..])) {
        world.settle();
        for repair in [false, true] {
            let settled = World { policy, repair, ..world.clone() };
            prop_assert_eq!(settled.plan(), domain::plan::Plan::default());
        }
    }

    #[test]
    fn interrupted_work_is_finished_later(
        mut world in worlds(&PHASES),
        interruptions in interruptions(),
    ) {
        let foreign = Foreign::of(&world);
        world.interrupted(&interruptions);
        foreign.assert_untouched(&world);
        settles_completely(&mut world);
    }

    #[test]
    fn a_new_wish_is_finished_later_under_every_policy(
        world in guilds(),
        (before, after) in (living_games(), games(&PHASES)),
        others in hands(&[&[Deed::AddOverwrite]]),
        interruptions in interruptions(),
        policy in select(&POLICIES[..]),
    ) {
        let mut world = world.playing(before).settled();
        for hand in others {
            world.by_hand(hand);
        }
        let was_down = world.desired().out_of_the_way;
        let was_there = world.id_of(Slot::Category).is_some();
        world.game = after;
        world.policy = policy;
        world.interrupted(&interruptions);
        let last = world.settle();
        prop_assert_eq!(last.problems, []);
        prop_assert_eq!(world.mismatches(), []);
        if was_there && was_down != world.desired().out_of_the_way {
            prop_assert!(!world.is_misplaced());
        }
    }

    #[test]
    fn deletion_leaves_none_of_ours(mut world in worlds(&[Phase::Deleted]), interruptions in interruptions()) {
        let foreign = Foreign::of(&world);
        let ours: Vec<_> = world.bindings.iter().map(|(slot, b)| (*slot, b.id)).collect();
        world.interrupted(&interruptions);
        world.settle();
        for (slot, id) in ours {
            prop_assert!(!world.exists(slot, id), "{} is still there", slot);
        }
        prop_assert!(world.bindings.is_empty());
        foreign.assert_untouched(&world);
    }

    #[test]
    fn a_guild_that_accepts_is_not_fought(
        world in guilds(),
        game in living_games(),
        changes in hands(&[&Deed::CHANGES, &[Deed::DeleteChannel, Deed::MoveCategory]]),
    ) {
        let mut world = world.playing(game).settled().with_policy(DriftPolicy::Accept);
        for hand in changes {
            world.by_hand(hand);
        }
        let after = world.clone();
        world.accept();
        let plan = world.plan();
        prop_assert!(plan.is_settled(), "{}", plan);
        world.settle();
        prop_assert_eq!(&world.guild, &after.guild);
        // The layout has followed.
        let gone = world.desired().channels.iter().any(|(slot, _)| world.id_of(*slot).is_none());
        prop_assert!(!gone);
    }

    #[test]
    fn a_guild_that_accepts_gets_back_what_a_game_can_not_be_without(
        world in guilds(),
        game in games(&PHASES[..2]),
        renamed in hands(&[&[Deed::RenameChannel, Deed::ChangeTopic]]),
        lost in select(&[Slot::PlayerRole, Slot::AdminRole, Slot::Category][..]),
        interruptions in interruptions(),
    ) {
        let mut world = world.playing(game).settled().with_policy(DriftPolicy::Accept);
        let names = |world: &World| -> Vec<_> {
            let named = |slot| world.id_of(slot).map(|id| world.guild.channels[&Id::new(id)].clone());
            world.bindings.keys().copied().filter(|slot| slot.is_leaf_channel()).filter_map(named).map(|c| (c.name, c.topic)).collect()
        };
        for hand in renamed {
            world.by_hand(hand);
        }
        let by_hand = names(&world);
        world.lose(lost);
        world.interrupted(&interruptions);
        let last = world.settle();
        prop_assert_eq!(last.problems, []);
        prop_assert_eq!(names(&world), by_hand);
        // With the names put back, all is as wished: places and permissions are.
        for (slot, spec) in world.desired().channels {
            world.channel(slot).name = spec.name.into();
            world.channel(slot).topic = spec.topic.map(Into::into);
        }
        prop_assert_eq!(world.mismatches(), []);
    }

    #[test]
    fn a_guild_that_wants_to_be_asked_is_asked(
        world in guilds(),
        game in living_games(),
        changes in hands(&[&Deed::CHANGES, &[Deed::DeleteRole, Deed::DeleteChannel, Deed::DeleteCategory]]),
    ) {
        let mut world = world.playing(game).settled().with_policy(DriftPolicy::Ask);
        for hand in changes {
            world.by_hand(hand);
        }
        let plan = world.plan();
        prop_assert_eq!(&plan.steps, &[]);
        let asked = asked_about(&plan.problems);
        prop_assert_eq!(asked.len(), plan.problems.len(), "asked twice: {}", plan);
        prop_assert_eq!(asked, to_ask_about(&world));
        // And when somebody says so, it is put right.
        world.repair = true;
        settles_completely(&mut world);
    }

    #[test]
    fn a_full_guild_is_never_overfilled(
        mut world in worlds(&PHASES),
        (roles, channels, children) in (246..=250_usize, 485..=500_usize, 44..=50_usize),
    ) {
        world.fill(roles, channels, children);
        let foreign = Foreign::of(&world);
        let last = world.settle();
        let is_about_room = |problem: &Problem| match problem {
            Problem::RolesFull { needed, left }
            | Problem::ChannelsFull { needed, left }
            | Problem::CategoryFull { needed, left } => needed > left,
            _ => false,
        };
        prop_assert!(last.problems.iter().all(is_about_room), "{}", last);
        prop_assert_eq!(last.problems.is_empty(), world.mismatches().is_empty());
        foreign.assert_untouched(&world);
    }

    #[test]
    fn roles_above_the_bot_are_left_alone_and_reported(mut world in worlds(&PHASES)) {
        let there = [Slot::PlayerRole, Slot::AdminRole].map(|slot| (slot, world.id_of(slot)));
        for (slot, _) in there.iter().filter(|(_, id)| id.is_some()) {
            world.drag_above_bot(*slot);
        }
        let before = world.guild.roles.clone();
        let last = world.settle();
        for (slot, id) in there.into_iter().filter_map(|(slot, id)| Some((slot, id?))) {
            let id = Id::new(id);
            prop_assert_eq!(&world.guild.roles[&id], &before[&id]);
            // Also where nothing is to be done about it yet: the next grant could not be made.
            prop_assert!(last.problems.contains(&Problem::RoleAboveBot { slot }), "{}", last);
        }
    }

    #[test]
    fn roles_go_last_so_that_nothing_half_deleted_opens_up(mut world in worlds(&[Phase::Deleted])) {
        world.settle();
        let plan = world.plan();
        prop_assert!(plan.steps.is_empty());
        let mut world = world;
        world.game.phase = Phase::Active;
        let mut world = world.settled();
        world.game.phase = Phase::Deleted;
        let plan = world.plan();
        let channels: Vec<usize> = (0..plan.steps.len()).filter(|i| matches!(plan.steps[*i].op, Op::DeleteChannel { .. })).collect();
        for step in plan.steps.iter().filter(|step| matches!(step.op, Op::DeleteRole { .. })) {
            prop_assert!(channels.iter().all(|channel| step.after.contains(channel)));
        }
        prop_assert!(!channels.is_empty());
    }
}
