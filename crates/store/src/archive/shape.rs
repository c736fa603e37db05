//! Which columns a table has, as the database says.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{TABLES, Table};
use crate::StoreError;

/// What a column holds. We use no other kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 64 bits.
    Big,
    /// 32 bits.
    Int,
    /// Yes or no.
    Bool,
    /// Words.
    Text,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table as it is in one database.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Which one.
    pub table: Table,
    /// Its columns, in the database's order.
    pub columns: Vec<Column>,
}

/// The tables of ours that are there.
pub(super) async fn shapes(db: &impl ConnectionTrait) -> Result<Vec<Shape>, StoreError> {
    let mut found = Vec::new();
    for table in TABLES {
        let columns = columns(db, table.name).await?;
        if !columns.is_empty() {
            found.push(Shape { table, columns });
        }
    }
    Ok(found)
}

async fn columns(db: &impl ConnectionTrait, table: &str) -> Result<Vec<Column>, StoreError> {
    let backend = db.get_database_backend();
    // Both hold nothing but a name of ours.
    let sql = match backend {
        DbBackend::Sqlite => {
            format!(
                "SELECT name, lower(type) AS kind FROM pragma_table_info('{table}') ORDER BY cid"
            )
        }
        _ => format!(
            "SELECT column_name::text AS name, data_type::text AS kind \
             FROM information_schema.columns WHERE table_schema = current_schema() \
             AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    let rows = db.query_all_raw(Statement::from_string(backend, sql)).await?;
    rows.iter()
        .map(|row| {
            let (name, kind): (String, String) =
                (row.try_get("", "name")?, row.try_get("", "kind")?);
            let kind = self::kind(&kind, backend).ok_or_else(|| StoreError::Corrupt {
                table: "schema",
                id: format!("{table}.{name}"),
                what: format!("a column of the kind `{kind}`, which we do not make"),
            })?;
            Ok(Column { name, kind })
        })
        .collect()
}

fn kind(declared: &str, backend: DbBackend) -> Option<Kind> {
    let bare = declared.split('(').next().unwrap_or_default().trim();
    Some(match bare {
        "bigint" => Kind::Big,
        // SQLite calls all whole numbers so, and all have 64 bits there.
        "integer" | "int" if backend == DbBackend::Sqlite => Kind::Big,
        "integer" | "int" => Kind::Int,
        "boolean" => Kind::Bool,
        "text" | "varchar" | "character varying" => Kind::Text,
        _ => return None,
    })
}
