//! What the controller does with its instances. Names, not ids, say which one.

use crate::id::{Guid, InstanceId};
use crate::session::{Place, SERVICE_MS};
use crate::wire::answer::{Answer, Failure, Reply, done, done_with, tried};
use crate::wire::caller::Caller;
use crate::wire::login;
use crate::world::Target;

/// Whom a name or an id means.
enum Meant {
    /// The panel itself.
    Ads,
    Instance(InstanceId),
}

/// The short name of every ADS.
pub(super) const ADS_NAME: &str = "ADS01";

fn by_name(caller: &Caller<'_>) -> Result<Meant, Failure> {
    let name = caller.args.text("InstanceName");
    if name == ADS_NAME {
        let node = caller.world.targets.first().map(Target::manage_node).unwrap_or_default();
        let may = caller.may(&node);
        return may.then_some(Meant::Ads).ok_or(Failure::NotPermitted(node));
    }
    let found = caller.world.named(name).find(|id| caller.sees(*id));
    // What it does not see is refused by its permission, not by its name.
    let found = found.or_else(|| caller.world.named(name).next());
    found
        .map(Meant::Instance)
        .ok_or_else(|| Failure::Refused("No such instance with this name".to_owned()))
}

pub(super) fn start(caller: &mut Caller<'_>) -> Answer {
    let (now, starts) = (caller.now, caller.switches.start_instance_starts_game);
    match by_name(caller)? {
        Meant::Ads => Err(Failure::Refused("The instance is running already".to_owned())),
        Meant::Instance(id) => tried(caller.managed(id)?.come_up(now, starts)),
    }
}

pub(super) fn stop(caller: &mut Caller<'_>) -> Answer {
    match by_name(caller)? {
        Meant::Ads => caller.takes_the_panel_down = true,
        Meant::Instance(id) => {
            let instance = caller.managed(id)?;
            if !instance.running {
                return Err(Failure::Refused("The instance is not running".to_owned()));
            }
            instance.go_down();
            caller.world.sessions.end_at(Place::Instance(id));
        }
    }
    Ok(Reply::Value(done()))
}

pub(super) fn restart(caller: &mut Caller<'_>) -> Answer {
    let (now, starts) = (caller.now, caller.switches.start_instance_starts_game);
    match by_name(caller)? {
        Meant::Ads => caller.world.sessions.clear(),
        Meant::Instance(id) => {
            let instance = caller.managed(id)?;
            instance.go_down();
            instance.come_up(now, starts).map_err(|reason| Failure::Refused(reason.to_owned()))?;
            caller.world.sessions.end_at(Place::Instance(id));
        }
    }
    Ok(Reply::Value(done()))
}

/// Brings an instance's AMP up to date, for which it has to be down.
pub(super) fn upgrade(caller: &mut Caller<'_>) -> Answer {
    match by_name(caller)? {
        Meant::Ads => Err(Failure::Refused("The controller cannot upgrade itself".to_owned())),
        Meant::Instance(id) if caller.managed(id)?.running => {
            Err(Failure::Refused("The instance has to be stopped first".to_owned()))
        }
        Meant::Instance(_) => Ok(Reply::Value(done())),
    }
}

pub(super) fn suspend(caller: &mut Caller<'_>) -> Answer {
    let (now, suspended) = (caller.now, caller.args.flag("Suspended"));
    if let Meant::Instance(id) = by_name(caller)? {
        caller.managed(id)?.suspend(now, suspended);
    }
    Ok(Reply::Value(done()))
}

/// A token with which the same user may log in at the instance, without a password.
pub(super) fn manage(caller: &mut Caller<'_>) -> Answer {
    let id = by_id(caller, "InstanceId")?;
    caller.managed(id)?;
    let user = caller.session()?.user.clone();
    let until = caller.now + SERVICE_MS;
    let token = login::service_token(caller.world, &user, Place::Instance(id), until);
    Ok(Reply::Value(done_with(token)))
}

/// The instance that a parameter names, which may be none that the session sees.
pub(super) fn by_id(caller: &Caller<'_>, param: &str) -> Result<InstanceId, Failure> {
    let text = caller.args.text(param);
    let known = |id: &InstanceId| caller.world.instances.iter().any(|instance| instance.id == *id);
    let id = text.parse::<Guid>().ok().map(InstanceId).filter(known);
    id.ok_or_else(|| no_instance(text))
}

/// What AMP says of an id it does not know.
pub(super) fn no_instance(id: &str) -> Failure {
    let id: String = id.chars().take(64).collect();
    Failure::Refused(format!("No instance with ID {id}"))
}
