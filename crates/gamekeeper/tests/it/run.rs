//! `gamekeeper run` as an operator starts it: what it says, and the code it leaves with.

use std::{
    process::{Child, Command, Output, Stdio},
    time::Instant,
};

use amp_sandbox::{Amp, AmpConfig, InstanceSpec};

use crate::program::gamekeeper;
use game_sandbox::{GameServer, Kind};
use gamekeeper::stage::verbs::{Told, until};
use sandbox::{
    Config, Sandbox,
    actor::{First, NO_OPTIONS},
};

/// The program in an empty directory with an empty environment but for `settings`.
fn program(home: &std::path::Path, settings: &[(&str, &str)]) -> Command {
    let mut command = gamekeeper(home, settings);
    command.arg("run");
    command
}

fn run(settings: &[(&str, &str)]) -> Output {
    let home = tempfile::tempdir().expect("a directory");
    program(home.path(), settings).output().expect("the program starts")
}

fn ends_with(settings: &[(&str, &str)], code: i32, words: &[&str]) {
    let output = run(settings);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    for word in words {
        assert!(said.contains(word), "{word:?} is missing in: {said}");
    }
    let last = said.lines().last().unwrap_or_default();
    assert!(last.starts_with("gamekeeper: "), "{said}");
}

const TOKEN: (&str, &str) = ("DISCORD_TOKEN", "a-token-that-has-the-right-shape");
const CLIENT: (&str, &str) = ("DISCORD_CLIENT_ID", "123456789012345678");

#[test]
fn what_is_missing_or_wrong_is_named_with_its_cure() {
    ends_with(&[], 78, &["DISCORD_TOKEN is not set", "Reset Token"]);
    ends_with(&[("DISCORD_TOKEN", "  ")], 78, &["DISCORD_TOKEN is not set"]);
    ends_with(&[("DISCORD_TOKEN", "short")], 78, &["DISCORD_TOKEN does not look like"]);
    ends_with(&[TOKEN], 78, &["DISCORD_CLIENT_ID is not set", "Application ID"]);
    ends_with(&[TOKEN, ("DISCORD_CLIENT_ID", "me")], 78, &["DISCORD_CLIENT_ID", "`me`"]);
    let wrong = [
        ("DATABASE_URL", "mysql://user:secret@host/db"),
        ("DATABASE_URL", "sqlite::memory:"),
        ("DISCORD_API_URL", "not an address"),
        ("DASHBOARD_CHANNEL_ID", "general"),
        ("LOG_LEVEL", "loud"),
        ("GAMEKEEPER_USER_LIMIT", "many"),
        ("GAMEKEEPER_GUILD_LIMIT", "5"),
        ("GAMEKEEPER_MEMBERS_INTENT", "perhaps"),
        ("GAMEKEEPER_SHARDS", "0"),
        ("GAMEKEEPER_DIRECT_PRIVATE", "perhaps"),
        ("GAMEKEEPER_DB_CONNECTIONS", "1"),
        ("GAMEKEEPER_DB_CONNECTIONS", "201"),
        ("GAMEKEEPER_DB_CONNECTIONS", "a few"),
        ("GAMEKEEPER_DB_ACQUIRE_TIMEOUT", "0"),
        ("GAMEKEEPER_DB_ACQUIRE_TIMEOUT", "61"),
        ("GAMEKEEPER_DB_ACQUIRE_TIMEOUT", "5s"),
        ("GAMEKEEPER_DB_STATEMENT_TIMEOUT", "0"),
        ("GAMEKEEPER_DB_STATEMENT_TIMEOUT", "301"),
        ("GAMEKEEPER_DB_STATEMENT_TIMEOUT", "never"),
        ("DATABASE_URL", "postgresql://u@127.0.0.1:9/d?sslmode=perhaps"),
        ("DATABASE_URL", "postgresql://u@127.0.0.1:9/d?sslmode=verify-full&sslcert=a.crt"),
        ("DATABASE_URL", "postgresql://u@127.0.0.1:9/d?sslmode=require&sslrootcert=ca.crt"),
        ("DATABASE_URL", "postgresql://u@127.0.0.1:9/d?sslmode=verify-full&sslrootcert=no.crt"),
        ("DATABASE_URL", "postgresql://u@127.0.0.1:9/d?ssl_min_protocol_version=TLSv1.3"),
        ("DATABASE_URL", "sqlite:///"),
    ];
    for (name, value) in wrong {
        ends_with(&[TOKEN, CLIENT, (name, value)], 78, &[&format!("gamekeeper: {name} ")]);
    }
}

#[test]
fn settings_come_from_files_and_the_command_line_too() {
    let home = tempfile::tempdir().expect("a directory");
    let write = |name: &str, text: &str| std::fs::write(home.path().join(name), text);
    write("token", TOKEN.1).expect("a file");
    write("gamekeeper.toml", "[discord]\ntoken_file = 'token'\nclient_id = 123456789012345678\n")
        .expect("a file");
    let asked = |words: &[&str]| {
        let mut command = gamekeeper(home.path(), &[("AMP_PASWORD", "hunter2")]);
        let output = command.args(words).output().expect("the program starts");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    };
    let (code, said) = asked(&["config", "check"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("AMP_PASWORD (in environment) is not a setting"), "{said}");
    assert!(said.contains("Did you mean AMP_PASSWORD?"), "{said}");
    let (code, said) = asked(&["config", "show", "--set", "LOG_LEVEL=debug"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("••••••••   [token]") && said.contains("debug   [--set]"), "{said}");
    assert!(!said.contains(TOKEN.1) && !said.contains("hunter2"), "{said}");
    let wrong = ["config", "check", "--set", "GAMEKEEPER_SHARDS=0", "--set", "LOG_LEVEL=loud"];
    let (code, said) = asked(&wrong);
    assert_eq!(code, Some(78), "{said}");
    assert!(
        said.contains("GAMEKEEPER_SHARDS is not") && said.contains("LOG_LEVEL is not"),
        "{said}"
    );
    let (code, said) = asked(&["run", "--set", "GAMEKEEPER_SHARDS=0"]);
    assert_eq!(code, Some(78), "{said}");
    let (code, said) = asked(&["config", "show", "--json"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(serde_json::from_str::<serde_json::Value>(&said).is_ok_and(|all| all.is_array()));
}

#[test]
fn half_a_panel_is_refused() {
    let (on, url) = (("AMP_ENABLED", "true"), ("AMP_URL", "https://amp.example.org"));
    let (user, password) = (("AMP_USERNAME", "bot"), ("AMP_PASSWORD", "hunter2"));
    let missing = |settings: &[(&str, &str)], name: &str| {
        let all = [&[TOKEN, CLIENT, on], settings].concat();
        ends_with(&all, 78, &[&format!("{name} is not set, but AMP_ENABLED is true")]);
    };
    missing(&[], "AMP_URL");
    missing(&[url, password], "AMP_USERNAME");
    missing(&[url, user], "AMP_PASSWORD");
    let wrong = |name: &str, value: &str| {
        let all = [TOKEN, CLIENT, on, url, user, password, (name, value)];
        ends_with(&all, 78, &[&format!("gamekeeper: {name} ")]);
        let said = String::from_utf8_lossy(&run(&all).stderr).into_owned();
        assert!(!said.contains("hunter2"), "{said}");
    };
    wrong("AMP_URL", "ftp://amp.example.org");
    wrong("AMP_URL", "https://me:hunter2@amp.example.org");
    wrong("AMP_POLL_INTERVAL", "often");
    wrong("AMP_POLL_INTERVAL", "* * * *");
    wrong("AMP_GUILD_ID", "my server");
    wrong("AMP_VERIFY_TLS", "perhaps");
    ends_with(&[TOKEN, CLIENT, ("AMP_ENABLED", "perhaps")], 78, &["AMP_ENABLED"]);
}

#[test]
fn half_a_second_panel_is_refused() {
    let main = [
        ("AMP_ENABLED", "true"),
        ("AMP_URL", "https://amp.example.org"),
        ("AMP_USERNAME", "bot"),
        ("AMP_PASSWORD", "hunter2"),
    ];
    let refused = |settings: &[(&str, &str)], words: &[&str]| {
        let all = [&[TOKEN, CLIENT], &main[..], settings].concat();
        ends_with(&all, 78, words);
        let said = String::from_utf8_lossy(&run(&all).stderr).into_owned();
        assert!(!said.contains("hunter"), "{said}");
    };
    let (named, url) = (("AMP_PANELS", "attic, Shed"), ("AMP_ATTIC_URL", "http://10.0.0.5:8080"));
    let (user, password) = (("AMP_ATTIC_USERNAME", "bot"), ("AMP_ATTIC_PASSWORD", "hunter3"));
    let missing = |settings: &[(&str, &str)], name: &str, panel: &str| {
        let why = format!("{name} is not set, but AMP_PANELS names `{panel}`");
        refused(settings, &[&why, "take that name out of AMP_PANELS"]);
    };
    missing(&[named], "AMP_ATTIC_URL", "attic");
    missing(&[named, url], "AMP_ATTIC_USERNAME", "attic");
    missing(&[named, url, user], "AMP_ATTIC_PASSWORD", "attic");
    missing(&[named, url, user, password], "AMP_SHED_URL", "shed");
    let wrong = ("AMP_ATTIC_VERIFY_TLS", "perhaps");
    refused(&[named, url, user, password, wrong], &["gamekeeper: AMP_ATTIC_VERIFY_TLS "]);
    for names in ["main", "attic,attic", "the attic", "attic,ATTIC", "attic/shed"] {
        refused(&[("AMP_PANELS", names)], &["gamekeeper: AMP_PANELS ", "separated by commas"]);
    }
}

#[test]
fn secrets_are_not_repeated() {
    let output = run(&[TOKEN, CLIENT, ("DATABASE_URL", "mysql://user:secret@host/db")]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("secret") && !said.contains(TOKEN.1), "{said}");
}

#[test]
fn a_data_directory_that_cannot_be_made_is_named() {
    let setting = ("GAMEKEEPER_DATA_DIR", "/proc/nothing/here");
    ends_with(&[TOKEN, CLIENT, setting], 78, &["GAMEKEEPER_DATA_DIR", "/proc/nothing/here"]);
}

#[test]
fn a_database_that_does_not_come_up_is_tried_for_five_seconds_and_ends_with_69() {
    // Nobody listens there any more.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let url = format!("postgresql://u@{address}/d");
    let began = Instant::now();
    let words = ["the database cannot be opened", "Check DATABASE_URL"];
    ends_with(&[TOKEN, CLIENT, ("DATABASE_URL", &url)], 69, &words);
    let took = began.elapsed();
    assert!((5..15).contains(&took.as_secs()), "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_discord_does_not_accept_ends_with_77() -> Told<()> {
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let origin = discord.origin();
    let settings = [TOKEN, CLIENT, ("DISCORD_API_URL", origin.as_str())];
    ends_with(&settings, 77, &["does not accept DISCORD_TOKEN"]);
    // The right token with somebody else's id.
    let token = discord.token().to_owned();
    let settings =
        [("DISCORD_TOKEN", token.as_str()), CLIENT, ("DISCORD_API_URL", origin.as_str())];
    ends_with(&settings, 78, &["DISCORD_CLIENT_ID does not belong to DISCORD_TOKEN"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_env_file_of_the_original_works_and_sigterm_ends_it_in_order() -> Told<()> {
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let guild = discord
        .new_guild("Club")
        .bot(sandbox::world::Permissions(gamekeeper::stage::invited_with().bits()))
        .build();
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let file = format!(
        "DISCORD_TOKEN=\"{}\"\nDISCORD_CLIENT_ID={}\nDATABASE_URL=\nDASHBOARD_CHANNEL_ID=\n\
         LOG_LEVEL=info\nNODE_ENV=production\nAMP_ENABLED=false\nAMP_URL=\nAMP_USERNAME=\n\
         AMP_PASSWORD=\nAMP_POLL_INTERVAL=*/5 * * * *\nDISCORD_API_URL={}\n",
        discord.token(),
        discord.application_id(),
        discord.origin()
    );
    std::fs::write(home.path().join(".env"), file).map_err(|e| e.to_string())?;
    let mut child =
        program(home.path(), &[]).stderr(Stdio::piped()).spawn().map_err(|e| e.to_string())?;
    let owner = guild.owner();
    until("the bot to answer", || async {
        let reply = owner.slash("help", NO_OPTIONS);
        let first = tokio::time::timeout(std::time::Duration::from_millis(200), reply.first());
        matches!(first.await, Ok(First::Message(_))).then_some(())
    })
    .await?;
    ends_in_order(&mut child).await?;
    assert!(home.path().join("data/gamekeeper.db").exists());
    Ok(())
}

/// SIGHUP: what a running bot can take, it takes; the rest is named.
#[tokio::test(flavor = "multi_thread")]
async fn on_sighup_settings_are_read_anew() -> Told<()> {
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let guild = discord
        .new_guild("Club")
        .bot(sandbox::world::Permissions(gamekeeper::stage::invited_with().bits()))
        .build();
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let env = |more: &str| {
        let text = format!(
            "DISCORD_TOKEN={}\nDISCORD_CLIENT_ID={}\nDISCORD_API_URL={}\n{more}",
            discord.token(),
            discord.application_id(),
            discord.origin()
        );
        std::fs::write(home.path().join(".env"), text).map_err(|e| e.to_string())
    };
    env("GAMEKEEPER_USER_LIMIT=off\n")?;
    let log = home.path().join("log");
    let file = std::fs::File::create(&log).map_err(|e| e.to_string())?;
    let mut child = program(home.path(), &[]).stderr(file).spawn().map_err(|e| e.to_string())?;
    let owner = guild.owner();
    let asked = async || {
        let reply = owner.slash("help", NO_OPTIONS);
        let first = tokio::time::timeout(std::time::Duration::from_millis(500), reply.first());
        match first.await {
            Ok(First::Message(said)) => Some(said.text()),
            _ => None,
        }
    };
    until("the bot to answer", &asked).await?;
    let hang_up = async |sign: &str| {
        let id = child.id().to_string();
        Command::new("kill").args(["-HUP", &id]).status().map_err(|e| e.to_string())?;
        until(sign, || async {
            std::fs::read_to_string(&log).ok().filter(|said| said.contains(sign)).map(drop)
        })
        .await
    };
    env("GAMEKEEPER_USER_LIMIT=1/1\nGAMEKEEPER_SHARDS=1\nLOG_LEVEL=debug\n")?;
    hang_up("settings were read anew").await?;
    let said = std::fs::read_to_string(&log).map_err(|e| e.to_string())?;
    let named = |name: &str, what: &str| {
        said.lines().any(|line| line.contains(what) && line.contains(name))
    };
    assert!(named("GAMEKEEPER_SHARDS", "needs a restart"), "{said}");
    assert!(named("GAMEKEEPER_USER_LIMIT", "was read anew"), "{said}");
    // One a second: of two at once, one is told to be slower.
    until("the new limit to count", || async {
        let (one, other) = tokio::join!(asked(), asked());
        [one, other].into_iter().flatten().any(|said| said.contains("Slow down")).then_some(())
    })
    .await?;
    // Half of it is not taken.
    env("LOG_LEVEL=loud\n")?;
    hang_up("settings stay as they were").await?;
    ends_in_order(&mut child).await
}

/// Told to stop, it does, with code 0.
async fn ends_in_order(child: &mut Child) -> Told<()> {
    let id = child.id().to_string();
    Command::new("kill").args(["-TERM", &id]).status().map_err(|e| e.to_string())?;
    let status = until("the bot to end", || {
        let ended = child.try_wait();
        async move { ended.ok().flatten() }
    })
    .await?;
    assert_eq!(status.code(), Some(0));
    Ok(())
}

/// Servers of two panels in one list; the second panel is named in `.env`, as operators do.
#[tokio::test]
async fn with_two_panels_the_servers_of_both_are_looked_at() -> Told<()> {
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let guild = discord
        .new_guild("Club")
        .bot(sandbox::world::Permissions(gamekeeper::stage::invited_with().bits()))
        .build();
    let mut panels = Vec::new();
    for name in ["Arena", "Castle"] {
        let amp = Amp::start(AmpConfig::default()).await.map_err(|e| e.to_string())?;
        let server = amp.add_instance(InstanceSpec::valve(name).running());
        amp.add_user("bot", name).manages(server);
        panels.push(amp);
    }
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let client = discord.application_id().to_string();
    let file = format!(
        "AMP_PANELS=attic\nAMP_ATTIC_URL={}\nAMP_ATTIC_USERNAME=bot\nAMP_ATTIC_PASSWORD=Castle\n\
         AMP_SHED_URL=http://127.0.0.1:9\n",
        panels[1].url()
    );
    std::fs::write(home.path().join(".env"), file).map_err(|e| e.to_string())?;
    let settings = [
        ("DISCORD_TOKEN", discord.token()),
        ("DISCORD_CLIENT_ID", &client),
        ("DISCORD_API_URL", &discord.origin()),
        ("AMP_ENABLED", "true"),
        ("AMP_URL", panels[0].url()),
        ("AMP_USERNAME", "bot"),
        ("AMP_PASSWORD", "Arena"),
    ];
    let mut child = program(home.path(), &settings)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    let owner = guild.owner();
    until("the servers to be listed", || async {
        let reply = owner.slash("server list", NO_OPTIONS);
        let first = tokio::time::timeout(std::time::Duration::from_millis(200), reply.first());
        let Ok(First::Message(said)) = first.await else { return None };
        let all = ["**Arena** · online", "**Castle** · online"];
        all.iter().all(|one| said.text().contains(one)).then_some(())
    })
    .await?;
    ends_in_order(&mut child).await?;
    let mut said = String::new();
    let log = child.stderr.take().map(|mut log| std::io::Read::read_to_string(&mut log, &mut said));
    log.transpose().map_err(|e| e.to_string())?;
    assert!(
        said.contains("AMP_SHED_URL is set, but AMP_PANELS does not name that panel"),
        "{said}"
    );
    Ok(())
}

#[tokio::test]
async fn without_a_panel_servers_are_watched_by_their_address() -> Told<()> {
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let guild = discord
        .new_guild("Club")
        .bot(sandbox::world::Permissions(gamekeeper::stage::invited_with().bits()))
        .build();
    let server = GameServer::start(Kind::Valve, "Arena").await.map_err(|e| e.to_string())?;
    let address = server.address().to_string();
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let client = discord.application_id().to_string();
    let settings = [
        ("DISCORD_TOKEN", discord.token()),
        ("DISCORD_CLIENT_ID", &client),
        ("DISCORD_API_URL", &discord.origin()),
        ("GAMEKEEPER_DIRECT_PRIVATE", "true"),
    ];
    let mut child = program(home.path(), &settings).spawn().map_err(|e| e.to_string())?;
    let owner = guild.owner();
    let asked = |command: &'static str, options: Vec<(&'static str, &str)>| {
        let reply = owner.slash(command, options);
        async move {
            let first = tokio::time::timeout(std::time::Duration::from_millis(500), reply.first());
            match first.await {
                Ok(First::Message(said)) => Some(said.text()),
                _ => None,
            }
        }
    };
    until("the server to be taken", || async {
        let options = vec![("name", "Arena"), ("kind", "valve"), ("address", &address)];
        let said = asked("server add", options).await?;
        said.contains("**Arena** is watched from now on.").then_some(())
    })
    .await?;
    // A new process knows it, and looks without being asked.
    ends_in_order(&mut child).await?;
    let heard = server.asked();
    let mut child = program(home.path(), &settings).spawn().map_err(|e| e.to_string())?;
    until("the server to be looked at", || async { (server.asked() > heard).then_some(()) })
        .await?;
    until("the server to be listed", || async {
        let said = asked("server list", vec![]).await?;
        said.contains("**Arena** · online").then_some(())
    })
    .await?;
    ends_in_order(&mut child).await
}

/// The names are the original's, and they have an effect.
#[tokio::test]
async fn with_a_panel_its_servers_are_looked_at() -> Told<()> {
    let discord = Sandbox::start(Config::default()).await.map_err(|e| e.to_string())?;
    let guild = discord
        .new_guild("Club")
        .bot(sandbox::world::Permissions(gamekeeper::stage::invited_with().bits()))
        .build();
    let amp = Amp::start(AmpConfig::default()).await.map_err(|e| e.to_string())?;
    let arena = amp.add_instance(InstanceSpec::valve("Arena").running());
    amp.add_user("bot", "hunter2").manages(arena);
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let client = discord.application_id().to_string();
    let settings = [
        ("DISCORD_TOKEN", discord.token()),
        ("DISCORD_CLIENT_ID", &client),
        ("DISCORD_API_URL", &discord.origin()),
        ("AMP_ENABLED", "true"),
        ("AMP_URL", amp.url()),
        ("AMP_USERNAME", "bot"),
        ("AMP_PASSWORD", "hunter2"),
        ("AMP_POLL_INTERVAL", "*/5 * * * *"),
    ];
    let mut child = program(home.path(), &settings)
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    let owner = guild.owner();
    until("the server to be listed", || async {
        let reply = owner.slash("server list", NO_OPTIONS);
        let first = tokio::time::timeout(std::time::Duration::from_millis(200), reply.first());
        let Ok(First::Message(said)) = first.await else { return None };
        said.text().contains("**Arena** · online").then_some(())
    })
    .await?;
    ends_in_order(&mut child).await?;
    let mut said = String::new();
    let log = child.stderr.take().map(|mut log| std::io::Read::read_to_string(&mut log, &mut said));
    log.transpose().map_err(|e| e.to_string())?;
    assert!(said.contains("game servers are looked at") && !said.contains("hunter2"), "{said}");
    Ok(())
}
