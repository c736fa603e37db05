//! A page of the SQLite file that has gone bad, found by whoever reads it.

use std::{fs::File, os::unix::fs::FileExt};

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use store::Store;

use crate::{
    both::on_sqlite,
    people::{a_game, made},
};

#[tokio::test]
async fn a_bad_page_is_found_by_who_reads_it_and_by_nobody_else() {
    on_sqlite(|db| async move {
        let store = db.open().await;
        let chess = made(&store, a_game("Chess")).await;
        store.set_fact("here", "yes").await.unwrap();
        store.close().await.unwrap();
        let raw = db.past_the_store().await;
        let sql = "SELECT rootpage FROM sqlite_master WHERE name = 'game'";
        let row = raw.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
        let page: i64 = row.unwrap().try_get("", "rootpage").unwrap();
        raw.close().await.unwrap();
        let path = db.config.url.strip_prefix("sqlite://").unwrap().split('?').next().unwrap();
        let file = File::options().write(true).open(path).unwrap();
        file.write_all_at(&[0xff; 64], (page.unsigned_abs() - 1) * 4096).unwrap();
        let spoilt = std::fs::read(path).unwrap();

        let store = Store::open(&db.config).await.unwrap();
        let error = store.game(chess.id).await.unwrap_err();
        assert!(error.is_damage() && !error.is_temporary(), "{error:?}");
        assert!(error.to_string().contains("malformed"), "{error}");
        assert_eq!(store.fact("here").await.unwrap().as_deref(), Some("yes"));
        store.close().await.unwrap();
        assert!(spoilt == std::fs::read(path).unwrap(), "it was left as it is");
    })
    .await;
}
