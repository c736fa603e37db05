//! What an admin reads before anything happens.

use domain::{
    Colour, Description, Emoji, Game, GameName, Permissions, Phase, SeatState, Slot, Visibility,
    plan::{Op, access},
};
use insta::assert_snapshot;

use crate::world::{EVERYTHING, World, a_channel, a_game, a_guild, a_seat};

const ARCHIVED: Phase = Phase::Archived { release_channels: false };
const RELEASED: Phase = Phase::Archived { release_channels: true };

fn chess() -> World {
    a_guild().playing(a_game("Chess"))
}

/// Chess with three players, one of them a game admin, one of them not here.
fn chess_club() -> World {
    chess()
        .with_seat(a_seat(1, SeatState::Seated, true))
        .with_seat(a_seat(2, SeatState::Seated, false))
        .with_seat(domain::Seat { present: false, ..a_seat(3, SeatState::Seated, false) })
        .with_seat(a_seat(4, SeatState::Requested, false))
}

/// Wishes something else of the game.
fn edit(world: &mut World, edit: impl FnOnce(&mut Game)) {
    edit(&mut world.game);
}

/// The steps with what each waits for, and with their details.
fn in_detail(world: &World) -> String {
    let plan = world.plan();
    let line = |(index, step): (usize, &domain::plan::Step)| {
        let after: Vec<String> = step.after.iter().map(|a| (a + 1).to_string()).collect();
        let after =
            if after.is_empty() { String::new() } else { format!(" after {}", after.join(", ")) };
        format!("{}. {}{after}\n", index + 1, step.op)
    };
    plan.steps.iter().enumerate().map(line).collect()
}

#[test]
fn a_simple_game_is_created() {
    assert_snapshot!(chess().plan(), @r#"
    1. create role “Chess”
    2. create role “Chess Admin”
    3. create category “Chess”
    4. create text channel “chat”
    5. create voice channel “Voice 1”
    "#);
}

#[test]
fn a_game_is_created_in_an_order_that_discord_can_follow() {
    assert_snapshot!(in_detail(&chess_club()), @r#"
    1. create role “Chess”
    2. create role “Chess Admin”
    3. create category “Chess” after 1, 2
    4. create text channel “chat” after 1, 2, 3
    5. create voice channel “Voice 1” after 1, 2, 3
    6. give role:player to <@1> after 1
    7. give role:admin to <@1> after 2
    8. give role:player to <@2> after 1
    "#);
}

#[test]
fn an_advanced_game_has_all_channels_and_is_open_to_lookers() {
    let game = Game {
        emoji: Emoji::parse("🎲", |_| false).ok(),
        colour: Colour::parse("gold").ok(),
        description: Description::parse("Every Monday.").expect("a good text"),
        visibility: Visibility::Everyone,
        layout: EVERYTHING,
        ..a_game("Yahtzee")
    };
    let world = a_guild().playing(game);
    assert_snapshot!(world.plan(), @r#"
    1. create role “🎲 Yahtzee”
    2. create role “Yahtzee Admin”
    3. create category “🎲 Yahtzee”
    4. create announcement channel “announcements”
    5. create text channel “chat”
    6. create text channel “looking-for-group”
    7. create forum channel “forum”
    8. create voice channel “Voice 1”
    9. create voice channel “Voice 2”
    10. create voice channel “Voice 3”
    11. create voice channel “Voice 4”
    12. create voice channel “Voice 5”
    "#);
    let Op::CreateChannel { spec, .. } = &world.plan().steps[4].op else { panic!("a channel") };
    assert_eq!(spec.topic.as_deref(), Some("Every Monday."));
}

#[test]
fn a_settled_game_needs_nothing() {
    assert_snapshot!(chess_club().settled().plan(), @"");
}

#[test]
fn the_name_is_edited() {
    let mut world = chess().settled();
    edit(&mut world, |game| game.name = GameName::parse("Speed Chess").expect("a good name"));
    assert_snapshot!(world.plan(), @r#"
    1. update role:player: name “Speed Chess”
    2. update role:admin: name “Speed Chess Admin”
    3. update category: name “Speed Chess”
    "#);
}

#[test]
fn colour_and_description_are_edited() {
    let mut world = chess().settled();
    edit(&mut world, |game| {
        game.colour = Colour::parse("#ff0000").ok();
        game.description = Description::parse("Bring a clock.").expect("a good text");
    });
    assert_snapshot!(world.plan(), @r#"
    1. update role:player: colour #FF0000
    2. update channel:chat: topic
    "#);
    let mut world = world.settled();
    edit(&mut world, |game| {
        game.colour = None;
        game.description = Description::default();
    });
    assert_snapshot!(world.plan(), @r#"
    1. update role:player: no colour
    2. update channel:chat: no topic
    "#);
}

#[test]
fn the_layout_is_edited() {
    let mut world = chess().settled();
    edit(&mut world, |game| {
        game.layout.chat = false;
        game.layout.forum = true;
        game.layout.voice = 2;
    });
    assert_snapshot!(world.plan(), @r#"
    1. create forum channel “forum”
    2. create voice channel “Voice 2”
    3. delete channel:chat
    "#);
}

#[test]
fn the_game_becomes_visible_to_everyone() {
    let mut world = chess().settled();
    edit(&mut world, |game| game.visibility = Visibility::Everyone);
    assert_snapshot!(world.plan(), @r#"
    1. update category: permissions
    2. update channel:chat: permissions
    3. update channel:voice-1: permissions
    "#);
}

#[test]
fn archived_a_game_is_read_only_and_out_of_the_way() {
    let mut world = chess_club().settled();
    // Another category comes after it.
    let library = a_channel(domain::plan::ChannelKind::Category, "Library", None, 30);
    world.guild.channels.insert(domain::ChannelId::new(600), library);
    edit(&mut world, |game| game.phase = ARCHIVED);
    assert_snapshot!(in_detail(&world), @r#"
    1. move the category to the bottom
    2. update category: permissions after 1
    3. update channel:chat: permissions
    4. update channel:voice-1: permissions
    "#);
    assert!(!world.settled().is_misplaced());
}

#[test]
fn archived_with_release_a_game_gives_its_channels_back() {
    let mut world = chess_club().settled();
    edit(&mut world, |game| game.phase = RELEASED);
    assert_snapshot!(in_detail(&world), @r#"
    1. delete channel:chat
    2. delete channel:voice-1
    3. delete category after 1, 2
    "#);
}

#[test]
fn restored_a_game_opens_again() {
    let mut world = chess_club().settled();
    edit(&mut world, |game| game.phase = ARCHIVED);
    let mut world = world.settled();
    edit(&mut world, |game| game.phase = Phase::Active);
    assert_snapshot!(world.plan(), @r#"
    1. update category: permissions
    2. update channel:chat: permissions
    3. update channel:voice-1: permissions
    "#);
}

#[test]
fn restored_after_release_a_game_gets_new_channels() {
    let mut world = chess_club().settled();
    edit(&mut world, |game| game.phase = RELEASED);
    let mut world = world.settled();
    edit(&mut world, |game| game.phase = Phase::Active);
    assert_snapshot!(world.plan(), @r#"
    1. create category “Chess”
    2. create text channel “chat”
    3. create voice channel “Voice 1”
    "#);
}

#[test]
fn deleted_a_game_goes_from_the_inside_out() {
    let mut world = chess_club().settled();
    edit(&mut world, |game| game.phase = Phase::Deleted);
    assert_snapshot!(in_detail(&world), @r#"
    1. delete channel:chat
    2. delete channel:voice-1
    3. delete category after 1, 2
    4. delete role:player after 1, 2, 3
    5. delete role:admin after 1, 2, 3
    "#);
}

#[test]
fn a_player_leaves_and_another_becomes_an_admin() {
    let mut world = chess_club().settled();
    world.seats[0] = domain::Seat { state: SeatState::Left, is_admin: false, ..world.seats[0] };
    world.seats[1].is_admin = true;
    assert_snapshot!(world.plan(), @r#"
    1. take role:player from <@1>
    2. take role:admin from <@1>
    3. give role:admin to <@2>
    "#);
}

#[test]
fn a_role_above_the_bots_is_left_for_a_person() {
    let mut world = chess_club().settled();
    world.drag_above_bot(Slot::PlayerRole);
    assert_snapshot!(world.plan(), @"! role:player stands above the bot's own role; drag the bot's role higher");
    world.seats[3].state = SeatState::Seated;
    edit(&mut world, |game| game.name = GameName::parse("Go").expect("a good name"));
    assert_snapshot!(world.plan(), @r#"
    1. update role:admin: name “Go Admin”
    2. update category: name “Go”
    ! role:player stands above the bot's own role; drag the bot's role higher
    "#);
}

#[test]
fn without_the_rights_that_matter_nothing_is_tried() {
    let world = chess().with_bot_holding(access::NEEDED - Permissions::MANAGE_ROLES);
    assert_snapshot!(world.plan(), @"! the bot lacks permissions: MANAGE_ROLES");
    let blind = chess().with_bot_holding(access::NEEDED - Permissions::VIEW_CHANNEL);
    assert_snapshot!(blind.plan(), @"! the bot lacks permissions: VIEW_CHANNEL");
}

#[test]
fn without_lesser_rights_players_get_less() {
    let world = chess().with_bot_holding(access::NEEDED - Permissions::EMBED_LINKS);
    assert_snapshot!(world.plan(), @r#"
    1. create role “Chess”
    2. create role “Chess Admin”
    3. create category “Chess”
    4. create text channel “chat”
    5. create voice channel “Voice 1”
    ! the bot lacks permissions: EMBED_LINKS
    "#);
}

#[test]
fn a_full_guild_is_not_overfilled() {
    let mut world = chess();
    world.fill(249, 498, 0);
    assert_snapshot!(world.plan(), @r#"
    ! 2 roles needed, room for 1 of Discord's 250
    ! 3 channels needed, room for 2 of Discord's 500
    "#);
    let mut world = chess();
    world.fill(248, 498, 0);
    assert_snapshot!(world.plan(), @r#"
    1. create role “Chess”
    2. create role “Chess Admin”
    ! 3 channels needed, room for 2 of Discord's 500
    "#);
}

#[test]
fn a_full_category_takes_no_more() {
    let mut world = chess().settled();
    world.fill(0, 100, 50);
    // One moved out makes room for one, and two are to come in.
    world.channel(Slot::Chat).parent = None;
    edit(&mut world, |game| game.layout.forum = true);
    assert_snapshot!(world.plan(), @"! 2 channels needed in the category, room for 1 of 50");
}

#[test]
fn without_news_announcements_are_a_text_channel() {
    let mut world = a_guild().playing(Game { layout: EVERYTHING, ..a_game("Chess") });
    world.guild.has_news = false;
    let text = world.plan().to_string();
    assert!(text.contains("create text channel “announcements”"), "{text}");
    // And when the guild gets the feature, the channel serves as it is.
    let mut world = world.settled();
    world.guild.has_news = true;
    assert_snapshot!(world.plan(), @"");
}

#[test]
fn people_may_let_others_in() {
    let mut world = chess().settled();
    world.let_in(Slot::Chat, 0);
    world.let_in(Slot::Category, 1);
    assert_snapshot!(world.plan(), @"");
    // From then on the bot writes only its own overwrites there.
    edit(&mut world, |game| game.visibility = Visibility::Everyone);
    assert_snapshot!(world.plan(), @r#"
    1. set permissions of everyone on category
    2. set permissions of everyone on channel:chat
    3. update channel:voice-1: permissions
    "#);
    for policy in crate::arbitrary::POLICIES {
        let mut world = world.clone().with_policy(policy);
        world.settle();
        let chat = world.channel(Slot::Chat).overwrites.to_vec();
        assert!(chat.iter().any(|overwrite| world.is_foreign(overwrite)));
        assert_eq!(world.mismatches(), []);
    }
}
