//! Every variable with values that are wrong: each is refused by name, with its cure, before anything
//! is started. A variable of the table that has no row here fails.

use std::{collections::BTreeSet, path::Path};

use age::secrecy::ExposeSecret as _;
use gamekeeper::stage::verbs::Told;

use crate::program::gamekeeper;

/// What must not be repeated where a variable is secret.
const MARK: &str = "pLanted";

/// A variable, and what it takes.
struct Row {
    name: &'static str,
    /// What has to be set with it, so that it counts.
    beside: &'static [(&'static str, &'static str)],
    /// What it takes, to know that the wrong values are refused for what they are.
    good: &'static [&'static str],
    /// What is no such thing.
    malformed: &'static [&'static str],
    /// Just below and just above its limits, where it has any.
    outside: &'static [&'static str],
}

const fn row(name: &'static str, good: &'static [&'static str]) -> Row {
    Row { name, beside: &[], good, malformed: &[], outside: &[] }
}

impl Row {
    const fn beside(self, beside: &'static [(&'static str, &'static str)]) -> Self {
        Self { beside, ..self }
    }

    const fn malformed(self, malformed: &'static [&'static str]) -> Self {
        Self { malformed, ..self }
    }

    const fn outside(self, outside: &'static [&'static str]) -> Self {
        Self { outside, ..self }
    }
}

/// Those that take any text: names and passwords of others, and what is read for the original's sake.
const ANY_TEXT: [&str; 4] = ["AMP_USERNAME", "AMP_PASSWORD", "NODE_ENV", "APP_ENV"];

/// Stands for one that is made anew: no key stands in files that somebody may search for keys.
const A_KEY: &str = "a key of age";
const TOKEN: &str = "a-token-that-has-the-right-shape";
const SWITCH: &[&str] = &["perhaps", "2", "-1", "truee"];
const AMP: &[(&str, &str)] = &[
    ("AMP_ENABLED", "true"),
    ("AMP_URL", "https://amp.example.org"),
    ("AMP_USERNAME", "bot"),
    ("AMP_PASSWORD", "pass"),
];
const HOOK: &[(&str, &str)] = &[("GAMEKEEPER_ALERT_WEBHOOK", "https://alerts.example.org/x")];
const MAIL: &[(&str, &str)] = &[
    ("GAMEKEEPER_ALERT_SMTP", "smtp://127.0.0.1:25"),
    ("GAMEKEEPER_ALERT_MAIL_FROM", "bot@example.org"),
    ("GAMEKEEPER_ALERT_MAIL_TO", "me@example.org"),
];
/// No numbers at all, or not of this kind.
const NO_NUMBER: &[&str] = &["many", "5s", "1.5", "0x10", "1e3", "5 6", "٣", "NaN"];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("DISCORD_TOKEN", &[TOKEN, "Bot a-token-that-has-the-right-shape"])
        .malformed(&["pLanted", "pLanted with a space in between", "pLanted-é-0123456789012345"]),
    row("DISCORD_CLIENT_ID", &["123456789012345678"])
        .malformed(&["me", "<@123>", "12345678901234567x"])
        .outside(&["0", "-1", "18446744073709551616"]),
    row("DASHBOARD_CHANNEL_ID", &["123456789012345678"])
        .malformed(&["#general", "general"])
        .outside(&["0", "-1", "18446744073709551616"]),
    row("GAMEKEEPER_MEMBERS_INTENT", &["true", "off", "NO"]).malformed(SWITCH),
    row("GAMEKEEPER_SHARDS", &["1", "10000"]).malformed(NO_NUMBER)
        .outside(&["0", "10001", "-1", "4294967297"]),
    row("DISCORD_API_URL", &["http://127.0.0.1:4700", "https://discord.com/"])
        .malformed(&["discord.com", "ftp://discord.com", "https://discord.com/api/v10", "http://discord.com",
                     "http://me@127.0.0.1:1", "http://:80", "http://127.0.0.1:", "not an address"])
        .outside(&["http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1:x"]),
    row("GAMEKEEPER_CONFIG", &["good.toml"]).malformed(&["no/such.toml", "bad.toml", "a-directory"]),
    row("NODE_ENV", &["production", "¿?"]),
    row("APP_ENV", &["production", "¿?"]),
    row("DATABASE_URL", &["postgresql://u:p@127.0.0.1:9/d", "sqlite://data/x.db", "file:./x.db"])
        .malformed(&["pLanted", "mysql://u:pLanted@host/db", "postgresql:pLanted", "sqlite::memory:",
                     "sqlite://a-directory", "postgresql://u:pLanted@h/d?sslmode=perhaps",
                     "postgresql://u:pLanted@h/d?sslmode=require&sslrootcert=no.crt",
                     "postgresql://u:pLanted@h/d?sslmode=verify-full&sslcert=a-file"])
        .outside(&["postgresql://u:pLanted@h:65536/d", "postgresql://u:pLanted@h:-1/d"]),
    row("GAMEKEEPER_DATA_DIR", &["data", "a-directory"]).malformed(&["a-file"]),
    row("GAMEKEEPER_DB_CONNECTIONS", &["2", "200"]).malformed(NO_NUMBER).outside(&["1", "201", "-2"]),
    row("GAMEKEEPER_DB_ACQUIRE_TIMEOUT", &["1", "60"]).malformed(NO_NUMBER).outside(&["0", "61", "-1"]),
    row("GAMEKEEPER_DB_STATEMENT_TIMEOUT", &["1", "300", "off"]).malformed(NO_NUMBER)
        .outside(&["0", "301", "-1"]),
    row("LOG_LEVEL", &["error", "trace"]).malformed(&["loud", "info,debug", "3"]),
    row("GAMEKEEPER_LOG_FORMAT", &["text", "JSON"]).malformed(&["xml", "1"]),
    row("GAMEKEEPER_LOG_FILE", &["a-directory/bot.log"]).malformed(&["a-directory"]),
    row("GAMEKEEPER_LOG_FILE_MB", &["1", "1024"]).malformed(NO_NUMBER).outside(&["0", "1025", "-1"]),
    row("GAMEKEEPER_LOG_FILES", &["1", "100"]).malformed(NO_NUMBER).outside(&["0", "101", "-1"]),
    row("GAMEKEEPER_SENTRY_DSN", &["https://key@sentry.example.org/1"])
        .malformed(&["pLanted", "https://pLanted@sentry.example.org/", "https://sentry.example.org/1",
                     "https://pLanted@/1", "ftp://pLanted@sentry.example.org/1"])
        .outside(&["https://pLanted@sentry.example.org:65536/1"]),
    row("GAMEKEEPER_OTLP_URL", &["http://127.0.0.1:4318", "https://otlp.example.org/x"])
        .malformed(&["127.0.0.1:4318", "http://", "grpc://host:4317", "http://me:secret@host:4318"])
        .outside(&["http://127.0.0.1:65536"]),
    row("GAMEKEEPER_USER_LIMIT", &["4/24", "off", "10000/100000"])
        .malformed(&["many", "5", "4/24/3", "four/24", "4/", "/24"])
        .outside(&["0/24", "10001/24", "4/0", "4/100001", "-1/24"]),
    row("GAMEKEEPER_GUILD_LIMIT", &["50/300", "off", "1/1"])
        .malformed(&["many", "5", "4/24/3", "four/24", "4/", "/24"])
        .outside(&["0/24", "10001/24", "4/0", "4/100001", "-1/24"]),
    row("GAMEKEEPER_DIRECT_PRIVATE", &["true", "false"]).malformed(SWITCH),
    row("GAMEKEEPER_INSTANCE", &["bot-1", "0123456789012345678901234567890123456789012345678901234567890123"])
        .malformed(&["two words", "a/b", "bot#1", "ünique"])
        .outside(&["01234567890123456789012345678901234567890123456789012345678901234"]),
    row("GAMEKEEPER_LEASE_SECONDS", &["9", "600"]).malformed(NO_NUMBER).outside(&["8", "601", "-1"]),
    row("GAMEKEEPER_HTTP", &["127.0.0.1:7610", "[::1]:7610", "off"])
        .malformed(&["localhost", "127.0.0.1", ":7610", "http://127.0.0.1:7610", "localhost:7610"])
        .outside(&["127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.256:1"]),
    row("GAMEKEEPER_METRICS_TOKEN", &["a-long-random-text"])
        .malformed(&["pLanted and more", "pLanted\u{1}", "pLanted-é"]),
    row("GAMEKEEPER_BACKUP_AT", &["00:00", "23:59", "timer", "off"])
        .malformed(&["noon", "3", "03:30 UTC", "03.30"])
        .outside(&["24:00", "23:60", "-1:00"]),
    row("GAMEKEEPER_BACKUP_DIR", &["backups", "a-directory"]).malformed(&["a-file"]),
    row("GAMEKEEPER_BACKUP_URL", &["s3://bucket/prefix", "file:///tmp"])
        .beside(&[("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y")])
        .malformed(&["bucket", "ftp://host/x", "s3://me:secret@bucket/x", "file://another-machine/backups",
                     "https://example.org/x", "s3://", "memory:///"]),
    row("GAMEKEEPER_BACKUP_RECIPIENT", &["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"])
        .malformed(&["age1x", "ssh-ed25519 AAAA", ",", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p,x"]),
    row("GAMEKEEPER_BACKUP_IDENTITY", &[A_KEY])
        .malformed(&["pLanted", "AGE-SECRET-KEY-1pLanted", "# pLanted, and nothing else"]),
    row("GAMEKEEPER_BACKUP_KEEP_DAYS", &["0", "3650"]).malformed(NO_NUMBER).outside(&["-1", "3651"]),
    row("GAMEKEEPER_BACKUP_KEEP", &["7/4/12", "0/0/0", "1000/1000/1000"])
        .malformed(&["7/4", "7/4/12/1", "many", "7,4,12", "//"])
        .outside(&["-1/4/12", "1001/4/12", "7/1001/12", "7/4/1001"]),
    row("GAMEKEEPER_BACKUP_VERIFY", &["sun", "Saturday", "off"])
        .malformed(&["noday", "sunshine", "monkey", "7", "tues"]),
    row("GAMEKEEPER_ALERT_DISCORD", &["https://discord.com/api/webhooks/1/token"])
        .malformed(&["pLanted", "https://discord.com/pLanted", "https://discord.com/api/webhooks/pLanted/x",
                     "ftp://discord.com/api/webhooks/1/pLanted"]),
    row("GAMEKEEPER_ALERT_WEBHOOK", &["https://alerts.example.org/x"])
        .malformed(&["pLanted", "ftp://host/pLanted", "https://me:pLanted@[::1", "http://"])
        .outside(&["https://host:65536/pLanted"]),
    row("GAMEKEEPER_ALERT_WEBHOOK_TOKEN", &["token"]).beside(HOOK).malformed(&["pLanted\u{1}"]),
    row("GAMEKEEPER_ALERT_SMTP", &["smtps://u:p@mail.example.org:465", "smtp://127.0.0.1"]).beside(MAIL)
        .malformed(&["pLanted", "http://mail/pLanted", "smtp://pLanted@mail.example.org", "smtps://"])
        .outside(&["smtps://u:pLanted@mail.example.org:65536"]),
    row("GAMEKEEPER_ALERT_MAIL_FROM", &["Gamekeeper <bot@example.org>"]).beside(MAIL)
        .malformed(&["nobody", "@example.org", "a b@c d"]),
    row("GAMEKEEPER_ALERT_MAIL_TO", &["me@example.org, you@example.org"]).beside(MAIL)
        .malformed(&["nobody", ",", "me@example.org,nobody"]),
    row("GAMEKEEPER_ALERT_QUIET", &["22:00-07:00", "00:00-23:59"])
        .malformed(&["night", "22-7", "22:00", "22:00-22:00"])
        .outside(&["24:00-07:00", "22:60-07:00", "22:00-24:00"]),
    row("GAMEKEEPER_DEADMAN_URL", &["https://hc-ping.com/0a1b2c3d"])
        .malformed(&["pLanted", "ftp://host/pLanted"]).outside(&["https://host:65536/pLanted"]),
    row("GAMEKEEPER_DEADMAN_SECONDS", &["5", "86400"]).malformed(NO_NUMBER).outside(&["4", "86401", "-5"]),
    row("AMP_ENABLED", &["false", "0"]).malformed(SWITCH),
    row("AMP_URL", &["amp.example.org", "http://127.0.0.1:8080/"]).beside(AMP)
        .malformed(&["ftp://amp.example.org", "http://me:secret@amp.example.org", "http://", "a b"])
        .outside(&["http://127.0.0.1:65536"]),
    row("AMP_USERNAME", &["bot", "ü"]).beside(AMP),
    row("AMP_PASSWORD", &["ü \u{1}"]).beside(AMP),
    row("AMP_POLL_INTERVAL", &["*/5 * * * *", "0 3 * * 1-5"]).beside(AMP)
        .malformed(&["often", "* * * *", "* * * * * *", "x * * * *"])
        .outside(&["60 * * * *", "-1 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 13 *",
                   "* * * * 8", "0 0 31 2 *"]),
    row("AMP_GUILD_ID", &["123456789012345678"]).beside(AMP)
        .malformed(&["club"]).outside(&["0", "-1", "18446744073709551616"]),
    row("AMP_VERIFY_TLS", &["true", "off"]).beside(AMP).malformed(SWITCH),
    // A name of a panel asks for that panel's settings; those are tried where they are told.
    row("AMP_PANELS", &[]).beside(AMP)
        .malformed(&["a-b", "main", "two words", ",", "attic,attic"])
        .outside(&["a23456789012345678901"]),
];

/// `gamekeeper config check` with these settings: its code and its last words.
fn check(home: &Path, settings: &[(&str, &str)]) -> Told<(Option<i32>, String)> {
    let mut command = gamekeeper(home, settings);
    let output = command.args(["config", "check"]).output().map_err(|e| e.to_string())?;
    let text = [output.stdout, output.stderr].concat();
    Ok((output.status.code(), String::from_utf8_lossy(&text).into_owned()))
}

/// A directory in which there is one of everything that a setting may name wrongly.
fn home() -> Told<tempfile::TempDir> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    std::fs::create_dir(home.path().join("a-directory")).map_err(|e| e.to_string())?;
    for (file, text) in [
        ("a-file", "x"),
        ("good.toml", "[log]\nlevel = \"info\"\n"),
        ("bad.toml", "[log\nlevel = info"),
    ] {
        std::fs::write(home.path().join(file), text).map_err(|e| e.to_string())?;
    }
    Ok(home)
}

/// What makes a bot that could start, with something else set.
fn with<'a>(row: &Row, value: &'a str) -> Vec<(&'static str, &'a str)> {
    let mut settings = vec![("DISCORD_TOKEN", TOKEN), ("DISCORD_CLIENT_ID", "123456789012345678")];
    settings.extend(row.beside);
    settings.retain(|(name, _)| *name != row.name);
    settings.push((row.name, value));
    settings
}

#[test]
fn every_variable_has_its_row() {
    let rows: BTreeSet<&str> = ROWS.iter().map(|row| row.name).collect();
    assert_eq!(rows.len(), ROWS.len(), "one is there twice");
    let all: BTreeSet<&str> = settings::all().map(|variable| variable.name).collect();
    assert_eq!(rows, all);
    for row in ROWS {
        let any = ANY_TEXT.contains(&row.name);
        assert_eq!(row.malformed.is_empty(), any, "{}: what is malformed?", row.name);
    }
    // Whoever writes limits into the table has them tried.
    for variable in settings::all() {
        let limited = variable.about.split(' ').any(|word| word == "to")
            && variable.about.chars().any(|c| c.is_ascii_digit())
            && variable.default.is_some_and(|text| text.parse::<u32>().is_ok());
        let tried = ROWS.iter().any(|row| row.name == variable.name && row.outside.len() > 1);
        assert!(!limited || tried, "{}: what is out of its range?", variable.name);
    }
}

#[test]
fn what_is_wrong_is_refused_by_name_with_its_cure() -> Told<()> {
    let home = home()?;
    for row in ROWS {
        let secret = settings::find(row.name).is_some_and(|found| found.secret);
        for value in row.malformed.iter().chain(row.outside) {
            let (code, said) = check(home.path(), &with(row, value))?;
            let name = row.name;
            assert_eq!(code, Some(78), "{name}={value}: {said}");
            let last = said.lines().last().unwrap_or_default();
            let what = last.strip_prefix(&format!("gamekeeper: {name} "));
            let what =
                what.ok_or_else(|| format!("{name}={value} is not what it names: {said}"))?;
            let cure = what.rsplit_once(". ").map(|(_, cure)| cure).unwrap_or_default();
            assert!(cure.split(' ').count() > 2, "{name}={value} has no cure: {said}");
            assert!(!secret || !said.contains(MARK), "{name}: {said}");
        }
    }
    Ok(())
}

#[test]
fn what_is_right_is_taken() -> Told<()> {
    let home = home()?;
    let key = age::x25519::Identity::generate().to_string();
    for row in ROWS {
        for value in row.good {
            let value = if *value == A_KEY { key.expose_secret() } else { *value };
            let (code, said) = check(home.path(), &with(row, value))?;
            assert_eq!(code, Some(0), "{}={value}: {said}", row.name);
        }
    }
    Ok(())
}

#[test]
fn what_is_empty_or_missing_is_as_if_it_were_not_there() -> Told<()> {
    let home = home()?;
    for empty in ["", " ", "\t "] {
        let mut settings: Vec<(&str, &str)> = ROWS.iter().map(|row| (row.name, empty)).collect();
        let (code, said) = check(home.path(), &settings)?;
        assert_eq!(code, Some(78), "{said}");
        assert!(said.contains("DISCORD_TOKEN is not set"), "{said}");
        settings.retain(|(name, _)| !["DISCORD_TOKEN", "DISCORD_CLIENT_ID"].contains(name));
        settings.extend([("DISCORD_TOKEN", TOKEN), ("DISCORD_CLIENT_ID", "123456789012345678")]);
        let (code, said) = check(home.path(), &settings)?;
        assert_eq!(code, Some(0), "{said}");
    }
    // One by one: what the bot cannot do without is named; what belongs together as well.
    let needed = settings::all().filter(|variable| variable.needed).map(|variable| variable.name);
    let needed: BTreeSet<&str> = needed.collect();
    assert_eq!(needed.len(), 2, "{needed:?}");
    let half = [
        "AMP_URL",
        "AMP_USERNAME",
        "AMP_PASSWORD",
        "GAMEKEEPER_ALERT_SMTP",
        "GAMEKEEPER_ALERT_MAIL_FROM",
        "GAMEKEEPER_ALERT_MAIL_TO",
    ];
    for row in ROWS {
        let (code, said) = check(home.path(), &with(row, ""))?;
        if needed.contains(row.name) || half.contains(&row.name) {
            assert_eq!(code, Some(78), "{}: {said}", row.name);
            assert!(said.contains(&format!("{} is not set", row.name)), "{said}");
        } else {
            assert_eq!(code, Some(0), "{}: {said}", row.name);
        }
    }
    Ok(())
}
