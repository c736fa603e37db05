//! Game servers, and what roles may do with them.

use std::collections::HashMap;

use domain::{
    ChannelId, GameId, GuildId, RoleId,
    server::{Reading, ServerActions, ServerGrant, ServerId, ServerName, Watch},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Store, StoreError, Tx,
    entity::{server, server_grant},
    row,
};

/// A server as it was found on a panel, or as somebody entered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The guild it is for.
    pub guild: GuildId,
    /// Where it was found: `amp:` and the panel's name, or `direct:` and the way to ask.
    pub source: String,
    /// Which one there.
    pub place: String,
    /// What it is called there.
    pub name: ServerName,
    /// The panel's word for what runs there.
    pub module: String,
    /// Where players connect, as far as that is known.
    pub address: Option<String>,
}

/// A server with all that is remembered of it but its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerRecord {
    /// Its id.
    pub id: ServerId,
    /// As it was last found.
    pub found: Found,
    /// The game it is tied to.
    pub game: Option<GameId>,
    /// Whether it is not where it was found any more.
    pub gone: bool,
    /// What is known of it over time.
    pub watch: Watch,
    /// The last look that somebody answered.
    pub reading: Option<Reading>,
    /// Where alarms go.
    pub alerts: Option<ChannelId>,
    /// Until when nobody wants to hear of it, in milliseconds since the Unix epoch.
    pub muted_until: i64,
    /// How many players are worth telling.
    pub crowd: Option<u32>,
    /// Up to which entry of the history alarms were told where they go.
    pub told: i64,
}

impl ServerRecord {
    /// What ties entries that it makes by itself to it.
    pub fn correlation(&self) -> String {
        format!("server-{}", self.id)
    }
}

fn parse(model: server::Model) -> Result<ServerRecord, StoreError> {
    let id = model.id;
    let crowd = model.crowd.map(u32::try_from).transpose().map_err(|_| StoreError::Corrupt {
        table: "server",
        id: id.to_string(),
        what: "a negative number of players".to_owned(),
    })?;
    Ok(ServerRecord {
        id: ServerId(id),
        found: Found {
            guild: row::id("server", model.guild_id)?,
            source: model.source,
            place: model.place,
            name: ServerName::from_stored(model.name),
            module: model.module,
            address: model.address,
        },
        game: model.game_id.map(GameId),
        gone: model.gone,
        watch: row::from_json("server", &id, &model.watch)?,
        reading: model
            .reading
            .map(|reading| row::from_json("server", &id, &reading))
            .transpose()?,
        alerts: model.alert_channel_id.map(|id| row::id("server", id)).transpose()?,
        muted_until: model.muted_until,
        crowd,
        told: model.told,
    })
}

impl Store {
    /// One server.
    pub async fn server(&self, id: ServerId) -> Result<Option<ServerRecord>, StoreError> {
        server::Entity::find_by_id(id.0).one(self.db()).await?.map(parse).transpose()
    }

    /// A guild's servers, by name.
    pub async fn servers_of_guild(&self, guild: GuildId) -> Result<Vec<ServerRecord>, StoreError> {
        self.servers_where(server::Column::GuildId.eq(row::to_column(guild))).await
    }

    /// The servers tied to a game, by name.
    pub async fn servers_of_game(&self, game: GameId) -> Result<Vec<ServerRecord>, StoreError> {
        self.servers_where(server::Column::GameId.eq(game.0)).await
    }

    /// All servers whose source begins like this, in every guild, by name.
    pub async fn servers_from(&self, source: &str) -> Result<Vec<ServerRecord>, StoreError> {
        self.servers_where(server::Column::Source.starts_with(source)).await
    }

    async fn servers_where(&self, which: Expr) -> Result<Vec<ServerRecord>, StoreError> {
        let rows = server::Entity::find()
            .filter(which)
            .filter(server::Column::Gone.eq(false))
            .order_by_asc(server::Column::Name)
            .order_by_asc(server::Column::Id)
            .all(self.db())
            .await?;
        Ok(row::readable(rows.into_iter().map(parse)))
    }

    /// What roles may do with a server.
    pub async fn server_grants(&self, id: ServerId) -> Result<Vec<ServerGrant>, StoreError> {
        grants(id, self.db()).await
    }

    /// Servers whose alarms go somewhere: what they owe is told after a restart.
    pub async fn servers_with_alerts(&self) -> Result<Vec<(GuildId, ServerId)>, StoreError> {
        let rows = server::Entity::find()
            .filter(server::Column::AlertChannelId.is_not_null())
            .filter(server::Column::Gone.eq(false))
            .all(self.db())
            .await?;
        let both =
            |model: server::Model| Ok((row::id("server", model.guild_id)?, ServerId(model.id)));
        Ok(row::readable(rows.into_iter().map(both)))
    }

    /// Servers of panels that are looked at no longer are gone: nobody knows what they do. What
    /// people have set for them stays, for when their panel is back.
    pub async fn retire_panels(&self, kept: &[String], now: i64) -> Result<u64, StoreError> {
        let tx = self.begin().await?;
        let gone =
            server::ActiveModel { gone: Set(true), updated_at: Set(now), ..Default::default() };
        let done = server::Entity::update_many()
            .set(gone)
            .filter(server::Column::Source.starts_with("amp:"))
            .filter(server::Column::Source.is_not_in(kept))
            .filter(server::Column::Gone.eq(false))
            .exec(&tx.db)
            .await?;
        tx.commit().await?;
        Ok(done.rows_affected)
    }

    /// Remembers up to which entry a server's alarms were told.
    pub async fn told_alerts(&self, id: ServerId, entry: i64) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        tx.told_alerts(id, entry).await?;
        tx.commit().await
    }

    /// What roles may do with the servers of a guild.
    pub async fn server_grants_of_guild(
        &self,
        guild: GuildId,
    ) -> Result<HashMap<ServerId, Vec<ServerGrant>>, StoreError> {
        let here = QuerySelect::query(
            &mut server::Entity::find()
                .select_only()
                .column(server::Column::Id)
                .filter(server::Column::GuildId.eq(row::to_column(guild))),
        )
        .to_owned();
        let rows = server_grant::Entity::find()
            .filter(server_grant::Column::ServerId.in_subquery(here))
            .order_by_asc(server_grant::Column::ServerId)
            .order_by_asc(server_grant::Column::RoleId)
            .all(self.db())
            .await?;
        let rows = rows.into_iter().map(|model| {
            let id = ServerId(model.server_id);
            grant(&model).map(|grant| (id, grant))
        });
        let rows: Vec<(ServerId, ServerGrant)> = row::readable(rows);
        let mut grants: HashMap<ServerId, Vec<ServerGrant>> = HashMap::new();
        for (server, grant) in rows {
            grants.entry(server).or_default().push(grant);
        }
        Ok(grants)
    }
}

async fn grants(id: ServerId, db: &impl ConnectionTrait) -> Result<Vec<ServerGrant>, StoreError> {
    let rows = server_grant::Entity::find()
        .filter(server_grant::Column::ServerId.eq(id.0))
        .order_by_asc(server_grant::Column::RoleId)
        .all(db)
        .await?;
    Ok(row::readable(rows.iter().map(grant)))
}

fn grant(model: &server_grant::Model) -> Result<ServerGrant, StoreError> {
    Ok(ServerGrant {
        role: row::id("server_grant", model.role_id)?,
        actions: ServerActions::from_bits(model.actions),
    })
}

impl Tx {
    /// One server, locked.
    pub async fn server_for_update(
        &self,
        id: ServerId,
    ) -> Result<Option<ServerRecord>, StoreError> {
        let found = server::Entity::find_by_id(id.0).lock_exclusive().one(&self.db).await?;
        found.map(parse).transpose()
    }

    /// Remembers all that was found at one source, and that what was not found is gone, but for
    /// those `spared`, which may only have been overlooked. What people have set for a server
    /// stays, also when it goes and comes back. A source has one guild: what another had of it
    /// before is gone.
    pub async fn list_servers(
        &self,
        guild: GuildId,
        source: &str,
        found: &[Found],
        spared: &[String],
        now: i64,
    ) -> Result<(), StoreError> {
        let places = found.iter().map(|found| found.place.as_str());
        let places: Vec<&str> = places.chain(spared.iter().map(String::as_str)).collect();
        let gone =
            || server::ActiveModel { gone: Set(true), updated_at: Set(now), ..Default::default() };
        server::Entity::update_many()
            .set(gone())
            .filter(server::Column::GuildId.ne(row::to_column(guild)))
            .filter(server::Column::Source.eq(source))
            .filter(server::Column::Gone.eq(false))
            .exec(&self.db)
            .await?;
        server::Entity::update_many()
            .set(gone())
            .filter(server::Column::GuildId.eq(row::to_column(guild)))
            .filter(server::Column::Source.eq(source))
            .filter(server::Column::Place.is_not_in(places))
            .filter(server::Column::Gone.eq(false))
            .exec(&self.db)
            .await?;
        for found in found {
            self.put_found(found, now).await?;
        }
        Ok(())
    }

    /// Remembers a server that somebody has entered, and answers it, locked. One that was there before
    /// and went comes back with all that people have set for it.
    pub async fn add_server(&self, found: &Found, now: i64) -> Result<ServerRecord, StoreError> {
        self.put_found(found, now).await?;
        let model = server::Entity::find()
            .filter(server::Column::GuildId.eq(row::to_column(found.guild)))
            .filter(server::Column::Source.eq(&found.source))
            .filter(server::Column::Place.eq(&found.place))
            .lock_exclusive()
            .one(&self.db)
            .await?;
        model
            .ok_or_else(|| StoreError::Corrupt {
                table: "server",
                id: found.place.clone(),
                what: "not there just after it was written".to_owned(),
            })
            .and_then(parse)
    }

    /// Remembers that a server is gone. What people have set for it stays, but for its game: no game
    /// shows a server that is not there.
    pub async fn remove_server(&self, id: ServerId, now: i64) -> Result<(), StoreError> {
        server::Entity::update(server::ActiveModel {
            id: sea_orm::ActiveValue::Unchanged(id.0),
            game_id: Set(None),
            gone: Set(true),
            updated_at: Set(now),
            ..Default::default()
        })
        .exec(&self.db)
        .await?;
        Ok(())
    }

    async fn put_found(&self, found: &Found, now: i64) -> Result<(), StoreError> {
        use server::Column as C;
        let model = server::ActiveModel {
            id: NotSet,
            guild_id: Set(row::to_column(found.guild)),
            source: Set(found.source.clone()),
            place: Set(found.place.clone()),
            name: Set(found.name.as_str().to_owned()),
            module: Set(found.module.clone()),
            address: Set(found.address.clone()),
            game_id: Set(None),
            gone: Set(false),
            watch: Set(row::json("server", &Watch::default())?),
            reading: Set(None),
            alert_channel_id: Set(None),
            muted_until: Set(0),
            crowd: Set(None),
            told: Set(0),
            updated_at: Set(now),
        };
        let again = OnConflict::columns([C::GuildId, C::Source, C::Place])
            .update_columns([C::Name, C::Module, C::Address, C::Gone, C::UpdatedAt])
            .to_owned();
        let insert = server::Entity::insert(model).on_conflict(again);
        insert.exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Writes what people have set and what was seen.
    pub async fn put_server(&self, record: &ServerRecord, now: i64) -> Result<(), StoreError> {
        let reading = record.reading.as_ref();
        server::Entity::update(server::ActiveModel {
            id: sea_orm::ActiveValue::Unchanged(record.id.0),
            game_id: Set(record.game.map(|game| game.0)),
            watch: Set(row::json("server", &record.watch)?),
            reading: Set(reading.map(|reading| row::json("server", reading)).transpose()?),
            alert_channel_id: Set(record.alerts.map(row::to_column)),
            muted_until: Set(record.muted_until),
            crowd: Set(record.crowd.map(u32::cast_signed)),
            updated_at: Set(now),
            ..Default::default()
        })
        .exec(&self.db)
        .await?;
        Ok(())
    }

    /// What roles may do with a server.
    pub async fn server_grants(&self, id: ServerId) -> Result<Vec<ServerGrant>, StoreError> {
        grants(id, &self.db).await
    }

    /// Remembers up to which entry a server's alarms were told; never back.
    pub async fn told_alerts(&self, id: ServerId, entry: i64) -> Result<(), StoreError> {
        server::Entity::update_many()
            .set(server::ActiveModel { told: Set(entry), ..Default::default() })
            .filter(server::Column::Id.eq(id.0))
            .filter(server::Column::Told.lt(entry))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Grants a role these actions and no others; none takes the grant away.
    pub async fn grant_server(
        &self,
        id: ServerId,
        role: RoleId,
        actions: ServerActions,
    ) -> Result<(), StoreError> {
        let key = (id.0, row::to_column(role));
        if actions.is_empty() {
            server_grant::Entity::delete_by_id(key).exec(&self.db).await?;
            return Ok(());
        }
        let model = server_grant::ActiveModel {
            server_id: Set(key.0),
            role_id: Set(key.1),
            actions: Set(actions.bits()),
        };
        let again =
            OnConflict::columns([server_grant::Column::ServerId, server_grant::Column::RoleId])
                .update_column(server_grant::Column::Actions)
                .to_owned();
        let insert = server_grant::Entity::insert(model).on_conflict(again);
        insert.exec_without_returning(&self.db).await?;
        Ok(())
    }
}
