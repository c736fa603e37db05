//! The small things: settings, people who wait, drafts, panels, sessions, facts.

use domain::{ChannelId, DriftPolicy, GameId, GuildSettings, MessageId, RoleId, audit::AuditKind};
use serde_json::json;
use store::{Leftover, Panel, PanelState, SavedSession, StoreError, Waiter};

use crate::{
    both::{Db, both},
    people::{ANNA, BERT, CLUB, OTHER_CLUB},
};

both!(
    settings_are_the_defaults_until_somebody_changes_them,
    a_guild_that_was_left_keeps_its_settings,
    people_wait_until_they_are_answered,
    a_draft_is_its_owners_and_dies,
    nobody_writes_over_a_strangers_draft,
    the_first_of_two_clicks_gets_the_draft,
    a_guild_has_one_panel_of_a_kind,
    sessions_survive_a_restart,
    facts_are_overwritten,
);

async fn settings_are_the_defaults_until_somebody_changes_them(db: Db) {
    let store = db.open().await;
    assert_eq!(store.settings(CLUB).await.unwrap(), GuildSettings::new(CLUB));
    let changed = GuildSettings {
        admin_roles: vec![RoleId::new(5), RoleId::new(u64::MAX)],
        log_channel: Some(ChannelId::new(6)),
        drift_policy: DriftPolicy::Accept,
        ..GuildSettings::new(CLUB)
    };
    for settings in [changed.clone(), GuildSettings::new(CLUB), changed.clone()] {
        let tx = store.begin().await.unwrap();
        tx.settings(CLUB).await.unwrap();
        tx.put_settings(&settings, 1).await.unwrap();
        assert_eq!(tx.settings(CLUB).await.unwrap(), settings);
        tx.commit().await.unwrap();
        assert_eq!(store.settings(CLUB).await.unwrap(), settings);
    }
    assert_eq!(store.settings(OTHER_CLUB).await.unwrap(), GuildSettings::new(OTHER_CLUB));
}

async fn a_guild_that_was_left_keeps_its_settings(db: Db) {
    let store = db.open().await;
    store.set_left(OTHER_CLUB, None).await.unwrap();
    assert_eq!(store.left_at(OTHER_CLUB).await.unwrap(), None);
    // A guild that never changed a setting is remembered too, and goes on with the defaults.
    store.set_left(OTHER_CLUB, Some(1)).await.unwrap();
    assert_eq!(store.left_at(OTHER_CLUB).await.unwrap(), Some(1));
    assert_eq!(store.settings(OTHER_CLUB).await.unwrap(), GuildSettings::new(OTHER_CLUB));
    let settings =
        GuildSettings { log_channel: Some(ChannelId::new(6)), ..GuildSettings::new(CLUB) };
    let tx = store.begin().await.unwrap();
    tx.put_settings(&settings, 1).await.unwrap();
    tx.commit().await.unwrap();
    store.set_left(CLUB, Some(2)).await.unwrap();
    assert_eq!(store.left_at(CLUB).await.unwrap(), Some(2));
    assert_eq!(store.settings(CLUB).await.unwrap(), settings);
    store.set_left(CLUB, None).await.unwrap();
    assert_eq!(store.left_at(CLUB).await.unwrap(), None);
    assert_eq!(store.settings(CLUB).await.unwrap(), settings);
}

async fn people_wait_until_they_are_answered(db: Db) {
    let store = db.open().await;
    let waiter = |game, generation| Waiter {
        id: 0,
        game: GameId(game),
        generation,
        kind: AuditKind::GameCreated,
        application: u64::MAX,
        token: "aW50ZXJhY3Rpb24".to_owned(),
        locale: "de".to_owned(),
        correlation: "c0ffee".to_owned(),
        expires_at: 900,
    };
    let tx = store.begin().await.unwrap();
    for (game, generation) in [(1, 1), (2, 1), (1, 2)] {
        tx.add_waiter(&waiter(game, generation)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let waiting = store.waiters(GameId(1)).await.unwrap();
    assert_eq!(waiting.iter().map(|one| one.generation).collect::<Vec<_>>(), [1, 2]);
    let first = &waiting[0];
    assert_eq!((first.application, first.expires_at), (u64::MAX, 900));
    assert_eq!((first.token.as_str(), first.locale.as_str()), ("aW50ZXJhY3Rpb24", "de"));
    assert_eq!((first.kind, first.correlation.as_str()), (AuditKind::GameCreated, "c0ffee"));
    assert!(!format!("{first:?}").contains("aW50ZXJhY3Rpb24"), "tokens are not for logs");
    assert_eq!(store.all_waiters().await.unwrap().len(), 3);

    store.drop_waiters(&[]).await.unwrap();
    store.drop_waiters(&[first.id, 4_711]).await.unwrap();
    assert_eq!(store.waiters(GameId(1)).await.unwrap().len(), 1);
    assert_eq!(store.all_waiters().await.unwrap().len(), 2);
}

async fn a_draft_is_its_owners_and_dies(db: Db) {
    let store = db.open().await;
    let body = json!({ "name": "Chess", "step": 2, "null": "\u{0}" });
    store.save_draft("d1", CLUB, ANNA, &json!({}), 10, 100).await.unwrap();
    store.save_draft("d1", CLUB, ANNA, &body, 20, 120).await.unwrap();
    assert_eq!(store.draft("d1", CLUB, ANNA, 120).await.unwrap(), Some(body));
    assert_eq!(store.draft("d1", CLUB, ANNA, 121).await.unwrap(), None, "expired");
    assert_eq!(store.draft("d1", CLUB, BERT, 50).await.unwrap(), None, "somebody else's");
    assert_eq!(store.draft("d1", OTHER_CLUB, ANNA, 50).await.unwrap(), None, "another guild's");
    assert_eq!(store.draft("d2", CLUB, ANNA, 50).await.unwrap(), None);
    // Whoever saves one sweeps out the dead.
    store.save_draft("d2", CLUB, BERT, &json!({}), 200, 300).await.unwrap();
    assert!(!store.drop_draft("d1").await.unwrap());
}

async fn nobody_writes_over_a_strangers_draft(db: Db) {
    let store = db.open().await;
    store.save_draft("d1", CLUB, ANNA, &json!("hers"), 10, 100).await.unwrap();
    for (guild, user) in [(CLUB, BERT), (OTHER_CLUB, ANNA)] {
        let error = store.save_draft("d1", guild, user, &json!("his"), 10, 100).await.unwrap_err();
        assert!(matches!(error, StoreError::Taken("draft")), "{error}");
    }
    assert_eq!(store.draft("d1", CLUB, ANNA, 50).await.unwrap(), Some(json!("hers")));
    // Once it is dead the name is free.
    store.save_draft("d1", CLUB, BERT, &json!("his"), 101, 200).await.unwrap();
    assert_eq!(store.draft("d1", CLUB, BERT, 150).await.unwrap(), Some(json!("his")));
}

async fn the_first_of_two_clicks_gets_the_draft(db: Db) {
    let store = db.open().await;
    store.save_draft("d1", CLUB, ANNA, &json!({}), 10, 100).await.unwrap();
    let clicks: Vec<_> = (0..6)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.drop_draft("d1").await.unwrap() })
        })
        .collect();
    let mut got = 0;
    for click in clicks {
        got += u32::from(click.await.unwrap());
    }
    assert_eq!(got, 1);
}

async fn a_guild_has_one_panel_of_a_kind(db: Db) {
    let store = db.open().await;
    let panel = Panel {
        guild: CLUB,
        kind: "admin".to_owned(),
        channel: ChannelId::new(5),
        message: None,
        stale: Vec::new(),
        content_hash: None,
        state: PanelState::Wanted,
        nonce: "admin-1".to_owned(),
    };
    assert_eq!(store.panel(CLUB, "admin").await.unwrap(), None);
    store.save_panel(&panel, 1).await.unwrap();
    assert_eq!(store.panel(CLUB, "admin").await.unwrap().as_ref(), Some(&panel));
    let posted = Panel {
        channel: ChannelId::new(u64::MAX),
        message: Some(MessageId::new(7)),
        stale: vec![
            Leftover::Message(ChannelId::new(5), MessageId::new(6)),
            Leftover::Post(ChannelId::new(7), "admin-X1".to_owned()),
        ],
        content_hash: Some(i64::MIN),
        state: PanelState::Posted,
        nonce: "admin-2".to_owned(),
        ..panel.clone()
    };
    let lost = Panel { kind: "player".to_owned(), state: PanelState::Lost, ..panel.clone() };
    let theirs = Panel { guild: OTHER_CLUB, ..panel.clone() };
    let tx = store.begin().await.unwrap();
    for one in [&posted, &lost, &theirs] {
        tx.put_panel(one, 2).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut ours = store.panels(CLUB).await.unwrap();
    ours.sort_by(|a, b| a.kind.cmp(&b.kind));
    assert_eq!(ours, [posted, lost], "moved, not doubled");
    assert_eq!(store.all_panels().await.unwrap().len(), 3);
}

async fn sessions_survive_a_restart(db: Db) {
    let store = db.open().await;
    let saved = |sequence| SavedSession {
        session_id: "s".repeat(64),
        sequence,
        resume_url: "wss://gateway.example".to_owned(),
        saved_at: 5,
    };
    store.save_session("0/2", &saved(1)).await.unwrap();
    store.save_session("0/2", &saved(u64::MAX)).await.unwrap();
    store.save_session("1/2", &saved(3)).await.unwrap();
    store.close().await.unwrap();
    let store = db.open().await;
    assert_eq!(store.session("0/2").await.unwrap(), Some(saved(u64::MAX)));
    store.drop_session("0/2").await.unwrap();
    store.drop_session("0/2").await.unwrap();
    assert_eq!(store.session("0/2").await.unwrap(), None);
    assert_eq!(store.session("1/2").await.unwrap(), Some(saved(3)));
    assert_eq!(store.session("0/1").await.unwrap(), None, "other shards, other sessions");
}

async fn facts_are_overwritten(db: Db) {
    let store = db.open().await;
    assert_eq!(store.fact("installation").await.unwrap(), None);
    for value in ["one", "", "two"] {
        store.set_fact("installation", value).await.unwrap();
        assert_eq!(store.fact("installation").await.unwrap().as_deref(), Some(value));
    }
}
