//! What one person may see of all servers of a guild, with as many queries for a hundred as for one.

use std::collections::{HashMap, HashSet};

use domain::{
    GameId, GuildSettings, Phase, RoleId, Slot, Standing,
    server::{ServerAccess, ServerAction, ServerActions, ServerGrant, ServerId, authorize_server},
};
use store::ServerRecord;

use super::{direct_servers::is_possible, servers::ServerView};
use crate::{Caller, Engine, UseError};

/// Everything that decides it.
pub(super) struct Sight {
    settings: GuildSettings,
    /// Names of the games there are.
    games: HashMap<GameId, String>,
    /// Those that the person is an admin of, as the database says.
    administered: HashSet<GameId>,
    /// The roles that carry that.
    admin_roles: HashMap<GameId, RoleId>,
    grants: HashMap<ServerId, Vec<ServerGrant>>,
}

impl Engine {
    pub(super) async fn sight(&self, caller: &Caller) -> Result<Sight, UseError> {
        let (store, guild) = (self.store(), caller.actor.guild);
        let settings = store.settings(guild).await?;
        let games = store.games_of_guild(guild).await?.into_iter();
        // A game that is on its way out holds no server.
        let games = games.filter(|known| known.game.phase != Phase::Deleted);
        let games = games.map(|known| (known.game.id, known.game.name.to_string())).collect();
        let mut sight = Sight {
            games,
            administered: HashSet::new(),
            admin_roles: HashMap::new(),
            grants: HashMap::new(),
            settings,
        };
        // Who may do everything needs no grants.
        if caller.actor.is_community_admin(&sight.settings) {
            return Ok(sight);
        }
        sight.grants = store.server_grants_of_guild(guild).await?;
        let seats = store.seats_of_person(guild, caller.actor.user).await?.into_iter();
        sight.administered = seats.filter(|seat| seat.is_admin).map(|seat| seat.game).collect();
        if !sight.administered.is_empty() {
            let bound = store.bindings_of_guild(guild).await?.into_iter();
            let role = |(game, slot, id)| {
                (slot == Slot::AdminRole).then_some((game, RoleId::new_checked(id)?))
            };
            sight.admin_roles = bound.filter_map(role).collect();
        }
        Ok(sight)
    }
}

impl Sight {
    /// One of the guild's servers as the person sees it.
    pub(super) fn view(&self, caller: &Caller, record: ServerRecord) -> ServerView {
        let game = record.game.filter(|game| self.games.contains_key(game));
        let admin_of = game.is_some_and(|game| self.administered.contains(&game));
        let role = game.and_then(|game| self.admin_roles.get(&game).copied());
        let standing = caller.actor.standing(&self.settings, admin_of, role);
        let grants = self.grants.get(&record.id).map(Vec::as_slice).unwrap_or_default();
        let name = game.and_then(|game| self.games.get(&game).cloned());
        decide(caller, record, name, standing, grants)
    }
}

/// What somebody of this standing may do with a server, which is tied to the game of this name.
pub(super) fn decide(
    caller: &Caller,
    record: ServerRecord,
    game: Option<String>,
    standing: Standing,
    grants: &[ServerGrant],
) -> ServerView {
    // Everybody has the role of the guild's own id, and no interaction says so.
    let everyone = RoleId::new(caller.actor.guild.get());
    let roles: Vec<RoleId> = caller.actor.roles.iter().copied().chain([everyone]).collect();
    let access = ServerAccess { standing, roles: &roles, grants, tied: game.is_some() };
    let allowed = |action: &ServerAction| {
        is_possible(&record, *action) && authorize_server(&access, *action).is_ok()
    };
    let mut may: ServerActions = ServerAction::ALL.into_iter().filter(allowed).collect();
    if !may.is_empty() {
        // Who may do anything with it may see what becomes of that.
        may = may.iter().chain([ServerAction::Status]).collect();
    }
    ServerView { record, game, may }
}
