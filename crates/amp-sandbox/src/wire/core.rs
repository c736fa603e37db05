//! What an application, or the controller, says of itself.

use serde_json::{Value, json};

use crate::wire::answer::{Answer, Failure, Reply};
use crate::wire::caller::Caller;
use crate::wire::shapes;
use crate::wire::table::READ;

pub(super) fn status(caller: &mut Caller<'_>) -> Answer {
    Ok(Reply::Value(status_of(caller)))
}

fn status_of(caller: &mut Caller<'_>) -> Value {
    let (now, switches) = (caller.now, caller.switches);
    match caller.application() {
        Some(instance) => shapes::status(instance, now, switches),
        None => shapes::own_status(caller.world, now, switches),
    }
}

/// What is new in the console since this session asked last. A new session is told some of the old again.
pub(super) fn updates(caller: &mut Caller<'_>) -> Answer {
    let (profile, reads) = (caller.switches.profile, caller.may(READ));
    let (id, mut place) = caller.session().map(|session| (session.id, session.cursor))?;
    let mut lines = Vec::new();
    let mut ports = json!([]);
    if let Some(instance) = caller.application() {
        (lines, place) = instance.console.since(place);
        ports = shapes::ports(instance);
    }
    if let Some(session) = caller.world.sessions.get(id) {
        session.cursor = place;
    }
    let lines = lines.iter().filter(|_| reads).map(|line| shapes::line(line, profile));
    Ok(Reply::Value(json!({
        "ConsoleEntries": lines.collect::<Value>(),
        "Status": status_of(caller),
        "Messages": [],
        "Ports": ports,
        "Tasks": tasks_of(caller),
    })))
}

/// Who is on: id to name.
pub(super) fn users(caller: &mut Caller<'_>) -> Answer {
    let players = caller.application().map(|instance| instance.players.clone()).unwrap_or_default();
    let users = players.into_iter().map(|player| (player.id.to_string(), Value::from(player.name)));
    Ok(Reply::Value(Value::Object(users.collect())))
}

pub(super) fn tasks(caller: &mut Caller<'_>) -> Answer {
    Ok(Reply::Value(tasks_of(caller)))
}

fn tasks_of(caller: &mut Caller<'_>) -> Value {
    let (now, profile) = (caller.now, caller.switches.profile);
    let Some(instance) = caller.application() else { return json!([]) };
    instance.tasks.shown(now).map(|task| shapes::task(task, now, profile)).collect()
}

/// A setting. None are played.
pub(super) fn config(caller: &mut Caller<'_>) -> Answer {
    let node: String = caller.args.text("node").chars().take(100).collect();
    Err(Failure::Refused(format!("No such node: {node}")))
}

/// Only for where it is asked: an instance knows nothing of the controller's own nodes.
pub(super) fn has_permission(caller: &mut Caller<'_>) -> Answer {
    let node = caller.args.text("PermissionNode");
    let controllers = node.starts_with("ADS.") || node.starts_with("Instances.");
    let here = caller.place.instance().is_none() || !controllers;
    Ok(Reply::Value(Value::Bool(here && caller.may(node))))
}

pub(super) fn sessions(caller: &mut Caller<'_>) -> Answer {
    let profile = caller.switches.profile;
    let world = &*caller.world;
    let session = |session: &crate::session::Session| {
        let user = world.users.get(&session.user).map(|user| user.name.as_str());
        json!({
            "SessionID": session.id.to_string(),
            "Username": user.unwrap_or(&session.user),
            "Source": "127.0.0.1",
            "SessionType": "API",
            "StartTime": profile.time(session.start),
            "LastActivity": profile.time(session.last),
        })
    };
    Ok(Reply::Value(world.sessions.at(caller.place).map(session).collect()))
}

/// What this is. Anyone may ask, before logging in.
pub(super) fn module_info(caller: &mut Caller<'_>) -> Answer {
    let (now, profile, url) = (caller.now, caller.switches.profile, caller.url);
    let ads =
        caller.world.targets.first().map(|target| shapes::ads(target, profile)).unwrap_or_default();
    let (module, app, id, name, friendly, sleeps, port) = match caller.application() {
        Some(one) => (
            json!(one.spec.module),
            json!(one.spec.app_name),
            json!(one.id.to_string()),
            json!(one.spec.name),
            json!(one.spec.friendly_name),
            one.spec.sleeps,
            json!(one.spec.game_port),
        ),
        None => (
            ads["Module"].clone(),
            ads["ModuleDisplayName"].clone(),
            ads["InstanceID"].clone(),
            ads["InstanceName"].clone(),
            ads["FriendlyName"].clone(),
            false,
            ads["Port"].clone(),
        ),
    };
    let branding: Value = [
        "BackgroundURL",
        "BrandingMessage",
        "CompanyName",
        "ForgotPasswordURL",
        "LogoURL",
        "PageTitle",
        "ShortBrandingMessage",
        "SplashFrameURL",
        "SubmitTicketURL",
        "SupportText",
        "SupportURL",
        "URL",
        "WelcomeMessage",
    ]
    .into_iter()
    .map(|field| (field.to_owned(), json!("")))
    .chain([("DisplayBranding".to_owned(), json!(false))])
    .collect();
    Ok(Reply::Value(json!({
        "Name": module,
        "ModuleName": module,
        "AppName": app,
        "Author": "a local panel",
        "InstanceId": id,
        "InstanceName": name,
        "FriendlyName": friendly,
        "SupportsSleep": sleeps,
        "BasePort": port,
        "AMPVersion": profile.version_value(),
        "AMPBuild": "1",
        "APIVersion": profile.version(),
        "BuildSpec": "Release",
        "ToolsVersion": "1",
        "VersionCodename": "Box",
        "Timestamp": profile.time(caller.world.started.min(now)),
        "AllowRememberMe": true,
        "Analytics": false,
        "Branding": branding,
        "DisplayBaseURI": "",
        "EndpointURI": url,
        "PrimaryEndpoint": "",
        "FeatureSet": ["CommercialUsage"],
        "LoadedPlugins": ["LocalFileBackupPlugin"],
        "IsRemoteInstance": false,
        "RequiresFullLoad": false,
    })))
}
