//! The commands the client offers here to this person.

use serde_json::{Value, json};

use super::super::place::Place;
use crate::actor::all_offered;
use crate::world::World;

/// All kinds: slash commands and those of context menus.
pub(super) fn list(world: &World, place: &Place) -> Value {
    let Some(channel) = place.channel.and_then(|id| world.channels.get(&id)) else {
        return json!([]);
    };
    let show = |one: &crate::world::Command| {
        json!({
            "kind": one.kind as u8, "name": one.name, "description": one.definition.get("description"),
            "options": one.definition.get("options"),
        })
    };
    all_offered(world, place.user, channel).into_iter().map(show).collect()
}
