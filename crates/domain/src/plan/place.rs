//! Where an archived game's category stands: below everything that is in use.

use crate::{
    ChannelId,
    plan::{ChannelKind, ObservedGuild},
};

/// The positions to write so that category `id` stands below all categories in use (`down`) or
/// above the whole archive (not `down`). Empty when it already does. Only categories of ours are
/// moved: `id` itself, and archived ones where there is no room above them.
pub(crate) fn positions(
    guild: &ObservedGuild,
    id: u64,
    archive: &[ChannelId],
    down: bool,
) -> Vec<(u64, i32)> {
    // Discord sorts by position, then by id.
    let rank = |channel: ChannelId| {
        guild
            .channels
            .get(&channel)
            .filter(|c| c.kind == ChannelKind::Category)
            .map(|c| (c.position, channel.get()))
    };
    let Some(own) = ChannelId::new_checked(id).and_then(rank) else { return Vec::new() };
    let archived: Vec<(i32, u64)> =
        archive.iter().copied().filter(|c| c.get() != id).filter_map(rank).collect();
    if down {
        let last_in_use = guild
            .channels
            .iter()
            .filter(|(channel, c)| {
                c.kind == ChannelKind::Category && channel.get() != id && !archive.contains(channel)
            })
            .map(|(channel, c)| (c.position, channel.get()))
            .max();
        return match last_in_use {
            Some(last) if last > own => vec![(id, last.0.saturating_add(1).max(0))],
            _ => Vec::new(),
        };
    }
    match archived.iter().min() {
        Some(first) if *first < own => {
            if first.0 > 0 {
                vec![(id, first.0 - 1)]
            } else {
                let mut moves = vec![(id, 0)];
                moves.extend(archived.iter().map(|(p, c)| (*c, p.max(&0).saturating_add(1))));
                moves
            }
        }
        _ => Vec::new(),
    }
}
