//! The control API over HTTP.

use serde_json::{Value, json};

use sandbox::{Config, Sandbox};

use crate::control::{call, good};

async fn club() -> Sandbox {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let plan = json!({
        "name": "club", "owner": "olga", "roles": [{"name": "player"}],
        "members": ["alice", {"name": "bob", "roles": ["player"]}],
        "channels": [{"name": "general"}, {"name": "Games", "type": 4}, {"name": "chess", "parent": "Games"}],
        "bot": {"permissions": 8, "above": "player"},
    });
    good(&sandbox, "POST", "/guilds", plan).await;
    sandbox
}

/// The bot, in a few lines: answers the newest interaction.
async fn answer(sandbox: &Sandbox, interaction: &str, body: Value) {
    let token = {
        let world = sandbox.world();
        world.interactions.get(interaction.parse().unwrap()).unwrap().token.clone()
    };
    let path = format!("/interactions/{interaction}/{token}/callback");
    let sent = crate::http::call(sandbox, "POST", &path, &body.to_string()).await.unwrap();
    assert_eq!(sent.status, 204, "{}", sent.body);
}

/// Acts and lets the bot answer meanwhile.
async fn act(sandbox: &Sandbox, verb: &str, body: Value, reaction: Value) -> Value {
    let path = format!("/guilds/club/users/alice/{verb}");
    let before = newest(sandbox);
    let bot = async {
        loop {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
            if let Some(id) = newest(sandbox).filter(|id| Some(id) != before.as_ref()) {
                return answer(sandbox, &id, reaction).await;
            }
        }
    };
    let (shown, ()) = tokio::join!(good(sandbox, "POST", &path, body), bot);
    shown
}

fn newest(sandbox: &Sandbox) -> Option<String> {
    sandbox.world().interactions.newest().next().map(|one| one.id.to_string())
}

#[tokio::test]
async fn a_whole_story_over_http() {
    let sandbox = club().await;
    let about = good(&sandbox, "GET", "", Value::Null).await;
    let commands = json!([{"name": "game", "description": "x", "options": [
        {"type": 3, "name": "name", "description": "x", "required": true, "autocomplete": true}]}]);
    let path = format!("/applications/{}/commands", about["application_id"].as_str().unwrap());
    crate::http::call(&sandbox, "PUT", &path, &commands.to_string()).await.unwrap();

    let typing = json!({"command": "game", "options": {"name": "ch"}, "focused": "name"});
    let choices = json!({"type": 8, "data": {"choices": [{"name": "Chess", "value": "chess"}]}});
    let shown = act(&sandbox, "autocomplete", typing, choices).await;
    assert_eq!(shown["first"]["choices"][0]["name"], "Chess");

    let row = json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "Join", "custom_id": "join:1"}]});
    let pick = json!({"type": 1, "components": [{"type": 3, "custom_id": "pick", "options": [{"label": "A", "value": "a"}]}]});
    let panel = json!({"type": 4, "data": {"content": "Chess", "components": [row, pick]}});
    let shown =
        act(&sandbox, "slash", json!({"command": "game", "options": {"name": "chess"}}), panel)
            .await;
    assert_eq!(shown["first"]["kind"], "message");
    assert_eq!(shown["message"]["buttons"][0]["label"], "Join");
    let message = shown["message"]["id"].clone();

    let input = json!({"type": 18, "label": "Why", "component": {"type": 4, "style": 1, "custom_id": "why"}});
    let modal =
        json!({"type": 9, "data": {"custom_id": "m", "title": "Join", "components": [input]}});
    let shown = act(&sandbox, "click", json!({"message": message, "button": "Join"}), modal).await;
    assert_eq!(shown["first"]["modal"]["inputs"][0]["label"], "Why");
    let update = json!({"type": 7, "data": {"content": "Chess: alice"}});
    let form = json!({"interaction": shown["interaction"], "values": {"Why": "fun"}});
    let shown = act(&sandbox, "submit", form, update).await;
    assert_eq!(shown["first"]["message"]["content"], "Chess: alice");
    let quiet = json!({"type": 6});
    let shown = act(
        &sandbox,
        "select",
        json!({"message": message, "select": "pick", "values": ["a"]}),
        quiet,
    )
    .await;
    assert_eq!(shown["first"]["kind"], "deferred_update");

    let seen =
        good(&sandbox, "GET", "/guilds/club/users/bob/messages?channel=general", Value::Null).await;
    assert_eq!(seen[0]["text"], "Chess: alice\n[Join]\n[ ▾]");
    let path = format!("/interactions/{}?settled=true", shown["interaction"].as_str().unwrap());
    assert_eq!(good(&sandbox, "GET", &path, Value::Null).await["message"]["id"], message);
    let refused = json!({"message": message, "button": "Leave"});
    let shown = good(&sandbox, "POST", "/guilds/club/users/bob/click", refused).await;
    assert_eq!(shown["first"]["error"], "the message has no button Leave");
    assert_eq!(good(&sandbox, "GET", "/violations", Value::Null).await, json!([]));
}

#[tokio::test]
async fn the_world_is_changed_by_hand() {
    let sandbox = club().await;
    let orders = [
        json!({"do": "give_role", "user": "alice", "role": "player"}),
        json!({"do": "take_role", "user": "bob", "role": "player"}),
        json!({"do": "create_role", "name": "extra", "permissions": 32}),
        json!({"do": "edit_role", "role": "extra", "name": "more"}),
        json!({"do": "move_role", "role": "bot", "below": "player"}),
        json!({"do": "move_role", "role": "more", "position": 7}),
        json!({"do": "delete_role", "role": "more"}),
        json!({"do": "create_channel", "name": "lounge", "type": 2, "parent": "Games"}),
        json!({"do": "edit_channel", "channel": "lounge", "name": "den"}),
        json!({"do": "move_channel", "channel": "den"}),
        json!({"do": "set_overwrite", "channel": "chess", "role": "player", "allow": 1024}),
        json!({"do": "remove_overwrite", "channel": "chess", "role": "player"}),
        json!({"do": "delete_channel", "channel": "den"}),
        json!({"do": "say", "by": "bob", "channel": "general", "text": "hello"}),
        json!({"do": "nickname", "user": "bob", "nick": "Bobby"}),
        json!({"do": "time_out", "user": "bob", "ms": 60000}),
        json!({"do": "leave", "user": "alice"}),
        json!({"do": "join", "user": "alice"}),
        json!({"do": "kick", "user": "alice"}),
        json!({"do": "bot_permissions", "permissions": 16}),
        json!({"do": "outage", "on": true}),
        json!({"do": "outage", "on": false}),
        json!({"do": "kick_bot"}),
        json!({"do": "invite_bot", "permissions": 8}),
    ];
    for order in orders {
        let (status, answer) = call(&sandbox, "POST", "/guilds/club/hand", &order).await;
        assert_eq!(status, 200, "{order}: {answer}");
    }
    let state = good(&sandbox, "GET", "/guilds/club", Value::Null).await;
    assert_eq!(state["members"].as_array().unwrap().len(), 3);
    assert_eq!(state["roles"].as_array().unwrap().len(), 3);
    let said =
        good(&sandbox, "GET", "/guilds/club/users/olga/messages?channel=general", Value::Null)
            .await;
    let message = said[0]["id"].clone();
    for order in [
        json!({"do": "pin", "message": message}),
        json!({"do": "react", "by": "bob", "message": message, "emoji": "👍"}),
        json!({"do": "react", "by": "bob", "message": message, "emoji": "👍", "on": false}),
        json!({"do": "delete_message", "message": message}),
    ] {
        good(&sandbox, "POST", "/guilds/club/hand", order).await;
    }
    for (order, status) in [
        (json!({"do": "give_role", "user": "nobody", "role": "player"}), 404),
        (json!({"do": "delete_role", "role": "king"}), 404),
        (json!({"do": "set_overwrite", "channel": "chess"}), 400),
        (json!({"do": "dance"}), 422),
    ] {
        assert_eq!(call(&sandbox, "POST", "/guilds/club/hand", &order).await.0, status, "{order}");
    }
    let seen = good(&sandbox, "GET", "/guilds/club/users/bob/channels", Value::Null).await;
    assert_eq!(seen[0]["name"], "general");
}

#[tokio::test]
async fn faults_limits_and_the_gateway_are_steered() {
    let sandbox = club().await;
    for (path, body) in [
        ("/faults", json!({"place": "get_guild", "times": 1, "kind": {"status": 502}})),
        ("/event-faults", json!({"place": "MESSAGE_CREATE", "kind": "twice"})),
        ("/faults/mix", json!({"probability": 0.0, "kinds": ["drop_answer"], "seed": 1})),
        ("/event-faults/mix", json!({"probability": 0.0, "kinds": ["lose"], "seed": 1})),
        ("/latency", json!({"rest": 0, "callbacks": 0})),
        ("/limits", json!("realistic")),
        ("/gateway", json!({"upset": "reconnect"})),
        ("/gateway", json!({"upset": {"close": 4000}, "shard": 0})),
        ("/clock/advance", json!({"ms": 10})),
        ("/users", json!({"name": "Eve"})),
    ] {
        good(&sandbox, "POST", path, body).await;
    }
    let guild = sandbox.world().guilds.keys().next().copied().unwrap();
    let broken = crate::http::get(&sandbox, &format!("/guilds/{guild}")).await;
    assert_eq!(broken.status, 502);
    assert_eq!(good(&sandbox, "GET", "/gateway", Value::Null).await, json!([]));
    let requests = good(&sandbox, "GET", "/requests", Value::Null).await;
    assert_eq!(requests[0]["operation"], "get_guild");
    for path in
        ["/faults", "/event-faults", "/faults/mix", "/event-faults/mix", "/requests", "/violations"]
    {
        good(&sandbox, "DELETE", path, Value::Null).await;
    }
    assert!(good(&sandbox, "GET", "/routes", Value::Null).await.as_array().unwrap().len() > 40);
    assert!(good(&sandbox, "POST", "/token", Value::Null).await["token"].is_string());
    let (status, answer) = call(
        &sandbox,
        "POST",
        "/guilds",
        &json!({"name": "guild", "bot": {"permissions": 1, "above": "king"}}),
    )
    .await;
    assert_eq!((status, &answer["error"]), (400, &json!("bot: there is no role king")));
}

#[tokio::test]
async fn a_fault_that_could_never_strike_is_refused() {
    let sandbox = club().await;
    let lists = "GET /sandbox/routes lists those there are";
    for (path, body, why) in [
        (
            "/faults",
            json!({"place": "get_gild", "kind": "drop_answer"}),
            format!("place: there is no operation get_gild; {lists}"),
        ),
        (
            "/faults/mix",
            json!({"probability": 0.5, "kinds": ["drop_answer"], "seed": 1, "except": ["get_gild"]}),
            format!("except: there is no operation get_gild; {lists}"),
        ),
        (
            "/event-faults",
            json!({"place": "GILD_CREATE", "kind": "lose"}),
            String::from(
                "place: there is no event GILD_CREATE; docs/parity.md lists those there are",
            ),
        ),
        (
            "/event-faults/mix",
            json!({"probability": 2.0, "kinds": ["lose"], "seed": 1}),
            String::from("probability: a probability is 0 to 1"),
        ),
    ] {
        let (status, answer) = call(&sandbox, "POST", path, &body).await;
        assert_eq!((status, &answer["error"]), (400, &json!(why)), "{path}");
    }
    assert_eq!((sandbox.faults().waiting(), sandbox.event_faults().waiting()), (0, 0));
}
