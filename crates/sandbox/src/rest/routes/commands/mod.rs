//! Application commands (interactions/application-commands): the routes of the global and of the guild scope.

mod change;
mod definition;
mod options;

use axum::http::Method;
use serde_json::{Value, json};

use crate::error::ApiError;
use crate::id::{ApplicationId, CommandId, GuildId};
use crate::rest::{Answer, ApiResult, Call, Major, Route};
use crate::world::{Command, World};

const GLOBAL: &str = "/applications/{application_id}/commands";
const GLOBAL_ONE: &str = "/applications/{application_id}/commands/{command_id}";
const GUILD: &str = "/applications/{application_id}/guilds/{guild_id}/commands";
const GUILD_ONE: &str = "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}";

pub(super) const ROUTES: &[Route] = &[
    Route::new(Method::GET, GLOBAL, "list_application_commands", Major::None, list),
    Route::new(Method::PUT, GLOBAL, "bulk_set_application_commands", Major::None, change::set),
    Route::new(Method::POST, GLOBAL, "create_application_command", Major::None, change::add),
    Route::new(Method::GET, GLOBAL_ONE, "get_application_command", Major::None, get),
    Route::new(
        Method::PATCH,
        GLOBAL_ONE,
        "update_application_command",
        Major::None,
        change::update,
    ),
    Route::new(
        Method::DELETE,
        GLOBAL_ONE,
        "delete_application_command",
        Major::None,
        change::delete,
    ),
    Route::new(Method::GET, GUILD, "list_guild_application_commands", Major::Guild, list),
    Route::new(
        Method::PUT,
        GUILD,
        "bulk_set_guild_application_commands",
        Major::Guild,
        change::set,
    ),
    Route::new(Method::POST, GUILD, "create_guild_application_command", Major::Guild, change::add),
    Route::new(Method::GET, GUILD_ONE, "get_guild_application_command", Major::Guild, get),
    Route::new(
        Method::PATCH,
        GUILD_ONE,
        "update_guild_application_command",
        Major::Guild,
        change::update,
    ),
    Route::new(
        Method::DELETE,
        GUILD_ONE,
        "delete_guild_application_command",
        Major::Guild,
        change::delete,
    ),
];

/// Global, or of the guild in the path, which the bot must be in.
fn scope(call: &Call, world: &World) -> Result<Option<GuildId>, ApiError> {
    if call.id::<ApplicationId>("application_id")? != world.application.id {
        return Err(ApiError::unknown_application());
    }
    if call.params.get("guild_id").is_none() {
        return Ok(None);
    }
    let guild = call.guild_id()?;
    world.bot_guild(guild).map_err(|_| ApiError::missing_access())?;
    Ok(Some(guild))
}

/// The command named in the path, by its place in the scope. 10063 when there is none.
fn place(call: &Call, world: &World, scope: Option<GuildId>) -> Result<usize, ApiError> {
    let id = call.id::<CommandId>("command_id")?;
    let at = world.commands.scope(scope).iter().position(|command| command.id == id);
    at.ok_or_else(ApiError::unknown_command)
}

fn render(world: &World, command: &Command) -> Value {
    let mut body = json!({
        "id": command.id,
        "application_id": world.application.id,
        "version": command.version.to_string(),
        "type": command.kind as u8,
        "name": command.name,
        "name_localizations": null,
        "description": "",
        "description_localizations": null,
        "default_member_permissions": null,
        "dm_permission": true,
        "contexts": null,
        "integration_types": [0],
        "nsfw": false,
    });
    if let Some(guild) = command.guild {
        body["guild_id"] = json!(guild);
        // Documented for global commands only.
        for key in ["dm_permission", "contexts", "integration_types"] {
            body.as_object_mut().map(|map| map.remove(key));
        }
    }
    if let Some(definition) = command.definition.as_object() {
        for (key, value) in definition {
            body[key] = value.clone();
        }
    }
    body
}

/// Listings leave the dictionaries of translations out unless asked (`with_localizations`).
fn without_localizations(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| key != "name_localizations" && key != "description_localizations");
            map.values_mut().for_each(without_localizations);
        }
        Value::Array(list) => list.iter_mut().for_each(without_localizations),
        _ => {}
    }
}

fn list(call: &Call) -> ApiResult {
    let full = call.query.flag("with_localizations");
    let world = call.world();
    let scope = scope(call, &world)?;
    let commands = world.commands.scope(scope).iter().map(|command| {
        let mut body = render(&world, command);
        if !full {
            without_localizations(&mut body);
        }
        body
    });
    Answer::ok(commands.collect())
}

fn get(call: &Call) -> ApiResult {
    let world = call.world();
    let scope = scope(call, &world)?;
    let at = place(call, &world, scope)?;
    Answer::ok(render(&world, &world.commands.scope(scope)[at]))
}
