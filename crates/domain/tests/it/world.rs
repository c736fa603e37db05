//! A guild with one game, the bot, some people and things that are not ours.

use domain::{
    Admission, Capacity, ChannelId, Description, DriftPolicy, Game, GameId, GameName, GuildId,
    Layout, Permissions, Phase, RoleId, Seat, SeatState, Slot, UserId, Visibility,
    plan::{
        self, Bindings, BotStanding, ChannelKind, Desired, Input, ObservedChannel, ObservedGuild,
        ObservedOverwrite, ObservedRole, OverwriteKind, Plan, access,
    },
};
use twilight_model::id::Id;

pub(crate) const GUILD: GuildId = Id::new(100);
pub(crate) const OWNER: UserId = Id::new(200);
pub(crate) const BOT: UserId = Id::new(300);
pub(crate) const BOT_ROLE: RoleId = Id::new(301);
pub(crate) const STAFF: RoleId = Id::new(400);
pub(crate) const LOBBY: ChannelId = Id::new(500);
pub(crate) const LOUNGE: ChannelId = Id::new(501);

/// Everything the planner sees, and all of it changes when its steps are done.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) guild: ObservedGuild,
    pub(crate) game: Game,
    pub(crate) bindings: Bindings,
    pub(crate) seats: Vec<Seat>,
    /// Categories of other archived games.
    pub(crate) archive: Vec<ChannelId>,
    pub(crate) policy: DriftPolicy,
    pub(crate) repair: bool,
    /// Whether channels go on showing overwrites of roles that are gone.
    pub(crate) keeps_dead_overwrites: bool,
    pub(crate) next_id: u64,
}

/// A guild with a bot that may do all it wants to, a staff role, a lobby category and a lounge.
pub(crate) fn a_guild() -> World {
    let everyone = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let roles = [
        (GUILD.cast(), a_role("@everyone", 0, everyone)),
        (BOT_ROLE, ObservedRole { managed: true, ..a_role("Gamekeeper", 50, access::WANTED) }),
        (STAFF, a_role("Staff", 60, Permissions::MANAGE_GUILD)),
    ];
    let lobby = a_channel(ChannelKind::Category, "Lobby", None, 0);
    let lounge = a_channel(ChannelKind::Text, "lounge", Some(LOBBY), 0);
    World {
        guild: ObservedGuild {
            id: GUILD,
            name: "The Club".into(),
            bot: BotStanding { user: BOT, roles: vec![BOT_ROLE] },
            roles: roles.into(),
            channels: [(LOBBY, lobby), (LOUNGE, lounge)].into(),
            emojis: [].into(),
            has_news: true,
            owner: OWNER,
        },
        game: a_game("Chess"),
        bindings: Bindings::new(),
        seats: Vec::new(),
        archive: Vec::new(),
        policy: DriftPolicy::Repair,
        repair: false,
        keeps_dead_overwrites: false,
        next_id: 1000,
    }
}

/// A game as the Simple mode makes it.
pub(crate) fn a_game(name: &str) -> Game {
    Game {
        id: GameId(1),
        guild: GUILD,
        name: GameName::parse(name).expect("a good name"),
        emoji: None,
        colour: None,
        description: Description::default(),
        capacity: Capacity::new(12).ok(),
        admission: Admission::Open,
        visibility: Visibility::Members,
        layout: Layout::SIMPLE,
        phase: Phase::Active,
        generation: 1,
        created_by: OWNER,
        created_at: 0,
    }
}

/// The largest layout.
pub(crate) const EVERYTHING: Layout =
    Layout { chat: true, announcements: true, forum: true, looking_for_group: true, voice: 5 };

pub(crate) fn a_role(name: &str, position: i64, permissions: Permissions) -> ObservedRole {
    let name = name.into();
    ObservedRole { name, colour: 0, position, permissions, managed: false, mentionable: false }
}

pub(crate) fn a_channel(
    kind: ChannelKind,
    name: &str,
    parent: Option<ChannelId>,
    position: i32,
) -> ObservedChannel {
    let (name, overwrites) = (name.into(), [].into());
    ObservedChannel { kind, name, topic: None, parent, position, overwrites }
}

/// Somebody in the guild, with or without a place in the game and what goes with it.
pub(crate) fn a_seat(user: u64, state: SeatState, is_admin: bool) -> Seat {
    Seat {
        game: GameId(1),
        user: Id::new(user),
        state,
        is_admin,
        has_player_role: false,
        has_admin_role: false,
        present: true,
        since: 0,
    }
}

impl World {
    pub(crate) fn playing(mut self, game: Game) -> Self {
        self.game = game;
        self
    }

    pub(crate) fn with_seat(mut self, seat: Seat) -> Self {
        self.seats.push(seat);
        self
    }

    pub(crate) fn with_policy(mut self, policy: DriftPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// With the bot holding these bits and no others.
    pub(crate) fn with_bot_holding(mut self, bits: Permissions) -> Self {
        self.guild.roles.insert(GUILD.cast(), a_role("@everyone", 0, Permissions::empty()));
        self.guild.roles.get_mut(&BOT_ROLE).expect("the bot has a role").permissions = bits;
        self
    }

    /// With the game as wished, on Discord too.
    pub(crate) fn settled(mut self) -> Self {
        let policy = std::mem::replace(&mut self.policy, DriftPolicy::Repair);
        self.settle();
        self.policy = policy;
        self
    }

    pub(crate) fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    pub(crate) fn desired(&self) -> Desired {
        plan::desired(&self.game, &self.seats, &self.bindings, &self.guild)
    }

    pub(crate) fn plan(&self) -> Plan {
        plan::plan(&Input {
            desired: &self.desired(),
            bindings: &self.bindings,
            guild: &self.guild,
            archive: &self.archive,
            policy: self.policy,
            repair: self.repair,
        })
    }

    /// Plans and acts until there is nothing left to do, three rounds at most; tells what stands
    /// in the way of more.
    pub(crate) fn settle(&mut self) -> Plan {
        for _ in 0..3 {
            let plan = self.plan();
            self.apply(&plan);
            if plan.steps.is_empty() {
                return plan;
            }
        }
        let plan = self.plan();
        assert!(plan.steps.is_empty(), "no end of it:\n{plan}");
        plan
    }

    /// Takes deletions by hand over, as the engine does; tells which.
    pub(crate) fn accept(&mut self) -> Vec<Slot> {
        let game = &self.game;
        let slots = plan::drift::accepted_deletions(game, &self.bindings, &self.guild, self.policy);
        for slot in &slots {
            self.game.layout = self.game.layout.without(*slot);
            self.bindings.remove(slot);
        }
        slots
    }

    pub(crate) fn exists(&self, slot: Slot, id: u64) -> bool {
        if slot.is_role() {
            RoleId::new_checked(id).is_some_and(|id| self.guild.roles.contains_key(&id))
        } else {
            self.guild.has_channel(id)
        }
    }

    /// The id of what fills a slot, where it exists.
    pub(crate) fn id_of(&self, slot: Slot) -> Option<u64> {
        self.bindings.get(&slot).map(|binding| binding.id).filter(|id| self.exists(slot, *id))
    }

    pub(crate) fn role(&mut self, slot: Slot) -> &mut ObservedRole {
        let id = self.id_of(slot).expect("the role exists");
        self.guild.roles.get_mut(&RoleId::new(id)).expect("the role exists")
    }

    pub(crate) fn channel(&mut self, slot: Slot) -> &mut ObservedChannel {
        let id = self.id_of(slot).expect("the channel exists");
        self.guild.channels.get_mut(&ChannelId::new(id)).expect("the channel exists")
    }

    /// Somebody deletes one of the game's roles or channels.
    pub(crate) fn lose(&mut self, slot: Slot) {
        let id = self.id_of(slot).expect("it exists");
        if slot.is_role() { self.lose_role(id) } else { self.lose_channel(id) }
    }

    /// Whether an overwrite is one that people put there for somebody who is there.
    pub(crate) fn is_foreign(&self, overwrite: &ObservedOverwrite) -> bool {
        match overwrite.kind {
            OverwriteKind::Member => overwrite.id != BOT.get(),
            OverwriteKind::Role => {
                let ours = [Slot::PlayerRole, Slot::AdminRole].map(|slot| self.id_of(slot));
                overwrite.id != GUILD.get()
                    && !ours.contains(&Some(overwrite.id))
                    && self.guild.roles.contains_key(&RoleId::new(overwrite.id))
            }
        }
    }
}
