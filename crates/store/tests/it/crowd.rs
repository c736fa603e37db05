//! A database of many communities over many years, made in seconds: 2,000 guilds with 100,000
//! games and a million seats. The club of all stories is the largest of them.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};

use crate::people::CLUB;

/// Games of all guilds together.
const GAMES: u32 = 100_000;
/// Guilds, from 1 on.
const GUILDS: u32 = 2_000;
/// Entries of the club's audit, beside those that every guild has.
const CLUB_AUDIT: u32 = 20_000;
/// A time after everything that the stories do.
const LATER: u64 = 1_000_000_000_000;

/// Fills an empty schema, and lets the database learn what is in it.
pub(crate) async fn fill(db: &DatabaseConnection) {
    let series = |count: u32| match db.get_database_backend() {
        DbBackend::Sqlite => format!(
            "(WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s LIMIT {count}) \
             SELECT i FROM s) AS s"
        ),
        _ => format!("generate_series(1, {count}) AS s(i)"),
    };
    // Of ten games of a guild nine are gone, as after years.
    let guild = format!("1 + i % {GUILDS}");
    let layout = serde_json::to_string(&domain::Layout::SIMPLE).unwrap();
    let game = format!(
        "INSERT INTO game (guild_id, name, name_key, description, admission, visibility, layout, \
         phase, release_channels, gone, generation, settled_generation, problems, created_by, \
         created_at, updated_at) SELECT {guild}, 'Game ' || i, 'game' || i, '', 'open', 'members', \
         '{layout}', CASE WHEN i / {GUILDS} % 10 > 0 THEN 'deleted' WHEN i % 3 = 0 THEN 'archived' ELSE \
         'active' END, FALSE, i / {GUILDS} % 10 > 0, 1, 1, '[]', 11, {LATER}, {LATER} FROM {}",
        series(GAMES)
    );
    // In the order of the keys, which makes filling twice as fast.
    let seat = format!(
        "INSERT INTO seat SELECT 1 + i / 10, 1 + i % 10 * 1000 + i / 10 % 1000, \
         1 + (1 + i / 10) % {GUILDS}, CASE WHEN i % 7 = 0 THEN 'left' ELSE 'seated' END, \
         FALSE, TRUE, FALSE, TRUE, {LATER} FROM {}",
        series(10 * GAMES)
    );
    let binding = format!(
        "INSERT INTO binding SELECT 1 + i / 3, CASE i % 3 WHEN 0 THEN 'category' WHEN 1 THEN \
         'channel:chat' ELSE 'role:player' END, 1000000 + i, NULL, {LATER} FROM {}",
        series(3 * GAMES)
    );
    let journal = format!(
        "INSERT INTO journal (game_id, generation, op, status, created_at, finished_at) SELECT \
         1 + i % {GAMES}, 1, '{{}}', 'done', {LATER}, {LATER} FROM {}",
        series(GAMES)
    );
    let work = format!(
        "INSERT INTO work SELECT i, {guild}, {LATER} + i, 1, 0, 0, NULL, NULL, FALSE, NULL FROM {}",
        series(GAMES / 10)
    );
    let audit = |guild: &str, count| {
        format!(
            "INSERT INTO audit (guild_id, game_id, game_name, actor_id, kind, outcome, \
             correlation, generation, unlogged, created_at) SELECT {guild}, 1 + i % {GAMES}, \
             'Game', 1000 + i % 5000, CASE WHEN i % 2 = 0 THEN 'seat_taken' ELSE 'seat_left' END, \
             'done', 'c', 1, FALSE, {LATER} FROM {}",
            series(count)
        )
    };
    let panel = format!(
        "INSERT INTO panel SELECT i, 'admin', i, i, NULL, NULL, 'posted', 'n', {LATER} FROM {}",
        series(GUILDS)
    );
    let waiter = format!(
        "INSERT INTO waiter (game_id, generation, audit_kind, application_id, token, locale, \
         correlation, expires_at) SELECT i, 1, 'game_created', 1, 't', 'en', 'c', {LATER} FROM {}",
        series(5_000)
    );
    let settings =
        format!("INSERT INTO guild SELECT i, NULL, {LATER}, NULL FROM {}", series(GUILDS));
    let club_audit = audit(&CLUB.to_string(), CLUB_AUDIT);
    let all_audit = audit(&guild, 2 * GAMES);
    let tables =
        [game, seat, binding, journal, work, club_audit, all_audit, panel, waiter, settings];
    // Nothing of this has to outlive anything.
    db.execute_unprepared(match db.get_database_backend() {
        DbBackend::Sqlite => "PRAGMA synchronous = OFF; PRAGMA cache_size = -300000",
        _ => {
            "ALTER TABLE seat SET UNLOGGED; ALTER TABLE binding SET UNLOGGED; \
              ALTER TABLE audit SET UNLOGGED"
        }
    })
    .await
    .unwrap();
    for sql in tables {
        db.execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    db.execute_unprepared("ANALYZE").await.unwrap();
}
