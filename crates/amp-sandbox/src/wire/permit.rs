//! Whether a call may be made: the session it names, and what that session may do.

use axum::http::{HeaderMap, header};

use crate::amp::Inner;
use crate::clock::{Millis, to_millis};
use crate::id::Guid;
use crate::observe::ViolationKind;
use crate::permission;
use crate::profile::Profile;
use crate::session::{Place, Session};
use crate::switches::{SessionWay, Switches};
use crate::wire::answer::Failure;
use crate::wire::args::Args;
use crate::wire::table::{Access, Method, Where};
use crate::world::World;

/// The session a request names, as far as this version looks for it.
pub(super) fn named(
    headers: &HeaderMap,
    args: &Args,
    method: &str,
    amp: &Inner,
    switches: &Switches,
) -> Option<Guid> {
    if headers.contains_key("sessionid") {
        let detail = "AMP does not look at a header SESSIONID";
        amp.violations.note(ViolationKind::SessionHeader, method, detail);
    }
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer
        .and_then(|value| value.strip_prefix("Bearer "))
        .and_then(|id| id.trim().parse().ok());
    let body = args.text("SESSIONID");
    if is_deprecated(args, switches) {
        let detail = "a session in the body; it belongs into Authorization: Bearer";
        amp.violations.note(ViolationKind::Deprecated, method, detail);
    }
    let body = body.parse().ok();
    match switches.session_way() {
        SessionWay::Bearer => bearer,
        SessionWay::Body => body,
        SessionWay::Both => bearer.or(body),
    }
}

/// Whether this version complains of where the session is said.
pub(super) fn is_deprecated(args: &Args, switches: &Switches) -> bool {
    switches.profile >= Profile::V2_8 && !args.text("SESSIONID").is_empty()
}

/// The session, if it is good here and now.
pub(super) fn session(
    world: &mut World,
    id: Guid,
    place: Place,
    now: Millis,
    switches: &Switches,
) -> Option<Session> {
    let idle = switches.session_idle.map(to_millis);
    let found = world.sessions.get(id)?;
    if idle.is_some_and(|idle| now - found.last > idle) {
        world.sessions.end(id);
        return None;
    }
    found.last = now;
    if found.place == place {
        return Some(found.clone());
    }
    let found = found.clone();
    match place {
        Place::Instance(instance)
            if switches.controller_session_at_instances
                && found.place == Place::Controller
                && world.sees(&found, instance, switches) =>
        {
            Some(shadow(world, &found, place, now, switches))
        }
        _ => None,
    }
}

/// The controller's session at an instance: one of its own behind the scenes, for its place in the console.
fn shadow(
    world: &mut World,
    of: &Session,
    place: Place,
    now: Millis,
    switches: &Switches,
) -> Session {
    let Place::Instance(instance) = place else { return of.clone() };
    let id = Guid(of.id.0 ^ instance.0.0);
    if let Some(known) = world.sessions.get(id) {
        return known.clone();
    }
    let grants =
        world.users.get(&of.user).map(|user| user.grants(Some(instance))).unwrap_or_default();
    let cursor = world
        .instance(instance, now)
        .map(|found| found.console.place_for_new(switches.replay_lines));
    let session =
        Session { id, place, grants, cursor: cursor.unwrap_or_default(), start: now, ..of.clone() };
    world.sessions.add(session.clone());
    session
}

/// Whether the method is there, and may be called.
pub(super) fn check(
    method: &Method,
    place: Place,
    session: Option<&Session>,
    world: &World,
    switches: &Switches,
) -> Result<(), Failure> {
    if !is_there(method, place) {
        return Err(Failure::NoSuchMethod);
    }
    match (method.access, session) {
        (Access::Anyone, _) | (Access::Session, Some(_)) => Ok(()),
        (_, None) => Err(Failure::NoSession),
        (Access::Node(node), Some(session)) => {
            let may = permission::allows(&world.grants_of(session, switches), node);
            may.then_some(()).ok_or_else(|| Failure::NotPermitted(node.to_owned()))
        }
    }
}

/// Whether a method is at a place at all.
pub(super) fn is_there(method: &Method, place: Place) -> bool {
    match method.place {
        Where::Everywhere => true,
        Where::Controller => place == Place::Controller,
        Where::Instance => place != Place::Controller,
    }
}
