//! Everything a page shows, in sections. Lists are bounded: a guild may be larger than any screen.

mod channels;
mod commands;
mod dev;
mod guilds;
mod members;
mod messages;

use serde_json::{Value, json};

use super::live::Told;
use super::place::Wish;
use crate::sandbox::Sandbox;
use crate::world::{Member, Permissions, User, World};

/// All sections as they are now. Only the messages and logs the page does not have yet are in it.
pub(super) fn whole(sandbox: &Sandbox, wish: &Wish, told: &mut Told) -> Vec<(&'static str, Value)> {
    let card = sandbox.config().card.as_ref();
    let world = sandbox.world();
    let mut all = vec![("about", about(sandbox, &world)), ("card", json!(card))];
    if let Some(place) = wish.place(&world, card) {
        all.extend([
            ("place", json!({"guild": place.guild, "user": place.user, "channel": place.channel})),
            ("me", members::me(&world, &place)),
            ("guilds", guilds::list(&world, &place)),
            ("guild", guilds::open(&world, &place)),
            ("people", members::people(&world, &place)),
            ("channels", channels::list(&world, &place)),
            ("channel", channels::open(&world, &place)),
            ("commands", commands::list(&world, &place)),
            ("pins", messages::pins(&world, &place)),
            ("messages", messages::list(&world, &place, &mut told.messages)),
        ]);
    }
    drop(world);
    if wish.dev {
        all.push(("state", dev::state(sandbox)));
        all.push(("calls", dev::calls(sandbox, &mut told.calls)));
        all.push(("events", dev::events(sandbox, &mut told.events)));
    }
    all
}

fn about(sandbox: &Sandbox, world: &World) -> Value {
    json!({
        "origin": sandbox.origin(), "application": {"id": world.application.id, "name": world.application.name},
        // How far the sandbox's clock is ahead of this machine's, in whole minutes.
        "ahead": sandbox.clock().ahead_ms() / 60_000,
    })
}

/// The name a person is shown by.
fn name_of(user: &User, member: Option<&Member>) -> String {
    let nick = member.and_then(|member| member.nick.clone());
    nick.or_else(|| user.global_name.clone()).unwrap_or_else(|| user.username.clone())
}

fn can(held: Permissions) -> Value {
    json!({
        "channels": held.contains(Permissions::MANAGE_CHANNELS),
        "roles": held.contains(Permissions::MANAGE_ROLES),
        "messages": held.contains(Permissions::MANAGE_MESSAGES),
        "kick": held.contains(Permissions::KICK_MEMBERS),
        "moderate": held.contains(Permissions::MODERATE_MEMBERS),
        "nicknames": held.contains(Permissions::MANAGE_NICKNAMES),
        "guild": held.contains(Permissions::MANAGE_GUILD),
    })
}
