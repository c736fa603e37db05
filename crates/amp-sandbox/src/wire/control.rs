//! What can be done with an application. At the controller there is none: it accepts, and nothing happens.

use crate::wire::answer::{Answer, Failure, Reply, done, tried};
use crate::wire::caller::Caller;

/// Tries something with the application of this place.
fn with(
    caller: &mut Caller<'_>,
    act: impl FnOnce(&mut crate::instance::Instance) -> Result<(), crate::instance::No>,
) -> Answer {
    match caller.application() {
        Some(instance) => tried(act(instance)),
        None => Ok(Reply::Value(done())),
    }
}

pub(super) fn start(caller: &mut Caller<'_>) -> Answer {
    let now = caller.now;
    with(caller, |instance| instance.start(now))
}

pub(super) fn stop(caller: &mut Caller<'_>) -> Answer {
    let now = caller.now;
    if let Some(instance) = caller.application() {
        instance.stop(now);
    }
    Ok(Reply::Void)
}

pub(super) fn kill(caller: &mut Caller<'_>) -> Answer {
    let now = caller.now;
    if let Some(instance) = caller.application() {
        instance.kill(now);
    }
    Ok(Reply::Void)
}

pub(super) fn restart(caller: &mut Caller<'_>) -> Answer {
    let (now, when_stopped) = (caller.now, caller.switches.restart_when_stopped);
    with(caller, |instance| instance.restart(now, when_stopped))
}

pub(super) fn sleep(caller: &mut Caller<'_>) -> Answer {
    let now = caller.now;
    with(caller, |instance| instance.sleep(now))
}

pub(super) fn update(caller: &mut Caller<'_>) -> Answer {
    let (now, task) = (caller.now, caller.world.guid());
    with(caller, |instance| instance.update(now, task))
}

pub(super) fn send(caller: &mut Caller<'_>) -> Answer {
    let (now, args) = (caller.now, caller.args);
    if let Some(instance) = caller.application() {
        instance.command(args.text("message"), now);
    }
    Ok(Reply::Void)
}

pub(super) fn back_up(caller: &mut Caller<'_>) -> Answer {
    let (now, args, task) = (caller.now, caller.args, caller.world.guid());
    let Some(instance) = caller.application() else { return Err(Failure::NoSuchMethod) };
    tried(instance.back_up(now, task, args.text("Title")))
}
