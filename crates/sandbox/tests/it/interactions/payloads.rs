//! What the bot is told, as a real client library reads it.

use sandbox::actor::{Filled, OptionValue};
use serde_json::json;
use twilight_gateway::{Event, Intents};
use twilight_model::application::command::CommandOptionType;
use twilight_model::application::interaction::application_command::CommandOptionValue;
use twilight_model::application::interaction::modal::ModalInteractionComponent;
use twilight_model::application::interaction::{Interaction, InteractionData};

use super::stage::{Stage, row};
use crate::bot::Bot;

async fn next(bot: &mut Bot) -> Interaction {
    bot.wait(|event| if let Event::InteractionCreate(call) = event { Some(call.0) } else { None })
        .await
}

async fn start(stage: &Stage) -> Bot {
    let mut bot = Bot::start(&stage.sandbox, Intents::GUILDS).await;
    bot.wait(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
    bot
}

#[tokio::test]
async fn slash_options_come_nested_and_resolved() {
    let stage = Stage::new().await;
    stage
        .register(json!([{"name": "game", "description": "x", "options": [{"type": 1, "name": "host", "description": "x",
            "options": [{"type": 6, "name": "who", "description": "x"}, {"type": 7, "name": "room", "description": "x"},
                {"type": 8, "name": "role", "description": "x"}]}]}]))
        .await;
    let mut bot = start(&stage).await;
    let (room, role) = (stage.guild.channel_id("general"), stage.guild.role_id("Player"));
    stage.alice.slash(
        "game host",
        [("who", OptionValue::from(stage.bob.id())), ("room", room.into()), ("role", role.into())],
    );
    let call = next(&mut bot).await;
    assert_eq!(call.guild_id.unwrap().get(), stage.guild.id().0);
    assert_eq!(call.channel.unwrap().id.get(), room.0);
    assert!(call.member.unwrap().permissions.is_some());
    let Some(InteractionData::ApplicationCommand(data)) = call.data else { panic!("no command") };
    let CommandOptionValue::SubCommand(options) = &data.options[0].value else { panic!("no sub") };
    assert_eq!(options[0].value.kind(), CommandOptionType::User);
    let resolved = data.resolved.unwrap();
    let bob = twilight_model::id::Id::new(stage.bob.id().0);
    assert_eq!(resolved.users[&bob].name, "bob");
    assert!(resolved.members[&bob].roles.is_empty());
    assert_eq!(resolved.roles.values().next().unwrap().name, "Player");
    assert_eq!(resolved.channels.values().next().unwrap().name, "general");
}

#[tokio::test]
async fn selects_come_with_values_and_resolved_users() {
    let stage = Stage::new().await;
    let mut bot = start(&stage).await;
    let select = json!({"type": 5, "custom_id": "who", "max_values": 2});
    let message = stage.show(json!({"content": "x", "components": [row(json!([select]))]})).await;
    next(&mut bot).await;
    stage.bob.select(&message, "who", &[stage.alice.id(), stage.bob.id()]);
    let call = next(&mut bot).await;
    assert_eq!(call.message.unwrap().id.get(), message.id.0);
    let Some(InteractionData::MessageComponent(data)) = call.data else { panic!("no component") };
    assert_eq!(data.values.len(), 2);
    assert_eq!(data.resolved.unwrap().users.len(), 2);
}

#[tokio::test]
async fn modals_come_back_with_labels_and_all_values() {
    let stage = Stage::new().await;
    let mut bot = start(&stage).await;
    let text = json!({"type": 4, "style": 2, "custom_id": "why"});
    let who = json!({"type": 5, "custom_id": "who", "max_values": 2});
    let modal = stage
        .open(json!({"custom_id": "m", "title": "M", "components": [
            {"type": 18, "label": "Why", "component": text}, {"type": 18, "label": "Who", "component": who}]}))
        .await;
    next(&mut bot).await;
    let both = [stage.alice.id(), stage.bob.id()];
    stage.alice.submit(&modal, [("why", Filled::from("fun")), ("who", Filled::from(both))]);
    let Some(InteractionData::ModalSubmit(data)) = next(&mut bot).await.data else {
        panic!("no modal")
    };
    assert_eq!(data.custom_id, "m");
    let ModalInteractionComponent::Label(label) = &data.components[0] else { panic!("no label") };
    let ModalInteractionComponent::TextInput(input) = &*label.component else { panic!("no text") };
    assert_eq!(input.value, "fun");
    let ModalInteractionComponent::Label(label) = &data.components[1] else { panic!("no label") };
    let ModalInteractionComponent::UserSelect(select) = &*label.component else {
        panic!("no select")
    };
    assert_eq!(select.values.len(), 2);
    assert_eq!(data.resolved.unwrap().users.len(), 2);
}

#[tokio::test]
async fn autocomplete_comes_raw_with_the_focused_option() {
    let stage = Stage::new().await;
    stage
        .register(json!([{"name": "join", "description": "x", "options": [
            {"type": 4, "name": "seat", "description": "x", "required": true},
            {"type": 3, "name": "game", "description": "x", "autocomplete": true}]}]))
        .await;
    let mut bot = start(&stage).await;
    stage.alice.autocomplete("join", [("game", "ch")], "game");
    let Some(InteractionData::ApplicationCommand(data)) = next(&mut bot).await.data else {
        panic!("no command")
    };
    let CommandOptionValue::Focused(typed, kind) = &data.options[0].value else {
        panic!("not focused")
    };
    assert_eq!((typed.as_str(), *kind), ("ch", CommandOptionType::String));
}

#[tokio::test]
async fn what_a_real_library_sends_passes_without_complaint() {
    let stage = Stage::new().await;
    let bot = start(&stage).await;
    let client = bot.http.interaction(bot.application);
    let answer = async |kind: u8, data: serde_json::Value| {
        let reply = stage.ping();
        let body = serde_json::from_value(json!({"type": kind, "data": data})).unwrap();
        let id = twilight_model::id::Id::new(reply.id().unwrap().0);
        client.create_response(id, &stage.token(&reply), &body).await.unwrap();
        reply
    };
    let select = json!({"type": 3, "custom_id": "s", "placeholder": "Pick", "disabled": false, "options": [
        {"label": "a", "value": "a", "default": false, "description": "d", "emoji": {"name": "🎲"}}]});
    let button = json!({"type": 2, "style": 1, "label": "b", "custom_id": "b", "disabled": false});
    let picture = json!({"media": {"url": "https://example.org/a.png"}});
    let panel = json!({"type": 17, "accent_color": 5, "components": [
        {"type": 10, "content": "text"},
        {"type": 9, "components": [{"type": 10, "content": "text"}], "accessory": button},
        {"type": 14, "divider": true, "spacing": 1},
        {"type": 12, "items": [picture]},
        row(json!([select])),
        row(json!([{"type": 5, "custom_id": "u"}])),
        row(json!([{"type": 8, "custom_id": "c", "channel_types": [0]}])),
    ]});
    let shown = answer(4, json!({"flags": 1 << 15, "components": [panel]})).await;
    assert_eq!(shown.message().unwrap().selects().len(), 3);
    let mut wanted = select.clone();
    wanted["required"] = json!(true);
    let text = json!({"type": 4, "style": 2, "custom_id": "t", "min_length": 1, "value": "x", "required": false});
    let modal = json!({"custom_id": "m", "title": "M", "components": [
        {"type": 10, "content": "Please"},
        {"type": 18, "label": "T", "description": "d", "component": text},
        {"type": 18, "label": "S", "component": wanted},
        {"type": 18, "label": "U", "component": {"type": 5, "custom_id": "u", "required": false}},
        {"type": 18, "label": "F", "component": {"type": 19, "custom_id": "f", "required": false}},
    ]});
    assert_eq!(answer(9, modal).await.modal().await.unwrap().inputs().len(), 4);
    assert!(stage.sandbox.violations().is_empty(), "{:?}", stage.sandbox.violations());
}
