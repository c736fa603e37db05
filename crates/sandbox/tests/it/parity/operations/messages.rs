//! Messages and pins.

use super::super::probe::{Probe, Trouble, delete, get, patch, post, put};
use super::super::stage::Stage;

/// Somebody else's messages, and a bot that may only look.
fn foreign(stage: &Stage) {
    let owner = stage.guild.owner().id();
    let general = stage.guild.channel("general").unwrap().id;
    let mut world = stage.sandbox.world();
    for message in world.messages.get_mut(&general).unwrap().values_mut() {
        message.author = owner;
    }
    drop(world);
    stage.weaken();
}

/// 250 pins: as many as fit.
fn full(stage: &Stage) {
    let general = stage.guild.channel("general").unwrap().id;
    let owner = stage.guild.owner();
    for _ in 0..249 {
        let message = owner.say(general, "pin me").unwrap();
        owner.pin(general, message, true).unwrap();
    }
}

/// As many different emojis as fit.
fn twenty(stage: &Stage) {
    let general = stage.guild.channel("general").unwrap().id;
    let message = stage.fill("{message}").parse().unwrap();
    for emoji in "🍏🍎🍐🍊🍋🍌🍉🍇🍓🍒🍑🥭🍍🥥🥝🍅🍆🥑🥦🥬".chars()
    {
        stage.guild.owner().react(general, message, &emoji.to_string(), true).unwrap();
    }
}

/// THUMBS UP on what nobody has said.
const NOWHERE: &str = "/channels/{general}/messages/1/reactions/%F0%9F%91%8D";

const LONG: &str = r#"{"embeds": [{"color": 99999999}]}"#;

pub const ALL: &[Probe] = &[
    put(
        "add_my_message_reaction",
        "/channels/{general}/messages/{message}/reactions/%F0%9F%91%8D/@me",
        "",
    )
    .gives(204)
    .weak()
    .lost("/channels/{general}/messages/1/reactions/%F0%9F%91%8D/@me", 10_008)
    .full(twenty, 30_010),
    delete(
        "delete_my_message_reaction",
        "/channels/{general}/messages/{message}/reactions/%F0%9F%91%8D/@me",
    )
    .hidden()
    .lost("/channels/{general}/messages/1/reactions/%F0%9F%91%8D/@me", 10_008)
    .bucket(),
    delete(
        "delete_user_message_reaction",
        "/channels/{general}/messages/{message}/reactions/%F0%9F%91%8D/{alice}",
    )
    .weak()
    .lost("/channels/{general}/messages/1/reactions/%F0%9F%91%8D/{alice}", 10_008)
    .bucket(),
    get(
        "list_message_reactions_by_emoji",
        "/channels/{general}/messages/{message}/reactions/%F0%9F%91%8D",
    )
    .hidden()
    .lost(NOWHERE, 10_008)
    .page("/channels/{general}/messages/{message}/reactions/%F0%9F%91%8D?limit=101"),
    delete(
        "delete_all_message_reactions_by_emoji",
        "/channels/{general}/messages/{message}/reactions/%F0%9F%91%8D",
    )
    .weak()
    .lost(NOWHERE, 10_008)
    .bucket(),
    delete("delete_all_message_reactions", "/channels/{general}/messages/{message}/reactions")
        .weak()
        .lost("/channels/{general}/messages/1/reactions", 10_008)
        .bucket(),
    get("list_messages", "/channels/{general}/messages")
        .hidden()
        .lost("/channels/1/messages", 10_003)
        .page("/channels/{general}/messages?limit=101"),
    post("create_message", "/channels/{general}/messages", r#"{"content": "hi"}"#)
        .weak()
        .lost("/channels/1/messages", 10_003)
        .bounds(LONG),
    get("get_message", "/channels/{general}/messages/{message}")
        .hidden()
        .lost("/channels/{general}/messages/1", 10_008)
        .bucket(),
    patch("update_message", "/channels/{general}/messages/{message}", r#"{"content": "changed"}"#)
        .permission(Trouble::After(foreign, 403, 50_005))
        .lost("/channels/{general}/messages/1", 10_008)
        .bounds(LONG),
    delete("delete_message", "/channels/{general}/messages/{message}")
        .permission(Trouble::After(foreign, 403, 50_013))
        .lost("/channels/{general}/messages/1", 10_008)
        .bucket(),
    post(
        "bulk_delete_messages",
        "/channels/{general}/messages/bulk-delete",
        r#"{"messages": ["{message}", "{second}"]}"#,
    )
    .gives(204)
    .weak()
    .lost("/channels/1/messages/bulk-delete", 10_003)
    .limit(Trouble::With {
        path: None,
        body: Some(r#"{"messages": ["{message}"]}"#),
        status: 400,
        code: 50_016,
    }),
    get("list_pins", "/channels/{general}/messages/pins")
        .hidden()
        .lost("/channels/1/messages/pins", 10_003)
        .page("/channels/{general}/messages/pins?limit=51"),
    put("create_pin", "/channels/{general}/messages/pins/{message}", "")
        .gives(204)
        .weak()
        .lost("/channels/{general}/messages/pins/1", 10_008)
        .full(full, 30_003),
    delete("delete_pin", "/channels/{general}/messages/pins/{pinned}")
        .weak()
        .lost("/channels/{general}/messages/pins/1", 10_008)
        .bucket(),
    get("deprecated_list_pins", "/channels/{general}/pins")
        .hidden()
        .lost("/channels/1/pins", 10_003)
        .bucket(),
    put("deprecated_create_pin", "/channels/{general}/pins/{message}", "")
        .gives(204)
        .weak()
        .lost("/channels/{general}/pins/1", 10_008)
        .full(full, 30_003),
    delete("deprecated_delete_pin", "/channels/{general}/pins/{pinned}")
        .weak()
        .lost("/channels/{general}/pins/1", 10_008)
        .bucket(),
];
