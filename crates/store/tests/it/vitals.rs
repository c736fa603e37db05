//! How a server is, as an ordinary role sees it.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};
use store::{StoreConfig, vitals::Vitals};

use crate::both::on_postgres;

async fn as_role(url: &str, role: &str) -> (StoreConfig, DatabaseConnection) {
    let url = url.replacen("postgres@", &format!("{role}@"), 1);
    let mut options = ConnectOptions::new(&url);
    options.max_connections(1).sqlx_logging(false);
    (StoreConfig::new(url, 2), Database::connect(options).await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ordinary_role_is_told_what_it_does_not_see() {
    on_postgres(|db| async move {
        db.open().await.close().await.unwrap();
        for role in ["ordinary", "passerby"] {
            db.run(&format!(
                "DO $$ BEGIN CREATE ROLE {role} LOGIN; \
                 EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            ))
            .await;
        }
        db.run("REVOKE pg_read_all_stats FROM ordinary").await;
        db.run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO ordinary").await;
        let (config, own) = as_role(&db.config.url, "ordinary").await;
        own.close().await.unwrap();

        // Somebody else is at work for long.
        let (_, theirs) = as_role(&db.config.url, "passerby").await;
        let sleeps = tokio::task::spawn_local(async move {
            theirs.execute_unprepared("SELECT pg_sleep(600)").await.map(drop)
        });
        let above = db.past_the_store().await;
        let at_work = "SELECT pid FROM pg_stat_activity WHERE usename = 'passerby' \
                       AND datname = current_database() AND query LIKE '%pg_sleep%'";
        let at_work = Statement::from_string(DbBackend::Postgres, at_work);
        let pid: i32 = loop {
            if let Some(row) = above.query_one_raw(at_work.clone()).await.unwrap() {
                break row.try_get("", "pid").unwrap();
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        };

        let seen = Vitals::take(&config).await.unwrap();
        assert_eq!(seen.blind_role.as_deref(), Some("ordinary"));
        assert_eq!(seen.longest_seconds, None, "hidden from it");
        // The passer-by and whoever looked at it.
        assert!(seen.connections.unwrap().others >= 2, "connections are shown to everybody");

        db.run("GRANT pg_read_all_stats TO ordinary").await;
        let seen = Vitals::take(&config).await.unwrap();
        assert_eq!(seen.blind_role, None);
        assert!(seen.longest_seconds.unwrap() > 0.0);

        let end = format!("SELECT pg_terminate_backend({pid})");
        above.execute_unprepared(&end).await.unwrap();
        above.close().await.unwrap();
        sleeps.await.unwrap().unwrap_err();
    })
    .await;
}
