//! Worlds and games of all kinds.

use domain::{
    ChannelId, Colour, Description, DriftPolicy, Emoji, Game, GameName, Layout, Permissions, Phase,
    Seat, SeatState, Visibility,
    plan::{ChannelKind, access},
};
use proptest::{collection::vec, prelude::*, sample::select};
use twilight_model::id::Id;

use crate::{
    hands::{Deed, Hand},
    world::{BOT_ROLE, World, a_channel, a_game, a_guild, a_role, a_seat},
};

pub(crate) const PHASES: [Phase; 4] = [
    Phase::Active,
    Phase::Archived { release_channels: false },
    Phase::Archived { release_channels: true },
    Phase::Deleted,
];

pub(crate) const POLICIES: [DriftPolicy; 3] =
    [DriftPolicy::Repair, DriftPolicy::Accept, DriftPolicy::Ask];

const NAMES: [&str; 3] =
    ["Chess", "Go", "Dungeons & Dragons: The Longest Name Anyone Ever Came Up With Yet, So There"];

/// None, a plain one, the longest there is, and one of the guild's own.
const EMOJI: [&str; 4] = [
    "",
    "🎲",
    "\u{1f469}\u{1f3fd}\u{200d}\u{2764}\u{fe0f}\u{200d}\u{1f48b}\u{200d}\u{1f468}\u{1f3ff}",
    "<:knight:42>",
];

const STATES: [SeatState; 3] = [SeatState::Requested, SeatState::Seated, SeatState::Left];

const KINDS: [ChannelKind; 4] =
    [ChannelKind::Text, ChannelKind::Voice, ChannelKind::Category, ChannelKind::Other];

/// What bots may do.
const BITS: [Permissions; 3] = [access::NEEDED, access::WANTED, Permissions::ADMINISTRATOR];

pub(crate) fn layouts() -> impl Strategy<Value = Layout> {
    (any::<[bool; 4]>(), 0..=5_u8).prop_map(|(with, voice)| {
        let [chat, announcements, forum, looking_for_group] = with;
        Layout { chat, announcements, forum, looking_for_group, voice }
    })
}

/// Any game but a deleted one.
pub(crate) fn living_games() -> impl Strategy<Value = Game> {
    games(&PHASES[..3])
}

/// Games in these phases.
pub(crate) fn games(phases: &'static [Phase]) -> impl Strategy<Value = Game> {
    let looks = (select(&NAMES[..]), select(&EMOJI[..]), select(&["", "#3498db", "red"][..]));
    let about = select(&["", "On Mondays.", "Bring your\nown board."][..]);
    let seen = select(&[Visibility::Everyone, Visibility::Members][..]);
    (looks, about, seen, layouts(), select(phases)).prop_map(
        |((name, emoji, colour), about, visibility, layout, phase)| Game {
            name: GameName::parse(name).expect("a good name"),
            emoji: Emoji::parse(emoji, |_| true).ok(),
            colour: Colour::parse(colour).ok(),
            description: Description::parse(about).expect("a good text"),
            visibility,
            layout,
            phase,
            ..a_game("Chess")
        },
    )
}

fn seats() -> impl Strategy<Value = Vec<Seat>> {
    vec((select(&STATES[..]), any::<[bool; 4]>()), 0..4).prop_map(|seats| {
        let seats = seats.into_iter().zip(900..).map(|((state, flags), user)| {
            let [is_admin, present, has_player_role, has_admin_role] = flags;
            Seat { present, has_player_role, has_admin_role, ..a_seat(user, state, is_admin) }
        });
        seats.collect()
    })
}

/// Guilds with more or fewer things in them that are not ours, and bots that may do what games
/// need, or more.
pub(crate) fn guilds() -> impl Strategy<Value = World> {
    let foreign = vec((select(&KINDS[..]), 0..6_i32), 0..4);
    (foreign, vec(0..8_i32, 0..3), 0..4_usize, select(&BITS[..]), any::<[bool; 2]>(), seats())
        .prop_map(|(channels, archived, roles, bits, [has_news, keeps_dead_overwrites], seats)| {
            let mut world = World { seats, keeps_dead_overwrites, ..a_guild() };
            if bits != access::WANTED {
                world = world.with_bot_holding(bits);
            }
            world.guild.has_news = has_news;
            for _ in 0..roles {
                let role = a_role("other", 1, Permissions::empty());
                let id = Id::new(world.new_id());
                world.guild.roles.insert(id, role);
            }
            for (kind, position) in channels {
                let id = ChannelId::new(world.new_id());
                world.guild.channels.insert(id, a_channel(kind, "other", None, position));
            }
            for position in archived {
                let id = ChannelId::new(world.new_id());
                let category = a_channel(ChannelKind::Category, "old", None, position);
                world.guild.channels.insert(id, category);
                world.archive.push(id);
            }
            world
        })
}

/// Some changes by hand out of these.
pub(crate) fn hands(deeds: &[&'static [Deed]]) -> impl Strategy<Value = Vec<Hand>> + use<> {
    vec((select(deeds.concat()), any::<usize>()), 0..6)
}

/// Where and in which order work is interrupted.
pub(crate) type Interruptions = Vec<(usize, Vec<usize>)>;

pub(crate) fn interruptions() -> impl Strategy<Value = Interruptions> {
    vec((0..12_usize, vec(any::<usize>(), 1..8)), 0..4)
}

impl World {
    /// Plans and acts, and is interrupted, again and again.
    pub(crate) fn interrupted(&mut self, interruptions: &Interruptions) {
        for (steps, whims) in interruptions {
            let plan = self.plan();
            self.apply_some(&plan, whims, *steps);
        }
    }
}

/// Worlds in which anything may have happened: a game partly built, then changed by hand, and
/// now wished otherwise.
pub(crate) fn worlds(after: &'static [Phase]) -> impl Strategy<Value = World> {
    let before = (guilds(), living_games(), interruptions(), any::<bool>());
    let hands = hands(&[&Deed::CHANGES, &Deed::OTHERS]);
    (before, hands, games(after), 0..16_u8).prop_map(
        |((mut world, game, interruptions, complete), hands, wish, lost)| {
            world.game = game;
            world.interrupted(&interruptions);
            if complete {
                world.settle();
            }
            for hand in hands {
                world.by_hand(hand);
            }
            // Sometimes it is not known what was applied.
            for (index, binding) in world.bindings.values_mut().enumerate() {
                if lost & (1 << (index % 8)) != 0 {
                    binding.applied = None;
                }
            }
            world.game = wish;
            assert!(world.guild.roles.contains_key(&BOT_ROLE));
            world
        },
    )
}
