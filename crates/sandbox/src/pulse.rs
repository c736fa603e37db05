//! Tells open pages that something may have changed. Whoever changes the sandbox need not think of it: the world's
//! lock and the logs beat by themselves. While no page is open, a beat costs one load.

use std::ops::{Deref, DerefMut};

use parking_lot::MutexGuard;
use tokio::sync::watch;

use crate::world::World;

/// The beat. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pulse(watch::Sender<()>);

impl Pulse {
    /// Something changed.
    pub(crate) fn beat(&self) {
        if self.0.receiver_count() > 0 {
            self.0.send_replace(());
        }
    }

    /// Sees every beat from now on; beats that come together count as one.
    pub(crate) fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}

/// The locked state. Letting go of it after a change is felt by the open pages.
#[derive(Debug)]
pub struct WorldGuard<'a> {
    world: MutexGuard<'a, World>,
    pulse: &'a Pulse,
    changed: bool,
}

impl<'a> WorldGuard<'a> {
    pub(crate) fn new(world: MutexGuard<'a, World>, pulse: &'a Pulse) -> Self {
        Self { world, pulse, changed: false }
    }
}

impl Deref for WorldGuard<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for WorldGuard<'_> {
    fn deref_mut(&mut self) -> &mut World {
        self.changed = true;
        &mut self.world
    }
}

impl Drop for WorldGuard<'_> {
    fn drop(&mut self) {
        if self.changed {
            self.pulse.beat();
        }
    }
}
