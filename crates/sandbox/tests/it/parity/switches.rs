//! Every fault switch, thrown over the control API as a program in any language would, and what a client then sees.

mod gateway;
mod hands;
mod rest;

use std::collections::BTreeSet;

use sandbox::parity::SWITCHES;
use serde_json::Value;

use super::stage::Stage;
use crate::control::good;

/// Throws a switch: a POST below `/sandbox`.
async fn throw(stage: &Stage, path: &str, body: Value) -> Value {
    good(&stage.sandbox, "POST", &stage.fill(path), body).await
}

/// Plays the stories of the switches one room knows; answers their names.
macro_rules! play {
    ($room:ident) => {{
        let mut played = BTreeSet::new();
        for switch in SWITCHES {
            let stage = Stage::set().await;
            if $room::story(&stage, switch.name).await {
                played.insert(switch.name);
            }
        }
        assert_eq!(played.len(), $room::STORIES, "{played:?}");
    }};
}

#[tokio::test]
async fn switches_of_the_gateway() {
    play!(gateway);
}

#[tokio::test]
async fn switches_of_rest() {
    play!(rest);
}

#[tokio::test]
async fn switches_of_people_and_time() {
    play!(hands);
}

/// The rooms' counts add up, so no switch is without a story; and each is where the table says.
#[tokio::test]
async fn every_switch_has_a_story_and_a_control_call() {
    let names: BTreeSet<_> = SWITCHES.iter().map(|one| one.name).collect();
    assert_eq!(names.len(), SWITCHES.len(), "a name is there twice");
    assert_eq!(gateway::STORIES + rest::STORIES + hands::STORIES, SWITCHES.len());
    let stage = Stage::set().await;
    let described = good(&stage.sandbox, "GET", "/openapi.json", Value::Null).await;
    for switch in SWITCHES {
        let (method, path) = switch.http.split_once(' ').unwrap();
        let call = &described["paths"][format!("/sandbox{path}")][method.to_lowercase()];
        assert!(call.is_object(), "{} is not at {}", switch.name, switch.http);
    }
}
