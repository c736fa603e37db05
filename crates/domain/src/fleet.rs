//! How several processes divide the gateway's shards, and with them the guilds and their games.
//!
//! Every process decides for itself, from the same table and one after another, so nobody has to
//! be elected.

use std::collections::{BTreeMap, BTreeSet};

use crate::GuildId;

/// The shards one process holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shards {
    /// All there are; 0 before that is known.
    pub total: u32,
    /// Those held.
    pub held: BTreeSet<u32>,
}

impl Shards {
    /// Whether this guild's events come to this process. Discord's own formula.
    pub fn cover(&self, guild: GuildId) -> bool {
        let number = (guild.get() >> 22).checked_rem(u64::from(self.total));
        number.and_then(|n| u32::try_from(n).ok()).is_some_and(|n| self.held.contains(&n))
    }

    /// Whether every guild is covered.
    pub fn is_all(&self) -> bool {
        self.total > 0 && self.held.len() >= usize::try_from(self.total).unwrap_or(usize::MAX)
    }
}

/// What one process does when it is its turn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// Free shards to take.
    pub take: Vec<u32>,
    /// A shard to close and hand over. One at a time: each is a moment without ears for some
    /// guilds.
    pub give: Option<u32>,
}

/// Decides the turn of `me` among the processes alive. `holders` has every shard that is held,
/// also by processes that are dead but whose lease still runs.
///
/// Nobody ends up with two more than anybody else, and nothing moves that need not.
pub fn divide(
    me: &str,
    alive: &BTreeSet<String>,
    total: u32,
    holders: &BTreeMap<u32, String>,
) -> Turn {
    let holds = |who: &str| holders.values().filter(|holder| *holder == who).count();
    let others = alive.iter().filter(|who| *who != me).count();
    let shards = usize::try_from(total).unwrap_or(usize::MAX);
    let (least, most) = (shards / (others + 1), shards.div_ceil(others + 1));
    let mine = holds(me);
    let free = (0..total).filter(|shard| !holders.contains_key(shard));
    let take: Vec<u32> = free.take(most.saturating_sub(mine)).collect();
    let wanting = alive.iter().any(|who| who != me && holds(who) < least);
    // Of those who have most, the first by name gives; the others see it at their own turn.
    let first = |who: &String| holds(who) > mine || (holds(who) == mine && who.as_str() < me);
    let in_turn = wanting && mine > least && !alive.iter().any(first);
    let give = (take.is_empty() && (mine > most || in_turn))
        .then(|| holders.iter().rev().find(|(_, holder)| *holder == me).map(|(shard, _)| *shard))
        .flatten();
    Turn { take, give }
}
