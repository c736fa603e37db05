//! What must hold on a stage at rest: Discord shows exactly what the database says, nothing twice,
//! nothing left behind, nothing of a stranger touched.

use std::collections::BTreeSet;

use domain::{Phase, SeatState, Slot, UserId, plan};
use twilight_model::{
    channel::Channel,
    guild::{Guild, Member},
};

use super::{Stage, verbs::Told};

/// Names of the roles and channels that a stage has before any game.
const OWN_CHANNELS: [&str; 4] = ["general", "games", "admin", "log"];

impl Stage {
    /// Checks everything; the first thing that does not hold is the error.
    pub async fn truth(&self) -> Told<()> {
        self.bound_objects().await?;
        self.nothing_is_planned().await?;
        self.roles_of_people().await?;
        self.audit_is_settled().await?;
        let violations = self.discord.violations();
        if !violations.is_empty() {
            return Err(format!("the contract with Discord was violated: {violations:?}"));
        }
        Ok(())
    }

    /// Every bound object exists, and nothing else beside what was there before.
    async fn bound_objects(&self) -> Told<()> {
        let store = self.engine().store();
        let bound = store.bindings_of_guild(self.guild_id()).await.map_err(|e| e.to_string())?;
        let bound: BTreeSet<u64> = bound.into_iter().map(|(_, _, id)| id).collect();
        let state = self.guild.state();
        let own_roles: BTreeSet<u64> = state
            .roles
            .iter()
            .filter(|role| role.id.0 == self.guild.id().0 || role.managed || role.name == "Keepers")
            .map(|role| role.id.0)
            .collect();
        let mut there: BTreeSet<u64> = state.roles.iter().map(|role| role.id.0).collect();
        there.retain(|id| !own_roles.contains(id));
        for channel in self.guild.channels() {
            if !OWN_CHANNELS.contains(&channel.name.as_str()) || channel.parent.is_some() {
                there.insert(channel.id.0);
            }
        }
        let orphans: Vec<_> = there.difference(&bound).collect();
        let missing: Vec<_> = bound.difference(&there).collect();
        if orphans.is_empty() && missing.is_empty() {
            Ok(())
        } else {
            Err(format!("left behind in Discord: {orphans:?}; missing from it: {missing:?}"))
        }
    }

    /// The planner, shown what Discord has now (not what the bot believes), finds nothing to do:
    /// names, places, overwrites and all the rest are as they should be.
    async fn nothing_is_planned(&self) -> Told<()> {
        let engine = self.engine();
        let (rest, id) = (engine.rest(), self.guild_id());
        let (make, call) = (rest.factory(), discord::Call::interactive());
        let (mut guild, channels, own) = futures_util::future::try_join3(
            rest.send::<Guild>(make.guild(id), call),
            rest.send::<Vec<Channel>>(make.guild_channels(id), call),
            rest.send::<Member>(make.guild_member(id, engine.bot_user()), call),
        )
        .await
        .map_err(|e| e.to_string())?;
        (guild.channels, guild.members) = (channels, vec![own]);
        let guild = engine.slim(&guild);
        let store = engine.store();
        let wrong = |e: store::StoreError| e.to_string();
        let settings = store.settings(id).await.map_err(wrong)?;
        let archive = store.archived_categories(id).await.map_err(wrong)?;
        for record in store.games_of_guild(id).await.map_err(wrong)? {
            let game = record.game;
            let bindings = store.bindings(game.id).await.map_err(wrong)?;
            let seats = store.seats(game.id).await.map_err(wrong)?;
            let beside: Vec<_> =
                archive.iter().filter(|(of, _)| *of != game.id).map(|(_, id)| *id).collect();
            let plan = plan::plan(&plan::Input {
                desired: &plan::desired(&game, &seats, &bindings, &guild),
                bindings: &bindings,
                guild: &guild,
                archive: &beside,
                policy: settings.drift_policy,
                repair: false,
            });
            if !plan.steps.is_empty() {
                return Err(format!("{} is not as it should be: {plan}", game.name));
            }
        }
        Ok(())
    }

    /// Everybody has exactly the game roles that their seats say.
    async fn roles_of_people(&self) -> Told<()> {
        let store = self.engine().store();
        let games = store.games_of_guild(self.guild_id()).await.map_err(|e| e.to_string())?;
        let state = self.guild.state();
        for record in games {
            let game = record.game;
            if game.phase == Phase::Deleted {
                return Err(format!("{} is still being deleted", game.name));
            }
            let bindings = store.bindings(game.id).await.map_err(|e| e.to_string())?;
            let seats = store.seats(game.id).await.map_err(|e| e.to_string())?;
            for slot in [Slot::PlayerRole, Slot::AdminRole] {
                let Some(role) = bindings.get(&slot) else {
                    return Err(format!("{} has no {slot}", game.name));
                };
                let wanted: BTreeSet<UserId> = seats
                    .iter()
                    .filter(|seat| seat.present)
                    .filter(|seat| match slot {
                        Slot::PlayerRole => seat.state == SeatState::Seated,
                        _ => seat.is_admin,
                    })
                    .map(|seat| seat.user)
                    .collect();
                let has: BTreeSet<UserId> = state
                    .members
                    .iter()
                    .filter(|(_, member)| member.roles.iter().any(|r| r.0 == role.id))
                    .filter_map(|(user, _)| UserId::new_checked(user.0))
                    .collect();
                if wanted != has {
                    return Err(format!(
                        "{slot} of {}: wanted by {wanted:?}, worn by {has:?}",
                        game.name
                    ));
                }
            }
        }
        Ok(())
    }

    /// No action is without an outcome.
    async fn audit_is_settled(&self) -> Told<()> {
        let query = store::AuditQuery { limit: 10_000, ..store::AuditQuery::default() };
        let entries = self
            .engine()
            .store()
            .audit(self.guild_id(), &query)
            .await
            .map_err(|e| e.to_string())?;
        match entries.iter().find(|e| e.entry.outcome == domain::audit::Outcome::Pending) {
            Some(pending) => Err(format!("an audit entry is still pending: {:?}", pending.entry)),
            None => Ok(()),
        }
    }
}
