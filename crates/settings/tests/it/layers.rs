use std::fs::write;

use settings::Flags;

use crate::{load, load_with};

#[test]
fn the_command_line_is_stronger_than_the_environment_and_that_than_files() {
    let home = tempfile::tempdir().expect("a directory");
    let here = home.path();
    write(
        here.join("gamekeeper.toml"),
        "[log]\nlevel = 'trace'\n[discord]\nclient_id = 5\n[limits]\nuser = '1/1'\nguild = '1/1'\n",
    )
    .expect("a file");
    write(here.join(".env"), "LOG_LEVEL=debug\nDISCORD_CLIENT_ID=\nGAMEKEEPER_USER_LIMIT=2/2\n")
        .expect("a file");
    let flags = Flags { set: vec!["GAMEKEEPER_SHARDS=4".to_owned()], ..Flags::default() };
    let environment = [("LOG_LEVEL", "warn"), ("GAMEKEEPER_SHARDS", "3")];
    let settings = load_with(&flags, here, &environment).expect("settings");
    let told: Vec<_> = settings
        .names()
        .map(|name| {
            let origin = settings.origin(name).map(ToString::to_string).unwrap_or_default();
            let file = origin.rsplit('/').next().unwrap_or_default();
            format!("{name}={} [{file}]", settings.get(name).unwrap_or_default())
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    DISCORD_CLIENT_ID=5 [gamekeeper.toml]
    GAMEKEEPER_GUILD_LIMIT=1/1 [gamekeeper.toml]
    GAMEKEEPER_SHARDS=4 [--set]
    GAMEKEEPER_USER_LIMIT=2/2 [.env]
    LOG_LEVEL=warn [environment]
    ");
}

#[test]
fn a_toml_file_can_be_anywhere_and_has_panels_and_lists() {
    let home = tempfile::tempdir().expect("a directory");
    let file = home.path().join("other.toml");
    write(
        &file,
        "[amp]\nenabled = true\npanels = ['attic', 'shed']\n[amp.attic]\nurl = 'http://a'\n",
    )
    .expect("a file");
    let named = file.display().to_string();
    let by_variable = load(home.path(), &[("GAMEKEEPER_CONFIG", &named)]).expect("settings");
    let flags = Flags { toml: Some(file), ..Flags::default() };
    let by_flag = load_with(&flags, home.path(), &[]).expect("settings");
    for settings in [by_variable, by_flag] {
        assert_eq!(settings.get("AMP_ENABLED"), Some("true"));
        assert_eq!(settings.get("AMP_PANELS"), Some("attic,shed"));
        assert_eq!(settings.get("AMP_ATTIC_URL"), Some("http://a"));
        assert!(settings.unknown().is_empty());
    }
}

#[test]
fn what_cannot_be_read_is_refused_by_its_name() {
    let home = tempfile::tempdir().expect("a directory");
    let here = home.path();
    let refused = |environment: &[(&str, &str)]| {
        let error = load(here, environment).expect_err("a refusal");
        error.to_string().replace(&here.display().to_string(), "…")
    };
    insta::assert_snapshot!(refused(&[("GAMEKEEPER_CONFIG", "/no/such.toml")]), @"GAMEKEEPER_CONFIG (/no/such.toml) cannot be read: No such file or directory (os error 2). gamekeeper config template --toml prints one that can be read");
    write(here.join("gamekeeper.toml"), "[discord]\ntoken = \"hunter2\n").expect("a file");
    insta::assert_snapshot!(refused(&[]), @"GAMEKEEPER_CONFIG (…/gamekeeper.toml) is not TOML: invalid basic string, expected `\"` (line 2). gamekeeper config template --toml prints one that can be read");
    write(here.join("gamekeeper.toml"), "[log]\nlevel = 2020-01-01\n").expect("a file");
    insta::assert_snapshot!(refused(&[]), @"GAMEKEEPER_CONFIG (…/gamekeeper.toml) has a date at log.level; write it as text. gamekeeper config template --toml prints one that can be read");
    write(here.join("gamekeeper.toml"), "").expect("a file");
    write(here.join(".env"), [0xff, 0xfe, b'=']).expect("a file");
    insta::assert_snapshot!(refused(&[]), @".env (…/.env) cannot be read: stream did not contain valid UTF-8. Make it a text file in UTF-8 that the bot's user may read (mode 600)");
}

#[test]
fn unknown_names_are_told_with_the_nearest_known_one() {
    let home = tempfile::tempdir().expect("a directory");
    let here = home.path();
    write(here.join("gamekeeper.toml"), "[log]\nlevle = 'info'\n[amp]\nurll = 'x'\n")
        .expect("a file");
    write(here.join(".env"), "AMP_PASWORD=hunter2\nSOMETHING_ELSE=1\n").expect("a file");
    let environment = [
        ("GAMEKEEPER_QQQ", "1"),
        ("PATH", "/bin"),
        ("GAMEKEEPER_SHARDS_FILE", "/x"),
        ("DISCORD_TOKN", "y"),
    ];
    let settings = load(here, &environment).expect("settings");
    let told: Vec<String> = settings.unknown().iter().map(ToString::to_string).collect();
    let told = told.join("\n").replace(&here.display().to_string(), "…");
    insta::assert_snapshot!(told, @r"
    AMP_PASWORD (in …/.env) is not a setting of Gamekeeper. Did you mean AMP_PASSWORD?
    AMP_URLL (in …/gamekeeper.toml) is not a setting of Gamekeeper. Did you mean AMP_URL?
    DISCORD_TOKN (in environment) is not a setting of Gamekeeper. Did you mean DISCORD_TOKEN?
    GAMEKEEPER_LOG_LEVLE (in …/gamekeeper.toml) is not a setting of Gamekeeper. Did you mean LOG_LEVEL?
    GAMEKEEPER_QQQ (in environment) is not a setting of Gamekeeper. Take it out; gamekeeper config template lists all settings
    GAMEKEEPER_SHARDS_FILE (in environment) is not a setting of Gamekeeper. Did you mean GAMEKEEPER_SHARDS?
    ");
}

#[test]
fn the_command_line_takes_no_secrets() {
    let home = tempfile::tempdir().expect("a directory");
    let refused = |text: &str| {
        let flags = Flags { set: vec![text.to_owned()], ..Flags::default() };
        load_with(&flags, home.path(), &[]).expect_err("a refusal").to_string()
    };
    insta::assert_snapshot!(refused("DISCORD_TOKEN=hunter2"), @"--set names DISCORD_TOKEN, which is secret, and command lines can be read by everybody. Put it into .env, or into a file that its _FILE variable names");
    insta::assert_snapshot!(refused("LOG_LEVEL"), @"--set has no `=` in it. Write --set NAME=VALUE");
    insta::assert_snapshot!(refused("LOG_LEVLE=info"), @"--set names `LOG_LEVLE`, which is not a setting. gamekeeper config template lists all settings");
}
