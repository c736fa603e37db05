//! Words that are stored and come back.

use std::collections::BTreeSet;

use domain::{
    DriftPolicy, Layout, Locale, Phase, SeatState, Slot,
    audit::{AuditKind, Outcome},
    plan::{Problem, Room},
};
use proptest::prelude::*;

use crate::world::{EVERYTHING, a_game, a_guild};

#[test]
fn slots_have_one_text_each() {
    let slots = [
        (Slot::PlayerRole, "role:player"),
        (Slot::AdminRole, "role:admin"),
        (Slot::Category, "category"),
        (Slot::Announcements, "channel:announcements"),
        (Slot::Chat, "channel:chat"),
        (Slot::LookingForGroup, "channel:lfg"),
        (Slot::Forum, "channel:forum"),
        (Slot::Voice(1), "channel:voice-1"),
        (Slot::Voice(255), "channel:voice-255"),
    ];
    for (slot, text) in slots {
        assert_eq!(slot.to_string(), text);
        assert_eq!(text.parse(), Ok(slot));
    }
    let others = ["", "role", "Category", "channel:voice-", "channel:voice-0", "channel:voice-+1"];
    for text in others.into_iter().chain(["channel:voice-01", "channel:voice-256"]) {
        assert!(text.parse::<Slot>().is_err(), "{text}");
    }
}

#[test]
fn audit_words_come_back() {
    let words: BTreeSet<&str> = AuditKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(words.len(), AuditKind::ALL.len());
    for kind in AuditKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
        assert_eq!(kind.to_string(), kind.as_str());
    }
    assert!("game_eaten".parse::<AuditKind>().is_err());
    for outcome in [Outcome::Pending, Outcome::Done, Outcome::Failed, Outcome::Refused] {
        assert_eq!(outcome.as_str().parse(), Ok(outcome));
    }
    assert!("eaten".parse::<Outcome>().is_err());
}

#[test]
fn phases_and_seats_have_their_words() {
    assert_eq!(Phase::Active.as_str(), "active");
    assert_eq!(Phase::Archived { release_channels: true }.as_str(), "archived");
    assert_eq!(Phase::Deleted.as_str(), "deleted");
    let seats = [SeatState::Requested, SeatState::Seated, SeatState::Left];
    assert_eq!(seats.map(SeatState::as_str), ["requested", "seated", "left"]);
}

#[test]
fn german_is_german_and_the_rest_english() {
    for code in ["de", "de-AT"] {
        assert_eq!(Locale::from_discord(code), Locale::De);
    }
    for code in ["en-US", "fr", "", "den"] {
        assert_eq!(Locale::from_discord(code), Locale::En);
    }
}

/// They are stored with every binding: another value would make every game look freshly wished.
#[test]
fn fingerprints_are_the_same_in_every_build() {
    let world = a_guild().playing(a_game("Chess"));
    let desired = world.desired();
    let roles = desired.roles.iter().map(|(slot, spec)| (slot, spec.fingerprint()));
    let channels = desired.channels.iter().map(|(slot, spec)| (slot, spec.fingerprint()));
    let lines = roles.chain(channels).map(|(slot, fingerprint)| format!("{slot} {fingerprint}\n"));
    insta::assert_snapshot!(lines.collect::<String>(), @r#"
    role:player 1024847404290368085
    role:admin -8465365465132674460
    category -428532546422879544
    channel:chat 5447537236672451752
    channel:voice-1 -1517851668619856952
    "#);
}

#[test]
fn room_is_what_the_limits_leave() {
    let mut world = a_guild();
    let room = Room::of(&world.guild);
    assert_eq!(room, Room { roles: 250 - 3, channels: 500 - 2 });
    assert_eq!(room.games(&Layout::SIMPLE), 123, "roles run out first");
    assert_eq!(room.games(&EVERYTHING), 49, "channels run out first");
    world.fill(249, 499, 0);
    assert_eq!(Room::of(&world.guild).games(&Layout::SIMPLE), 0);
    world.fill(300, 600, 0);
    assert_eq!(Room::of(&world.guild), Room { roles: 0, channels: 0 });
}

proptest! {
    #[test]
    fn layouts_keep_the_voice_channels_that_are_there(
        layout in crate::arbitrary::layouts(),
        there in any::<[bool; 5]>(),
    ) {
        let is_there = |slot| matches!(slot, Slot::Voice(n) if there[usize::from(n) - 1]);
        let slots = layout.slots_keeping(is_there);
        prop_assert_eq!(slots.len() + 1, layout.channel_count());
        let voices: Vec<Slot> = slots.into_iter().filter(|s| matches!(s, Slot::Voice(_))).collect();
        prop_assert!(voices.is_sorted());
        let kept = voices.iter().filter(|slot| is_there(**slot)).count();
        let all = there.iter().filter(|is| **is).count();
        prop_assert_eq!(kept, all.min(usize::from(layout.voice)));
    }
}

#[test]
fn a_guild_starts_with_repair_and_the_simple_layout() {
    let settings = domain::GuildSettings::new(crate::world::GUILD);
    assert_eq!(settings.drift_policy, DriftPolicy::Repair);
    assert_eq!(settings.default_layout.slots(), [Slot::Chat, Slot::Voice(1)]);
}

#[test]
fn limits_of_discord_are_told_from_what_room_does_not_help() {
    let (needed, left) = (2, 1);
    assert!(Problem::RolesFull { needed, left }.is_room());
    assert!(Problem::ChannelsFull { needed, left }.is_room());
    assert!(Problem::CategoryFull { needed, left }.is_room());
    let slot = Slot::Category;
    assert!(!Problem::RoleAboveBot { slot }.is_room());
    assert!(!Problem::ChangedByHand { slot, deleted: true }.is_room());
}
