//! What people change by hand in the client. These calls do not ask whether the person may: tests decide that.

mod channels;
mod fill;
mod members;
mod roles;

pub(crate) use roles::{Spot, drag};

use super::Actor;
use crate::world::Cause;

impl Actor {
    pub(super) fn cause(&self) -> Cause {
        Cause::user(self.user)
    }
}
