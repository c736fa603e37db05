use std::{os::unix::fs::PermissionsExt, process::Command};

use gamekeeper::stage::verbs::Told;
use sandbox::world::{ChannelKind, Intents, OverwriteTarget, Permissions};
use serde_json::{Value, json};
use store::Store;

use super::house::{House, speaks_http, told};

/// Settings: all of them wrong in a way that operators get them wrong.
#[tokio::test(flavor = "multi_thread")]
async fn settings_that_are_wrong() -> Told<()> {
    let house = House::in_order().await?;
    let finds = async |check: &str, words: &str, settings: &[(&str, &str)]| {
        house.finds(check, words, settings).await
    };
    finds("config.complete", "DISCORD_TOKEN", &[("DISCORD_TOKEN", "short")]).await?;
    finds("config.complete", "GAMEKEEPER_SHARDS", &[("GAMEKEEPER_SHARDS", "0")]).await?;
    finds("config.complete", "AMP_ATTIC_URL", &[("AMP_PANELS", "attic")]).await?;
    finds("config.complete", "DISCORD_TOKEN_FILE", &[("DISCORD_TOKEN_FILE", "/no/such")]).await?;
    finds("config.unknown", "Did you mean LOG_LEVEL?", &[("GAMEKEEPER_LOG_LEVEL", "info")]).await?;
    let env = house.path(".env");
    let mode = |mode| told(std::fs::set_permissions(&env, PermissionsExt::from_mode(mode)));
    mode(0o644)?;
    finds("config.env-mode", "everybody on this machine can read the token", &[]).await?;
    mode(0o640)?;
    finds("config.env-mode", "everybody in its group can read the token", &[]).await?;
    // What its owner may do with it harms nobody.
    mode(0o700)?;
    house.is_in_order("mode 700").await?;
    mode(0o600)?;
    let ignore = house.path(".gitignore");
    let kept = told(std::fs::read(&ignore))?;
    told(std::fs::write(&ignore, "/data\n"))?;
    finds("config.env-ignored", "does not ignore", &[]).await?;
    house.git(&["add", "-f", ".env"])?;
    finds("config.env-ignored", "tracks", &[]).await?;
    finds("config.leaks", "looks like a secret", &[]).await?;
    house.git(&["rm", "-q", "--cached", ".env"])?;
    told(std::fs::write(&ignore, kept))?;
    // One that has the looks of a token, and is nobody's.
    let strange = format!("MTA{}.GabcdE.{}", "x".repeat(23), "y".repeat(30));
    told(std::fs::write(house.path("notes.txt"), strange))?;
    house.git(&["add", "notes.txt"])?;
    finds("config.leaks", "notes.txt", &[]).await?;
    house.git(&["rm", "-qf", "notes.txt"])?;
    house.is_in_order("settings").await?;
    house.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discord_that_is_not_as_it_should_be() -> Told<()> {
    let house = House::in_order().await?;
    let (discord, olga) = (&house.stage.discord, house.stage.person("Olga"));
    let finds = async |check: &str, words: &str, settings: &[(&str, &str)]| {
        house.finds(check, words, settings).await
    };
    let nobody = ("DISCORD_API_URL", "http://127.0.0.1:9");
    finds("discord.reach", "does not let us connect", &[nobody]).await?;
    let nowhere = ("DISCORD_API_URL", "http://discord.invalid:80");
    finds("discord.reach", "cannot be resolved", &[nowhere]).await?;
    let late = speaks_http("Date: Tue, 01 Jan 2019 00:00:00 GMT\r\n")?;
    finds("discord.clock", "timedatectl", &[("DISCORD_API_URL", &late)]).await?;
    let wrong = ("DISCORD_TOKEN", "a-token-that-has-the-right-shape");
    finds("discord.token", "does not accept", &[wrong]).await?;
    let other = ("DISCORD_CLIENT_ID", "123456789012345678");
    finds("discord.application", "the token is of application", &[other]).await?;
    discord.set_privileged_intents(0);
    finds("discord.intents", "not switched on", &[]).await?;
    discord.set_privileged_intents(Intents::GUILD_MEMBERS | Intents::MESSAGE_CONTENT);
    finds("discord.intents", "needs neither", &[]).await?;
    discord.set_privileged_intents(Intents::GUILD_MEMBERS);
    // A panel more or less makes other commands of `/server`.
    finds("discord.commands", "another version of: server", &[("AMP_ENABLED", "false")]).await?;
    let all = Permissions(gamekeeper::stage::invited_with().bits());
    told(olga.set_bot_permissions(Permissions(all.0 & !Permissions::MANAGE_ROLES.0)))?;
    finds("guild.permissions", "Manage Roles", &[]).await?;
    told(olga.set_bot_permissions(all))?;
    let chess = house.stage.guild.role_id("Chess");
    told(olga.drag_bot_role_below(chess))?;
    finds("guild.role-position", "Chess", &[]).await?;
    told(olga.drag_bot_role_to_top())?;
    let made = told(olga.fill_roles(3))?;
    assert!(made > 100, "{made}");
    finds("guild.room", "room for 1 more games", &[]).await?;
    for role in house.stage.guild.state().roles {
        if !is_known(&role.name) {
            told(olga.delete_role(role.id))?;
        }
    }
    house.is_in_order("Discord").await?;
    told(olga.delete_channel(house.stage.channel("admin")?))?;
    finds("guild.channels", "the admin panel", &[]).await?;
    house.close().await
}

/// A channel that is there and closed to the bot is as bad as none.
#[tokio::test(flavor = "multi_thread")]
async fn channels_that_the_bot_may_not_post_in() -> Told<()> {
    let house = House::in_order().await?;
    let olga = house.stage.person("Olga");
    let admin = house.stage.channel("admin")?;
    let bot = OverwriteTarget::Member(house.stage.discord.world().bot());
    told(olga.hide_channel_from_bot(admin))?;
    house.finds("guild.channels", "the admin panel: the bot lacks View Channel", &[]).await?;
    told(olga.set_overwrite(admin, bot, Permissions::NONE, Permissions::SEND_MESSAGES))?;
    house.finds("guild.channels", "lacks Send Messages in #admin", &[]).await?;
    told(olga.remove_overwrite(admin, bot))?;
    house.is_in_order("the panel's channel").await?;

    let players = told(olga.create_channel(ChannelKind::Text, "players", None))?;
    let dashboard = ("DASHBOARD_CHANNEL_ID", players.to_string());
    let dashboard = [(dashboard.0, dashboard.1.as_str())];
    told(olga.hide_channel(players))?;
    house.finds("guild.channels", "DASHBOARD_CHANNEL_ID: the bot lacks", &dashboard).await?;
    let nowhere = [("DASHBOARD_CHANNEL_ID", "123456789012345678")];
    house.finds("guild.channels", "is no channel of a server", &nowhere).await?;

    let store = told(Store::open(&house.database()).await)?;
    let tx = told(store.begin().await)?;
    let mut settings = told(tx.settings(house.stage.guild_id()).await)?;
    settings.log_channel = domain::ChannelId::new_checked(players.0);
    told(tx.put_settings(&settings, 0).await)?;
    told(tx.commit().await)?;
    told(store.close().await)?;
    house.finds("guild.channels", "the log: the bot lacks View Channel in #players", &[]).await?;
    let everyone = OverwriteTarget::Role(house.stage.guild.id().everyone());
    told(olga.remove_overwrite(players, everyone))?;
    house.is_in_order("all channels").await?;
    house.close().await
}

/// Roles that were there before it was filled up.
fn is_known(name: &str) -> bool {
    ["@everyone", "Keepers", "Gamekeeper"].contains(&name) || name.contains("Chess")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_a_database_and_a_panel_that_are_not() -> Told<()> {
    let house = House::in_order().await?;
    let finds = async |check: &str, words: &str, settings: &[(&str, &str)]| {
        house.finds(check, words, settings).await
    };
    let away = ("DATABASE_URL", "postgresql://me:secret@127.0.0.1:9/x");
    finds("database.reach", "systemctl status postgresql", &[away]).await?;
    let future = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)";
    house.sql(future).await?;
    finds("database.schema", "m9999_future", &[]).await?;
    house.sql("DELETE FROM seaql_migrations WHERE version = 'm9999_future'").await?;
    // The newest change of the schema is not there yet.
    let newest = "(SELECT max(version) FROM seaql_migrations)";
    house
        .sql(&format!(
            "CREATE TABLE kept AS SELECT * FROM seaql_migrations WHERE version = {newest}"
        ))
        .await?;
    house.sql(&format!("DELETE FROM seaql_migrations WHERE version = {newest}")).await?;
    finds("database.schema", "upgrade-check", &[]).await?;
    house.sql("INSERT INTO seaql_migrations SELECT * FROM kept").await?;
    house.sql("DROP TABLE kept").await?;
    if house.tenant.is_none() {
        a_bad_disk(&house).await?;
    }
    house.is_in_order("the database").await?;

    told(std::fs::write(house.path("a-file"), "x"))?;
    finds("host.data-dir", "is not a directory", &[("GAMEKEEPER_DATA_DIR", "a-file")]).await?;
    let data = house.path("data");
    let mode = |mode| told(std::fs::set_permissions(&data, PermissionsExt::from_mode(mode)));
    mode(0o755)?;
    finds("host.data-dir", "chmod 700", &[]).await?;
    mode(0o700)?;
    let log = ("GAMEKEEPER_LOG_FILE", "/no/such/directory/gamekeeper.log");
    finds("host.log-dir", "cannot be written", &[log]).await?;
    finds("host.timezone", "Europe/Berlin", &[("TZ", "Europe/Berlin")]).await?;

    let refused = ("AMP_PASSWORD", "another");
    finds("amp.login", "the name or the password is wrong", &[refused]).await?;
    finds("amp.login", "cannot be reached", &[("AMP_URL", "http://127.0.0.1:9")]).await?;
    let user = house.amp.user("bot").deny("Core.AppManagement.StopApplication");
    finds("amp.rights", "Arena lacks Stop Application", &[]).await?;
    let user = user.revoke("-Core.AppManagement.StopApplication").manages_no_more(house.arena);
    finds("amp.login", "shows no instance", &[]).await?;
    user.manages(house.arena);
    house.is_in_order("the machine").await?;
    house.close().await
}

/// The middle of the SQLite file is written over.
async fn a_bad_disk(house: &House) -> Told<()> {
    let file = house.path("data/gamekeeper.db");
    let whole = told(std::fs::read(&file))?;
    let (pages, at) = (whole.len() / 4_096, 4_096 * 3);
    assert!(pages > 8, "{pages}");
    let mut bytes = whole.clone();
    bytes[at..at + 4_096 * 4].fill(0x5a);
    told(std::fs::write(&file, bytes))?;
    let damaged = house.finds("database.integrity", "", &[]).await;
    let damaged = match damaged {
        Err(_) => house.finds("database.reach", "backup restore", &[]).await,
        found => found,
    };
    damaged?;
    told(std::fs::write(&file, whole))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_did_not_end_in_order_or_is_another_version() -> Told<()> {
    let house = House::in_order().await?;
    let bot = house.start()?;
    house.is_up().await?;
    house.is_in_order("the start").await?;
    let journal = house.path("data/run-house.json");
    let text = told(std::fs::read_to_string(&journal))?;
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&version), "{text}");
    told(std::fs::write(&journal, text.replace(&version, "\"version\": \"0.0.1\"")))?;
    house.finds("process.version", "the bot that runs is 0.0.1", &[]).await?;
    drop(bot);
    house.finds("process.shutdown", "did not end in order", &[]).await?;
    // In a new container the doctor has the number that the bot had in the last one.
    let line = format!(
        "sed -i \"s/\\\"pid\\\": [0-9]*/\\\"pid\\\": $$/\" data/run-house.json; exec {} doctor --json",
        env!("CARGO_BIN_EXE_gamekeeper")
    );
    let mut command = Command::new("sh");
    command.args(["-c", &line]).current_dir(house.home.path());
    let output = told(told(tokio::task::spawn_blocking(move || command.output()).await)?)?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("did not end in order"), "{said}");
    assert!(!said.contains("the bot that runs is"), "{said}");
    house.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_that_reach_nobody() -> Told<()> {
    let house = House::in_order().await?;
    let env = house.path(".env");
    let whole = told(std::fs::read_to_string(&env))?;
    let without = |names: &str| {
        let kept = whole.lines().filter(|line| !line.starts_with(names));
        told(std::fs::write(&env, kept.collect::<Vec<_>>().join("\n")))
    };
    without("GAMEKEEPER_ALERT")?;
    house.finds("alerts.route", "nobody is told", &[]).await?;
    without("GAMEKEEPER_DEADMAN")?;
    house.finds("alerts.deadman", "whole machine", &[]).await?;
    told(std::fs::write(&env, &whole))?;
    let tried = house.ask(&["--send-test", "--strict"], &[]).await?;
    assert_eq!(tried.code, Some(0), "{}", tried.text());
    assert!(tried.table.contains("took a test message"), "{}", tried.table);
    // Without a try nothing is known.
    let untried = house.ask(&["--strict"], &[]).await?;
    assert_eq!(untried.code, Some(0), "{}", untried.text());
    assert!(untried.table.contains("skipped  alerts.route"), "{}", untried.table);
    let nobody = ("GAMEKEEPER_ALERT_WEBHOOK", "http://127.0.0.1:9/hook");
    let tried = house.ask(&["--send-test"], &[nobody]).await?;
    assert_eq!(tried.code, Some(2), "{}", tried.text());
    assert!(tried.table.contains("did not take a test message"), "{}", tried.table);
    house.close().await
}

/// A route that hangs keeps no other one waiting: here each hangs until all of them were tried.
#[tokio::test(flavor = "multi_thread")]
async fn routes_that_hang() -> Told<()> {
    let house = House::in_order().await?;
    let silent = told(std::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = told(silent.local_addr())?;
    std::thread::spawn(move || {
        // Dropped, and so closed without a word, when the last one is there.
        let _ = silent.incoming().take(3).collect::<Vec<_>>();
    });
    let (hook, discord, smtp) = (
        format!("http://{address}/hook"),
        format!("http://{address}/api/webhooks/123456789012345678/token"),
        format!("smtp://{address}"),
    );
    let settings = [
        ("GAMEKEEPER_ALERT_WEBHOOK", hook.as_str()),
        ("GAMEKEEPER_ALERT_DISCORD", &discord),
        ("GAMEKEEPER_ALERT_SMTP", &smtp),
        ("GAMEKEEPER_ALERT_MAIL_FROM", "bot@example.org"),
        ("GAMEKEEPER_ALERT_MAIL_TO", "olga@example.org"),
    ];
    let tried = house.ask(&["--send-test"], &settings).await?;
    assert_eq!(tried.code, Some(2), "{}", tried.text());
    for route in ["webhook", "discord", "mail"] {
        let told = format!("{route}: did not take a test message");
        assert!(tried.table.contains(&told), "{route}: {}", tried.table);
    }
    assert!(!tried.table.contains("no answer came within"), "one by one: {}", tried.table);
    house.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_that_are_old_or_unproven() -> Told<()> {
    let house = House::in_order().await?;
    // Has the bot remember something else of its backups, and after that what it knew.
    let with = async |key: &str, change: fn(Value) -> Option<Value>, check, words: &str| {
        let was = house.fact(key).await?;
        let now = was.as_deref().map(serde_json::from_str).transpose();
        let now = change(told(now)?.unwrap_or_default()).map(|value| value.to_string());
        house.set_fact(key, now.as_deref()).await?;
        house.finds(check, words, &[]).await?;
        house.set_fact(key, was.as_deref()).await
    };
    let old = |mut fact: Value| {
        fact["at"] = "2020-01-01T00:00:00Z".into();
        Some(fact)
    };
    with("backup.last", old, "backup.age", "hours old").await?;
    with("backup.verified", old, "backup.verified", "days ago").await?;
    with("backup.offsite", old, "backup.offsite", "second place").await?;
    with("backup.last", |_| None, "backup.age", "no backup yet").await?;
    let failed =
        |_| Some(json!({ "doing": "create", "at": "2020-01-01T00:00:00Z", "what": "no room" }));
    with("backup.failed.create", failed, "backup.age", "no room").await?;
    // A disk that is not mounted: its directory is gone, or empty.
    let (elsewhere, away) = (house.path("elsewhere"), house.path("away"));
    told(std::fs::rename(&elsewhere, &away))?;
    house.finds("backup.offsite", "the directory is not there", &[]).await?;
    told(std::fs::create_dir(&elsewhere))?;
    house.finds("backup.offsite", "is not there any more", &[]).await?;
    told(std::fs::remove_dir(&elsewhere))?;
    told(std::fs::rename(&away, &elsewhere))?;
    let shrunk = |mut trend: Value| {
        let small = json!({ "at": "2020-01-01T00:00:00Z", "bytes": 1, "rows": 1 });
        trend.as_array_mut()?.push(small);
        Some(trend)
    };
    with("backup.trend", shrunk, "backup.trend", "the time before").await?;
    let smaller = |mut trend: Value| {
        let mut small = trend.as_array()?.first()?.clone();
        small["bytes"] = 1.into();
        trend.as_array_mut()?.push(small);
        Some(trend)
    };
    with("backup.trend", smaller, "backup.trend", "in 0 KiB").await?;
    let bare = |mut fact: Value| {
        fact["without_native"] = "no pg_dump".into();
        Some(fact)
    };
    with("backup.last", bare, "backup.tools", "the rows only: no pg_dump").await?;
    let env = house.path(".env");
    let whole = told(std::fs::read_to_string(&env))?;
    let kept = whole.lines().filter(|line| !line.starts_with("GAMEKEEPER_BACKUP_"));
    told(std::fs::write(&env, kept.collect::<Vec<_>>().join("\n")))?;
    house.finds("backup.encrypted", "age-keygen", &[]).await?;
    house.finds("backup.offsite", "this machine only", &[]).await?;
    told(std::fs::write(&env, whole))?;
    house.is_in_order("backups").await?;
    house.close().await
}

/// Few open files: a limit that a shell hands on.
#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_is_too_low() -> Told<()> {
    let house = House::in_order().await?;
    let line = format!("ulimit -n 256; exec {} doctor", env!("CARGO_BIN_EXE_gamekeeper"));
    let mut command = Command::new("sh");
    command.args(["-c", &line]).current_dir(house.home.path()).env_clear();
    let output = told(tokio::task::spawn_blocking(move || command.output()).await)?;
    let said = String::from_utf8_lossy(&told(output)?.stdout).into_owned();
    let found = said.lines().any(|line| line.starts_with("warning  host.files"));
    assert!(found && said.contains("LimitNOFILE"), "{said}");
    house.close().await
}
