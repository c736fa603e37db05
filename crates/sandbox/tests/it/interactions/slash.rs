//! Slash commands as the client checks them.

use sandbox::actor::{NO_OPTIONS, OptionValue};
use sandbox::world::{ChannelKind, Permissions};
use serde_json::{Value, json};

use super::stage::Stage;

fn games() -> Value {
    let choices = json!([{"name": "Chess", "value": "c"}, {"name": "Go", "value": "g"}]);
    json!([{"name": "game", "description": "Games", "options": [
        {"type": 1, "name": "create", "description": "Make one", "options": [
            {"type": 3, "name": "name", "description": "Name", "required": true, "min_length": 2, "max_length": 5},
            {"type": 3, "name": "kind", "description": "Kind", "choices": choices},
            {"type": 4, "name": "seats", "description": "Seats", "min_value": 1, "max_value": 8},
            {"type": 5, "name": "open", "description": "Open"},
            {"type": 6, "name": "host", "description": "Host"},
            {"type": 7, "name": "room", "description": "Room", "channel_types": [2]},
            {"type": 8, "name": "role", "description": "Role"},
        ]},
        {"type": 2, "name": "admin", "description": "Admin", "options": [
            {"type": 1, "name": "reset", "description": "Reset"}]},
    ]}])
}

#[tokio::test]
async fn options_are_checked_and_converted_as_the_client_does() {
    let stage = Stage::new().await;
    stage.register(games()).await;
    let lounge = stage.guild.owner().create_channel(ChannelKind::Voice, "Lounge", None).unwrap();
    let good = stage.alice.slash(
        "game create",
        [
            ("name", OptionValue::from("Blitz")),
            ("kind", "Chess".into()),
            ("seats", "4".into()),
            ("open", true.into()),
            ("host", stage.bob.id().into()),
            ("room", lounge.into()),
            ("role", stage.guild.role_id("Player").into()),
        ],
    );
    assert!(good.id().is_some(), "{:?}", good.refusal());
    assert!(stage.alice.slash("game admin reset", NO_OPTIONS).id().is_some());
    let name = || ("name", OptionValue::from("Blitz"));
    for (path, options, why) in [
        ("games", vec![], "there is no command games"),
        ("game", vec![], "/game needs a subcommand"),
        ("game admin", vec![], "/game admin needs a subcommand"),
        ("game drop", vec![], "/game has no subcommand drop"),
        ("game create", vec![], "option name is required"),
        ("game create", vec![name(), name()], "option name is there twice"),
        ("game create", vec![name(), ("size", "1".into())], "/game create has no option size"),
        (
            "game create",
            vec![name(), ("kind", "Poker".into())],
            "option kind has no choice \"Poker\"",
        ),
        (
            "game create",
            vec![name(), ("seats", "many".into())],
            "option seats wants an integer, not \"many\"",
        ),
        (
            "game create",
            vec![name(), ("seats", 9.into())],
            "option seats wants a value of at most 8, not \"9\"",
        ),
        (
            "game create",
            vec![("name", "x".into())],
            "option name wants a length of at least 2, not \"x\"",
        ),
        ("game create", vec![name(), ("host", "1".into())], "there is no User 1 to pick"),
    ] {
        assert_eq!(stage.alice.slash(path, options).refusal(), Some(why));
    }
    let general = stage.guild.channel_id("general");
    let wrong = stage.alice.slash("game create", [name(), ("room", general.into())]);
    assert_eq!(wrong.refusal(), Some("channel general has a type that is not offered"));
    let not_typed = stage.alice.autocomplete("game create", [("name", "x")], "name");
    assert_eq!(not_typed.refusal(), Some("option name has no autocomplete"));
}

#[tokio::test]
async fn commands_are_offered_to_those_who_may_use_them() {
    let stage = Stage::new().await;
    stage
        .register(json!([
            {"name": "all", "description": "x"},
            {"name": "managers", "description": "x", "default_member_permissions": "32"},
            {"name": "admins", "description": "x", "default_member_permissions": "0"},
            {"name": "private", "description": "x", "contexts": [1]},
        ]))
        .await;
    let owner = stage.guild.owner();
    let offered = |name: &str| stage.bob.slash(name, NO_OPTIONS).id().is_some();
    assert!(offered("all") && !offered("managers") && !offered("admins") && !offered("private"));
    let manager = owner.create_role("Manager", Permissions::MANAGE_GUILD).unwrap();
    owner.give_role(stage.bob.id(), manager).unwrap();
    assert!(offered("managers") && !offered("admins"));
    assert!(owner.slash("admins", NO_OPTIONS).id().is_some());
    // A timeout, a denied permission or a bot that is gone ends it for everyone.
    owner.time_out(stage.alice.id(), std::time::Duration::from_mins(1)).unwrap();
    let general = stage.guild.channel_id("general");
    assert_eq!(
        stage.alice.at(general).slash("all", NO_OPTIONS).refusal(),
        Some("you may not use application commands here")
    );
    owner.kick_bot().unwrap();
    assert!(!offered("all"));
}

#[tokio::test]
async fn context_menus_name_their_target() {
    let stage = Stage::new().await;
    stage.register(json!([{"name": "Invite", "type": 2}, {"name": "Report it", "type": 3}])).await;
    let general = stage.guild.channel_id("general");
    let message = stage.bob.say(general, "hello").unwrap();
    assert!(stage.alice.user_command("Invite", stage.bob.id()).id().is_some());
    assert!(stage.alice.at(general).message_command("Report it", message).id().is_some());
    assert!(stage.alice.user_command("Report it", stage.bob.id()).id().is_none());
    assert!(stage.alice.user_command("Invite", sandbox::id::UserId(1)).id().is_none());
}
