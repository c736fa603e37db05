//! Selects of every kind.

use sandbox::id::UserId;
use sandbox::world::ChannelKind;
use serde_json::{Value, json};

use super::stage::{Stage, row};

fn options(count: usize) -> Value {
    (0..count).map(|at| json!({"label": format!("Game {at}"), "value": format!("g{at}")})).collect()
}

fn games(count: usize, more: Value) -> Value {
    let mut select =
        json!({"type": 3, "custom_id": "games", "placeholder": "Pick", "options": options(count)});
    for (key, value) in more.as_object().unwrap() {
        select[key] = value.clone();
    }
    json!({"content": "x", "components": [row(json!([select]))]})
}

#[tokio::test]
async fn several_values_of_a_string_select_arrive() {
    let stage = Stage::new().await;
    let message = stage.show(games(5, json!({"min_values": 2, "max_values": 3}))).await;
    let select = message.select("Pick").unwrap();
    assert_eq!((select.min, select.max, select.options.len()), (2, 3, 5));
    assert_eq!(select.options[4].label, "Game 4");
    let reply = stage.bob.select(&message, "games", &["g1", "g4"]);
    assert!(reply.id().is_some());
    for (values, why) in [
        (vec!["g1"], "the select takes 2 to 3 values, not 1"),
        (vec!["g0", "g1", "g2", "g3"], "the select takes 2 to 3 values, not 4"),
        (vec!["g1", "g9"], "the select has no option g9"),
        (vec!["g1", "g1"], "g1 is picked twice"),
    ] {
        assert_eq!(stage.bob.select(&message, "games", &values).refusal(), Some(why));
    }
    assert_eq!(
        stage.bob.select(&message, "other", &["g1"]).refusal(),
        Some("the message has no select other")
    );
    assert_eq!(
        stage.bob.click(&message, "games").refusal(),
        Some("the message has no button games")
    );
}

#[tokio::test]
async fn users_roles_and_channels_are_offered_as_they_exist() {
    let stage = Stage::new().await;
    let owner = stage.guild.owner();
    let voice = owner.create_channel(ChannelKind::Voice, "Lounge", None).unwrap();
    let secret = owner.create_channel(ChannelKind::Text, "secret", None).unwrap();
    owner.hide_channel(secret).unwrap();
    let select = |kind: u8, more: Value| {
        let mut select = json!({"type": kind, "custom_id": "pick", "max_values": 5});
        for (key, value) in more.as_object().unwrap() {
            select[key] = value.clone();
        }
        json!({"content": "x", "components": [row(json!([select]))]})
    };
    let users = stage.show(select(5, json!({}))).await;
    let both = [stage.alice.id(), stage.bob.id()];
    assert!(stage.bob.select(&users, "pick", &both).id().is_some());
    assert!(stage.bob.select(&users, "pick", &[UserId(1)]).id().is_none());
    let roles = stage.show(select(6, json!({}))).await;
    let player = stage.guild.role_id("Player");
    assert!(stage.bob.select(&roles, "pick", &[player]).id().is_some());
    assert!(stage.bob.select(&roles, "pick", &both).id().is_none());
    let mixed = stage.show(select(7, json!({}))).await;
    let values = [player.to_string(), stage.bob.id().to_string()];
    assert!(stage.bob.select(&mixed, "pick", &values).id().is_some());
    let channels = stage.show(select(8, json!({"channel_types": [0]}))).await;
    assert!(
        stage.bob.select(&channels, "pick", &[stage.guild.channel_id("general")]).id().is_some()
    );
    let hidden = stage.bob.select(&channels, "pick", &[secret]);
    assert_eq!(hidden.refusal(), Some(format!("there is no Channel {secret} to pick").as_str()));
    let wrong = stage.bob.select(&channels, "pick", &[voice]);
    assert_eq!(wrong.refusal(), Some("channel Lounge has a type that is not offered"));
}

#[tokio::test]
async fn broken_selects_are_refused_with_discords_errors() {
    let stage = Stage::new().await;
    let long = "x".repeat(151);
    let at = "components.0.components.0";
    let option = |more: Value| {
        let mut option = json!({"label": "a", "value": "a"});
        for (key, value) in more.as_object().unwrap() {
            option[key] = value.clone();
        }
        games(1, json!({"options": [option]}))
    };
    let twice = json!([{"label": "a", "value": "a"}, {"label": "b", "value": "a"}]);
    let chosen = json!([
        {"label": "a", "value": "a", "default": true}, {"label": "b", "value": "b", "default": true}]);
    let cases = [
        (games(0, json!({})), "options", "BASE_TYPE_BAD_LENGTH"),
        (games(26, json!({})), "options", "BASE_TYPE_BAD_LENGTH"),
        (games(2, json!({"max_values": 3})), "options", "BASE_TYPE_BAD_LENGTH"),
        (games(2, json!({"options": null})), "options", "BASE_TYPE_REQUIRED"),
        (games(2, json!({"placeholder": long})), "placeholder", "BASE_TYPE_MAX_LENGTH"),
        (games(2, json!({"custom_id": null})), "custom_id", "BASE_TYPE_REQUIRED"),
        (games(2, json!({"min_values": 26})), "min_values", "NUMBER_TYPE_MAX"),
        (games(2, json!({"max_values": 0})), "max_values", "NUMBER_TYPE_MIN"),
        (games(2, json!({"min_values": 2, "max_values": 1})), "max_values", "NUMBER_TYPE_MIN"),
        (option(json!({"label": long})), "options.0.label", "BASE_TYPE_BAD_LENGTH"),
        (option(json!({"value": ""})), "options.0.value", "BASE_TYPE_BAD_LENGTH"),
        (option(json!({"value": null})), "options.0.value", "BASE_TYPE_REQUIRED"),
        (option(json!({"description": long})), "options.0.description", "BASE_TYPE_MAX_LENGTH"),
        (
            option(json!({"emoji": {"name": "x"}})),
            "options.0.emoji",
            "BUTTON_COMPONENT_INVALID_EMOJI",
        ),
        (
            games(2, json!({"options": twice})),
            "options.1",
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        ),
        (games(2, json!({"options": chosen})), "", "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"),
    ];
    for (data, path, code) in cases {
        stage.refused(4, data, &format!("{at}.{path}"), code).await;
    }
    let user =
        json!({"type": 5, "custom_id": "u", "default_values": [{"id": "1", "type": "role"}]});
    let data = json!({"content": "x", "components": [row(json!([user]))]});
    stage.refused(4, data, &format!("{at}.default_values.0.type"), "BASE_TYPE_CHOICES").await;
    assert!(stage.sandbox.violations().is_empty(), "{:?}", stage.sandbox.violations());
}
