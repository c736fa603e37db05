//! Panels: at most one of each kind in a guild. A server's live message is one, too.

use domain::{ChannelId, GuildId, MessageId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};

use crate::{Store, StoreError, Tx, entity::panel, row};

/// How a panel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelState {
    /// To be posted.
    Wanted,
    /// Posted.
    Posted,
    /// Somebody deleted its message or channel; offered again.
    Lost,
}

impl PanelState {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wanted => "wanted",
            Self::Posted => "posted",
            Self::Lost => "lost",
        }
    }
}

/// Something of a panel that stands where it does not belong any more, and is still to be removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leftover {
    /// This message.
    Message(ChannelId, MessageId),
    /// Whatever a post with this nonce made: the panel was placed anew before it was known.
    Post(ChannelId, String),
}

impl Leftover {
    /// The stable text form, without commas.
    fn text(&self) -> String {
        match self {
            Self::Message(channel, message) => format!("{channel}:{message}"),
            Self::Post(channel, nonce) => format!("{channel}?{nonce}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        if let Some((channel, message)) = text.split_once(':') {
            return Some(Self::Message(channel.parse().ok()?, message.parse().ok()?));
        }
        let (channel, nonce) = text.split_once('?')?;
        Some(Self::Post(channel.parse().ok()?, nonce.to_owned()))
    }
}

/// One panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// The guild.
    pub guild: GuildId,
    /// Which panel (`admin`, `player`; `live-` or `card-` and a server's number).
    pub kind: String,
    /// Where it belongs.
    pub channel: ChannelId,
    /// Its message, once posted.
    pub message: Option<MessageId>,
    /// What is still to be removed of before.
    pub stale: Vec<Leftover>,
    /// Hash of what it shows, to edit only when something changed.
    pub content_hash: Option<i64>,
    /// How it stands.
    pub state: PanelState,
    /// Nonce of the post under way (at most 25 characters): Discord answers a repeated nonce
    /// with the first message, so a lost answer does not double the panel.
    pub nonce: String,
}

fn parse(model: panel::Model) -> Result<Panel, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt {
        table: "panel",
        id: format!("{}/{}", model.guild_id, model.kind),
        what: what.to_owned(),
    };
    let state = [PanelState::Wanted, PanelState::Posted, PanelState::Lost]
        .into_iter()
        .find(|state| state.as_str() == model.state)
        .ok_or_else(|| corrupt("unknown state"))?;
    let stale = model
        .stale
        .as_deref()
        .map_or_else(|| Some(Vec::new()), |text| text.split(',').map(Leftover::read).collect())
        .ok_or_else(|| corrupt("bad stale"))?;
    Ok(Panel {
        guild: row::id("panel", model.guild_id)?,
        channel: row::id("panel", model.channel_id)?,
        message: model.message_id.map(|id| row::id("panel", id)).transpose()?,
        stale,
        content_hash: model.content_hash,
        state,
        kind: model.kind,
        nonce: model.nonce,
    })
}

impl Store {
    /// One panel.
    pub async fn panel(&self, guild: GuildId, kind: &str) -> Result<Option<Panel>, StoreError> {
        panel::Entity::find_by_id((row::to_column(guild), kind.to_owned()))
            .one(self.db())
            .await?
            .map(parse)
            .transpose()
    }

    /// A guild's panels.
    pub async fn panels(&self, guild: GuildId) -> Result<Vec<Panel>, StoreError> {
        let rows = panel::Entity::find()
            .filter(panel::Column::GuildId.eq(row::to_column(guild)))
            .all(self.db())
            .await?;
        Ok(row::readable(rows.into_iter().map(parse)))
    }

    /// All panels, to check them at start.
    pub async fn all_panels(&self) -> Result<Vec<Panel>, StoreError> {
        let rows = panel::Entity::find().all(self.db()).await?;
        Ok(row::readable(rows.into_iter().map(parse)))
    }

    /// Writes a panel in a transaction of its own.
    pub async fn save_panel(&self, panel: &Panel, now: i64) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        tx.put_panel(panel, now).await?;
        tx.commit().await
    }

    /// Writes what became of a panel, unless somebody has placed it anew since it was read (then
    /// it has another nonce). Answers whether it was written.
    pub async fn keep_panel(&self, panel: &Panel, now: i64) -> Result<bool, StoreError> {
        let tx = self.begin().await?;
        let written = panel::Entity::update_many()
            .set(panel::ActiveModel {
                message_id: Set(panel.message.map(row::to_column)),
                stale: Set(stale(panel)),
                content_hash: Set(panel.content_hash),
                state: Set(panel.state.as_str().to_owned()),
                updated_at: Set(now),
                ..Default::default()
            })
            .filter(panel::Column::GuildId.eq(row::to_column(panel.guild)))
            .filter(panel::Column::Kind.eq(panel.kind.as_str()))
            .filter(panel::Column::ChannelId.eq(row::to_column(panel.channel)))
            .filter(panel::Column::Nonce.eq(panel.nonce.as_str()))
            .exec(&tx.db)
            .await?;
        tx.commit().await?;
        Ok(written.rows_affected > 0)
    }
}

fn stale(panel: &Panel) -> Option<String> {
    let all: Vec<String> = panel.stale.iter().map(Leftover::text).collect();
    (!all.is_empty()).then(|| all.join(","))
}

impl Tx {
    /// One panel, locked.
    pub async fn panel_for_update(
        &self,
        guild: GuildId,
        kind: &str,
    ) -> Result<Option<Panel>, StoreError> {
        panel::Entity::find_by_id((row::to_column(guild), kind.to_owned()))
            .lock_exclusive()
            .one(&self.db)
            .await?
            .map(parse)
            .transpose()
    }

    /// Forgets a panel of which nothing is left.
    pub async fn forget_panel(&self, panel: &Panel) -> Result<(), StoreError> {
        panel::Entity::delete_many()
            .filter(panel::Column::GuildId.eq(row::to_column(panel.guild)))
            .filter(panel::Column::Kind.eq(panel.kind.as_str()))
            .filter(panel::Column::Nonce.eq(panel.nonce.as_str()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Writes a panel, new or changed.
    pub async fn put_panel(&self, panel: &Panel, now: i64) -> Result<(), StoreError> {
        panel::Entity::insert(panel::ActiveModel {
            guild_id: Set(row::to_column(panel.guild)),
            kind: Set(panel.kind.clone()),
            channel_id: Set(row::to_column(panel.channel)),
            message_id: Set(panel.message.map(row::to_column)),
            stale: Set(stale(panel)),
            content_hash: Set(panel.content_hash),
            state: Set(panel.state.as_str().to_owned()),
            nonce: Set(panel.nonce.clone()),
            updated_at: Set(now),
        })
        .on_conflict(
            OnConflict::columns([panel::Column::GuildId, panel::Column::Kind])
                .update_columns([
                    panel::Column::ChannelId,
                    panel::Column::MessageId,
                    panel::Column::Stale,
                    panel::Column::ContentHash,
                    panel::Column::State,
                    panel::Column::Nonce,
                    panel::Column::UpdatedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(&self.db)
        .await?;
        Ok(())
    }
}
