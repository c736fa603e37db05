//! A secret is planted into every variable that holds one. Then much goes wrong, and everything the
//! program says is read: its log at its loudest, its pages, its figures, its alerts, its last words.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Output, Stdio},
};

use age::secrecy::ExposeSecret as _;
use amp_sandbox::{Amp, AmpConfig};
use gamekeeper::stage::verbs::{Told, until};
use sandbox::{Config, Sandbox, actor::NO_OPTIONS};
use store::Scratch;

use super::{alarm::somebody, free_port, get, get_with};
use crate::{program::gamekeeper, scene};

/// In every planted secret, and nowhere else.
const MARK: &str = "pLanted";

fn planted(name: &str) -> String {
    format!("{MARK}-{name}-0123456789")
}

/// Names of variables whose value is a secret, and a value each that has its form.
fn secrets(hook: &str) -> Vec<(&'static str, String)> {
    let port = hook.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned();
    vec![
        ("GAMEKEEPER_METRICS_TOKEN", planted("metrics")),
        (
            "GAMEKEEPER_ALERT_DISCORD",
            format!("http://{port}/api/webhooks/1/{}", planted("discord")),
        ),
        ("GAMEKEEPER_ALERT_WEBHOOK", format!("http://{port}/{}", planted("webhook"))),
        ("GAMEKEEPER_ALERT_WEBHOOK_TOKEN", planted("bearer")),
        // Nobody is there, so that sending fails.
        ("GAMEKEEPER_ALERT_SMTP", format!("smtp://bot:{}@127.0.0.1:9", planted("smtp"))),
        ("GAMEKEEPER_ALERT_MAIL_FROM", "bot@example.org".to_owned()),
        ("GAMEKEEPER_ALERT_MAIL_TO", "me@example.org".to_owned()),
        ("GAMEKEEPER_DEADMAN_URL", format!("http://127.0.0.1:9/{}", planted("deadman"))),
        ("GAMEKEEPER_DEADMAN_SECONDS", "5".to_owned()),
        ("AMP_PASSWORD", planted("amp")),
        ("GAMEKEEPER_SENTRY_DSN", format!("http://{}@127.0.0.1:9/1", planted("sentry"))),
    ]
}

/// A key that nobody has, and what backups are encrypted with so that it opens them.
fn keys() -> [(&'static str, String); 2] {
    let key = age::x25519::Identity::generate();
    [
        ("GAMEKEEPER_BACKUP_RECIPIENT", key.to_public().to_string()),
        ("GAMEKEEPER_BACKUP_IDENTITY", key.to_string().expose_secret().to_owned()),
    ]
}

/// A second place for backups that lets nobody in, with credentials for it.
fn closed_store() -> Told<[(&'static str, String); 6]> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let _ = stream.read(&mut [0; 16_384]);
            let head = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = stream.write_all(head.as_bytes());
        }
    });
    Ok([
        ("GAMEKEEPER_BACKUP_URL", "s3://bucket/gamekeeper".to_owned()),
        ("AWS_ENDPOINT", format!("http://{address}")),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
        ("AWS_REGION", "eu-central-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", planted("access")),
        ("AWS_SECRET_ACCESS_KEY", planted("secret")),
    ])
}

/// A database whose address has a password in it, where there is a server. It lets everybody in.
async fn database() -> Told<Option<(Scratch, String)>> {
    let Some(server) = scene::server() else { return Ok(None) };
    let scratch = Scratch::create(&server, "secrets").await.map_err(|e| e.to_string())?;
    let url = scratch.config(4).url;
    let (scheme, rest) = url.split_once("://").ok_or("no address")?;
    let (user, place) = rest.split_once('@').ok_or("nobody's address")?;
    let user = user.split(':').next().unwrap_or_default();
    let url = format!("{scheme}://{user}:{}@{place}", planted("database"));
    Ok(Some((scratch, url)))
}

/// A command beside the running bot: what it says, and how it ends.
async fn ask(
    home: &Path,
    settings: &[(&str, &str)],
    words: &[&str],
) -> Told<(Option<i32>, String)> {
    let mut command = gamekeeper(home, settings);
    command.args(words).env("GAMEKEEPER_HTTP", "off");
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
    Ok((output.status.code(), said(&output)))
}

/// What an operator asks while the bot runs, and what is in the way then.
async fn everything_is_asked(home: &Path, settings: &[(&str, &str)]) -> Told<()> {
    for (words, wanted) in [
        (&["config", "show"][..], "••••"),
        (&["config", "show", "--json"], "masked"),
        (&["config", "check"], "complete"),
        (&["doctor"], "the password is wrong"),
        (&["doctor", "--json", "--send-test"], "did not take a test message"),
        // Made here, and not let into the second place.
        (&["backup", "create"], "403"),
        (&["backup", "verify", "latest"], ""),
        (&["backup", "list"], ""),
        (&["checklist"], ""),
    ] {
        let (_, text) = ask(home, settings, words).await?;
        assert!(
            text.contains(wanted) && !text.is_empty(),
            "{words:?} does not say {wanted}: {text}"
        );
        clean(&words.join(" "), &text);
    }
    // Standard output that takes nothing: the program has to give up in the middle.
    let mut command = gamekeeper(home, settings);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").map_err(|e| e.to_string())?;
    command.args(["config", "show"]).env("RUST_BACKTRACE", "full").stdout(full);
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.map_err(|e| e.to_string())?.map_err(|e| e.to_string())?;
    assert!(!output.status.success(), "{output:?}");
    clean("a panic", &said(&output));
    Ok(())
}

fn run(home: &Path, settings: &[(&str, &str)]) -> Told<Output> {
    gamekeeper(home, settings).arg("run").output().map_err(|e| e.to_string())
}

fn clean(what: &str, text: &str) {
    let found = text.lines().find(|line| line.contains(MARK));
    assert!(found.is_none(), "{what}: {found:?}");
    // A key has a form of its own; its first letters alone may be told.
    let is_key = |rest: &str| rest.bytes().take_while(u8::is_ascii_alphanumeric).count() > 8;
    assert!(!text.split("AGE-SECRET-KEY-1").skip(1).any(is_key), "{what} tells the key of backups");
    // The same as it stands in a header, or in a login by PLAIN.
    for masked in ["cExhbnRlZ", "BMYW50ZWQ", "wTGFudGVk"] {
        assert!(!text.contains(masked), "{what}: {masked}");
    }
}

fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_bot_that_has_trouble_of_every_kind_tells_no_secret() -> Told<()> {
    let (hook, heard) = somebody().await?;
    let config = Config { token: Some(planted("token")), ..Config::default() };
    let discord = Sandbox::start(config).await.map_err(|e| e.to_string())?;
    let guild = discord
        .new_guild("Club")
        .bot(sandbox::world::Permissions(gamekeeper::stage::invited_with().bits()))
        .build();
    // A panel that does not accept the password.
    let amp = Amp::start(AmpConfig::default()).await.map_err(|e| e.to_string())?;
    amp.add_user("bot", "another");
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let address: SocketAddr = free_port()?;
    let log = home.path().join("bot.log");
    let mut settings: Vec<(&str, String)> = secrets(&hook);
    settings.extend(keys());
    settings.extend(closed_store()?);
    let database = database().await?;
    if let Some((_, url)) = &database {
        settings.push(("DATABASE_URL", url.clone()));
    }
    settings.extend([
        ("DISCORD_TOKEN", planted("token")),
        ("DISCORD_CLIENT_ID", discord.application_id().to_string()),
        ("DISCORD_API_URL", discord.origin()),
        ("AMP_ENABLED", "true".to_owned()),
        ("AMP_URL", amp.url().to_owned()),
        ("AMP_USERNAME", "bot".to_owned()),
        ("GAMEKEEPER_HTTP", address.to_string()),
        ("LOG_LEVEL", "trace".to_owned()),
        ("GAMEKEEPER_LOG_FILE", log.display().to_string()),
        ("RUST_BACKTRACE", "full".to_owned()),
    ]);
    for variable in settings::all().filter(|variable| variable.secret) {
        let planted = settings.iter().any(|(name, _)| *name == variable.name);
        let no_server = variable.name == "DATABASE_URL" && database.is_none();
        assert!(planted || no_server, "{} is secret, and not tried here", variable.name);
    }
    let settings: Vec<(&str, &str)> = settings.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let errors = home.path().join("stderr");
    let file = fs::File::create(&errors).map_err(|e| e.to_string())?;
    let mut child = gamekeeper(home.path(), &settings)
        .arg("run")
        .stdout(Stdio::from(file.try_clone().map_err(|e| e.to_string())?))
        .stderr(Stdio::from(file))
        .spawn()
        .map_err(|e| e.to_string())?;
    let owner = guild.owner();
    let played = async {
        until("the bot to answer", || async {
            let reply = owner.slash("server list", NO_OPTIONS);
            let first = tokio::time::timeout(std::time::Duration::from_millis(500), reply.first());
            matches!(first.await, Ok(sandbox::actor::First::Message(_))).then_some(())
        })
        .await?;
        // Discord drops it, refuses it, and then does not know its token any more.
        discord.drop_gateway();
        until("the panel's refusal to be logged", || async {
            let text = fs::read_to_string(&log).unwrap_or_default();
            text.contains("the panel could not be read").then_some(())
        })
        .await?;
        for page in ["/livez", "/readyz", "/version", "/metrics", "/readyz?format=json"] {
            clean(page, &get(address, page).await?.1);
        }
        let token = planted("metrics");
        let (status, figures) = get_with(address, "/metrics", Some(&token)).await?;
        assert_eq!(status, 200, "{figures}");
        clean("/metrics", &figures);
        until("the dead man's switch to fail", || async {
            let text = fs::read_to_string(&log).unwrap_or_default();
            text.contains("dead man's switch did not").then_some(())
        })
        .await?;
        everything_is_asked(home.path(), &settings).await?;
        discord.reset_token();
        discord.drop_gateway();
        until("the bot to end", || async {
            owner.slash("help", NO_OPTIONS);
            let all = heard.lock().expect("nobody panics here");
            all.iter().any(|said| said["key"] == "process.ended").then_some(())
        })
        .await
    };
    let played = played.await;
    let _ = child.kill();
    let _ = child.wait();
    let said = fs::read_to_string(&errors).map_err(|e| e.to_string())?;
    played.map_err(|why| format!("{why}: {said}"))?;
    clean("what it said", &said);
    clean("the log", &fs::read_to_string(&log).map_err(|e| e.to_string())?);
    for alert in heard.lock().expect("nobody panics here").iter() {
        clean("an alert", &alert.to_string());
    }
    if let Some((scratch, _)) = database {
        scratch.drop_database().await.map_err(|e| e.to_string())?;
    }
    for wanted in ["DEBUG", "an alert is sent again", "dead man's switch did not"] {
        assert!(said.contains(wanted), "{wanted} is missing, so little was tested: {said}");
    }
    Ok(())
}

#[test]
fn a_start_that_fails_because_of_a_secret_does_not_repeat_it() -> Told<()> {
    let client = ("DISCORD_CLIENT_ID", "123456789012345678");
    let token = planted("token");
    let good = [
        ("DISCORD_TOKEN", token.as_str()),
        client,
        ("GAMEKEEPER_HTTP", "off"),
        ("LOG_LEVEL", "trace"),
    ];
    let bad = planted("bad");
    let odd = format!("{bad}\u{1}é");
    let of = |form: &str| form.replace('~', &bad);
    let values: Vec<(&str, String)> = vec![
        ("DISCORD_TOKEN", odd.clone()),
        ("DISCORD_TOKEN", format!("{MARK}!")),
        ("DATABASE_URL", of("mysql://u:~@host/db")),
        ("DATABASE_URL", of("postgresql://u:~@127.0.0.1:x/db")),
        ("DATABASE_URL", of("postgresql://u:~@127.0.0.1:9/db?sslmode=~")),
        ("DATABASE_URL", of("~")),
        ("GAMEKEEPER_ALERT_DISCORD", of("https://discord.com/~")),
        ("GAMEKEEPER_ALERT_WEBHOOK", of("~")),
        ("GAMEKEEPER_ALERT_WEBHOOK", of("https://me:~@[::1")),
        ("GAMEKEEPER_ALERT_WEBHOOK_TOKEN", odd.clone()),
        ("GAMEKEEPER_ALERT_SMTP", of("smtp://me:~@")),
        ("GAMEKEEPER_DEADMAN_URL", of("ftp://host/~")),
        ("GAMEKEEPER_HTTP", "here".to_owned()),
    ];
    for (name, value) in values {
        let home = tempfile::tempdir().map_err(|e| e.to_string())?;
        let settings: Vec<(&str, &str)> = good
            .into_iter()
            .filter(|(known, _)| *known != name)
            .chain([(name, value.as_str())])
            .collect();
        let output = run(home.path(), &settings)?;
        let said = said(&output);
        assert!(!output.status.success(), "{name}={value}: {said}");
        assert!(said.contains("gamekeeper: "), "{name}: {said}");
        clean(name, &said);
    }
    Ok(())
}

#[test]
fn a_database_that_refuses_the_password_does_not_make_it_known() -> Told<()> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    // It hangs up on everybody.
    std::thread::spawn(move || listener.incoming().for_each(drop));
    let url = format!("postgresql://u:{}@{address}/db", planted("database"));
    let token = planted("token");
    let settings = [
        ("DISCORD_TOKEN", token.as_str()),
        ("DISCORD_CLIENT_ID", "123456789012345678"),
        ("DATABASE_URL", &url),
        ("GAMEKEEPER_HTTP", "off"),
        ("LOG_LEVEL", "trace"),
    ];
    let output = run(home.path(), &settings)?;
    assert_eq!(output.status.code(), Some(69), "{output:?}");
    clean("what it said", &said(&output));
    Ok(())
}
