//! What can go wrong with a PostgreSQL server, done to a real one that others use as well. One that is
//! too old, one on a public address and tools that are missing are judged where the doctor lives.

use std::{
    net::{IpAddr, SocketAddr, UdpSocket},
    time::Instant,
};

use gamekeeper::stage::{
    PATIENCE,
    verbs::{Told, until},
};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DbBackend, Statement};
use tokio::net::{TcpListener, TcpStream};

use super::house::{House, told};
use crate::scene::{server, skip};

/// Certificates of the tests' server.
const CERTIFICATES: &str = "GAMEKEEPER_TEST_POSTGRES_TLS";

#[tokio::test(flavor = "multi_thread")]
async fn on_a_good_server_it_has_nothing_to_say() -> Told<()> {
    let Some(server) = server() else { return skip() };
    let house = House::on(Some(server)).await?;
    let answer = house.ask(&["--strict"], &[]).await?;
    assert_eq!(answer.code, Some(0), "{}", answer.text());
    for (check, words) in [
        ("database.version", "PostgreSQL "),
        ("database.pool", "connections for 1 process(es)"),
        ("database.password", "has 16 letters or more"),
        ("database.tls", "it is on this machine"),
        ("database.slow", "of others nothing is visible: GRANT pg_read_all_stats TO"),
        ("database.bloat", "no table is full of dead rows"),
        ("backup.tools", "pg_dump is "),
    ] {
        let line = answer.table.lines().find(|line| line.contains(check)).unwrap_or_default();
        assert!(line.starts_with("ok ") && line.contains(words), "{check}: {}", answer.text());
    }
    house.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_let_us_in_or_not_often_enough() -> Told<()> {
    let Some(server) = server() else { return skip() };
    let house = House::on(Some(server)).await?;
    let (url, tenant) = (house.database().url, house.tenant.as_ref().ok_or("on PostgreSQL")?);
    let other = match url.split_once('?') {
        Some((place, more)) => format!("{place}_gone?{more}"),
        None => format!("{url}_gone"),
    };
    let finds = async |check: &str, words: &str, settings: &[(&str, &str)]| {
        house.finds(check, words, settings).await
    };
    finds("database.reach", "lets this user in", &[("DATABASE_URL", &other)]).await?;

    // No more than this role may have, and no more than that database.
    let (role, limit) = (&tenant.name, "CONNECTION LIMIT");
    tenant.ask(&format!("ALTER ROLE {role} {limit} 9")).await?;
    finds("database.pool", "this user may have 9", &[]).await?;
    tenant.ask(&format!("ALTER ROLE {role} {limit} -1")).await?;
    let name = url.rsplit('/').next().and_then(|name| name.split('?').next()).unwrap_or_default();
    house.sql(&format!("ALTER DATABASE {name} {limit} 8")).await?;
    finds("database.pool", "this user may have 8", &[]).await?;
    house.sql(&format!("ALTER DATABASE {name} {limit} -1")).await?;

    // Processes enough to use up what the server has for everybody.
    let most = most_connections(&url).await?;
    let seen = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    let others = most / 200 + 1;
    house
        .sql(&format!(
            "INSERT INTO instance (name, boot, seen_at)
             SELECT 'other-' || n, n, {seen} FROM generate_series(1, {others}) AS n"
        ))
        .await?;
    let many = ("GAMEKEEPER_DB_CONNECTIONS", "200");
    finds("database.pool", "max_connections", &[many]).await?;
    // Those that died long ago take none.
    house.sql("UPDATE instance SET seen_at = seen_at - 3600000").await?;
    house.is_in_order("dead processes").await?;
    house.sql("DELETE FROM instance").await?;

    // Connections of somebody else, of whom an ordinary user is told little.
    let mut strangers = Vec::new();
    for _ in 0..4 {
        let mut options = ConnectOptions::new(tenant.landlords());
        options.max_connections(1).sqlx_logging(false);
        strangers.push(told(Database::connect(options).await)?);
    }
    let line = line_of(&house, "database.pool").await?;
    let counted = line.split(" in use by others").next().and_then(|said| said.rsplit(' ').next());
    let counted: usize = told(counted.unwrap_or_default().parse::<usize>())
        .map_err(|why| format!("{why}: {line}"))?;
    assert!(counted >= strangers.len(), "{line}");
    for stranger in strangers {
        told(stranger.close().await)?;
    }
    house.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_to_the_server_that_others_can_use_as_well() -> Told<()> {
    let Some(server) = server() else { return skip() };
    let house = House::on(Some(server)).await?;
    let url = house.database().url;
    let with = |more: &str| {
        if url.contains('?') { format!("{url}&{more}") } else { format!("{url}?{more}") }
    };
    let finds = async |check: &str, words: &str, url: &str| {
        house.finds(check, words, &[("DATABASE_URL", url)]).await
    };
    let password = "long-enough-a-password";
    assert!(url.contains(password), "{url}");
    finds("database.password", "has 6 letters only", &url.replace(password, "secret")).await?;
    let none = url.replace(&format!(":{password}"), "");
    finds("database.password", "there is none in DATABASE_URL", &none).await?;

    // By this machine's own address it is a server in the network, as far as anybody can tell.
    let Some(own) = own_address() else { return house.close().await };
    let place = url.rsplit('@').next().and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let line = line_to(place.to_owned(), own).await?;
    let there = |url: &str| url.replace(place, &line.to_string());
    finds("database.tls", "not encrypted", &there(&with("sslmode=disable"))).await?;
    finds("database.tls", "with whom is not looked at", &there(&with("sslmode=require"))).await?;
    let Ok(certificates) = std::env::var(CERTIFICATES) else { return house.close().await };
    let verified = there(&with(&format!("sslmode=verify-ca&sslrootcert={certificates}/ca.crt")));
    let answer = house.ask(&[], &[("DATABASE_URL", &verified)]).await?;
    let line = answer.table.lines().find(|line| line.contains("database.tls")).unwrap_or_default();
    assert!(line.starts_with("ok ") && line.contains("certificate is looked at"), "{line}");
    // Of somebody whose certificate is known to nobody, nothing is taken.
    let stranger =
        there(&with(&format!("sslmode=verify-ca&sslrootcert={certificates}/stranger.crt")));
    finds("database.reach", "TLS", &stranger).await?;
    house.is_in_order("the way").await?;
    house.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_tables_and_statements_are_not_well() -> Told<()> {
    let Some(server) = server() else { return skip() };
    let house = House::on(Some(server)).await?;

    // An index that was not made to its end, since two rows are the same to it.
    let twice = "INSERT INTO kv (key, value) VALUES ('one', 'x'), ('two', 'x')";
    house.sql(twice).await?;
    let half = house.sql("CREATE UNIQUE INDEX CONCURRENTLY half ON kv (value)").await;
    assert!(half.is_err_and(|why| why.contains("half")), "it was made");
    house.finds("database.integrity", "the index half is not valid", &[]).await?;
    house.sql("DROP INDEX half").await?;
    house.sql("DELETE FROM kv WHERE key IN ('one', 'two')").await?;

    // Rows that came and went, and nobody sweeps.
    house.sql("ALTER TABLE kv SET (autovacuum_enabled = off)").await?;
    let many =
        "INSERT INTO kv (key, value) SELECT 'dead-' || n, '' FROM generate_series(1, 20000) AS n";
    house.sql(many).await?;
    house.sql("DELETE FROM kv WHERE key LIKE 'dead-%'").await?;
    // The server counts a moment later.
    soon(&house, "database.bloat", "kv (20").await?;
    house.sql("VACUUM ANALYZE kv").await?;
    house.sql("ALTER TABLE kv RESET (autovacuum_enabled)").await?;
    until("the server to have counted again", || async {
        house.is_in_order("the sweep").await.ok()
    })
    .await?;

    // A statement that does not come to an end.
    let stuck = told(Database::connect(house.database().url).await)?;
    let work = tokio::spawn(async move {
        let ended = stuck.execute_unprepared("SELECT pg_sleep(600)").await;
        (stuck, ended)
    });
    soon(&house, "database.slow", "pg_terminate_backend").await?;
    // The cure that it names.
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'";
    house.sql(end).await?;
    let (stuck, ended) = told(work.await)?;
    assert!(ended.is_err(), "it was ended");
    drop(stuck);
    house.is_in_order("the server").await?;
    house.close().await
}

/// What the doctor finds as soon as the server knows it.
async fn soon(house: &House, check: &str, words: &str) -> Told<()> {
    let mut last = String::new();
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        match house.finds(check, words, &[]).await {
            Ok(()) => return Ok(()),
            Err(why) => last = why,
        }
    }
    Err(last)
}

/// What the doctor says of one check.
async fn line_of(house: &House, check: &str) -> Told<String> {
    let answer = house.ask(&[], &[]).await?;
    let line = answer.table.lines().find(|line| line.contains(check));
    line.map(str::to_owned).ok_or_else(|| answer.text())
}

/// Connections that the server has for users like ours.
async fn most_connections(url: &str) -> Told<i32> {
    let db = told(Database::connect(url).await)?;
    let ask = "SELECT current_setting('max_connections')::int AS most";
    let row = told(db.query_one_raw(Statement::from_string(DbBackend::Postgres, ask)).await)?;
    told(db.close().await)?;
    told(row.ok_or("no row")?.try_get("", "most"))
}

/// The address by which others in the network know this machine. Nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("198.51.100.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_loopback())
}

/// A line to this server that begins at this address.
async fn line_to(server: String, at: IpAddr) -> Told<SocketAddr> {
    let listener = told(TcpListener::bind((at, 0)).await)?;
    let address = told(listener.local_addr())?;
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let server = server.clone();
            tokio::spawn(async move {
                let Ok(mut far) = TcpStream::connect(server).await else { return };
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    Ok(address)
}
