//! Logging in and out.

use serde_json::{Value, json};

use crate::clock::Millis;
use crate::id::Guid;
use crate::session::{Good, Place, REMEMBERED_MS, Session, Shown};
use crate::totp;
use crate::user::User;
use crate::wire::answer::{Answer, Failure, Reply};
use crate::wire::caller::Caller;
use crate::world::World;

/// Why there is no session: AMP's `result`, and what it says.
#[derive(Clone, Copy, Debug)]
struct No(i32, &'static str);

const WRONG: No = No(0, "The user name or the password is wrong");
const TOKEN_REJECTED: No = No(1, "The token is not known");
const FULL_LOGIN: No = No(2, "The token is no longer good; log in with the password");
const NO_ACCESS: No = No(5, "This user has no access to this instance");
const SUSPENDED: No = No(6, "This instance is suspended");
const CHANGE_PASSWORD: No = No(20, "The password has to be changed first");
const DISABLED: No = No(25, "This user is disabled");
const CODE_NEEDED: No = No(40, "A two-factor code is needed");
const SET_UP_CODES: No = No(45, "Two-factor codes have to be set up first");
const WRONG_CODE: No = No(50, "The two-factor code is wrong");

pub(super) fn login(caller: &mut Caller<'_>) -> Answer {
    let key = World::key(caller.args.text("username"));
    if let Err(No(result, reason)) = admit(caller, &key) {
        return Ok(Reply::Login(refused(result, reason)));
    }
    let remember = caller.args.flag("rememberMe");
    let (place, now) = (caller.place, caller.now);
    let world = &mut *caller.world;
    let (id, token) = (world.guid(), world.guid());
    let token = if remember { token.to_string() } else { String::new() };
    let Some(user) = world.users.get_mut(&key) else { return Err(Failure::NoSession) };
    let info = user_info(user, &caller.switches.profile.time(user.last_login));
    user.last_login = now;
    let grants = user.grants(place.instance());
    let visible = world.visible(&grants).collect();
    if remember {
        world.tokens.add(token.clone(), &key, Good::Remembered, now + REMEMBERED_MS);
    }
    let replay = caller.switches.replay_lines;
    let found = place.instance().and_then(|instance| world.instance(instance, now));
    let cursor = found.map(|instance| instance.console.place_for_new(replay)).unwrap_or_default();
    let permissions = grants.clone();
    world.sessions.add(Session {
        id,
        user: key,
        place,
        grants,
        visible,
        cursor,
        start: now,
        last: now,
    });
    Ok(Reply::Login(json!({
        "success": true,
        "result": 10,
        "resultReason": "",
        "sessionID": id.to_string(),
        "rememberMeToken": token,
        "permissions": permissions,
        "userInfo": info,
    })))
}

/// Goes through what AMP asks, in the order in which a person would be told.
fn admit(caller: &mut Caller<'_>, key: &str) -> Result<(), No> {
    let (place, now) = (caller.place, caller.now);
    let (password, token) = (caller.args.text("password"), caller.args.text("token"));
    let world = &mut *caller.world;
    let user = world.users.get(key).ok_or(WRONG)?;
    let stranger = user.only_at.is_some_and(|only| place.instance() != Some(only));
    if stranger {
        return Err(WRONG);
    }
    if password.is_empty() && !token.is_empty() {
        match world.tokens.take(token, key, place, now) {
            Shown::Unknown => return Err(TOKEN_REJECTED),
            Shown::Over => return Err(FULL_LOGIN),
            Shown::Good => {}
        }
        fit(user)?;
    } else {
        if user.password != password {
            return Err(WRONG);
        }
        fit(user)?;
        second_factor(user, token, now)?;
    }
    let Some(instance) = place.instance() else { return Ok(()) };
    let grants = user.grants(Some(instance));
    let alone = world.alone == Some(instance);
    if !alone && user.only_at.is_none() && !world.visible(&grants).any(|seen| seen == instance) {
        return Err(NO_ACCESS);
    }
    let suspended = world.instance(instance, now).is_some_and(|found| found.suspended);
    if suspended && caller.switches.suspended_refuses_login {
        return Err(SUSPENDED);
    }
    Ok(())
}

fn fit(user: &User) -> Result<(), No> {
    if user.disabled {
        return Err(DISABLED);
    }
    if user.must_change_password {
        return Err(CHANGE_PASSWORD);
    }
    if user.must_set_up_totp && user.totp.is_none() {
        return Err(SET_UP_CODES);
    }
    Ok(())
}

fn second_factor(user: &User, digits: &str, now: Millis) -> Result<(), No> {
    match &user.totp {
        None => Ok(()),
        Some(_) if digits.is_empty() => Err(CODE_NEEDED),
        Some(secret) if totp::accepts(secret, digits, now) => Ok(()),
        Some(_) => Err(WRONG_CODE),
    }
}

/// A login that did not succeed, with AMP's number for it.
pub(super) fn refused(result: i32, reason: &str) -> Value {
    json!({
        "success": false,
        "result": result,
        "resultReason": reason,
        "sessionID": Guid::NIL.to_string(),
        "rememberMeToken": "",
        "permissions": [],
        "userInfo": null,
    })
}

fn user_info(user: &User, last_login: &Value) -> Value {
    json!({
        "ID": user.id.to_string(),
        "Username": user.name,
        "EmailAddress": "",
        "IsTwoFactorEnabled": user.totp.is_some(),
        "Disabled": user.disabled,
        "LastLogin": last_login,
        "GravatarHash": "",
        "IsLDAPUser": false,
        "AvatarBase64": "",
    })
}

pub(super) fn logout(caller: &mut Caller<'_>) -> Answer {
    let id = caller.session()?.id;
    caller.world.sessions.end(id);
    Ok(Reply::Void)
}

/// What a login form has to ask of this user: 1 name, 2 password, 4 code.
pub(super) fn requirements(caller: &mut Caller<'_>) -> Answer {
    let user = caller.world.users.get(&World::key(caller.args.text("username")));
    let codes = user.is_some_and(|user| user.totp.is_some());
    Ok(Reply::Value(if codes { json!([1, 2, 4]) } else { json!([1, 2]) }))
}

/// A token for one login at this instance, for whoever may manage it.
pub(super) fn service_token(world: &mut World, user: &str, place: Place, until: Millis) -> String {
    let token = world.guid().to_string();
    if let Place::Instance(instance) = place {
        world.tokens.add(token.clone(), user, Good::Service(instance), until);
    }
    token
}
