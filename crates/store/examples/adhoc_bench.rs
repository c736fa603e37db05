#![allow(clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::print_stdout)]
use domain::audit::*;
use domain::*;
use std::time::{Duration, Instant};
use store::*;
#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let url = std::env::args().nth(1);
    let dir = tempfile::tempdir().unwrap();
    let config = match url {
        Some(url) => StoreConfig { url, max_connections: 10 },
        None => StoreConfig::sqlite_file(&dir.path().join("a.db")),
    };
    let store = Store::open(&config).await.unwrap();
    let guild = GuildId::new(1000);
    let game = |n: u32| Game {
        id: GameId(0),
        guild,
        name: GameName::parse(&format!("Game {n}")).unwrap(),
        emoji: None,
        colour: None,
        description: Description::default(),
        capacity: Some(Capacity::new(10000).unwrap()),
        admission: Admission::Open,
        visibility: Visibility::Members,
        layout: Layout::SIMPLE,
        phase: Phase::Active,
        generation: 1,
        created_by: UserId::new(5),
        created_at: 1,
    };
    let mut ids = vec![];
    let tx = store.begin().await.unwrap();
    let stamp =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis()
            as u32;
    for n in 0..100u32 {
        ids.push(tx.insert_game(&game(stamp.wrapping_add(n)), 1).await.unwrap());
    }
    tx.commit().await.unwrap();
    let names = [
        "begin",
        "game_for_update",
        "seat",
        "count",
        "put_seat",
        "audit",
        "wake",
        "commit",
        "WHOLE",
    ];
    let mut sums = vec![Vec::<Duration>::new(); names.len()];
    for round in 0..3000u64 {
        let id = ids[(round % 100) as usize];
        let user = UserId::new(10 + round / 7);
        let whole = Instant::now();
        let mut t = Instant::now();
        let mut at = 0;
        macro_rules! lap {
            () => {
                if round >= 500 {
                    sums[at].push(t.elapsed());
                }
                at += 1;
                t = Instant::now();
            };
        }
        let tx = store.begin().await.unwrap();
        lap!();
        let g = tx.game_for_update(id).await.unwrap().unwrap();
        lap!();
        let _ = tx.seat(id, user).await.unwrap();
        lap!();
        let _ = tx.count_seated(id).await.unwrap();
        lap!();
        tx.put_seat(
            guild,
            &Seat {
                game: id,
                user,
                state: SeatState::Seated,
                is_admin: false,
                has_player_role: false,
                has_admin_role: false,
                present: true,
                since: 5,
            },
        )
        .await
        .unwrap();
        lap!();
        tx.audit(
            AuditEntry {
                guild,
                game: Some((id, g.game.name.to_string())),
                actor: Some(user),
                subject: None,
                kind: AuditKind::SeatTaken,
                outcome: Outcome::Done,
                before: None,
                after: None,
                plan: None,
                correlation: "abcdefgh".into(),
                generation: None,
            },
            7,
        )
        .await
        .unwrap();
        lap!();
        tx.wake(id, guild, 9, false).await.unwrap();
        lap!();
        tx.commit().await.unwrap();
        lap!();
        let _ = (t, at);
        if round >= 500 {
            sums[8].push(whole.elapsed());
        }
    }
    for (name, v) in names.iter().zip(&mut sums) {
        v.sort();
        let mean: Duration = v.iter().sum::<Duration>() / v.len() as u32;
        println!(
            "{name:16} p50 {:7.1}  mean {:7.1}  p99 {:7.1}",
            v[v.len() / 2].as_secs_f64() * 1e6,
            mean.as_secs_f64() * 1e6,
            v[v.len() * 99 / 100].as_secs_f64() * 1e6
        );
    }
    let t = Instant::now();
    for n in 0..2000 {
        store.game(ids[n % 100]).await.unwrap();
    }
    println!("read game {:.1}", t.elapsed().as_secs_f64() * 1e6 / 2000.0);
    let t = Instant::now();
    for n in 0..200 {
        let _ = n;
        store.games_of_guild(guild).await.unwrap();
    }
    println!("games_of_guild(100) {:.1}", t.elapsed().as_secs_f64() * 1e6 / 200.0);

    if std::env::args().nth(1).is_some() {
        return;
    }
    // 100,000 games: 1,000 guilds of 100; 10 seats, 4 bindings, 5 audit entries each; one work row each.
    use sea_orm::ConnectionTrait;
    let raw = sea_orm::Database::connect(config.url.clone()).await.unwrap();
    for sql in [
        "INSERT INTO game SELECT n+1000, 5000 + n/100, 'Game '||n, 'game'||n, NULL,NULL,'about',10,'open','members','{\"chat\":true,\"announcements\":false,\"forum\":false,\"looking_for_group\":false,\"voice\":1}','active',0,0,1,1,'[]',5,1,1 FROM (WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n+1 FROM c WHERE n<99999) SELECT n FROM c)",
        "INSERT INTO seat SELECT g.id, 10+u, g.guild_id, 'seated',0,1,0,1,1 FROM game g, (WITH RECURSIVE c(u) AS (SELECT 0 UNION ALL SELECT u+1 FROM c WHERE u<9) SELECT u FROM c) WHERE g.id>=1000",
        "INSERT INTO binding SELECT g.id, s.slot, g.id*10+s.k, 1, 1 FROM game g, (SELECT 'role:player' slot, 0 k UNION ALL SELECT 'role:admin',1 UNION ALL SELECT 'category',2 UNION ALL SELECT 'channel:chat',3) s WHERE g.id>=1000",
        "INSERT INTO audit (guild_id,game_id,game_name,actor_id,subject_id,kind,outcome,correlation,generation,unlogged,created_at) SELECT g.guild_id,g.id,g.name,10+s.k,NULL,'seat_taken','done','c',NULL,0,1 FROM game g, (SELECT 0 k UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) s WHERE g.id>=1000",
        "INSERT INTO audit (guild_id,game_id,game_name,actor_id,subject_id,kind,outcome,correlation,generation,unlogged,created_at) WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n+1 FROM c WHERE n<99999) SELECT 5500,51000,'Busy',10+n%50,NULL,'seat_taken','done','c',NULL,0,1 FROM c",
        "INSERT INTO work SELECT id, guild_id, id, 1, 0, 0, NULL, NULL, 0, NULL FROM game WHERE id>=1000",
    ] {
        let t = Instant::now();
        raw.execute_unprepared(sql).await.unwrap();
        println!("fill {:?}", t.elapsed());
    }
    let (g, p) = (GuildId::new(5500), UserId::new(12));
    let id = |n: u64| GameId(1000 + (n as i64 * 7919) % 100_000);
    macro_rules! m {
        ($name:literal, $n:expr, |$i:ident| $e:expr) => {{
            let mut v = vec![];
            for $i in 0..$n as u64 {
                let t = Instant::now();
                let _ = $e.await.unwrap();
                v.push(t.elapsed());
            }
            v.sort();
            println!(
                "{:28} p50 {:8.1} us  p99 {:8.1}",
                $name,
                v[v.len() / 2].as_secs_f64() * 1e6,
                v[v.len() * 99 / 100].as_secs_f64() * 1e6
            );
            let _ = $n;
        }};
    }
    m!("game", 2000, |i| store.game(id(i)));
    m!("seat", 2000, |i| store.seat(id(i), p));
    m!("seats", 2000, |i| store.seats(id(i)));
    m!("seats_of_person (100)", 500, |i| store.seats_of_person(GuildId::new(5000 + i % 1000), p));
    m!("seat_counts (100 games)", 300, |i| store.seat_counts(GuildId::new(5000 + i)));
    m!("games_of_guild (100)", 300, |i| store.games_of_guild(GuildId::new(5000 + i)));
    m!("bindings", 2000, |i| store.bindings(id(i)));
    m!("bound", 2000, |i| store.bound(id(i).0 as u64 * 10));
    m!("bindings_of_guild (400)", 300, |i| store.bindings_of_guild(GuildId::new(5000 + i)));
    m!("work_of_guild (100)", 300, |i| store.work_of_guild(GuildId::new(5000 + i)));
    m!("next_due", 500, |_i| store.next_due());
    m!("guilds_with_unlogged", 300, |_i| store.guilds_with_unlogged());
    m!("unlogged", 300, |_i| store.unlogged(g, 50));
    m!("audit page", 300, |_i| store.audit(g, &AuditQuery { limit: 10, ..Default::default() }));
    m!("audit of game", 300, |i| store.audit(
        GuildId::new(5000 + (id(i).0 as u64 - 1000) / 100),
        &AuditQuery { game: Some(id(i)), limit: 10, ..Default::default() }
    ));
    m!("audit of person, busy guild", 20, |_i| store
        .audit(g, &AuditQuery { person: Some(UserId::new(777)), limit: 10, ..Default::default() }));
    m!("audit of kind, busy guild", 20, |_i| store.audit(
        g,
        &AuditQuery { kind: Some(AuditKind::GameDeleted), limit: 10, ..Default::default() }
    ));
    m!("settle_audit busy game", 100, |_i| async {
        let tx = store.begin().await?;
        tx.settle_audit(GameId(51000), 5, Outcome::Done).await?;
        tx.commit().await
    });
    m!("claim 32", 300, |_i| store.claim_work("main", 9_000_000, 9_999_999, 32));
    m!("prune_journal", 100, |_i| store.prune_journal(5));
}
