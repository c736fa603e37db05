//! TLS to PostgreSQL, over real sockets: what `DATABASE_URL` asks for is what happens, or a clear
//! no. `scripts/with-postgres` has the certificates.

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use store::{Store, StoreConfig, StoreError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::both::{Db, on_postgres};

/// Where the certificates of the tests' server are.
const CERTIFICATES: &str = "GAMEKEEPER_TEST_POSTGRES_TLS";

/// The story's database under these parameters, the server by its name or its address.
struct Door {
    url: String,
    certificates: String,
}

impl Door {
    async fn of(db: &Db) -> Option<Self> {
        let certificates = std::env::var(CERTIFICATES).ok()?;
        db.run(
            "DO $$ BEGIN CREATE ROLE guest LOGIN SUPERUSER; \
             EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        )
        .await;
        Some(Self { url: db.config.url.clone(), certificates })
    }

    fn config(&self, user: &str, host: &str, parameters: &str) -> StoreConfig {
        let url =
            self.url.replacen("postgres@", &format!("{user}@"), 1).replacen("127.0.0.1", host, 1);
        let parameters = parameters.replace('~', &self.certificates);
        StoreConfig::new(format!("{url}?{parameters}"), 2)
    }
}

/// Whether a connection opened that way is encrypted; the store has to open, too.
async fn is_encrypted(config: &StoreConfig) -> bool {
    Store::open(config).await.unwrap().close().await.unwrap();
    let raw = Database::connect(&config.url).await.unwrap();
    let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let row = raw.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap();
    let ssl = row.unwrap().try_get("", "ssl").unwrap();
    raw.close().await.unwrap();
    ssl
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_is_what_happens() {
    on_postgres(|db| async move {
        let Some(door) = Door::of(&db).await else { return };
        for (host, parameters, encrypted) in [
            ("localhost", "sslmode=disable", false),
            ("localhost", "", true),
            ("localhost", "sslmode=require", true),
            ("localhost", "sslmode=verify-full&sslrootcert=~/ca.crt", true),
            // The address is not in the certificate; verify-ca does not care.
            ("127.0.0.1", "sslmode=verify-ca&sslrootcert=~/ca.crt", true),
        ] {
            let config = door.config("postgres", host, parameters);
            assert_eq!(is_encrypted(&config).await, encrypted, "{parameters}");
        }
        let own = "sslmode=verify-full&sslrootcert=~/ca.crt&sslcert=~/guest.crt&sslkey=~/guest.key";
        assert!(is_encrypted(&door.config("guest", "localhost", own)).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_the_right_server_is_refused() {
    on_postgres(|db| async move {
        let Some(door) = Door::of(&db).await else { return };
        for (host, parameters, why) in [
            ("localhost", "sslmode=verify-full&sslrootcert=~/stranger.crt", "UnknownIssuer"),
            // The authorities that are built in did not sign it either.
            ("localhost", "sslmode=verify-full", "UnknownIssuer"),
            ("127.0.0.1", "sslmode=verify-full&sslrootcert=~/ca.crt", "not valid for name"),
        ] {
            let begun = std::time::Instant::now();
            let error = Store::open(&door.config("postgres", host, parameters)).await.unwrap_err();
            assert!(matches!(error, StoreError::Tls(_)), "{parameters}: {error:?}");
            assert!(error.to_string().contains(why), "{parameters}: {error}");
            assert!(!error.is_temporary() && begun.elapsed().as_secs() < 3, "no use to wait");
        }
        // The server wants to see a certificate of this one.
        let error = Store::open(&door.config("guest", "localhost", "sslmode=require")).await;
        let error = error.unwrap_err();
        assert!(error.to_string().contains("certificate"), "{error}");
        assert!(!error.is_temporary());
    })
    .await;
}

#[tokio::test]
async fn a_server_without_tls_is_refused_where_it_is_asked_for() {
    let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = server.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut person, _)) = server.accept().await {
            let mut question = [0; 8];
            person.read_exact(&mut question).await.unwrap();
            // "Do you speak TLS?" — "N".
            person.write_all(b"N").await.unwrap();
        }
    });
    for mode in ["require", "verify-ca", "verify-full"] {
        let url = format!("postgresql://u@127.0.0.1:{port}/d?sslmode={mode}");
        let error = Store::open(&StoreConfig::new(url, 2)).await.unwrap_err();
        assert!(matches!(error, StoreError::Tls(_)), "{error:?}");
        assert!(error.to_string().contains("server does not support TLS"), "{error}");
    }
}

#[tokio::test]
async fn what_would_be_weaker_than_it_looks_is_refused() {
    for (parameters, word) in [
        ("sslrootcert=ca.crt", "verify-full"),
        ("sslmode=require&sslrootcert=ca.crt", "verify-full"),
        ("sslmode=verify-full&sslrootcert=/nowhere/ca.crt", "sslrootcert"),
        ("sslmode=verify-full&sslcert=guest.crt", "sslkey"),
        ("sslmode=disable&sslcert=guest.crt&sslkey=guest.key", "without TLS"),
        ("sslmod=verify-full", "not understood"),
        ("sslcrl=revoked.pem", "not understood"),
        ("sslmode=safe", "sslmode"),
    ] {
        let url = format!("postgresql://u@127.0.0.1:9/d?{parameters}");
        let error = Store::open(&StoreConfig::new(url, 2)).await.unwrap_err();
        assert!(matches!(error, StoreError::Url(_)), "{parameters}: {error:?}");
        assert!(error.to_string().contains(word), "{parameters}: {error}");
    }
}
