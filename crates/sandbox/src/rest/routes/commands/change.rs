//! Registering, changing and removing commands.

use serde_json::Value;

use super::definition::{Definition, definition, patch};
use super::{place, render, scope};
use crate::error::{ApiError, FormErrors};
use crate::id::{EntryId, GuildId};
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Command, CommandKind, World};

/// Replaces all commands of the scope; one with the same type and name keeps its id. Unchanged ones do not count
/// towards the daily limit.
pub(super) fn set(call: &Call) -> ApiResult {
    let wanted = call.forms(usize::MAX, definition)?;
    unique(&wanted)?;
    let mut world = call.world();
    let scope = scope(call, &world)?;
    for kind in CommandKind::ALL {
        if wanted.iter().filter(|one| one.kind == kind).count() > kind.limit() {
            return Err(ApiError::too_many_commands());
        }
    }
    let old = world.commands.scope(scope).to_vec();
    let known =
        |one: &Definition| old.iter().find(|old| old.kind == one.kind && old.name == one.name);
    let changed = wanted.iter().filter(|one| known(one).is_none_or(|old| one.differs(old))).count();
    let now = world.clock.now_ms();
    world.commands.count_creates(scope, changed, now)?;
    let commands: Vec<_> = wanted
        .into_iter()
        .map(|definition| {
            let known = known(&definition);
            build(&mut world, scope, definition, known)
        })
        .collect();
    *world.commands.scope_mut(scope) = commands;
    Answer::ok(world.commands.scope(scope).iter().map(|one| render(&world, one)).collect())
}

/// Names must differ within a type; the error stands at the second one.
fn unique(wanted: &[Definition]) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    for (at, one) in wanted.iter().enumerate() {
        if wanted[..at].iter().any(|other| other.kind == one.kind && other.name == one.name) {
            let message = "Application command names must be unique";
            errors.add(&at.to_string(), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
    errors.into_result()
}

/// Adds one command, or replaces the one of the same type and name: 201 new, 200 replaced.
pub(super) fn add(call: &Call) -> ApiResult {
    let definition = call.form(definition)?;
    let mut world = call.world();
    let scope = scope(call, &world)?;
    let all = world.commands.scope(scope);
    let same = |one: &&Command| one.kind == definition.kind && one.name == definition.name;
    let known = all.iter().find(same).cloned();
    let full = all.iter().filter(|one| one.kind == definition.kind).count();
    if known.is_none() && full >= definition.kind.limit() {
        return Err(ApiError::too_many_commands());
    }
    let changed = known.as_ref().is_none_or(|old| definition.differs(old));
    let now = world.clock.now_ms();
    world.commands.count_creates(scope, usize::from(changed), now)?;
    let command = build(&mut world, scope, definition, known.as_ref());
    let body = render(&world, &command);
    let all = world.commands.scope_mut(scope);
    match all.iter_mut().find(|one| one.id == command.id) {
        Some(old) => *old = command,
        None => all.push(command),
    }
    Ok(Answer::json(if known.is_some() { 200 } else { 201 }, &body))
}

/// Changes the fields that are given.
pub(super) fn update(call: &Call) -> ApiResult {
    let body = call.json()?;
    let mut world = call.world();
    let scope = scope(call, &world)?;
    let at = place(call, &world, scope)?;
    let old = world.commands.scope(scope)[at].clone();
    let definition = call.read(&body, |form| patch(form, &old))?;
    let taken = world
        .commands
        .scope(scope)
        .iter()
        .any(|one| one.id != old.id && one.kind == old.kind && one.name == definition.name);
    if taken {
        let message = "Application command names must be unique";
        return Err(ApiError::field("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", message));
    }
    let command = build(&mut world, scope, definition, Some(&old));
    let body = render(&world, &command);
    world.commands.scope_mut(scope)[at] = command;
    Answer::ok(body)
}

/// Removes one command.
pub(super) fn delete(call: &Call) -> ApiResult {
    let mut world = call.world();
    let scope = scope(call, &world)?;
    let at = place(call, &world, scope)?;
    world.commands.scope_mut(scope).remove(at);
    Answer::no_content()
}

/// The stored command; an unchanged one keeps its version.
fn build(
    world: &mut World,
    guild: Option<GuildId>,
    definition: Definition,
    known: Option<&Command>,
) -> Command {
    let unchanged = known.filter(|known| !definition.differs(known));
    let version = unchanged.map_or_else(|| world.ids.fresh::<EntryId>().0, |known| known.version);
    let id = known.map_or_else(|| world.ids.fresh(), |known| known.id);
    let Definition { kind, name, body } = definition;
    Command { id, kind, name, guild, version, definition: Value::Object(body) }
}
