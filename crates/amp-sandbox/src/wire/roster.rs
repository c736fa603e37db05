//! The controller's lists. Only instances the user may manage are in them, and what they show may be old.

use serde_json::{Value, json};

use crate::id::InstanceId;
use crate::wire::ads::by_id;
use crate::wire::answer::{Answer, Reply};
use crate::wire::caller::Caller;
use crate::wire::shapes;

impl Caller<'_> {
    /// What the roster shows of these instances.
    fn rows(&mut self, wanted: impl Fn(InstanceId, usize) -> bool) -> Vec<Value> {
        let (now, switches) = (self.now, self.switches);
        self.world.refresh(now, switches, |instance| shapes::metrics(instance, now));
        let world = &*self.world;
        let shown = world
            .instances
            .iter()
            .filter(|one| wanted(one.id, one.spec.target) && self.sees(one.id));
        let row = |instance| {
            let instance: &crate::instance::Instance = instance;
            let target = world.targets.get(instance.spec.target)?;
            let (state, metrics) = world.in_roster(instance.id);
            Some(shapes::instance(instance, target, state, &metrics, switches.profile))
        };
        shown.filter_map(row).collect()
    }
}

pub(super) fn instances(caller: &mut Caller<'_>) -> Answer {
    let (now, profile) = (caller.now, caller.switches.profile);
    let mut targets = Vec::new();
    for number in 0..caller.world.targets.len() {
        let mut rows = caller.rows(|_, target| target == number);
        let target = &caller.world.targets[number];
        // Always there, and whoever stops it takes the panel down.
        rows.insert(0, shapes::ads(target, profile));
        targets.push(shapes::target(target, number, &rows, now, profile));
    }
    Ok(Reply::Value(Value::Array(targets)))
}

pub(super) fn local(caller: &mut Caller<'_>) -> Answer {
    let mut rows = caller.rows(|_, target| target == 0);
    let profile = caller.switches.profile;
    rows.insert(0, shapes::ads(&caller.world.targets[0], profile));
    Ok(Reply::Value(Value::Array(rows)))
}

pub(super) fn instance(caller: &mut Caller<'_>) -> Answer {
    let id = by_id(caller, "InstanceId")?;
    caller.managed(id)?;
    Ok(Reply::Value(caller.rows(|one, _| one == id).pop().unwrap_or_default()))
}

pub(super) fn statuses(caller: &mut Caller<'_>) -> Answer {
    let now = caller.now;
    caller.world.settle(now);
    let shown = caller.world.instances.iter().filter(|one| caller.sees(one.id));
    let status =
        |id: InstanceId, running| json!({ "InstanceID": id.to_string(), "Running": running });
    let own = caller.world.targets.iter().map(|target| status(target.ads, true));
    Ok(Reply::Value(own.chain(shown.map(|one| status(one.id, one.running))).collect()))
}

pub(super) fn endpoints(caller: &mut Caller<'_>) -> Answer {
    let id = by_id(caller, "instanceId")?;
    Ok(Reply::Value(shapes::endpoints(caller.managed(id)?)))
}
