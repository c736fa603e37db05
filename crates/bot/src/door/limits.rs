//! How much one person and one guild may ask for.

use std::{hash::Hash, sync::Arc, time::Duration};

use domain::{GuildId, UserId};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};
use parking_lot::RwLock;

use crate::config::{InboundLimits, Pace};

/// The limits of a running bot, for whoever may change them meanwhile. Cheap to clone.
#[derive(Clone)]
pub struct Limiter(Arc<RwLock<Limits>>);

impl Limiter {
    pub(crate) fn new(config: &InboundLimits) -> Self {
        Self(Arc::new(RwLock::new(Limits::new(config))))
    }

    /// From now on these count. What was used up is forgotten.
    pub fn set(&self, config: &InboundLimits) {
        *self.0.write() = Limits::new(config);
    }

    /// See [`Limits::act`].
    pub(super) fn act(&self, guild: GuildId, user: UserId) -> Result<(), Duration> {
        self.0.read().act(guild, user)
    }

    /// See [`Limits::may_type`].
    pub(super) fn may_type(&self, user: UserId) -> bool {
        self.0.read().may_type(user)
    }

    /// See [`Limits::tidy`].
    pub(crate) fn tidy(&self) {
        self.0.read().tidy();
    }
}

/// Inbound limits, each a token bucket by key. Idle keys are dropped by [`Limits::tidy`].
struct Limits {
    user: Limit<UserId>,
    guild: Limit<GuildId>,
    typing: Limit<UserId>,
}

struct Limit<K: Hash + Eq + Clone>(Option<DefaultKeyedRateLimiter<K>>);

impl<K: Hash + Eq + Clone> Limit<K> {
    fn new(pace: Option<Pace>) -> Self {
        Self(pace.map(|pace| {
            RateLimiter::dashmap(Quota::per_second(pace.per_second).allow_burst(pace.burst))
        }))
    }

    /// How long to wait, if there is no room now.
    fn take(&self, key: &K) -> Option<Duration> {
        let refused = self.0.as_ref()?.check_key(key).err()?;
        Some(refused.wait_time_from(DefaultClock::default().now()))
    }

    fn tidy(&self) {
        if let Some(limiter) = &self.0 {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

impl Limits {
    fn new(config: &InboundLimits) -> Self {
        Self {
            user: Limit::new(config.user),
            guild: Limit::new(config.guild),
            typing: Limit::new(config.typing),
        }
    }

    /// One command, click or form. The person's own limit comes first, so that one impatient
    /// person does not use up the guild's.
    fn act(&self, guild: GuildId, user: UserId) -> Result<(), Duration> {
        match self.user.take(&user).or_else(|| self.guild.take(&guild)) {
            Some(wait) => Err(wait),
            None => Ok(()),
        }
    }

    /// One autocomplete request.
    fn may_type(&self, user: UserId) -> bool {
        self.typing.take(&user).is_none()
    }

    /// Drops what nobody uses any more. Meant to run once a minute.
    fn tidy(&self) {
        self.user.tidy();
        self.guild.tidy();
        self.typing.tidy();
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;
    use crate::config::{InboundLimits, Pace};
    use twilight_model::id::Id;

    #[test]
    fn one_person_does_not_use_up_the_guild() {
        let limits = Limits::new(&InboundLimits {
            user: Some(Pace::new(1, 2)),
            guild: Some(Pace::new(1, 3)),
            typing: Some(Pace::new(1, 1)),
        });
        let (guild, anna, bert) = (Id::new(1), Id::new(2), Id::new(3));
        assert!(limits.act(guild, anna).is_ok());
        assert!(limits.act(guild, anna).is_ok());
        let wait = limits.act(guild, anna).unwrap_err();
        assert!(wait.as_millis() <= 1_000, "{wait:?}");
        assert!(limits.act(guild, bert).is_ok());
        assert!(limits.act(guild, bert).is_err());
        assert!(limits.act(Id::new(9), Id::new(8)).is_ok());
        assert!(limits.may_type(anna));
        assert!(!limits.may_type(anna));
    }
}
