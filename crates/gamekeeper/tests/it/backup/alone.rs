//! Who may be at the database while something is put in its place, as an operator meets it. Each story
//! is told on a file, and on PostgreSQL where a server is at hand.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, ChildStderr, Stdio},
};

use gamekeeper::stage::verbs::{Told, until};
use jiff::Timestamp;
use store::{
    Hold, Instance, Scratch, Store, StoreConfig,
    migration::{self, Standing},
};

use crate::{program::gamekeeper, scene::server};

/// Discord is not to be reached: a bot waits for it for ever.
const SETTINGS: [(&str, &str); 3] = [
    ("DISCORD_TOKEN", "a-token-that-has-the-right-shape"),
    ("DISCORD_CLIENT_ID", "123456789012345678"),
    ("DISCORD_API_URL", "http://127.0.0.1:9"),
];

struct House {
    home: tempfile::TempDir,
    config: StoreConfig,
    scratch: Option<Scratch>,
}

impl House {
    async fn both() -> Told<Vec<Self>> {
        let home = || tempfile::tempdir().map_err(|e| e.to_string());
        let file = home()?;
        let config = StoreConfig::sqlite_file(&file.path().join("data/gamekeeper.db"));
        let mut houses = vec![Self { home: file, config, scratch: None }];
        if let Some(server) = server() {
            let scratch = Scratch::create(&server, "alone").await.map_err(|e| e.to_string())?;
            let config = scratch.config(4);
            houses.push(Self { home: home()?, config, scratch: Some(scratch) });
        }
        Ok(houses)
    }

    fn command(&self, arguments: &[&str]) -> std::process::Command {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut settings = SETTINGS.to_vec();
        settings.extend([("DATABASE_URL", self.config.url.as_str()), ("PATH", path.as_str())]);
        let mut command = gamekeeper(self.home.path(), &settings);
        command.args(arguments);
        command
    }

    /// What the program says; an error where it leaves with another code.
    fn says(&self, arguments: &[&str], code: i32, words: &str) -> Told<String> {
        let output = self.command(arguments).output().expect("the program starts");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        if output.status.code() == Some(code) && said.contains(words) {
            Ok(said)
        } else {
            Err(format!("{arguments:?} left with {:?}, expected {words:?}: {said}", output.status))
        }
    }

    async fn open(&self) -> Told<Store> {
        Store::open(&self.config).await.map_err(|e| e.to_string())
    }

    async fn pending(&self) -> Told<usize> {
        let schema = migration::status(&self.config).await.map_err(|e| e.to_string())?;
        Ok(schema.migrations.iter().filter(|one| one.standing == Standing::Pending).count())
    }

    async fn leave(self) -> Told<()> {
        let Some(scratch) = self.scratch else { return Ok(()) };
        scratch.drop_database().await.map_err(|e| e.to_string())
    }
}

/// A bot that waits for Discord; ended with the story.
struct Bot {
    process: Child,
    _says: BufReader<ChildStderr>,
}

impl Bot {
    fn starts(house: &House) -> Told<Self> {
        let begun = house.command(&["run"]).stderr(Stdio::piped()).spawn();
        let mut process = begun.map_err(|e| e.to_string())?;
        let mut says = BufReader::new(process.stderr.take().ok_or("it says nothing")?);
        let mut line = String::new();
        while !line.contains("Discord cannot be reached yet") {
            line.clear();
            if says.read_line(&mut line).map_err(|e| e.to_string())? == 0 {
                return Err(format!("it ended: {:?}", process.wait()));
            }
        }
        Ok(Self { process, _says: says })
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_does_not_start_under_a_restore_and_none_begins_under_its_start() -> Told<()> {
    for house in House::both().await? {
        house.says(&["migrate", "up"], 0, "applied")?;
        house.says(&["backup", "create"], 0, "made")?;
        let held = Hold::take(&house.config).await.map_err(|e| e.to_string())?;
        let held = held.ok_or("somebody has it")?;
        // 69: a supervisor tries again.
        house.says(&["run"], 69, "a restore, an import or a step of the schema is under way")?;
        held.release().await.map_err(|e| e.to_string())?;

        let bot = Bot::starts(&house)?;
        for command in [&["backup", "restore", "latest", "--force"][..], &["migrate", "down"]] {
            house.says(command, 69, "or a bot is starting on it")?;
        }
        drop(bot);
        until("the bot to be gone", || async {
            let hold = Hold::take(&house.config).await.ok()??;
            hold.release().await.ok()
        })
        .await?;
        house.says(&["backup", "restore", "latest"], 0, "restored")?;
        house.leave().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_does_not_go_back_under_a_running_bot() -> Told<()> {
    for house in House::both().await? {
        house.says(&["migrate", "down"], 0, "nothing to do")?;
        house.says(&["migrate", "up"], 0, "applied")?;
        let store = house.open().await?;
        let bot = Instance { name: "the-bot".to_owned(), boot: 7 };
        let now = Timestamp::now().as_millisecond();
        store.enter(&bot, now).await.map_err(|e| e.to_string())?;
        for command in [&["migrate", "down"][..], &["migrate", "down", "--no-backup"]] {
            house.says(command, 69, "a bot runs on this database: `the-bot`")?;
        }
        assert_eq!(house.pending().await?, 0);
        store.leave(&bot).await.map_err(|e| e.to_string())?;
        store.close().await.map_err(|e| e.to_string())?;
        house.says(&["migrate", "down"], 0, "undone")?;

        // And nobody is forgotten in a schema that would have to change for it.
        let before = house.pending().await?;
        house.says(&["data", "erase-member", "7", "--yes"], 2, "gamekeeper migrate up")?;
        assert_eq!(house.pending().await?, before);
        house.leave().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_machine_needs_nothing_made_by_hand() -> Told<()> {
    let old = House::both().await?.swap_remove(0);
    old.says(&["migrate", "up"], 0, "applied")?;
    old.says(&["backup", "create"], 0, "made")?;
    old.says(&["data", "export", "all.gkb"], 0, "written")?;
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    let (backups, file) = (old.home.path().join("data/backups"), old.home.path().join("all.gkb"));
    let file = file.display().to_string();
    for (data, command) in
        [("one", ["backup", "restore", "latest"]), ("two", ["data", "import", &file])]
    {
        let data = home.path().join(data).join("deep");
        let (data_text, backups) = (data.display().to_string(), backups.display().to_string());
        let path = std::env::var("PATH").unwrap_or_default();
        let settings = [
            ("GAMEKEEPER_DATA_DIR", data_text.as_str()),
            ("GAMEKEEPER_BACKUP_DIR", backups.as_str()),
            ("PATH", path.as_str()),
        ];
        let output = gamekeeper(home.path(), &settings).args(command).output();
        let output = output.map_err(|e| e.to_string())?;
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert_eq!(output.status.code(), Some(0), "{command:?}: {said}");
        assert!(data.join("gamekeeper.db").is_file());
    }
    Ok(())
}
