//! Game servers: found, tied, granted, looked at, forgotten.

use domain::{
    ChannelId, GuildId, RoleId,
    server::{
        App, Players, Reading, ServerAction,
        ServerAction::{Backup, Console, Start},
        ServerId, ServerName,
        ServerState::{self, Offline, Online, Sleeping, Unknown},
        Usage, Watch,
    },
};
use store::{Found, RAW_KEPT_MS, Sample, ServerRecord, Store};

use crate::{
    both::{Db, both},
    people::{CLUB, OTHER_CLUB, a_game, made},
};

both!(
    what_people_set_stays_while_a_server_goes_and_comes,
    one_panel_says_nothing_about_another,
    servers_of_a_panel_that_is_not_set_any_more_are_gone_until_it_is_back,
    a_server_that_somebody_entered_goes_and_comes_back,
    grants_are_given_and_taken,
    looks_add_up_to_hours,
    old_looks_are_forgotten_and_hours_stay,
);

const HOUR: i64 = 60 * 60 * 1_000;

pub(crate) fn found(guild: GuildId, place: &str) -> Found {
    Found {
        guild,
        source: "amp:main".to_owned(),
        place: place.to_owned(),
        name: ServerName::of_panel(place, ""),
        module: "Minecraft".to_owned(),
        address: None,
    }
}

pub(crate) async fn list(store: &Store, guild: GuildId, found: &[Found]) -> Vec<ServerRecord> {
    let source = found.first().map_or("amp:main", |one| &one.source);
    let tx = store.begin().await.unwrap();
    tx.list_servers(guild, source, found, &[], 1).await.unwrap();
    tx.commit().await.unwrap();
    store.servers_of_guild(guild).await.unwrap()
}

fn names(servers: &[ServerRecord]) -> Vec<&str> {
    servers.iter().map(|server| server.found.place.as_str()).collect()
}

async fn what_people_set_stays_while_a_server_goes_and_comes(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let listed = list(&store, CLUB, &[found(CLUB, "b"), found(CLUB, "a")]).await;
    assert_eq!(names(&listed), ["a", "b"]);
    let reading = Reading {
        players: Players { online: 3, max: Some(20), names: vec!["Steve".to_owned()] },
        usage: Usage { cpu_percent: Some(12), memory_mib: Some(900) },
        ..Reading::of(App::Running)
    };
    let tied = ServerRecord {
        game: Some(chess.id),
        watch: Watch { state: ServerState::Online, since: 7, ..Watch::default() },
        reading: Some(reading),
        alerts: Some(ChannelId::new(5)),
        muted_until: 99,
        crowd: Some(10),
        ..listed[0].clone()
    };
    let tx = store.begin().await.unwrap();
    assert_eq!(tx.server_for_update(tied.id).await.unwrap().as_ref(), Some(&listed[0]));
    tx.put_server(&tied, 2).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.server(tied.id).await.unwrap().as_ref(), Some(&tied));
    assert_eq!(store.servers_of_game(chess.id).await.unwrap(), std::slice::from_ref(&tied));
    // It goes from the panel, and nobody sees it.
    assert_eq!(names(&list(&store, CLUB, &[found(CLUB, "b")]).await), ["b"]);
    assert!(store.servers_of_game(chess.id).await.unwrap().is_empty());
    assert!(store.server(tied.id).await.unwrap().unwrap().gone);
    // It comes back under another name, and is the same.
    let renamed = Found { name: ServerName::of_panel("Arena", ""), ..found(CLUB, "a") };
    let listed = list(&store, CLUB, &[renamed.clone(), found(CLUB, "b")]).await;
    assert_eq!(listed[0], ServerRecord { found: renamed, ..tied });
}

async fn servers_of_a_panel_that_is_not_set_any_more_are_gone_until_it_is_back(db: Db) {
    let store = db.open().await;
    let attic = Found { source: "amp:attic".to_owned(), ..found(CLUB, "b") };
    let direct = Found { source: "direct:valve".to_owned(), ..found(CLUB, "c") };
    for one in [found(CLUB, "a"), attic.clone(), direct] {
        list(&store, CLUB, &[one]).await;
    }
    let kept = ["amp:main".to_owned()];
    assert_eq!(store.retire_panels(&kept, 2).await.unwrap(), 1);
    assert_eq!(names(&store.servers_of_guild(CLUB).await.unwrap()), ["a", "c"]);
    // Without any panel, addresses are left.
    assert_eq!(store.retire_panels(&[], 3).await.unwrap(), 1);
    assert_eq!(names(&store.servers_of_guild(CLUB).await.unwrap()), ["c"]);
    assert_eq!(names(&list(&store, CLUB, &[attic]).await), ["b", "c"]);
}

async fn one_panel_says_nothing_about_another(db: Db) {
    let store = db.open().await;
    let second = |place| Found { source: "amp:second".to_owned(), ..found(CLUB, place) };
    list(&store, CLUB, &[found(CLUB, "a")]).await;
    list(&store, CLUB, &[second("a"), second("c")]).await;
    assert_eq!(names(&list(&store, CLUB, &[found(CLUB, "d")]).await), ["a", "c", "d"]);
    // The panel is another guild's now: its servers are no longer this one's.
    list(&store, OTHER_CLUB, &[found(OTHER_CLUB, "d")]).await;
    assert_eq!(names(&store.servers_of_guild(OTHER_CLUB).await.unwrap()), ["d"]);
    assert_eq!(names(&store.servers_of_guild(CLUB).await.unwrap()), ["a", "c"]);
    // A panel with nothing on it.
    assert_eq!(names(&list(&store, CLUB, &[]).await), ["a", "c"]);
}

async fn a_server_that_somebody_entered_goes_and_comes_back(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let arena = |guild, name: &str| Found {
        source: "direct:valve".to_owned(),
        name: ServerName::of_panel(name, ""),
        ..found(guild, "play.example.org")
    };
    list(&store, CLUB, &[found(CLUB, "a")]).await;
    let tx = store.begin().await.unwrap();
    let mut server = tx.add_server(&arena(CLUB, "Arena"), 1).await.unwrap();
    tx.add_server(&arena(OTHER_CLUB, "Arena"), 1).await.unwrap();
    server.game = Some(chess.id);
    server.crowd = Some(5);
    tx.put_server(&server, 2).await.unwrap();
    tx.commit().await.unwrap();
    // What a panel says does not touch it.
    list(&store, CLUB, &[found(CLUB, "a")]).await;
    assert_eq!(store.servers_of_guild(CLUB).await.unwrap().len(), 2);
    assert_eq!(store.servers_from("direct:").await.unwrap().len(), 2);

    let tx = store.begin().await.unwrap();
    tx.remove_server(server.id, 3).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.servers_from("direct:").await.unwrap().len(), 1);
    assert_eq!(store.servers_of_game(chess.id).await.unwrap(), []);

    let tx = store.begin().await.unwrap();
    let back = tx.add_server(&arena(CLUB, "New Arena"), 4).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((back.id, back.found.name.as_str(), back.gone), (server.id, "New Arena", false));
    assert_eq!((back.game, back.crowd), (None, Some(5)));
}

async fn grants_are_given_and_taken(db: Db) {
    let store = db.open().await;
    let server = list(&store, CLUB, &[found(CLUB, "a")]).await[0].id;
    let elsewhere = list(&store, OTHER_CLUB, &[found(OTHER_CLUB, "b")]).await[0].id;
    let grant = async |role, actions: &[ServerAction]| {
        let tx = store.begin().await.unwrap();
        let actions = actions.iter().copied().collect();
        tx.grant_server(server, RoleId::new(role), actions).await.unwrap();
        tx.commit().await.unwrap();
        let grants = store.server_grants(server).await.unwrap();
        let words = grants.iter().map(|grant| {
            let actions: Vec<_> = grant.actions.iter().map(ServerAction::as_str).collect();
            format!("{}: {}", grant.role, actions.join(" "))
        });
        words.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(grant(2, &[Start, Console]).await, "2: start console");
    assert_eq!(grant(1, &[Backup]).await, "1: backup, 2: start console");
    assert_eq!(grant(2, &[Start]).await, "1: backup, 2: start");
    let all = store.server_grants_of_guild(CLUB).await.unwrap();
    assert_eq!(all.get(&server), Some(&store.server_grants(server).await.unwrap()));
    assert!(all.len() == 1 && !all.contains_key(&elsewhere));
    assert!(store.server_grants_of_guild(OTHER_CLUB).await.unwrap().is_empty());
    assert_eq!(grant(1, &[]).await, "2: start");
    assert_eq!(grant(1, &[]).await, "2: start");
}

async fn look(store: &Store, server: ServerId, at: i64, state: ServerState, players: u32) {
    let sample = Sample { at, state, players, cpu_percent: Some(players), memory_mib: None };
    let tx = store.begin().await.unwrap();
    tx.put_sample(server, &sample).await.unwrap();
    tx.commit().await.unwrap();
}

async fn looks_add_up_to_hours(db: Db) {
    let store = db.open().await;
    let servers = list(&store, CLUB, &[found(CLUB, "a"), found(CLUB, "b")]).await;
    let (one, other) = (servers[0].id, servers[1].id);
    look(&store, one, HOUR, Online, 4).await;
    look(&store, one, HOUR, Online, 4).await;
    look(&store, one, HOUR + 1, Sleeping, 0).await;
    look(&store, one, 2 * HOUR - 1, Unknown, 0).await;
    look(&store, one, 2 * HOUR, Offline, 0).await;
    look(&store, other, HOUR, Online, 9).await;
    let samples = store.server_samples(one, HOUR, 2 * HOUR).await.unwrap();
    assert_eq!(samples.iter().map(|s| s.at / HOUR).collect::<Vec<_>>(), [1, 1, 1, 2]);
    let hours = store.server_hours(one, 0, 9 * HOUR).await.unwrap();
    let of = |h: &store::Hour| (h.at / HOUR, h.looks, h.known, h.up, h.players_sum, h.players_max);
    assert_eq!(hours.iter().map(of).collect::<Vec<_>>(), [(1, 3, 2, 2, 4, 4), (2, 1, 1, 0, 0, 0)]);
    assert_eq!((hours[0].cpu_max, hours[0].memory_max), (4, 0));
}

async fn old_looks_are_forgotten_and_hours_stay(db: Db) {
    let store = db.open().await;
    let server = list(&store, CLUB, &[found(CLUB, "a")]).await[0].id;
    let now = 400 * 24 * HOUR;
    for at in [0, now - RAW_KEPT_MS - 1, now - RAW_KEPT_MS] {
        look(&store, server, at, ServerState::Online, 1).await;
    }
    let tx = store.begin().await.unwrap();
    tx.forget_samples(server, now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.server_samples(server, 0, now).await.unwrap().len(), 1);
    assert_eq!(store.server_hours(server, 0, now).await.unwrap().len(), 2);
}
