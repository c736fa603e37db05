use std::fs::write;

use secrecy::ExposeSecret as _;
use settings::{Settings, render};

use crate::load;

#[test]
fn a_secret_may_stand_in_a_file_of_its_own() {
    let home = tempfile::tempdir().expect("a directory");
    let (token, url) = (home.path().join("token"), home.path().join("url"));
    write(&token, "  hunter2\n").expect("a file");
    write(&url, "postgresql://u:p@h/d").expect("a file");
    write(home.path().join(".env"), format!("DATABASE_URL_FILE={}", url.display()))
        .expect("a file");
    let environment = [("DISCORD_TOKEN_FILE", &*token.display().to_string())];
    let settings = load(home.path(), &environment).expect("settings");
    let secret = settings.secret("DISCORD_TOKEN").expect("a token");
    assert_eq!(secret.expose_secret(), "hunter2");
    assert_eq!(settings.get("DATABASE_URL"), Some("postgresql://u:p@h/d"));
    assert_eq!(settings.get("DISCORD_TOKEN_FILE"), None);
    assert!(settings.unknown().is_empty());
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn credentials_of_systemd_are_the_weakest() {
    let home = tempfile::tempdir().expect("a directory");
    for (name, text) in [("DISCORD_TOKEN", "one"), ("AMP_PASSWORD", "two"), ("LOG_LEVEL", "trace")]
    {
        write(home.path().join(name), text).expect("a file");
    }
    write(home.path().join("AMP_ATTIC_PASSWORD"), "three").expect("a file");
    let directory = home.path().display().to_string();
    let environment = [("CREDENTIALS_DIRECTORY", &*directory), ("AMP_PASSWORD", "set")];
    let settings = load(home.path(), &environment).expect("settings");
    assert_eq!(settings.get("DISCORD_TOKEN"), Some("one"));
    assert_eq!(settings.get("AMP_PASSWORD"), Some("set"));
    assert_eq!(settings.get("AMP_ATTIC_PASSWORD"), Some("three"));
    // What is not secret has no business among secrets.
    assert_eq!(settings.get("LOG_LEVEL"), None);
}

#[test]
fn credentials_of_an_object_store_come_from_all_places_by_the_providers_names() {
    let home = tempfile::tempdir().expect("a directory");
    let (key, web) = (home.path().join("key"), home.path().join("web"));
    write(&key, "hunter2\n").expect("a file");
    let (key, web) = (key.display(), web.display());
    let lines = format!(
        "AWS_REGION=eu-x\nAWS_ACCESS_KEY_ID=hunter1\nAWS_SECRET_ACCESS_KEY_FILE={key}\n\
         AWS_WEB_IDENTITY_TOKEN_FILE={web}\n"
    );
    write(home.path().join(".env"), lines).expect("a file");
    let settings =
        load(home.path(), &[("AZURE_STORAGE_ACCOUNT_KEY", "hunter3")]).expect("settings");
    let theirs: Vec<_> = settings
        .of_providers()
        .map(|(name, value)| format!("{name}={}", value.expose_secret()))
        .collect();
    let told = theirs.join("\n").replace(&home.path().display().to_string(), "…");
    // The last is the client's own to read; it is not there yet.
    insta::assert_snapshot!(told, @r"
    AWS_ACCESS_KEY_ID=hunter1
    AWS_REGION=eu-x
    AWS_SECRET_ACCESS_KEY=hunter2
    AWS_WEB_IDENTITY_TOKEN_FILE=…/web
    AZURE_STORAGE_ACCOUNT_KEY=hunter3
    ");
    let shown = render::show(&settings);
    assert!(!shown.contains("hunter") && shown.contains("eu-x"), "{shown}");
    assert!(settings.unknown().is_empty());
}

#[test]
fn a_file_that_cannot_be_the_secret_is_refused() {
    let home = tempfile::tempdir().expect("a directory");
    let refused = |text: Option<&[u8]>, more: &[(&str, &str)]| {
        let file = home.path().join("secret");
        let _ = std::fs::remove_file(&file);
        if let Some(text) = text {
            write(&file, text).expect("a file");
        }
        let file = file.display().to_string();
        let environment = [&[("DISCORD_TOKEN_FILE", &*file)], more].concat();
        let error = load(home.path(), &environment).expect_err("a refusal");
        assert_eq!(error.variable, "DISCORD_TOKEN_FILE");
        error.what.replace(&file, "…")
    };
    insta::assert_snapshot!(refused(None, &[]), @"(…) cannot be read: No such file or directory (os error 2)");
    insta::assert_snapshot!(refused(Some(b" \n"), &[]), @"(…) is empty");
    insta::assert_snapshot!(refused(Some(&vec![b'x'; 17 * 1024]), &[]), @"(…) is too long for a secret");
    insta::assert_snapshot!(refused(Some(&[0xff]), &[]), @"(…) cannot be read: stream did not contain valid UTF-8");
    insta::assert_snapshot!(refused(Some(b"x"), &[("DISCORD_TOKEN", "y")]), @"is set, and so is DISCORD_TOKEN");
}

#[test]
fn what_is_shown_has_masks() {
    let settings = Settings::of([
        ("DISCORD_TOKEN", "hunter2"),
        ("DATABASE_URL", "postgresql://me:hunter2@db/x"),
        ("LOG_LEVEL", "debug"),
        ("AMP_ATTIC_PASSWORD", "hunter2"),
    ]);
    let shown = render::show(&settings);
    assert!(!shown.contains("hunter2"), "{shown}");
    let lines: Vec<&str> = shown.lines().filter(|line| line.contains("[environment]")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    DISCORD_TOKEN                    ••••••••   [environment]
    DATABASE_URL                     ••••••••   [environment]
    LOG_LEVEL                        debug   [environment]
    AMP_ATTIC_PASSWORD               ••••••••   [environment]
    ");
    let default = shown.lines().find(|line| line.starts_with("GAMEKEEPER_USER_LIMIT"));
    assert!(default.is_some_and(|line| line.ends_with("4/24   [default]")), "{shown}");
}
