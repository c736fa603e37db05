//! The planner on input that makes no sense: it never panics, and never leaves what is ours.

use std::collections::BTreeMap;

use domain::{
    ChannelId, DriftPolicy, Permissions, Slot,
    plan::{
        self, Binding, Bindings, BotStanding, ChannelKind, ChannelSpec, Desired, Grant, Input,
        ObservedChannel, ObservedGuild, ObservedOverwrite, ObservedRole, Op, OverwriteKind,
        OverwriteSpec, Plan, Principal, RoleSpec,
    },
};
use proptest::{
    collection::{btree_map, vec},
    prelude::*,
    sample::select,
};
use twilight_model::id::Id;

use crate::{
    arbitrary::{POLICIES, games},
    world::a_seat,
};

const SLOTS: [Slot; 9] = [
    Slot::PlayerRole,
    Slot::AdminRole,
    Slot::Category,
    Slot::Announcements,
    Slot::Chat,
    Slot::LookingForGroup,
    Slot::Forum,
    Slot::Voice(1),
    Slot::Voice(200),
];

const KINDS: [ChannelKind; 6] = [
    ChannelKind::Text,
    ChannelKind::Voice,
    ChannelKind::Category,
    ChannelKind::Announcement,
    ChannelKind::Forum,
    ChannelKind::Other,
];

/// Few enough ids that things meet, and the extremes.
fn ids() -> impl Strategy<Value = u64> {
    prop_oneof![9 => 1..24_u64, 1 => select(vec![0, u64::MAX])]
}

fn real_ids() -> impl Strategy<Value = u64> {
    ids().prop_map(|id| id.max(1))
}

fn permissions() -> impl Strategy<Value = Permissions> {
    prop_oneof![
        any::<u64>().prop_map(Permissions::from_bits_truncate),
        Just(Permissions::empty()),
        Just(plan::access::NEEDED),
        Just(Permissions::ADMINISTRATOR),
    ]
}

prop_compose! {
    fn roles()(
        name in ".{0,3}", colour: u32, position: i64, permissions in permissions(),
        managed: bool, mentionable: bool,
    ) -> ObservedRole {
        ObservedRole { name: name.into(), colour, position, permissions, managed, mentionable }
    }
}

prop_compose! {
    fn overwrites()(
        id in ids(), is_role: bool, allow in permissions(), deny in permissions(),
    ) -> ObservedOverwrite {
        let kind = if is_role { OverwriteKind::Role } else { OverwriteKind::Member };
        ObservedOverwrite { id, kind, allow, deny }
    }
}

prop_compose! {
    fn channels()(
        kind in select(&KINDS[..]), name in ".{0,3}", topic in proptest::option::of(".{0,3}"),
        parent in proptest::option::of(real_ids()), position: i32,
        overwrites in vec(overwrites(), 0..4),
    ) -> ObservedChannel {
        let (name, topic, parent) = (name.into(), topic.map(Into::into), parent.map(Id::new));
        ObservedChannel { kind, name, topic, parent, position, overwrites: overwrites.into() }
    }
}

prop_compose! {
    fn guilds()(
        id in real_ids(), user in real_ids(), owner in real_ids(), has_news: bool,
        bot_roles in vec(real_ids(), 0..3),
        roles in btree_map(real_ids().prop_map(Id::new), roles(), 0..12),
        channels in btree_map(real_ids().prop_map(Id::new), channels(), 0..12),
    ) -> ObservedGuild {
        ObservedGuild {
            id: Id::new(id),
            name: "".into(),
            bot: BotStanding { user: Id::new(user), roles: bot_roles.into_iter().map(Id::new).collect() },
            roles,
            channels,
            emojis: [].into(),
            has_news,
            owner: Id::new(owner),
        }
    }
}

fn bindings() -> impl Strategy<Value = Bindings> {
    let binding = (ids(), proptest::option::of(0..3_i64));
    let binding = binding.prop_map(|(id, applied)| Binding { id, applied });
    btree_map(select(&SLOTS[..]), binding, 0..9)
}

/// Wishes that no game has.
fn nonsense() -> impl Strategy<Value = Desired> {
    let principals = vec![Principal::Everyone, Principal::Bot];
    let principals: Vec<_> = principals.into_iter().chain(SLOTS.map(Principal::Role)).collect();
    let overwrite = (select(principals), permissions(), permissions());
    let overwrite =
        overwrite.prop_map(|(principal, allow, deny)| OverwriteSpec { principal, allow, deny });
    let role = (select(&SLOTS[..]), ".{0,3}", any::<u32>(), any::<bool>()).prop_map(
        |(slot, name, colour, mentionable)| (slot, RoleSpec { name, colour, mentionable }),
    );
    let channel = (
        select(&SLOTS[..]),
        select(&KINDS[..]),
        ".{0,3}",
        proptest::option::of(".{0,3}"),
        any::<bool>(),
        vec(overwrite, 0..4),
    );
    let channel = channel.prop_map(|(slot, kind, name, topic, in_category, overwrites)| {
        (slot, ChannelSpec { kind, name, topic, in_category, overwrites })
    });
    let grant = (real_ids(), select(&SLOTS[..]), any::<[bool; 2]>());
    let grant = grant.prop_map(|(user, slot, [wanted, has])| Grant {
        user: Id::new(user),
        slot,
        wanted,
        has,
    });
    (vec(role, 0..4), vec(channel, 0..8), vec(grant, 0..4), any::<bool>()).prop_map(
        |(roles, channels, grants, out_of_the_way)| Desired {
            roles,
            channels,
            grants,
            out_of_the_way,
        },
    )
}

/// Panics when a step names what is not bound to its slot, or waits for a later one.
fn check(plan: &Plan, bindings: &BTreeMap<Slot, Binding>, archive: &[ChannelId]) {
    for (index, step) in plan.steps.iter().enumerate() {
        assert!(step.after.iter().all(|earlier| *earlier < index));
        let named = match &step.op {
            Op::UpdateRole { id, .. }
            | Op::DeleteRole { id, .. }
            | Op::UpdateChannel { id, .. }
            | Op::SetOverwrite { id, .. }
            | Op::DeleteChannel { id, .. }
            | Op::PlaceCategory { id, .. } => *id,
            _ => continue,
        };
        let slot = step.op.slot().expect("it names a thing of a slot");
        assert_eq!(bindings.get(&slot).map(|binding| binding.id), Some(named));
        if let Op::PlaceCategory { positions, .. } = &step.op {
            let is_ours = |id: u64| id == named || archive.iter().any(|a| a.get() == id);
            assert!(positions.iter().all(|(id, position)| is_ours(*id) && *position >= 0));
        }
    }
}

/// What comes back from storage.
fn stored<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    let json = serde_json::to_string(value).expect("it can be stored");
    serde_json::from_str(&json).expect("it comes back")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_wish_in_any_guild_gives_a_plan_about_ours(
        guild in guilds(),
        bindings in bindings(),
        (nonsense, game) in (nonsense(), games(&crate::arbitrary::PHASES)),
        archive in vec(real_ids().prop_map(Id::new), 0..4),
        policy in select(&POLICIES[..]),
        repair: bool,
    ) {
        let seat = a_seat(5, domain::SeatState::Seated, true);
        let sensible = plan::desired(&game, &[seat], &bindings, &guild);
        for desired in [&nonsense, &sensible] {
            let input = Input { desired, bindings: &bindings, guild: &guild, archive: &archive, policy, repair };
            let plan = plan::plan(&input);
            check(&plan, &bindings, &archive);
            prop_assert_eq!(plan.to_string().is_empty(), plan.is_settled());
            prop_assert_eq!(&plan::plan(&input), &plan);
            prop_assert_eq!(&stored(&plan.steps), &plan.steps);
            prop_assert_eq!(&stored(&plan.problems), &plan.problems);
        }
        prop_assert_eq!(&stored(&game), &game);
        prop_assert_eq!(&stored(&bindings), &bindings);
        let accepted = plan::drift::accepted_deletions(&game, &bindings, &guild, DriftPolicy::Accept);
        prop_assert!(accepted.iter().all(|slot| bindings.contains_key(slot) && slot.is_leaf_channel()));
    }
}
