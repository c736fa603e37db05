//! Application commands.

use super::super::probe::{Probe, Trouble, delete, get, patch, post, put};
use super::super::stage::Stage;
use sandbox::world::Command;

const NEW: &str = r#"{"name": "new", "description": "New"}"#;
const LIST: &str = r#"[{"name": "new", "description": "New"}]"#;
const LONG: &str = r#"{"name": "new", "description": ""}"#;
const LONG_LIST: &str = r#"[{"name": "new", "description": ""}]"#;
const FOREIGN: &str = "/applications/1/commands";
const FOREIGN_GUILD: &str = "/applications/1/guilds/{guild}/commands";

/// A hundred commands of a kind are all there can be.
fn full(stage: &Stage, guild: bool) {
    let mut world = stage.sandbox.world();
    let scope = guild.then(|| stage.guild.id());
    let pattern = world.commands.scope(scope)[0].clone();
    for number in 1..100 {
        let (id, name) = (world.ids.fresh(), format!("ping{number}"));
        world.commands.scope_mut(scope).push(Command { id, name, ..pattern.clone() });
    }
}

pub const ALL: &[Probe] = &[
    get("list_application_commands", "/applications/{app}/commands")
        .token()
        .lost(FOREIGN, 10_002)
        .bucket(),
    put("bulk_set_application_commands", "/applications/{app}/commands", LIST)
        .token()
        .lost(FOREIGN, 10_002)
        .bounds(LONG_LIST),
    post("create_application_command", "/applications/{app}/commands", NEW)
        .gives(201)
        .token()
        .lost(FOREIGN, 10_002)
        .full(|stage| full(stage, false), 30_032),
    get("get_application_command", "/applications/{app}/commands/{command}")
        .token()
        .lost("/applications/{app}/commands/1", 10_063)
        .bucket(),
    patch("update_application_command", "/applications/{app}/commands/{command}", NEW)
        .token()
        .lost("/applications/{app}/commands/1", 10_063)
        .bounds(LONG),
    delete("delete_application_command", "/applications/{app}/commands/{command}")
        .token()
        .lost("/applications/{app}/commands/1", 10_063)
        .bucket(),
    get("list_guild_application_commands", "/applications/{app}/guilds/{guild}/commands")
        .outside()
        .lost(FOREIGN_GUILD, 10_002)
        .bucket(),
    put("bulk_set_guild_application_commands", "/applications/{app}/guilds/{guild}/commands", LIST)
        .outside()
        .lost(FOREIGN_GUILD, 10_002)
        .bounds(LONG_LIST),
    post("create_guild_application_command", "/applications/{app}/guilds/{guild}/commands", NEW)
        .gives(201)
        .outside()
        .lost(FOREIGN_GUILD, 10_002)
        .full(|stage| full(stage, true), 30_032),
    get(
        "get_guild_application_command",
        "/applications/{app}/guilds/{guild}/commands/{guild_command}",
    )
    .outside()
    .lost("/applications/{app}/guilds/{guild}/commands/1", 10_063)
    .bucket(),
    patch(
        "update_guild_application_command",
        "/applications/{app}/guilds/{guild}/commands/{guild_command}",
        NEW,
    )
    .outside()
    .lost("/applications/{app}/guilds/{guild}/commands/1", 10_063)
    .bounds(LONG),
    delete(
        "delete_guild_application_command",
        "/applications/{app}/guilds/{guild}/commands/{guild_command}",
    )
    .outside()
    .not_found(Trouble::With {
        path: Some("/applications/{app}/guilds/{guild}/commands/1"),
        body: None,
        status: 404,
        code: 10_063,
    })
    .bucket(),
];
