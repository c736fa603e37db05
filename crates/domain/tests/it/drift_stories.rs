//! What happens when somebody changes a game's roles and channels by hand.

use domain::{
    ChannelId, Description,
    DriftPolicy::{Accept, Ask, Repair},
    Game, Layout, Permissions, Phase, SeatState, Slot,
    plan::drift::accepted_deletions,
};
use insta::assert_snapshot;

use crate::world::{World, a_game, a_guild, a_seat};

fn chess() -> World {
    let layout = Layout { voice: 3, ..Layout::SIMPLE };
    let world = a_guild().playing(Game { layout, ..a_game("Chess") });
    world.with_seat(a_seat(1, SeatState::Seated, false)).settled()
}

#[test]
fn a_deleted_channel_is_made_again() {
    let mut world = chess().with_policy(Repair);
    world.lose(Slot::Chat);
    assert_eq!(world.accept(), []);
    assert_snapshot!(world.plan(), @"1. create text channel “chat”");
}

#[test]
fn a_deleted_channel_is_taken_over_into_the_layout() {
    let mut world = chess().with_policy(Accept);
    world.lose(Slot::Chat);
    assert_eq!(world.accept(), [Slot::Chat]);
    assert_eq!(world.game.layout, Layout { chat: false, voice: 3, ..Layout::SIMPLE });
    assert!(world.plan().is_settled());
}

#[test]
fn a_deleted_channel_is_asked_about() {
    let mut world = chess().with_policy(Ask);
    world.lose(Slot::Chat);
    assert_eq!(world.accept(), []);
    assert_snapshot!(world.plan(), @"! channel:chat was deleted by hand; repair the game or edit its channels");
    world.repair = true;
    assert_snapshot!(world.plan(), @"1. create text channel “chat”");
}

#[test]
fn a_deletion_is_taken_over_while_archived_too() {
    let mut world = chess();
    world.game.phase = Phase::Archived { release_channels: false };
    let mut world = world.settled().with_policy(Accept);
    world.lose(Slot::Voice(1));
    assert_eq!(world.accept(), [Slot::Voice(1)]);
    assert!(world.plan().is_settled());
}

#[test]
fn channels_given_back_do_not_count_as_deleted_by_hand() {
    let mut world = chess();
    world.game.phase = Phase::Archived { release_channels: true };
    let mut world = world.settled().with_policy(Accept);
    assert_eq!(world.accept(), []);
    world.game.phase = Phase::Active;
    assert_eq!(world.accept(), []);
    let world = world.settled();
    assert_eq!(world.game.layout.voice, 3);
    assert_eq!(world.mismatches(), []);
}

#[test]
fn a_channel_deleted_before_the_bot_could_is_forgotten() {
    let mut world = chess().with_policy(Ask);
    world.lose(Slot::Chat);
    world.game.phase = Phase::Archived { release_channels: true };
    assert_eq!(world.plan().forget, [Slot::Chat]);
    let mut world = world.settled();
    world.game.phase = Phase::Active;
    assert_eq!(world.plan().problems, []);
}

#[test]
fn of_three_voice_channels_the_second_goes_and_the_others_stay_as_they_are() {
    let mut world = chess().with_policy(Accept);
    world.lose(Slot::Voice(2));
    let before = world.guild.clone();
    assert_eq!(world.accept(), [Slot::Voice(2)]);
    assert_eq!(world.game.layout.voice, 2);
    assert!(world.plan().is_settled());
    assert_eq!(world.guild, before);
    // A third one takes the free number.
    world.game.layout.voice = 3;
    assert_snapshot!(world.plan(), @"1. create voice channel “Voice 2”");
}

#[test]
fn a_deletion_is_taken_over_once_even_when_its_binding_stays() {
    let mut world = chess().with_policy(Accept);
    world.lose(Slot::Voice(2));
    world.game.layout = world.game.layout.without(Slot::Voice(2));
    let again = accepted_deletions(&world.game, &world.bindings, &world.guild, Accept);
    assert_eq!(again, []);
    let plan = world.plan();
    assert!(plan.is_settled(), "{plan}");
    assert_eq!(plan.forget, [Slot::Voice(2)]);
}

#[test]
fn a_voice_channel_with_a_high_number_is_asked_about_like_any_other() {
    let mut world = chess().with_policy(Accept);
    world.lose(Slot::Voice(2));
    world.accept();
    let mut world = world.with_policy(Ask);
    world.lose(Slot::Voice(3));
    assert_snapshot!(world.plan(), @"! channel:voice-3 was deleted by hand; repair the game or edit its channels");
}

#[test]
fn with_one_voice_channel_less_wished_the_one_that_is_gone_is_given_up() {
    let mut world = chess().with_policy(Repair);
    world.lose(Slot::Voice(1));
    world.game.layout.voice = 2;
    assert!(world.plan().is_settled());
}

#[test]
fn a_changed_channel_is_put_back_left_or_asked_about() {
    let mut world = chess();
    world.channel(Slot::Chat).name = "lounge".into();
    world.channel(Slot::Chat).parent = None;
    world.channel(Slot::Voice(1)).overwrites[1].deny = Permissions::CONNECT;
    assert_snapshot!(world.clone().with_policy(Repair).plan(), @r#"
    1. update channel:chat: name “chat”, back into the category
    2. update channel:voice-1: permissions
    "#);
    assert_snapshot!(world.clone().with_policy(Accept).plan(), @"");
    assert_snapshot!(world.with_policy(Ask).plan(), @r#"
    ! channel:chat was changed by hand; repair the game or leave it
    ! channel:voice-1 was changed by hand; repair the game or leave it
    "#);
}

#[test]
fn a_changed_role_is_put_back_left_or_asked_about() {
    let mut world = chess();
    world.role(Slot::PlayerRole).permissions = Permissions::ADMINISTRATOR;
    world.role(Slot::PlayerRole).mentionable = true;
    world.role(Slot::AdminRole).name = "Grandmaster".into();
    assert_snapshot!(world.clone().with_policy(Repair).plan(), @r#"
    1. update role:player: not mentionable, no guild-wide permissions
    2. update role:admin: name “Chess Admin”
    "#);
    assert_snapshot!(world.clone().with_policy(Accept).plan(), @"");
    assert_snapshot!(world.with_policy(Ask).plan(), @r#"
    ! role:player was changed by hand; repair the game or leave it
    ! role:admin was changed by hand; repair the game or leave it
    "#);
}

#[test]
fn a_deleted_role_comes_back_with_all_that_belongs_to_it() {
    let mut world = chess();
    world.lose(Slot::PlayerRole);
    assert_snapshot!(world.clone().with_policy(Repair).plan(), @r#"
    1. create role “Chess”
    2. update category: permissions
    3. update channel:chat: permissions
    4. update channel:voice-1: permissions
    5. update channel:voice-2: permissions
    6. update channel:voice-3: permissions
    7. give role:player to <@1>
    "#);
    assert_snapshot!(world.clone().with_policy(Accept).plan(), @r#"
    1. create role “Chess”
    2. set permissions of role:player on category
    3. set permissions of role:player on channel:chat
    4. set permissions of role:player on channel:voice-1
    5. set permissions of role:player on channel:voice-2
    6. set permissions of role:player on channel:voice-3
    7. give role:player to <@1>
    "#);
    assert_snapshot!(world.with_policy(Ask).plan(), @"! role:player was deleted by hand; repair the game or edit its channels");
}

#[test]
fn a_deleted_category_comes_back_and_the_channels_go_into_it() {
    let mut world = chess();
    world.lose(Slot::Category);
    world.channel(Slot::Chat).name = "lounge".into();
    assert_snapshot!(world.clone().with_policy(Repair).plan(), @r#"
    1. create category “Chess”
    2. update channel:chat: name “chat”, back into the category
    3. update channel:voice-1: back into the category
    4. update channel:voice-2: back into the category
    5. update channel:voice-3: back into the category
    "#);
    assert_snapshot!(world.clone().with_policy(Accept).plan(), @r#"
    1. create category “Chess”
    2. update channel:chat: back into the category
    3. update channel:voice-1: back into the category
    4. update channel:voice-2: back into the category
    5. update channel:voice-3: back into the category
    "#);
    assert_snapshot!(world.with_policy(Ask).plan(), @r#"
    ! category was deleted by hand; repair the game or edit its channels
    ! channel:chat was changed by hand; repair the game or leave it
    "#);
}

#[test]
fn with_a_role_gone_and_nobody_asked_yet_other_wishes_are_still_followed() {
    let mut world = chess().with_policy(Ask);
    world.lose(Slot::AdminRole);
    world.game.visibility = domain::Visibility::Everyone;
    world.game.layout.forum = true;
    let last = world.settle();
    assert_snapshot!(last, @"! role:admin was deleted by hand; repair the game or edit its channels");
    // A new channel waits for its role; the ones there are have all that can be.
    let missing: Vec<_> = world.mismatches();
    assert_snapshot!(format!("{missing:?}"), @"[Missing(AdminRole), Missing(Forum)]");
}

#[test]
fn a_full_category_is_not_overfilled_by_moving_back() {
    let mut world = chess();
    world.channel(Slot::Chat).parent = None;
    world.fill(0, 200, 50);
    assert_snapshot!(world.plan(), @"! 1 channels needed in the category, room for 0 of 50");
}

#[test]
fn what_is_left_out_for_want_of_room_is_made_up_for_later() {
    let mut world = chess().with_policy(Ask);
    world.channel(Slot::Chat).parent = None;
    world.fill(0, 200, 50);
    world.game.description = Description::parse("Bring a clock.").expect("a good text");
    world.settle();
    assert_eq!(world.channel(Slot::Chat).topic.as_deref(), Some("Bring a clock."));
    // It is the wish that is still open, not somebody's change: nobody is asked.
    let home = world.id_of(Slot::Category).map(ChannelId::new);
    let mut others = world.guild.channels.values_mut();
    others.find(|channel| &*channel.name == "filler").expect("one in the way").parent = None;
    assert!(world.guild.channels.values().filter(|channel| channel.parent == home).count() < 50);
    assert_snapshot!(world.plan(), @"1. update channel:chat: back into the category");
}

#[test]
fn a_channel_left_out_does_not_show_what_is_wished() {
    let mut world = chess();
    world.channel(Slot::Chat).parent = None;
    world.fill(0, 200, 50);
    for binding in world.bindings.values_mut() {
        binding.applied = None;
    }
    let holds: Vec<Slot> = world.plan().holds.into_iter().map(|(slot, _)| slot).collect();
    assert!(!holds.contains(&Slot::Chat) && holds.contains(&Slot::Voice(1)), "{holds:?}");
}

#[test]
fn overwrites_of_a_role_that_is_gone_are_nobodys() {
    let mut world = chess();
    world.keeps_dead_overwrites = true;
    let gone = world.id_of(Slot::PlayerRole).expect("exists");
    world.lose(Slot::PlayerRole);
    let shows_it = |world: &mut World| {
        world.channel(Slot::Chat).overwrites.iter().any(|overwrite| overwrite.id == gone)
    };
    assert!(shows_it(&mut world));
    assert!(!shows_it(&mut world.settled()));
}
