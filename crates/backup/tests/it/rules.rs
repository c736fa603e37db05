//! A backup of a database in which a rule of ours does not hold is not proven.

use backup::{BackupError, Damage, create, verify};
use store::archive::Kept;

use crate::{
    both::{Db, both},
    furniture::furnish,
};

both!(a_broken_rule_is_named);

async fn a_broken_rule_is_named(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    assert_eq!(store.broken_invariants().await.unwrap(), []);
    let refill = store.refill().await.unwrap();
    let serde_json::Value::Object(row) = serde_json::json!({
        "game_id": 4_711, "user_id": 5, "guild_id": 1_000, "state": "seated", "is_admin": false,
        "has_player_role": false, "has_admin_role": false, "present": true, "since": 1,
    }) else {
        return;
    };
    refill.insert("seat", &[row]).await.unwrap();
    refill.finish(Kept::Everything).await.unwrap();
    create(&db.place()).await.unwrap();
    let error = verify(&db.place(), "latest").await.unwrap_err();
    let told = matches!(
        &error,
        BackupError::Damaged(Damage::Broken { rule: "seat.game", rows: 1, example, .. }) if example == "4711"
    );
    assert!(told, "{error:?}");
    let facts = backup::Facts::read(&store).await.unwrap();
    assert!(facts.verified.is_none() && !facts.failed.is_empty());
}
