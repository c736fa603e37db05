//! PostgreSQL's own tools: found by the server's version, told where the server is by their
//! environment and never by their arguments, which everybody on the machine can read.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use percent_encoding::percent_decode_str;
use store::StoreConfig;
use url::Url;

use crate::BackupError;

/// A dump of a big database takes a while; one that takes longer hangs.
const PATIENCE: Duration = Duration::from_hours(2);
/// How often it is looked whether a tool is done.
const GLANCE: Duration = Duration::from_millis(20);
/// Directories with one tool for each version.
const HOMES: [&str; 3] =
    ["/usr/lib/postgresql/{}/bin", "/usr/pgsql-{}/bin", "/usr/local/opt/postgresql@{}/bin"];

/// `pg_dump` for a server of this version, and its own version; or why there is none.
pub fn pg_dump_for(server: &str) -> Result<(PathBuf, String), String> {
    find("pg_dump", server)
}

pub(crate) fn find(tool: &'static str, server: &str) -> Result<(PathBuf, String), String> {
    let Some(wanted) = major(server) else {
        return Err(format!("the server's version `{server}` cannot be read"));
    };
    let homes = HOMES.iter().map(|home| PathBuf::from(home.replace("{}", &wanted.to_string())));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path: Vec<_> = std::env::split_paths(&path).collect();
    find_in(homes.chain(path), tool, wanted, server)
}

/// The first of these directories that has it, not older than the server.
fn find_in(
    homes: impl Iterator<Item = PathBuf>,
    tool: &'static str,
    wanted: u32,
    server: &str,
) -> Result<(PathBuf, String), String> {
    let mut older = None;
    for found in homes.map(|home| home.join(tool)).filter(|found| found.is_file()) {
        let Some(version) = version_of(&found) else { continue };
        match major(&version) {
            Some(its) if its >= wanted => return Ok((found, version)),
            _ => older = Some(version),
        }
    }
    Err(match older {
        Some(version) => {
            format!("{tool} is of version {version}, older than the server's {server}")
        }
        None => format!("{tool} of version {wanted} is not installed (postgresql-client-{wanted})"),
    })
}

fn major(version: &str) -> Option<u32> {
    let digits: String = version.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// `pg_dump (PostgreSQL) 17.5 (Debian 17.5-1)`.
fn version_of(tool: &Path) -> Option<String> {
    let said = Command::new(tool).arg("--version").output().ok()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    said.split(')').nth(1)?.split_whitespace().next().map(ToOwned::to_owned)
}

/// Where the server is, in the words of its tools.
fn environment(config: &StoreConfig) -> Result<Vec<(&'static str, String)>, BackupError> {
    // The address has been used already; what its parser says may hold a part of it.
    let url = Url::parse(&config.url)
        .map_err(|_| store::StoreError::Url("DATABASE_URL cannot be read".to_owned()))?;
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let mut set =
        vec![("PGCONNECT_TIMEOUT", "10".to_owned()), ("PGAPPNAME", "gamekeeper".to_owned())];
    if let Some(host) = url.host_str().filter(|host| !host.is_empty()) {
        set.push(("PGHOST", decoded(host).trim_matches(['[', ']']).to_owned()));
    }
    if let Some(port) = url.port() {
        set.push(("PGPORT", port.to_string()));
    }
    if !url.username().is_empty() {
        set.push(("PGUSER", decoded(url.username())));
    }
    if let Some(password) = url.password() {
        set.push(("PGPASSWORD", decoded(password)));
    }
    let database = decoded(url.path().trim_start_matches('/'));
    if !database.is_empty() {
        set.push(("PGDATABASE", database));
    }
    for (name, value) in url.query_pairs() {
        let variable = match name.as_ref() {
            "host" => "PGHOST",
            "hostaddr" => "PGHOSTADDR",
            "port" => "PGPORT",
            "user" => "PGUSER",
            "password" => "PGPASSWORD",
            "dbname" => "PGDATABASE",
            "sslmode" => "PGSSLMODE",
            "sslrootcert" => "PGSSLROOTCERT",
            "sslcert" => "PGSSLCERT",
            "sslkey" => "PGSSLKEY",
            "options" => "PGOPTIONS",
            _ => continue,
        };
        set.push((variable, value.into_owned()));
    }
    Ok(set)
}

/// The name of the database, which is no secret.
pub(crate) fn database(config: &StoreConfig) -> Result<String, BackupError> {
    let set = environment(config)?;
    let named = |of: &str| set.iter().rev().find(|(name, _)| *name == of).map(|(_, v)| v.clone());
    Ok(named("PGDATABASE").or_else(|| named("PGUSER")).unwrap_or_else(|| "postgres".to_owned()))
}

/// Set when it is dropped.
#[derive(Default)]
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs a tool to its end, on a thread that may block.
pub(crate) async fn run(
    tool: &'static str,
    program: PathBuf,
    arguments: Vec<String>,
    config: &StoreConfig,
) -> Result<(), BackupError> {
    let environment = environment(config)?;
    // Whoever does not wait any more, because the program stops, takes the tool along.
    let given_up = GivenUp::default();
    let flag = Arc::clone(&given_up.0);
    tokio::task::spawn_blocking(move || {
        let wrong = |what: String| BackupError::Tool { tool, what };
        let ours = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG"));
        let mut command = Command::new(&program);
        for (name, _) in ours {
            command.env_remove(name);
        }
        let mut child = command
            .args(arguments)
            .envs(environment)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| wrong(error.to_string()))?;
        // Read beside, or a tool with much to say would wait for ever.
        let said = child.stderr.take().map(|mut said| {
            std::thread::spawn(move || {
                let mut text = Vec::new();
                let _ = said.by_ref().take(64 << 10).read_to_end(&mut text);
                let _ = std::io::copy(&mut said, &mut std::io::sink());
                String::from_utf8_lossy(&text).trim().to_owned()
            })
        });
        let until = Instant::now() + PATIENCE;
        let status = loop {
            match child.try_wait().map_err(|error| wrong(error.to_string()))? {
                Some(status) => break status,
                None if Instant::now() >= until || flag.load(Ordering::Relaxed) => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(wrong("it did not come to an end".to_owned()));
                }
                None => std::thread::sleep(GLANCE),
            }
        };
        let said = said.and_then(|said| said.join().ok()).unwrap_or_default();
        if status.success() { Ok(()) } else { Err(wrong(format!("{status}: {said}"))) }
    })
    .await?
}

#[cfg(test)]
mod tests {
    use std::{os::unix::fs::PermissionsExt as _, path::Path, time::Duration};

    use store::StoreConfig;

    use super::{environment, find_in, major};

    #[tokio::test]
    async fn a_tool_that_nobody_waits_for_is_ended() {
        let config = StoreConfig::new("postgresql://me@127.0.0.1/x", 2);
        let folder = tempfile::tempdir().expect("a directory");
        let pid = folder.path().join("pid");
        let script = format!("echo $$ >'{}'; exec sleep 600", pid.display());
        let run = super::run("sh", "/bin/sh".into(), vec!["-c".to_owned(), script], &config);
        let begun = async {
            loop {
                match std::fs::read_to_string(&pid) {
                    Ok(text) if text.ends_with('\n') => return text.trim().to_owned(),
                    _ => tokio::time::sleep(Duration::from_millis(10)).await,
                }
            }
        };
        let process = tokio::select! {
            done = run => panic!("it ended by itself: {done:?}"),
            process = begun => process,
        };
        while std::path::Path::new("/proc").join(&process).exists() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// A program that says this when it is asked for its version.
    fn tool(home: &Path, says: &str) {
        std::fs::create_dir_all(home).expect("a directory");
        let file = home.join("pg_dump");
        std::fs::write(&file, format!("#!/bin/sh\necho '{says}'\n")).expect("written");
        let mode = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(file, mode).expect("made a program");
    }

    #[test]
    fn a_tool_that_is_missing_older_or_broken_is_not_taken() {
        let folder = tempfile::tempdir().expect("a directory");
        let homes = ["none", "broken", "old", "new"].map(|name| folder.path().join(name));
        let find =
            |upto: usize| find_in(homes.iter().take(upto).cloned(), "pg_dump", 17, "17.5 (Debian)");
        tool(&homes[1], "no such thing");
        let said = find(2).expect_err("there is none");
        assert_eq!(said, "pg_dump of version 17 is not installed (postgresql-client-17)");
        tool(&homes[2], "pg_dump (PostgreSQL) 15.9 (Debian 15.9-1)");
        let said = find(3).expect_err("it is older");
        assert_eq!(said, "pg_dump is of version 15.9, older than the server's 17.5 (Debian)");
        // A newer one reads what an older server has.
        tool(&homes[3], "pg_dump (PostgreSQL) 18.1");
        assert_eq!(find(4), Ok((homes[3].join("pg_dump"), "18.1".to_owned())));
    }

    #[test]
    fn versions_are_told_apart() {
        assert_eq!(major("17.5 (Debian 17.5-1)"), Some(17));
        assert_eq!(major("9.6.24"), Some(9));
        assert_eq!(major("devel"), None);
    }

    #[test]
    fn an_address_becomes_an_environment() {
        let url = "postgresql://me:p%40ss%2Fw@db.example:6000/games?sslmode=require&dbname=other";
        let set = environment(&StoreConfig::new(url, 2)).expect("an address");
        let last = |name| set.iter().rev().find(|(set, _)| *set == name).map(|(_, v)| v.as_str());
        assert_eq!(last("PGHOST"), Some("db.example"));
        assert_eq!(last("PGPORT"), Some("6000"));
        assert_eq!(last("PGUSER"), Some("me"));
        assert_eq!(last("PGPASSWORD"), Some("p@ss/w"));
        assert_eq!(last("PGDATABASE"), Some("other"));
        assert_eq!(last("PGSSLMODE"), Some("require"));
    }
}
