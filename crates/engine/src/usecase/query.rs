//! Questions.

use domain::{Action, GameId, GameName, GuildId, Phase, SeatState, Standing};

use crate::{Caller, Engine, Fault, GameInfo, GameSummary, MemberRow, Mistake, Progress, UseError};

/// Discord shows at most so many suggestions.
const MAX_SUGGESTIONS: usize = 25;

/// Which games a command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggest {
    /// Active games the person is not in.
    Joinable,
    /// Games the person is in or has asked for.
    Mine,
    /// Active games.
    Active,
    /// Archived games.
    Archived,
    /// Games the person may administer.
    Administered,
    /// All games.
    Any,
}

impl Engine {
    /// All games of a guild: active ones by name, then archived ones, then those being deleted.
    pub async fn games(&self, guild: GuildId) -> Result<Vec<GameSummary>, Fault> {
        let records = self.store().games_of_guild(guild).await?;
        let counts = self.store().seat_counts(guild).await?;
        let work = self.store().work_of_guild(guild).await?;
        let servers = self.store().servers_of_guild(guild).await?;
        let now = self.clock().now();
        let mut games: Vec<GameSummary> = records
            .into_iter()
            .map(|record| {
                let counts = counts.get(&record.game.id).copied().unwrap_or_default();
                let owed = work.iter().find(|work| work.game == record.game.id);
                let progress = owed.map(|work| {
                    let mut progress = self.inner.running.progress(record.game.id);
                    if work.not_before > now {
                        progress.retry_at = Some(work.not_before);
                        progress.waiting_for.clone_from(&work.waiting_for);
                    }
                    progress
                });
                GameSummary {
                    seated: counts.seated,
                    requested: counts.requested,
                    // A look that finds nothing to do is not worth showing.
                    progress: progress.filter(|p: &Progress| {
                        p.total > 0
                            || p.retry_at.is_some()
                            || record.settled_generation < record.game.generation
                    }),
                    problems: record.problems,
                    servers: servers
                        .iter()
                        .filter(|server| server.game == Some(record.game.id))
                        .cloned()
                        .collect(),
                    game: record.game,
                }
            })
            .collect();
        games.sort_by_cached_key(|summary| {
            let order = match summary.game.phase {
                Phase::Active => 0,
                Phase::Archived { .. } => 1,
                Phase::Deleted => 2,
            };
            (order, summary.game.name.as_str().to_lowercase(), summary.game.id)
        });
        Ok(games)
    }

    /// The same for a person, without games that are being deleted.
    pub async fn list_games(&self, caller: &Caller) -> Result<Vec<GameSummary>, UseError> {
        let mut games = self.games(caller.actor.guild).await?;
        games.retain(|summary| summary.game.phase != Phase::Deleted);
        Ok(games)
    }

    /// One game in full.
    pub async fn game_info(&self, caller: &Caller, id: GameId) -> Result<GameInfo, UseError> {
        self.game_of(caller, id).await?;
        let games = self.games(caller.actor.guild).await?;
        let summary = games.into_iter().find(|s| s.game.id == id).ok_or(Mistake::NoSuchGame)?;
        let seats = self.store().seats(id).await?;
        let own = seats.iter().find(|seat| seat.user == caller.actor.user);
        Ok(GameInfo {
            summary,
            bindings: self.store().bindings(id).await?,
            admins: seats.iter().filter(|seat| seat.is_admin).map(|seat| seat.user).collect(),
            own_seat: own.map(|seat| seat.state),
            standing: self.standing(caller, Some(id)).await?,
        })
    }

    /// The people of a game: requests first, then those who are in; who left is not listed,
    /// unless still an admin.
    pub async fn game_members(
        &self,
        caller: &Caller,
        id: GameId,
    ) -> Result<Vec<MemberRow>, UseError> {
        self.game_of(caller, id).await?;
        let mut rows: Vec<MemberRow> = self
            .store()
            .seats(id)
            .await?
            .into_iter()
            .filter(|seat| seat.state != SeatState::Left || seat.is_admin)
            .map(|seat| MemberRow {
                user: seat.user,
                state: seat.state,
                is_admin: seat.is_admin,
                present: seat.present,
                since: seat.since,
            })
            .collect();
        rows.sort_by_key(|row| {
            let order = match row.state {
                SeatState::Requested => 0,
                SeatState::Seated => 1,
                SeatState::Left => 2,
            };
            (order, !row.is_admin, row.since, row.user)
        });
        Ok(rows)
    }

    /// The person's games, requests included.
    pub async fn my_games(
        &self,
        caller: &Caller,
    ) -> Result<Vec<(GameSummary, SeatState)>, UseError> {
        let seats = self.store().seats_of_person(caller.actor.guild, caller.actor.user).await?;
        let games = self.list_games(caller).await?;
        Ok(games
            .into_iter()
            .filter_map(|summary| {
                let seat = seats.iter().find(|seat| seat.game == summary.game.id)?;
                (seat.state != SeatState::Left).then_some((summary, seat.state))
            })
            .collect())
    }

    /// Suggestions for a half-typed game, best first: at most 25.
    pub async fn suggest_games(
        &self,
        caller: &Caller,
        typed: &str,
        which: Suggest,
    ) -> Result<Vec<(GameId, String)>, UseError> {
        let mut records = self.store().games_of_guild(caller.actor.guild).await?;
        records.retain(|record| record.game.phase != Phase::Deleted);
        let seats = self.store().seats_of_person(caller.actor.guild, caller.actor.user).await?;
        let seat = |id| seats.iter().find(|seat| seat.game == id);
        let sees_all = which == Suggest::Administered
            && self.standing(caller, None).await? == Standing::CommunityAdmin;
        records.retain(|record| {
            let own = seat(record.game.id);
            let inside = own.is_some_and(|seat| seat.state != SeatState::Left);
            let active = record.game.phase == Phase::Active;
            match which {
                Suggest::Joinable => active && !inside,
                Suggest::Mine => inside,
                Suggest::Active => active,
                Suggest::Archived => !active,
                Suggest::Administered => sees_all || own.is_some_and(|seat| seat.is_admin),
                Suggest::Any => true,
            }
        });
        let needle = typed.trim().to_lowercase();
        let mut found: Vec<(usize, String, GameId, String)> = records
            .into_iter()
            .filter_map(|record| {
                let lower = record.game.name.as_str().to_lowercase();
                let at = if needle.is_empty() { 0 } else { lower.find(&needle)? };
                Some((at, lower, record.game.id, record.game.name.to_string()))
            })
            .collect();
        found.sort();
        found.truncate(MAX_SUGGESTIONS);
        Ok(found.into_iter().map(|(_, _, id, name)| (id, name)).collect())
    }

    /// The game a command option means: `#id` as a chosen suggestion carries it, or a typed
    /// name.
    pub async fn resolve_game(&self, caller: &Caller, typed: &str) -> Result<GameId, UseError> {
        let typed = typed.trim();
        if let Some(id) = typed.strip_prefix('#').and_then(|id| id.parse().ok()) {
            return Ok(self.game_of(caller, GameId(id)).await?.game.id);
        }
        let key = GameName::parse(typed).map_err(|_| Mistake::NoSuchGame)?.key();
        let records = self.store().games_of_guild(caller.actor.guild).await?;
        records
            .into_iter()
            .find(|r| r.game.phase != Phase::Deleted && r.game.name.key() == key)
            .map(|record| record.game.id)
            .ok_or_else(|| Mistake::NoSuchGame.into())
    }

    /// Whether the person may do it, as a plain yes or no and without remembering a refusal: for
    /// deciding what to show.
    pub async fn may(
        &self,
        caller: &Caller,
        action: Action,
        game: Option<GameId>,
    ) -> Result<bool, UseError> {
        Ok(self.standing(caller, game).await? >= action.requires())
    }
}
