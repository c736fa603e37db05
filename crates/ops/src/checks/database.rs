//! The database.

use std::{net::IpAddr, time::Instant};

use store::{
    StoreError,
    migration::{self, Standing},
    vitals::{Address, Tls, Vitals},
};

use super::notes::Notes;
use crate::{Finding, Scene, scene::DatabaseSeat};

const REACH: &str = "database.reach";
const SCHEMA: &str = "database.schema";
/// The oldest PostgreSQL that its makers still look after.
const OLDEST: u32 = 15;
/// Letters of a password that nobody tries out.
const PASSWORD: usize = 16;
/// From here on people wait for it.
const SLOW_MS: u128 = 50;
/// A statement that works so long stands in somebody's way.
const LONG_SECONDS: f64 = 5.0;
/// Dead rows in a hundred, and how many there must be to matter.
const DEAD: (u64, u64) = (20, 10_000);

pub(super) async fn look(scene: &Scene, notes: &mut Notes) {
    let Some(seat) = &scene.database else {
        notes.push(Finding::skipped(REACH, "the database is not set up, see config.complete"));
        return;
    };
    let started = Instant::now();
    match migration::status(&seat.config).await {
        Ok(schema) if schema.exists => notes.push(self::schema(&schema)),
        Ok(_) => return notes.extend(nothing_yet()),
        Err(error) => return notes.push(away(&error, seat)),
    }
    if seat.is_file {
        // All of a large file is read for it.
        notes.at("database.integrity");
    }
    match Vitals::take(&seat.config).await {
        Ok(vitals) => {
            let ms = vitals.round_trip.as_millis();
            let total = started.elapsed().as_millis();
            notes.push(if ms > SLOW_MS {
                let cure = "Bring it nearer: every click waits for it several times";
                Finding::warning(REACH, format!("it answers only after {ms} ms"), cure)
            } else {
                Finding::ok(
                    REACH,
                    format!("it answers within {ms} ms ({total} ms to connect and look)"),
                )
            });
            notes.extend(of(&vitals, seat));
        }
        Err(error) => notes.push(away(&error, seat)),
    }
}

fn nothing_yet() -> impl Iterator<Item = Finding> {
    let names = crate::CATALOGUE.iter().map(|check| check.name);
    names.filter(|name| name.starts_with("database.")).map(|name| {
        Finding::skipped(
            name,
            "there is no file yet; gamekeeper migrate up or the first start makes it",
        )
    })
}

fn away(error: &StoreError, seat: &DatabaseSeat) -> Finding {
    let cure = match error {
        damage if damage.is_damage() => {
            "Move the file away and put a backup in its place: gamekeeper backup restore latest"
        }
        _ if seat.is_file => {
            "Check that the disk has room, and that the bot's user may write to the file and to its \
             directory"
        }
        _ => {
            "Check DATABASE_URL, and that the database is running and lets this user in: \
             systemctl status postgresql"
        }
    };
    Finding::error(REACH, format!("it cannot be used: {error}"), cure)
}

fn schema(schema: &migration::Schema) -> Finding {
    let named = |standing| {
        let listed = schema.migrations.iter().filter(|listed| listed.standing == standing);
        listed.map(|listed| listed.name.as_str()).collect::<Vec<_>>()
    };
    let (pending, unknown) = (named(Standing::Pending), named(Standing::Unknown));
    if !unknown.is_empty() {
        Finding::error(
            SCHEMA,
            format!("a newer version was here and did {}", unknown.join(", ")),
            "Run the newer version, or go back with it first: gamekeeper migrate down",
        )
    } else if !pending.is_empty() {
        Finding::warning(
            SCHEMA,
            format!("it lacks {}; the next start does them", pending.join(", ")),
            "gamekeeper upgrade-check, then gamekeeper migrate up",
        )
    } else {
        Finding::ok(SCHEMA, "it is this version's")
    }
}

fn of(vitals: &Vitals, seat: &DatabaseSeat) -> Vec<Finding> {
    vec![
        version(vitals),
        pool(vitals, seat),
        password(vitals),
        tls(vitals),
        address(vitals),
        slow(vitals),
        bloat(vitals),
        integrity(vitals),
    ]
}

fn version(vitals: &Vitals) -> Finding {
    const CHECK: &str = "database.version";
    let told = format!("{} {}", vitals.kind, vitals.version);
    match vitals.major {
        Some(major) if major < OLDEST => Finding::warning(
            CHECK,
            format!("{told}: its makers look after {OLDEST} and newer only"),
            "Upgrade PostgreSQL: pg_upgradecluster on Debian",
        ),
        _ => Finding::ok(CHECK, told),
    }
}

fn pool(vitals: &Vitals, seat: &DatabaseSeat) -> Finding {
    const CHECK: &str = "database.pool";
    let Some(room) = &vitals.connections else {
        return Finding::ok(CHECK, "SQLite has no such limit");
    };
    let processes = vitals.processes.max(1);
    let (want, most, others) = (seat.config.max_connections * processes, room.most, room.others);
    if let Some(granted) = room.granted.filter(|granted| want > *granted) {
        let told =
            format!("{want} connections for {processes} process(es), this user may have {granted}");
        let cure = "Lower GAMEKEEPER_DB_CONNECTIONS, or raise CONNECTION LIMIT: ALTER ROLE …, or ALTER \
                    DATABASE …";
        return Finding::error(CHECK, told, cure);
    }
    let told = format!(
        "{want} connections for {processes} process(es), {others} in use by others, {most} allowed"
    );
    let cure = "Lower GAMEKEEPER_DB_CONNECTIONS, or raise max_connections in postgresql.conf";
    if want + others > most {
        Finding::error(CHECK, told, cure)
    } else if (want + others) * 10 > most * 8 {
        Finding::warning(CHECK, told, cure)
    } else {
        Finding::ok(CHECK, told)
    }
}

fn password(vitals: &Vitals) -> Finding {
    const CHECK: &str = "database.password";
    match (&vitals.address, vitals.password_length) {
        (Address::File | Address::Socket, _) => {
            Finding::ok(CHECK, "needs none: it is on this machine")
        }
        (Address::Host { .. }, Some(length)) if length >= PASSWORD => {
            Finding::ok(CHECK, format!("has {PASSWORD} letters or more"))
        }
        (Address::Host { .. }, Some(length)) => Finding::warning(
            CHECK,
            format!("has {length} letters only"),
            "ALTER ROLE … PASSWORD with one from: openssl rand -base64 24",
        ),
        (Address::Host { .. }, None) if vitals.has_certificate => {
            Finding::ok(CHECK, "needs none: there is a certificate")
        }
        (Address::Host { .. }, None) => Finding::warning(
            CHECK,
            "there is none in DATABASE_URL, and the server lets us in: so it may let in anybody who \
             can reach it",
            "scram-sha-256 in pg_hba.conf, and a password from: openssl rand -base64 24",
        ),
    }
}

fn tls(vitals: &Vitals) -> Finding {
    const CHECK: &str = "database.tls";
    const CURE: &str = "…?sslmode=verify-full&sslrootcert=/path/ca.crt in DATABASE_URL";
    match (&vitals.address, vitals.tls) {
        (Address::File | Address::Socket, _) => Finding::ok(CHECK, "it is on this machine"),
        (_, Tls::Verified) => Finding::ok(CHECK, "encrypted, and the certificate is looked at"),
        (Address::Host { loopback: true, .. }, _) => Finding::ok(CHECK, "it is on this machine"),
        (_, Tls::Encrypted) => Finding::warning(
            CHECK,
            "encrypted, but with whom is not looked at: whoever is in between can read everything",
            CURE,
        ),
        (Address::Host { addresses, .. }, Tls::Plain) if is_private(addresses) => Finding::warning(
            CHECK,
            "not encrypted, in a private network: whoever is in there can read everything",
            format!(
                "Nothing, where that network is this machine's own, as Docker's is: gamekeeper doctor \
                 --skip database.tls=inside. Otherwise {CURE}"
            ),
        ),
        (_, Tls::Plain) => Finding::error(
            CHECK,
            "not encrypted, and maybe over the internet: the password and all data can be read",
            CURE,
        ),
    }
}

fn address(vitals: &Vitals) -> Finding {
    const CHECK: &str = "database.address";
    let Address::Host { addresses, .. } = &vitals.address else {
        return Finding::ok(CHECK, "it is on this machine");
    };
    let public: Vec<String> =
        addresses.iter().filter(|address| is_public(**address)).map(ToString::to_string).collect();
    if public.is_empty() {
        return Finding::ok(CHECK, "it is on a private address");
    }
    Finding::warning(
        CHECK,
        format!("it is on {}, which everybody can reach", public.join(", ")),
        "listen_addresses = 'localhost' or a private network's, and a firewall: docs/operators/harden.md",
    )
}

/// What was not looked up may be anywhere.
fn is_private(addresses: &[IpAddr]) -> bool {
    !addresses.is_empty() && !addresses.iter().any(|address| is_public(*address))
}

fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let shared = v4.octets()[0] == 100 && (64..128).contains(&v4.octets()[1]);
            let here = v4.is_loopback() || v4.is_unspecified();
            !(v4.is_private() || here || v4.is_link_local() || shared)
        }
        IpAddr::V6(v6) => {
            let here = v6.is_loopback() || v6.is_unspecified();
            !(here || v6.is_unique_local() || v6.is_unicast_link_local())
        }
    }
}

fn slow(vitals: &Vitals) -> Finding {
    const CHECK: &str = "database.slow";
    match vitals.longest_seconds {
        Some(seconds) if seconds > LONG_SECONDS => Finding::warning(
            CHECK,
            format!("a statement has been at work for {seconds:.0} s"),
            "SELECT pid, state, query FROM pg_stat_activity; pg_terminate_backend(pid) ends one",
        ),
        _ => Finding::ok(
            CHECK,
            match &vitals.blind_role {
                None => "nothing takes long".to_owned(),
                Some(role) => format!(
                    "nothing of ours takes long; of others nothing is visible: GRANT \
                     pg_read_all_stats TO {role}"
                ),
            },
        ),
    }
}

fn bloat(vitals: &Vitals) -> Finding {
    const CHECK: &str = "database.bloat";
    let bad: Vec<String> = vitals
        .tables
        .iter()
        .filter(|table| {
            table.dead >= DEAD.1 && table.dead * 100 > (table.live + table.dead) * DEAD.0
        })
        .map(|table| {
            let swept = table
                .swept_days
                .map_or("never swept".to_owned(), |days| format!("swept {days} days ago"));
            format!("{} ({} dead rows, {swept})", table.name, table.dead)
        })
        .collect();
    if bad.is_empty() {
        let mib = vitals.bytes / (1024 * 1024);
        return Finding::ok(CHECK, format!("{mib} MiB in all, no table is full of dead rows"));
    }
    Finding::warning(CHECK, bad.join(", "), "VACUUM ANALYZE; and look why autovacuum does not come")
}

fn integrity(vitals: &Vitals) -> Finding {
    const CHECK: &str = "database.integrity";
    if vitals.damage.is_empty() {
        return Finding::ok(CHECK, "nothing is damaged");
    }
    let cure = match vitals.major {
        Some(_) => "REINDEX those indexes; look at the server's log for why",
        None => {
            "Stop the bot, move the file away and put a backup in its place: gamekeeper backup \
             restore latest"
        }
    };
    Finding::error(CHECK, vitals.damage.join("; "), cure)
}

#[cfg(test)]
mod tests;
