//! The hand of those who play on an instance, and of whoever sits at its machine.

use std::sync::Arc;
use std::time::Duration;

use crate::amp::Inner;
use crate::clock::Millis;
use crate::id::InstanceId;
use crate::instance::{Instance, Phase};
use crate::players::Walk;
use crate::session::Place;
use crate::state::AppState;

/// One instance, seen from its machine.
#[derive(Clone, Debug)]
pub struct Server {
    pub(crate) amp: Arc<Inner>,
    pub(crate) id: InstanceId,
}

impl Server {
    /// With everything that was due; what nobody made answers like nothing.
    fn with<T: Default>(&self, look: impl FnOnce(&mut Instance, Millis) -> T) -> T {
        let now = self.amp.clock.now_ms();
        let mut world = self.amp.world.lock();
        world.instance(self.id, now).map(|instance| look(instance, now)).unwrap_or_default()
    }

    /// Its id.
    pub fn id(&self) -> InstanceId {
        self.id
    }

    /// The short name, by which `StartInstance` knows it.
    pub fn name(&self) -> String {
        self.with(|instance, _| instance.spec.name.clone())
    }

    /// Somebody connects. A sleeping server wakes for them. False if there is no place, or nothing to connect to.
    pub fn join(&self, name: &str) -> bool {
        self.with(|instance, now| instance.join(name, now))
    }

    /// Somebody goes.
    pub fn leave(&self, name: &str) -> bool {
        self.with(|instance, now| instance.leave(name, now))
    }

    /// Who is on.
    pub fn players(&self) -> Vec<String> {
        self.with(|instance, _| instance.players.iter().map(|player| player.name.clone()).collect())
    }

    /// The game dies: `Failed`. One that restarts itself comes back.
    pub fn crash(&self) {
        self.with(Instance::crash);
    }

    /// The next start ends in `Failed`.
    pub fn fails_next_start(&self) {
        self.with(|instance, _| instance.fails_next_start = true);
    }

    /// The daemon dies, and the game and all sessions at the instance with it.
    pub fn daemon_dies(&self) {
        self.with(|instance, _| instance.go_down());
        self.amp.world.lock().sessions.end_at(Place::Instance(self.id));
    }

    /// Somebody starts the daemon at the machine.
    pub fn daemon_starts(&self) {
        let _ = self.with(|instance, now| Some(instance.come_up(now, false)));
    }

    /// Somebody starts the game at the panel.
    pub fn start(&self) {
        let _ = self.with(|instance, now| Some(instance.start(now)));
    }

    /// Somebody stops the game at the panel.
    pub fn shut_down(&self) {
        self.with(Instance::stop);
    }

    /// Puts it to sleep, if it can.
    pub fn sleep(&self) {
        let _ = self.with(|instance, now| Some(instance.sleep(now)));
    }

    /// From now on people come and go by themselves, the same way for the same seed.
    pub fn lively(&self, seed: u64) {
        self.with(|instance, now| instance.walk = Some(Walk::new(seed, now)));
    }

    /// A line appears in the console.
    pub fn say(&self, line: &str) {
        self.with(|instance, now| instance.console.say(now, "Server", "Console", line));
    }

    /// Somebody says something in the game.
    pub fn chat(&self, name: &str, words: &str) {
        self.with(|instance, now| instance.console.say(now, name, "Chat", words));
    }

    /// Commands that came over the console, oldest first.
    pub fn commands(&self) -> Vec<String> {
        self.with(|instance, _| instance.commands.iter().cloned().collect())
    }

    /// The host suspends it, or ends that.
    pub fn suspend(&self, suspended: bool) {
        self.with(|instance, now| instance.suspend(now, suspended));
    }

    /// What the game does.
    pub fn state(&self) -> AppState {
        self.with(|instance, _| Some(instance.shown_state())).unwrap_or(AppState::Undefined)
    }

    /// Whether the daemon runs.
    pub fn running(&self) -> bool {
        self.with(|instance, _| instance.running)
    }

    /// How long a phase takes from now on.
    pub fn set_duration(&self, phase: Phase, time: Duration) {
        self.with(|instance, _| instance.set_duration(phase, time));
    }
}
