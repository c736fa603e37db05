//! Which commands the client offers to whom (interactions/application-commands, "Permissions" and "Contexts").

use serde_json::Value;

use crate::id::UserId;
use crate::world::{Channel, Command, CommandKind, Permissions, World};

/// The command `user` would call by that name in a channel, or why the client does not offer it.
pub(super) fn offered<'a>(
    world: &'a World,
    user: UserId,
    channel: &Channel,
    kind: CommandKind,
    name: &str,
) -> Result<&'a Command, String> {
    let gone = || format!("there is no command {name}");
    let bot_is_here = channel.guild.is_none_or(|guild| {
        world.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&world.bot()))
    });
    let command = world.commands.find(channel.guild, kind, name).filter(|_| bot_is_here);
    let command = command.ok_or_else(gone)?;
    check(world, user, channel, command)?;
    Ok(command)
}

/// Every command the client offers to `user` in a channel; guild commands hide global ones.
pub(crate) fn all_offered<'a>(
    world: &'a World,
    user: UserId,
    channel: &Channel,
) -> Vec<&'a Command> {
    let here = channel.guild.map_or(&[][..], |guild| world.commands.scope(Some(guild)));
    let all = here.iter().chain(world.commands.scope(None));
    let names = all.filter(|one| {
        let called = offered(world, user, channel, one.kind, &one.name);
        called.is_ok_and(|called| called.id == one.id)
    });
    names.collect()
}

/// Why the client does not offer a command here to this person.
fn check(world: &World, user: UserId, channel: &Channel, command: &Command) -> Result<(), String> {
    let name = &command.name;
    // 0 guild, 1 the bot's DM; absent means everywhere.
    let here = u64::from(channel.guild.is_none());
    if let Some(Value::Array(contexts)) = command.definition.get("contexts")
        && !contexts.iter().any(|context| context.as_u64() == Some(here))
    {
        return Err(format!("{name} is not offered in this context"));
    }
    if channel.guild.is_none() {
        return Ok(());
    }
    let held = world.permissions_in(user, channel);
    if !held.contains(Permissions::USE_APPLICATION_COMMANDS) {
        return Err(String::from("you may not use application commands here"));
    }
    let needed = command.definition.get("default_member_permissions").and_then(Value::as_str);
    if let Some(needed) = needed.and_then(|bits| bits.parse().ok()).map(Permissions) {
        // "0" leaves the command to administrators until a server decides otherwise.
        let needed = if needed == Permissions::NONE { Permissions::ADMINISTRATOR } else { needed };
        if !held.contains(needed) {
            return Err(format!("{name} needs permissions you do not have"));
        }
    }
    let adult = command.definition.get("nsfw").and_then(Value::as_bool) == Some(true);
    if adult && !channel.nsfw {
        return Err(format!("{name} is only offered in age-restricted channels"));
    }
    Ok(())
}
