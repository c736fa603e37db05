//! What must hold in every database of ours, by name. A restored backup is held to it.

use sea_orm::{ConnectionTrait, EntityTrait, Statement};

use crate::{GameRecord, Store, StoreError, archive::Snapshot, entity::game};

/// A rule about rows, and how to find those that break it.
#[derive(Clone, Copy, Debug)]
pub struct Invariant {
    /// Its name.
    pub name: &'static str,
    /// What must hold.
    pub holds: &'static str,
    /// The table it needs; older schemas may not have it.
    pub table: &'static str,
    /// Selects `broken`: one word about each row that breaks it.
    sql: &'static str,
}

/// A rule that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The rule.
    pub name: &'static str,
    /// What should hold.
    pub holds: &'static str,
    /// How many rows break it.
    pub rows: u64,
    /// One of them.
    pub example: String,
}

/// All of them.
pub const INVARIANTS: [Invariant; 14] = [
    Invariant {
        name: "seat.game",
        holds: "every seat is in a game of the same guild",
        table: "seat",
        sql: "SELECT seat.game_id AS broken FROM seat LEFT JOIN game ON game.id = seat.game_id \
              WHERE game.id IS NULL OR game.guild_id <> seat.guild_id",
    },
    Invariant {
        name: "seat.state",
        holds: "every seat is requested, seated or left",
        table: "seat",
        sql: "SELECT game_id AS broken FROM seat WHERE state NOT IN ('requested', 'seated', 'left')",
    },
    Invariant {
        name: "game.settled",
        holds: "no game is settled beyond its generation",
        table: "game",
        sql: "SELECT id AS broken FROM game WHERE settled_generation > generation",
    },
    Invariant {
        name: "game.phase",
        holds: "every game is active, archived or deleted, and only deleted ones are gone",
        table: "game",
        sql: "SELECT id AS broken FROM game WHERE phase NOT IN ('active', 'archived', 'deleted') \
              OR (gone AND phase <> 'deleted')",
    },
    Invariant {
        name: "game.name",
        holds: "no two games of a guild have names that look alike",
        table: "game",
        sql: "SELECT MIN(id) AS broken FROM game GROUP BY guild_id, name_key HAVING COUNT(*) > 1",
    },
    Invariant {
        name: "binding.game",
        holds: "every object of Discord's is bound to a game that is there and not gone",
        table: "binding",
        sql: "SELECT binding.game_id AS broken FROM binding \
              LEFT JOIN game ON game.id = binding.game_id WHERE game.id IS NULL OR game.gone",
    },
    Invariant {
        name: "binding.once",
        holds: "no object of Discord's fills two slots",
        table: "binding",
        sql: "SELECT discord_id AS broken FROM binding GROUP BY discord_id HAVING COUNT(*) > 1",
    },
    Invariant {
        name: "journal.game",
        holds: "every step was taken for a game",
        table: "journal",
        sql: "SELECT journal.id AS broken FROM journal LEFT JOIN game ON game.id = journal.game_id \
              WHERE game.id IS NULL",
    },
    Invariant {
        name: "journal.status",
        holds: "every step is open or has an outcome",
        table: "journal",
        sql: "SELECT id AS broken FROM journal \
              WHERE status NOT IN ('intent', 'done', 'adopted', 'failed', 'void')",
    },
    Invariant {
        name: "work.game",
        holds: "work is owed to games of the same guild",
        table: "work",
        sql: "SELECT work.game_id AS broken FROM work LEFT JOIN game ON game.id = work.game_id \
              WHERE game.id IS NULL OR game.guild_id <> work.guild_id",
    },
    Invariant {
        name: "server.grant",
        holds: "every right is one to a server",
        table: "server_grant",
        sql: "SELECT server_grant.server_id AS broken FROM server_grant \
              LEFT JOIN server ON server.id = server_grant.server_id WHERE server.id IS NULL",
    },
    Invariant {
        name: "server.sample",
        holds: "every look is one at a server",
        table: "server_sample",
        sql: "SELECT server_sample.server_id AS broken FROM server_sample \
              LEFT JOIN server ON server.id = server_sample.server_id WHERE server.id IS NULL",
    },
    Invariant {
        name: "server.hour",
        holds: "every hour is one of a server",
        table: "server_hour",
        sql: "SELECT server_hour.server_id AS broken FROM server_hour \
              LEFT JOIN server ON server.id = server_hour.server_id WHERE server.id IS NULL",
    },
    Invariant {
        name: "server.game",
        holds: "a server belongs to no game, or to one of its guild",
        table: "server",
        sql: "SELECT server.id AS broken FROM server JOIN game ON game.id = server.game_id \
              WHERE game.guild_id <> server.guild_id",
    },
];

/// Games read at once.
const BATCH: u64 = 500;

impl Store {
    /// The rules that do not hold; none where all is well.
    pub async fn broken_invariants(&self) -> Result<Vec<Broken>, StoreError> {
        let snapshot = self.snapshot().await?;
        let there: Vec<_> = snapshot.shapes().await?.iter().map(|shape| shape.table.name).collect();
        let mut broken = Vec::new();
        for rule in INVARIANTS.iter().filter(|rule| there.contains(&rule.table)) {
            broken.extend(asked(&snapshot, rule).await?);
        }
        broken.extend(unreadable_games(&snapshot).await?);
        Ok(broken)
    }
}

async fn asked(snapshot: &Snapshot, rule: &Invariant) -> Result<Option<Broken>, StoreError> {
    let sql = format!(
        "SELECT COUNT(*) AS n, CAST(MIN(broken) AS BIGINT) AS example FROM ({}) AS found",
        rule.sql
    );
    let statement = Statement::from_string(snapshot.backend(), sql);
    let Some(found) = snapshot.db().query_one_raw(statement).await? else { return Ok(None) };
    let rows: i64 = found.try_get("", "n")?;
    let example: Option<i64> = found.try_get("", "example")?;
    let example = example.map(|id| id.to_string()).unwrap_or_default();
    let Invariant { name, holds, .. } = *rule;
    Ok((rows > 0).then(|| Broken { name, holds, rows: rows.unsigned_abs(), example }))
}

/// Each game is read into the types that the bot goes by.
async fn unreadable_games(snapshot: &Snapshot) -> Result<Option<Broken>, StoreError> {
    let (mut rows, mut example, mut after) = (0, String::new(), i64::MIN);
    loop {
        let page = game::Entity::find()
            .cursor_by(game::Column::Id)
            .after(after)
            .first(BATCH)
            .all(snapshot.db())
            .await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for model in page {
            let id = model.id;
            if GameRecord::try_from(model).is_err() {
                rows += 1;
                example = id.to_string();
            }
        }
    }
    Ok((rows > 0).then_some(Broken {
        name: "game.readable",
        holds: "every game can be read",
        rows,
        example,
    }))
}
