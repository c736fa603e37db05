//! Registering commands.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::{Stage, leaf};

fn command(name: &str) -> Value {
    json!({"name": name, "description": "x"})
}

fn with_options(options: Value) -> Value {
    json!({"name": "a", "description": "x", "options": options})
}

fn option(kind: u8, name: &str) -> Value {
    json!({"type": kind, "name": name, "description": "x"})
}

#[tokio::test]
async fn one_command_is_made_read_changed_and_removed() {
    let stage = Stage::new().await;
    let guild = format!(
        "/applications/{}/guilds/{}/commands",
        stage.sandbox.application_id(),
        stage.guild.id()
    );
    for path in [stage.commands(), guild] {
        let (status, made) = stage.rest("POST", &path, &command("play")).await;
        assert_eq!(status, 201);
        let one = format!("{path}/{}", made["id"].as_str().unwrap());
        let (status, same) = stage.rest("POST", &path, &command("play")).await;
        assert_eq!((status, &same["id"], &same["version"]), (200, &made["id"], &made["version"]));
        let (_, new) = stage.rest("PATCH", &one, &json!({"description": "y"})).await;
        assert_eq!((&new["description"], &new["name"]), (&json!("y"), &json!("play")));
        assert_ne!(new["version"], made["version"]);
        let (_, read) = stage.rest("GET", &one, &Value::Null).await;
        assert_eq!(read, new);
        let (status, _) = stage.rest("DELETE", &one, &Value::Null).await;
        assert_eq!(status, 204);
        let (status, body) = stage.rest("GET", &one, &Value::Null).await;
        assert_eq!((status, &body["code"]), (404, &json!(10063)));
    }
}

#[tokio::test]
async fn a_bulk_set_replaces_and_keeps_ids() {
    let stage = Stage::new().await;
    let (_, first) =
        stage.rest("PUT", &stage.commands(), &json!([command("a"), command("b")])).await;
    let (_, second) =
        stage.rest("PUT", &stage.commands(), &json!([command("b"), command("c")])).await;
    assert_eq!(second[0], first[1]);
    let (_, list) = stage.rest("GET", &stage.commands(), &Value::Null).await;
    assert_eq!(list.as_array().unwrap().len(), 2);
    let german = json!([{"name": "b", "description": "x", "name_localizations": {"de": "bee"}}]);
    stage.register(german).await;
    let (_, list) = stage.rest("GET", &stage.commands(), &Value::Null).await;
    assert!(list[0].get("name_localizations").is_none());
    let (_, list) = stage
        .rest("GET", &format!("{}?with_localizations=true", stage.commands()), &Value::Null)
        .await;
    assert_eq!(list[0]["name_localizations"]["de"], "bee");
    let elsewhere = format!("/applications/{}/guilds/1/commands", stage.sandbox.application_id());
    let (status, body) = stage.rest("PUT", &elsewhere, &json!([])).await;
    assert_eq!((status, &body["code"]), (403, &json!(50001)));
}

#[tokio::test]
async fn broken_commands_are_refused_with_discords_errors() {
    let stage = Stage::new().await;
    let many =
        |count: usize| -> Value { (0..count).map(|at| option(3, &format!("o{at}"))).collect() };
    let choices = |count: usize| -> Value {
        let list: Vec<_> =
            (0..count).map(|at| json!({"name": format!("c{at}"), "value": "v"})).collect();
        let mut one = option(3, "o");
        one["choices"] = json!(list);
        with_options(json!([one]))
    };
    let set = |key: &str, value: Value| {
        let mut one = option(3, "o");
        one[key] = value;
        with_options(json!([one]))
    };
    let mut required = option(3, "late");
    required["required"] = json!(true);
    let mut sub = option(1, "sub");
    sub["options"] = json!([option(3, "first"), required]);
    let mut group = option(2, "group");
    group["options"] = json!([option(3, "text")]);
    let mut typed = set("choices", json!([{"name": "one", "value": "1"}]));
    typed["options"][0]["type"] = json!(4);
    let mut both = set("choices", json!([{"name": "one", "value": "1"}]));
    both["options"][0]["autocomplete"] = json!(true);
    let cases = [
        (json!({"description": "x"}), "name", "BASE_TYPE_REQUIRED"),
        (command(&"x".repeat(33)), "name", "BASE_TYPE_BAD_LENGTH"),
        (command("two words"), "name", "STRING_TYPE_REGEX"),
        (command("Upper"), "name", "APPLICATION_COMMAND_INVALID_NAME"),
        (json!({"name": "a"}), "description", "BASE_TYPE_REQUIRED"),
        (
            json!({"name": "a", "description": "x".repeat(101)}),
            "description",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({"name": "a", "description": "x", "name_localizations": {"xx": "a"}}),
            "name_localizations.xx",
            "BASE_TYPE_CHOICES",
        ),
        (
            json!({"name": "a", "description": "x", "description_localizations": {"de": ""}}),
            "description_localizations.de",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({"name": "a", "description": "x", "default_member_permissions": "all"}),
            "default_member_permissions",
            "NUMBER_TYPE_COERCE",
        ),
        (with_options(many(26)), "options", "BASE_TYPE_MAX_LENGTH"),
        (
            with_options(json!([option(3, "Up")])),
            "options.0.name",
            "APPLICATION_COMMAND_INVALID_NAME",
        ),
        (with_options(json!([option(12, "x")])), "options.0.type", "BASE_TYPE_CHOICES"),
        (
            with_options(json!([option(3, "a"), option(4, "a")])),
            "options.1",
            "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED",
        ),
        (
            with_options(json!([sub])),
            "options.0.options.1",
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (with_options(json!([group])), "options.0.options.0.type", "BASE_TYPE_CHOICES"),
        (
            with_options(json!([option(1, "s"), option(3, "t")])),
            "options.1",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        ),
        (choices(26), "options.0.choices", "BASE_TYPE_MAX_LENGTH"),
        (
            set("choices", json!([{"name": "c", "value": "v".repeat(101)}])),
            "options.0.choices.0.value",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (typed, "options.0.choices.0.value", "NUMBER_TYPE_COERCE"),
        (both, "options.0.autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID"),
        (set("max_length", json!(6001)), "options.0.max_length", "NUMBER_TYPE_MAX"),
        (
            json!({"name": "Menu", "type": 2, "description": "x"}),
            "description",
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION",
        ),
    ];
    for (body, path, code) in cases {
        let (status, answer) = stage.rest("POST", &stage.commands(), &body).await;
        assert_eq!((status, leaf(&answer, path)), (400, code.to_owned()), "{body}");
    }
    let (_, answer) =
        stage.rest("PUT", &stage.commands(), &json!([command("a"), command("a")])).await;
    assert_eq!(leaf(&answer, "1"), "APPLICATION_COMMANDS_DUPLICATE_NAME");
    for good in ["größe", "日本", "a-b_c'd", "ไทย", "हिन्दी"] {
        let (status, answer) = stage.rest("POST", &stage.commands(), &command(good)).await;
        assert_eq!(status, 201, "{good}: {answer}");
    }
}

#[tokio::test]
async fn a_command_holds_eight_thousand_characters() {
    let stage = Stage::new().await;
    let long = |count: usize| -> Value {
        let subs: Vec<_> = (0..4)
            .map(|sub| {
                let options: Vec<_> = (0..count)
                    .map(|at| {
                        let mut one = option(3, &format!("o{at:02}"));
                        one["description"] = json!("x".repeat(97));
                        one["description_localizations"] = json!({"de": "y".repeat(50)});
                        one
                    })
                    .collect();
                let mut one = option(1, &format!("s{sub}"));
                one["options"] = json!(options);
                one
            })
            .collect();
        with_options(json!(subs))
    };
    let (status, body) = stage.rest("POST", &stage.commands(), &long(19)).await;
    assert_eq!(status, 201, "{body}");
    let (status, body) = stage.rest("POST", &stage.commands(), &long(20)).await;
    assert_eq!((status, leaf(&body, "")), (400, "APPLICATION_COMMAND_TOO_LARGE".to_owned()));
}

#[tokio::test]
async fn scopes_hold_so_many_commands_and_take_so_many_a_day() {
    let stage = Stage::new().await;
    let batch = |prefix: &str, count: usize| -> Value {
        (0..count).map(|at| command(&format!("{prefix}{at}"))).collect()
    };
    let (status, body) = stage.rest("PUT", &stage.commands(), &batch("a", 101)).await;
    assert_eq!((status, &body["code"]), (400, &json!(30032)));
    stage.register(batch("a", 100)).await;
    let (status, body) = stage.rest("POST", &stage.commands(), &command("more")).await;
    assert_eq!((status, &body["code"]), (400, &json!(30032)));
    let menus: Value = (0..15).map(|at| json!({"name": format!("M{at}"), "type": 2})).collect();
    stage.register(menus).await;
    let (_, body) = stage.rest("POST", &stage.commands(), &json!({"name": "M16", "type": 2})).await;
    assert_eq!(body["code"], 30032);
    // So far 1 + 100 + 15 creates today; unchanged ones are free.
    stage.register(batch("b", 84)).await;
    stage.register(batch("b", 84)).await;
    let (status, body) = stage.rest("POST", &stage.commands(), &command("last")).await;
    assert_eq!((status, &body["code"]), (400, &json!(30034)));
    stage.sandbox.clock().advance(Duration::from_hours(24));
    let (status, _) = stage.rest("POST", &stage.commands(), &command("last")).await;
    assert_eq!(status, 201);
}
