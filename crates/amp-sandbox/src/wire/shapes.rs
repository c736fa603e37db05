//! The objects that AMP answers with, complete with every field that a typed client asks for.

use serde_json::{Map, Value, json};

use crate::clock::Millis;
use crate::console;
use crate::instance::Instance;
use crate::metrics::{self, Metric};
use crate::profile::Profile;
use crate::state::AppState;
use crate::switches::{Switches, UptimeStyle};
use crate::tasks::Task;
use crate::wire::ads::ADS_NAME;
use crate::world::{Target, World};

/// Metrics by name.
pub(super) fn metrics(instance: &Instance, now: Millis) -> Value {
    metrics::of(instance, now)
        .iter()
        .map(|metric| (metric.name.to_owned(), self::metric(metric)))
        .collect()
}

fn metric(metric: &Metric) -> Value {
    json!({
        "RawValue": metric.raw,
        "MaxValue": metric.max,
        "Percent": metric.percent(),
        "Units": metric.units,
        "Color": metric.color,
        "Color2": metric.color,
        "Color3": "#FFFFFF",
        "ShortName": "",
    })
}

/// How long it has been up: hours, and days before them when there are any.
pub(super) fn uptime(since: Option<Millis>, now: Millis, style: UptimeStyle) -> String {
    let seconds = since.map_or(0, |since| (now - since) / 1_000).max(0);
    let (days, hours) = (seconds / 86_400, seconds / 3_600 % 24);
    let (minutes, seconds) = (seconds / 60 % 60, seconds % 60);
    let clock = format!("{hours:02}:{minutes:02}:{seconds:02}");
    match (days, style) {
        (0, _) => clock,
        (_, UptimeStyle::Colons) => format!("{days}:{clock}"),
        (_, UptimeStyle::Dotted) => format!("{days}.{clock}"),
    }
}

/// GetStatus of an application.
pub(super) fn status(instance: &Instance, now: Millis, switches: &Switches) -> Value {
    let mut status = json!({
        "State": instance.shown_state().number(),
        "Uptime": uptime(instance.ready_at, now, switches.uptime),
        "Metrics": metrics(instance, now),
    });
    if switches.profile >= Profile::V2_8 {
        status["Ports"] = ports(instance);
    }
    status
}

/// GetStatus of the controller, which always runs.
pub(super) fn own_status(world: &World, now: Millis, switches: &Switches) -> Value {
    let mut status = json!({
        "State": AppState::Ready.number(),
        "Uptime": uptime(Some(world.started), now, switches.uptime),
        "Metrics": {},
    });
    if switches.profile >= Profile::V2_8 {
        status["Ports"] = json!([]);
    }
    status
}

/// The ports the application has.
pub(super) fn ports(instance: &Instance) -> Value {
    let minecraft = instance.spec.module == "Minecraft";
    json!([{
        "Port": instance.spec.game_port,
        "Name": instance.spec.app_name,
        "Protocol": if minecraft { 0 } else { 2 },
        "Listening": matches!(instance.state, AppState::Ready | AppState::Sleeping),
        "IsDelayedOpen": false,
        "Required": true,
    }])
}

/// A line of the console.
pub(super) fn line(line: &console::Line, profile: Profile) -> Value {
    json!({
        "Contents": line.text,
        "Source": line.source,
        "SourceId": "",
        "Type": line.kind,
        "Timestamp": profile.time(line.at),
    })
}

/// A task.
pub(super) fn task(task: &Task, now: Millis, profile: Profile) -> Value {
    let done = task.is_done(now);
    let mut value = json!({
        "Id": task.id.to_string(),
        "Name": task.name,
        "Description": task.description,
        "State": if done { 4 } else { 0 },
        "StateMessage": "",
        "ProgressPercent": task.percent(now),
        "IsIndeterminate": false,
        "IsCancellable": false,
        "IsPrimaryTask": true,
        "HideFromUI": false,
        "FastDismiss": false,
        "DontPropagate": false,
        "Origin": "Core",
        "Speed": "",
        "StartTime": profile.time(task.start),
        "EndTime": done.then(|| profile.time(task.end)),
        "LastUpdatePushed": profile.time(now.min(task.end)),
        "RemoteInstanceId": null,
        "ParentTaskId": null,
    });
    if profile < Profile::V2_6_2 {
        value["Status"] = json!("");
    }
    value
}

/// Where players connect to.
pub(super) fn endpoints(instance: &Instance) -> Value {
    let address = format!("{}:{}", instance.spec.endpoint, instance.spec.game_port);
    let uri = if instance.spec.image.starts_with("steam:") {
        format!("steam://connect/{address}")
    } else {
        String::new()
    };
    json!([{ "DisplayName": instance.spec.app_name, "Endpoint": address, "Uri": uri }])
}

/// An instance in the roster, whose state and metrics may be old.
pub(super) fn instance(
    instance: &Instance,
    target: &Target,
    state: AppState,
    metrics: &Value,
    profile: Profile,
) -> Value {
    let spec = &instance.spec;
    let mut args = Map::new();
    args.insert(format!("{}.Network.Port", spec.module), json!(spec.game_port.to_string()));
    let known = json!({
        "InstanceID": instance.id.to_string(),
        "TargetID": target.id.to_string(),
        "InstanceName": spec.name,
        "FriendlyName": spec.friendly_name,
        "Description": spec.description,
        "Module": spec.module,
        "ModuleDisplayName": spec.app_name,
        "DisplayImageSource": spec.image,
        "Port": instance.port,
        "Running": instance.running,
        "Suspended": instance.suspended,
        "AppState": state.number(),
        "Metrics": metrics,
        "ApplicationEndpoints": endpoints(instance),
        "DeploymentArgs": args,
        "IsContainerInstance": spec.container,
        "ContainerMemoryMB": if spec.container { spec.metering.memory_mb } else { 0 },
    });
    with_defaults(known, profile)
}

/// The controller's own entry: nothing to start or stop for a bot.
pub(super) fn ads(target: &Target, profile: Profile) -> Value {
    let known = json!({
        "InstanceID": target.ads.to_string(),
        "TargetID": target.id.to_string(),
        "InstanceName": ADS_NAME,
        "FriendlyName": target.friendly_name,
        "Description": "",
        "Module": "ADS",
        "ModuleDisplayName": "Application Deployment Service",
        "DisplayImageSource": "internal:ADS",
        "Port": 8_080,
        "Running": true,
        "Suspended": false,
        "AppState": AppState::Ready.number(),
        "Metrics": {},
        "ApplicationEndpoints": [],
        "DeploymentArgs": {},
        "IsContainerInstance": false,
        "ContainerMemoryMB": 0,
    });
    with_defaults(known, profile)
}

fn with_defaults(known: Value, profile: Profile) -> Value {
    let mut value = json!({
        "AMPVersion": profile.version_value(),
        "ContainerCPUs": 0.0,
        "ContainerMemoryPolicy": 0,
        "ContainerSwapMB": 0,
        "Daemon": true,
        "DaemonAutostart": true,
        "DiskUsageMB": 1_024,
        "ExcludeFromFirewall": false,
        "IP": "127.0.0.1",
        "IsHTTPS": false,
        "ManagementMode": 10,
        "ReleaseStream": 10,
        "SpecificDockerImage": "",
        "Tags": [],
        "UseHostModeNetwork": false,
        "WelcomeMessage": "",
    });
    if let (Value::Object(all), Value::Object(known)) = (&mut value, known) {
        all.extend(known);
    }
    value
}

/// A target with what is on it.
pub(super) fn target(
    target: &Target,
    number: usize,
    instances: &[Value],
    now: Millis,
    profile: Profile,
) -> Value {
    json!({
        "Id": number,
        "InstanceId": target.ads.to_string(),
        "FriendlyName": target.friendly_name,
        "Description": "",
        "Disabled": false,
        "IsRemote": number > 0,
        "CanCreate": true,
        "CreatesInContainers": false,
        "State": 20,
        "StateReason": "",
        "LastUpdated": profile.time(now),
        "URL": "http://127.0.0.1:8080/",
        "Platform": {
            "CPUInfo": {
                "Sockets": 1, "Cores": 8, "Threads": 16, "Vendor": "Local", "ModelName": "Processor in a box",
                "TotalCores": 8, "TotalThreads": 16,
            },
            "DockerNetworkIsHostMode": false,
            "InstalledRAMMB": 32_768,
            "OS": 2,
            "PlatformName": "Linux in a box",
            "SystemType": 1,
            "Virtualization": 0,
        },
        "Datastores": [{ "Id": 1, "FriendlyName": "Default" }],
        "AvailableIPs": ["0.0.0.0", "127.0.0.1"],
        "Tags": [],
        "TagsList": "[]",
        "Fitness": null,
        "AvailableInstances": instances,
    })
}
