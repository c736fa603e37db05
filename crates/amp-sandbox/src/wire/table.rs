//! All methods that are played. From this come the routes, the checks of arguments, and `GetAPISpec`.

use crate::wire::answer::Answer;
use crate::wire::args::Kind::{Bool, Guid, Text};
use crate::wire::args::{Param, may, needs};
use crate::wire::caller::Caller;
use crate::wire::{ads, control, core, login, roster, spec};

/// Who may call a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Anyone,
    Session,
    /// A session with this permission.
    Node(&'static str),
}

/// Where a method is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Everywhere,
    Controller,
    Instance,
}

/// A method.
#[derive(Clone, Copy)]
pub(super) struct Method {
    /// `Core/Start`.
    pub(super) name: &'static str,
    pub(super) params: &'static [Param],
    /// As AMP calls the type.
    pub(super) returns: &'static str,
    pub(super) access: Access,
    pub(super) place: Where,
    pub(super) run: fn(&mut Caller<'_>) -> Answer,
}

pub(super) const START: &str = "Core.AppManagement.StartApplication";
pub(super) const STOP: &str = "Core.AppManagement.StopApplication";
pub(super) const RESTART: &str = "Core.AppManagement.RestartApplication";
pub(super) const UPDATE: &str = "Core.AppManagement.UpdateApplication";
pub(super) const SEND: &str = "Core.AppManagement.SendConsoleInput";
pub(super) const READ: &str = "Core.AppManagement.ReadConsole";
const SESSIONS: &str = "Core.UserManagement.ViewActiveSessions";
const BACKUP: &str = "LocalFileBackup.Backup.CreateBackup";
const SUSPEND: &str = "ADS.InstanceManagement.SuspendInstances";

type Run = fn(&mut Caller<'_>) -> Answer;

const fn row(
    name: &'static str,
    params: &'static [Param],
    returns: &'static str,
    access: Access,
    place: Where,
    run: Run,
) -> Method {
    Method { name, params, returns, access, place, run }
}

/// Of the ADS; most leave it to each instance's own permission who may do it.
const fn ads(
    name: &'static str,
    params: &'static [Param],
    returns: &'static str,
    run: Run,
) -> Method {
    row(name, params, returns, Access::Session, Where::Controller, run)
}

/// Of the application.
const fn app(name: &'static str, returns: &'static str, node: &'static str, run: Run) -> Method {
    row(name, &[], returns, Access::Node(node), Where::Everywhere, run)
}

const fn anyone(
    name: &'static str,
    params: &'static [Param],
    returns: &'static str,
    run: Run,
) -> Method {
    row(name, params, returns, Access::Anyone, Where::Everywhere, run)
}

const fn session(
    name: &'static str,
    params: &'static [Param],
    returns: &'static str,
    run: Run,
) -> Method {
    row(name, params, returns, Access::Session, Where::Everywhere, run)
}

const BY_NAME: &[Param] = &[needs("InstanceName", Text)];
const BY_ID: &[Param] = &[needs("InstanceId", Guid)];
const LOGIN: &[Param] = &[
    needs("username", Text),
    needs("password", Text),
    needs("token", Text),
    needs("rememberMe", Bool),
];
const SUSPENSION: &[Param] =
    &[needs("InstanceName", Text), needs("Suspended", Bool), may("SuspendReason", Text)];
const BACKING_UP: &[Param] = &[
    needs("Title", Text),
    needs("Description", Text),
    needs("Sticky", Bool),
    may("WasCreatedAutomatically", Bool),
    may("Local", Bool),
    may("S3", Bool),
];

/// The methods.
pub(super) const METHODS: &[Method] = &[
    anyone("Core/Login", LOGIN, "LoginResponse", login::login),
    anyone(
        "Core/GetAPISpec",
        &[],
        "Dictionary<String, Dictionary<String, MethodInfoSummary>>",
        spec::spec,
    ),
    anyone("Core/GetModuleInfo", &[], "ModuleInfo", core::module_info),
    anyone(
        "Core/GetAuthenticationRequirements",
        &[needs("username", Text)],
        "List<AuthenticationRequirement>",
        login::requirements,
    ),
    session("Core/Logout", &[], "Void", login::logout),
    session("Core/GetStatus", &[], "StatusResponse", core::status),
    session("Core/GetUpdates", &[], "UpdateResponse", core::updates),
    session("Core/GetUserList", &[], "Dictionary<String, String>", core::users),
    session("Core/GetConfig", &[needs("node", Text)], "SettingSpec", core::config),
    session("Core/GetTasks", &[], "List<RunningTask>", core::tasks),
    session(
        "Core/CurrentSessionHasPermission",
        &[needs("PermissionNode", Text)],
        "Boolean",
        core::has_permission,
    ),
    row(
        "Core/GetActiveAMPSessions",
        &[],
        "List<WebSessionSummary>",
        Access::Node(SESSIONS),
        Where::Everywhere,
        core::sessions,
    ),
    app("Core/Start", "ActionResult", START, control::start),
    app("Core/Stop", "Void", STOP, control::stop),
    app("Core/Restart", "ActionResult", RESTART, control::restart),
    app("Core/Kill", "Void", STOP, control::kill),
    app("Core/Sleep", "ActionResult", STOP, control::sleep),
    app("Core/UpdateApplication", "ActionResult", UPDATE, control::update),
    row(
        "Core/SendConsoleMessage",
        &[needs("message", Text)],
        "Void",
        Access::Node(SEND),
        Where::Everywhere,
        control::send,
    ),
    row(
        "LocalFileBackupPlugin/TakeBackup",
        BACKING_UP,
        "ActionResult",
        Access::Node(BACKUP),
        Where::Instance,
        control::back_up,
    ),
    ads(
        "ADSModule/GetInstances",
        &[may("ForceIncludeSelf", Bool)],
        "List<IADSInstance>",
        roster::instances,
    ),
    ads("ADSModule/GetInstance", BY_ID, "InstanceSummary", roster::instance),
    ads("ADSModule/GetInstanceStatuses", &[], "List<InstanceStatus>", roster::statuses),
    ads("ADSModule/GetLocalInstances", &[], "List<InstanceSummary>", roster::local),
    ads(
        "ADSModule/GetApplicationEndpoints",
        &[needs("instanceId", Guid)],
        "List<EndpointInfo>",
        roster::endpoints,
    ),
    ads("ADSModule/StartInstance", BY_NAME, "ActionResult", ads::start),
    ads("ADSModule/StopInstance", BY_NAME, "ActionResult", ads::stop),
    ads("ADSModule/RestartInstance", BY_NAME, "ActionResult", ads::restart),
    ads("ADSModule/UpgradeInstance", BY_NAME, "ActionResult", ads::upgrade),
    ads("ADSModule/ManageInstance", BY_ID, "ActionResult<String>", ads::manage),
    row(
        "ADSModule/SetInstanceSuspended",
        SUSPENSION,
        "ActionResult",
        Access::Node(SUSPEND),
        Where::Controller,
        ads::suspend,
    ),
];

/// The method of this name.
pub(super) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name)
}
