//! A database file that is not right: `gamekeeper run` says so in one sentence, leaves with the code
//! that fits, and leaves the file as it is.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use gamekeeper::stage::verbs::Told;
use store::{Store, StoreConfig};

const SETTINGS: [(&str, &str); 2] = [
    ("DISCORD_TOKEN", "a-token-that-has-the-right-shape"),
    ("DISCORD_CLIENT_ID", "123456789012345678"),
];

/// A directory with `data/gamekeeper.db` in it.
struct Home(tempfile::TempDir);

impl Home {
    fn empty() -> Told<Self> {
        let home = tempfile::tempdir().map_err(|e| e.to_string())?;
        fs::create_dir(home.path().join("data")).map_err(|e| e.to_string())?;
        Ok(Self(home))
    }

    fn with(content: &[u8]) -> Told<Self> {
        let home = Self::empty()?;
        fs::write(home.file(), content).map_err(|e| e.to_string())?;
        Ok(home)
    }

    /// With a database that is in order, and larger than a page or two.
    async fn in_order() -> Told<Self> {
        let home = Self::empty()?;
        let store = Store::open(&StoreConfig::sqlite_file(&home.file())).await;
        let store = store.map_err(|e| e.to_string())?;
        for number in 0..40 {
            let fact = store.set_fact(&format!("fact {number}"), &"x".repeat(2_000)).await;
            fact.map_err(|e| e.to_string())?;
        }
        store.close().await.map_err(|e| e.to_string())?;
        Ok(home)
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn file(&self) -> PathBuf {
        self.data().join("gamekeeper.db")
    }

    /// Sees the program, started through `before`, end with this code and these words, and
    /// everything as it was.
    fn ends_with(&self, before: &[&str], code: i32, words: &[&str]) -> Told<()> {
        let was = content(&self.data())?;
        // A program that finds nothing wrong would wait for Discord.
        let output = Command::new("timeout")
            .arg("60")
            .args(before)
            .args([env!("CARGO_BIN_EXE_gamekeeper"), "run"])
            .current_dir(self.0.path())
            .env_clear()
            .env("GAMEKEEPER_HTTP", "off")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(SETTINGS)
            .output()
            .map_err(|e| e.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert_eq!(said.lines().filter(|line| line.starts_with("gamekeeper: ")).count(), 1);
        for word in words {
            assert!(said.contains(word), "{word:?} is missing in: {said}");
        }
        assert!(was == content(&self.data())?, "something was written");
        Ok(())
    }
}

/// Every file's name and bytes.
fn content(dir: &Path) -> Told<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| e.to_string())? {
        let path = entry.map_err(|e| e.to_string())?.path();
        let bytes = if path.is_dir() { Vec::new() } else { fs::read(&path).unwrap_or_default() };
        files.push((path, bytes));
    }
    files.sort();
    Ok(files)
}

fn allow(path: &Path, mode: u32) -> Told<()> {
    fs::set_permissions(path, Permissions::from_mode(mode)).map_err(|e| e.to_string())
}

/// As somebody who may not do more than the files' modes say, which root may.
fn bound_by_modes() -> Told<&'static [&'static str]> {
    let id = Command::new("id").arg("-u").output().map_err(|e| e.to_string())?;
    let root = id.stdout == b"0\n";
    Ok(if root { &["setpriv", "--bounding-set=-dac_override,-dac_read_search"] } else { &[] })
}

#[tokio::test]
async fn a_damaged_file_ends_with_65() -> Told<()> {
    let words = [
        "the SQLite file data/gamekeeper.db is damaged, or not SQLite's",
        "left as it is",
        "backup",
    ];
    Home::with(&b"once upon a time ".repeat(500))?.ends_with(&[], 65, &words)?;
    let home = Home::in_order().await?;
    let whole = fs::read(home.file()).map_err(|e| e.to_string())?;
    assert!(whole.len() > 80_000);
    // Cut off on a page's border, in the middle of a page, and after the first bytes.
    for length in [whole.len() / 2 / 4096 * 4096, whole.len() / 3, 100] {
        Home::with(&whole[..length])?.ends_with(&[], 65, &words)?;
    }
    // The list of tables itself.
    let mut spoilt = whole;
    spoilt[100..4096].fill(0xff);
    Home::with(&spoilt)?.ends_with(&[], 65, &words)
}

#[test]
fn a_directory_in_place_of_the_file_ends_with_78() -> Told<()> {
    let home = Home::empty()?;
    fs::create_dir(home.file()).map_err(|e| e.to_string())?;
    home.ends_with(&[], 78, &["DATABASE_URL names a directory where an SQLite file belongs"])
}

#[tokio::test]
async fn what_may_not_be_written_to_ends_with_69() -> Told<()> {
    let file = "the SQLite file data/gamekeeper.db cannot be opened";
    let words = [file, "may write to the file and to its directory"];
    let home = Home::in_order().await?;
    allow(&home.file(), 0o400)?;
    home.ends_with(bound_by_modes()?, 69, &words)?;
    allow(&home.file(), 0o600)?;
    allow(&home.data(), 0o500)?;
    home.ends_with(bound_by_modes()?, 69, &words)?;
    allow(&home.data(), 0o700)?;
    // And where there is no file yet.
    let home = Home::empty()?;
    allow(&home.data(), 0o500)?;
    home.ends_with(bound_by_modes()?, 69, &words)
}

#[tokio::test]
async fn no_room_for_a_new_file_ends_with_69() -> Told<()> {
    // A limit on the size of files is a full disk to who writes; the signal that comes with it would
    // not come with a full disk.
    let full = ["sh", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""];
    let home = Home::empty()?;
    fs::write(home.file(), b"").map_err(|e| e.to_string())?;
    home.ends_with(&full, 69, &["gamekeeper.db cannot be opened", "the disk has room"])
}
