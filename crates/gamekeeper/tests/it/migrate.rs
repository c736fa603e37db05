//! `gamekeeper migrate` as an operator types it: what it says, and the code it leaves with. Each
//! story is told on a file, and on PostgreSQL where a server is at hand.

use gamekeeper::stage::verbs::Told;
use sea_orm::{ConnectionTrait as _, Database};
use store::{Scratch, StoreConfig, migration};

use crate::{program::gamekeeper, scene::server};

/// A database to migrate, and where the program runs.
struct Place {
    home: tempfile::TempDir,
    config: StoreConfig,
    scratch: Option<Scratch>,
}

impl Place {
    /// One on a file, and one on a server.
    async fn both() -> Told<Vec<Self>> {
        let home = || tempfile::tempdir().map_err(|e| e.to_string());
        let file = home()?;
        let config = StoreConfig::sqlite_file(&file.path().join("data/gamekeeper.db"));
        let mut places = vec![Self { home: file, config, scratch: None }];
        if let Some(server) = server() {
            let scratch = Scratch::create(&server, "migrate").await.map_err(|e| e.to_string())?;
            let config = scratch.config(2);
            places.push(Self { home: home()?, config, scratch: Some(scratch) });
        }
        Ok(places)
    }

    /// What the program says to `gamekeeper migrate …`, and its exit code.
    fn migrate(&self, arguments: &[&str]) -> (Option<i32>, String) {
        self.program("migrate", arguments, &[])
    }

    fn program(
        &self,
        command: &str,
        arguments: &[&str],
        more: &[(&str, &str)],
    ) -> (Option<i32>, String) {
        let url = ("DATABASE_URL", self.config.url.as_str());
        let mut settings = more.to_vec();
        // The file is where it is without any setting.
        settings.extend(self.scratch.as_ref().map(|_| url));
        let output = gamekeeper(self.home.path(), &settings)
            .arg(command)
            .args(arguments)
            .output()
            .expect("the program starts");
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    }

    async fn run(&self, sql: &str) -> Told<()> {
        let db = Database::connect(&self.config.url).await.map_err(|e| e.to_string())?;
        db.execute_unprepared(sql).await.map_err(|e| e.to_string())?;
        db.close().await.map_err(|e| e.to_string())
    }

    async fn names(&self) -> Told<Vec<String>> {
        let schema = migration::status(&self.config).await.map_err(|e| e.to_string())?;
        Ok(schema.migrations.into_iter().map(|listed| listed.name).collect())
    }

    async fn leave(self) -> Told<()> {
        let Some(scratch) = self.scratch else { return Ok(()) };
        scratch.drop_database().await.map_err(|e| e.to_string())
    }
}

/// Lines of one word and these names.
fn lines(word: &str, names: &[String]) -> String {
    names.iter().fold(String::new(), |text, name| format!("{text}{word:<9}{name}\n"))
}

#[tokio::test(flavor = "multi_thread")]
async fn it_tells_goes_up_and_goes_down() -> Told<()> {
    for place in Place::both().await? {
        let names = place.names().await?;
        let (code, said) = place.migrate(&["status"]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.starts_with("database ") && said.ends_with(&lines("pending", &names)));
        assert!(!place.home.path().join("data").exists(), "a look made something");

        assert_eq!(place.migrate(&["up"]), (Some(0), lines("applied", &names)));
        assert_eq!(place.migrate(&["up"]), (Some(0), "nothing to do\n".to_owned()));
        let (_, said) = place.migrate(&["status"]);
        assert!(said.ends_with(&lines("applied", &names)), "{said}");

        // As far as the first, and no further.
        for name in names.iter().skip(1).rev() {
            assert_eq!(
                place.migrate(&["down"]),
                (Some(0), lines("undone", std::slice::from_ref(name)))
            );
        }
        for arguments in [&["down"][..], &["down", "9"], &["down", "--all"], &["down", "--yes"]] {
            let (code, said) = place.migrate(arguments);
            assert_eq!(code, Some(2), "{arguments:?}: {said}");
            assert!(said.contains("--yes") && said.contains("--all"), "{arguments:?}: {said}");
        }
        let all = ["down", "--all", "--yes"];
        assert_eq!(place.migrate(&all), (Some(0), lines("undone", &names[..1])));
        assert_eq!(place.migrate(&all), (Some(0), "nothing to do\n".to_owned()));
        place.leave().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused_with_both_cures() -> Told<()> {
    for place in Place::both().await? {
        place.migrate(&["up"]);
        place.run("INSERT INTO seaql_migrations VALUES ('m9999_later', 0)").await?;
        let token = ("DISCORD_TOKEN", "a-token-that-has-the-right-shape");
        let id = ("DISCORD_CLIENT_ID", "123456789012345678");
        let newest = place.names().await?.into_iter().rev().nth(1).unwrap_or_default();
        for (code, said) in [
            place.program("run", &[], &[token, id]),
            place.migrate(&["up"]),
            place.migrate(&["down"]),
        ] {
            assert_eq!(code, Some(78), "{said}");
            let sentence = format!(
                "gamekeeper: DATABASE_URL names a database with schema m9999_later, but the newest \
                 that this version knows is {newest}; nothing was changed. Run the newer version \
                 again, or with the newer version go back first: gamekeeper migrate down 1"
            );
            assert_eq!(said.trim_end(), sentence);
        }
        let (code, said) = place.migrate(&["status"]);
        assert_eq!(code, Some(0));
        assert!(said.ends_with("unknown  m9999_later  (made by a newer version)\n"), "{said}");
        place.leave().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_somebody_else_is_refused() -> Told<()> {
    for place in Place::both().await? {
        std::fs::create_dir(place.home.path().join("data")).map_err(|e| e.to_string())?;
        place.run("CREATE TABLE game (title TEXT)").await?;
        let token = ("DISCORD_TOKEN", "a-token-that-has-the-right-shape");
        let id = ("DISCORD_CLIENT_ID", "123456789012345678");
        for (code, said) in [
            place.program("run", &[], &[token, id]),
            place.migrate(&["up"]),
            place.migrate(&["down"]),
        ] {
            assert_eq!(code, Some(78), "{said}");
            assert!(said.contains("with a `game` in it that Gamekeeper did not make"), "{said}");
        }
        place.leave().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_do_each_step_once() -> Told<()> {
    for place in Place::both().await? {
        let names = place.names().await?;
        std::thread::scope(|threads| {
            let ups: Vec<_> = (0..4).map(|_| threads.spawn(|| place.migrate(&["up"]))).collect();
            let mut applied = String::new();
            for up in ups {
                let (code, said) = up.join().expect("it ran");
                assert_eq!(code, Some(0), "{said}");
                applied.push_str(said.strip_prefix("nothing to do\n").unwrap_or(&said));
            }
            assert_eq!(applied, lines("applied", &names));
        });
        place.leave().await?;
    }
    Ok(())
}
