//! Changes by hand that a guild takes over instead of having them put right.

use crate::{
    DriftPolicy, Game, Phase, Slot,
    plan::{Bindings, ObservedGuild, desired::channel_slots},
};

/// The channels whose deletion by hand is to be taken over into the game's layout. Roles and the
/// category are not among them: a game can not be without them. Whoever takes one over also
/// drops its binding.
pub fn accepted_deletions(
    game: &Game,
    bindings: &Bindings,
    guild: &ObservedGuild,
    policy: DriftPolicy,
) -> Vec<Slot> {
    let has_channels =
        matches!(game.phase, Phase::Active | Phase::Archived { release_channels: false });
    if policy != DriftPolicy::Accept || !has_channels {
        return Vec::new();
    }
    channel_slots(game, bindings, guild)
        .into_iter()
        .filter(|slot| bindings.get(slot).is_some_and(|binding| !guild.has_channel(binding.id)))
        .collect()
}
