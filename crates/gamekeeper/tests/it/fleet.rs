//! Two processes on one PostgreSQL: each with its shards and their games, and one finishes what the
//! other left when it was killed.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use domain::{GameId, GuildId};
use gamekeeper::{
    child::{BotProcess, Program},
    stage::{
        invited_with,
        verbs::{Told, until},
    },
};
use sandbox::{
    Config, Sandbox,
    actor::{GuildHandle, Reply},
    faults::Hold,
    world::{ChannelKind, Permissions},
};
use store::{Scratch, Store};
use twilight_model::id::Id;

use crate::scene::{SERVER, ends_with, skip};

/// Short, so that the story is. A process counts as dead after a third of it.
const LEASE: Duration = Duration::from_secs(9);

/// Two shards, a guild on each, and a database.
struct Field {
    discord: Sandbox,
    /// By shard.
    guilds: Vec<GuildHandle>,
    /// What each guild had before any game.
    before: Vec<BTreeSet<u64>>,
    scratch: Scratch,
    store: Store,
    home: tempfile::TempDir,
}

fn id_of(guild: &GuildHandle) -> GuildId {
    Id::new(guild.id().0.max(1))
}

fn objects(guild: &GuildHandle) -> BTreeSet<u64> {
    let roles = guild.state().roles.iter().map(|role| role.id.0).collect::<Vec<_>>();
    roles.into_iter().chain(guild.channels().iter().map(|channel| channel.id.0)).collect()
}

impl Field {
    async fn set(server: &str) -> Told<Self> {
        let config = Config { shards: Some(2), ..Config::default() };
        let discord = Sandbox::start(config).await.map_err(|e| e.to_string())?;
        let mut by_shard = BTreeMap::new();
        for number in 0..100 {
            let guild = discord
                .new_guild(&format!("Club {number}"))
                .owner("Olga")
                .channel(ChannelKind::Text, "general")
                .bot(Permissions(invited_with().bits()))
                .build();
            by_shard.entry((guild.id().0 >> 22) % 2).or_insert(guild);
            if by_shard.len() == 2 {
                break;
            }
        }
        let guilds: Vec<GuildHandle> = by_shard.into_values().collect();
        let before = guilds.iter().map(objects).collect();
        let scratch = Scratch::create(server, "fleet").await.map_err(|e| e.to_string())?;
        let store = Store::open(&scratch.config(2)).await.map_err(|e| e.to_string())?;
        let home = tempfile::tempdir().map_err(|e| e.to_string())?;
        Ok(Self { discord, guilds, before, scratch, store, home })
    }

    fn start(&self, name: &str) -> Told<BotProcess> {
        Program::at(env!("CARGO_BIN_EXE_gamekeeper"))
            .set("DATABASE_URL", self.scratch.config(4).url)
            .set("GAMEKEEPER_INSTANCE", name)
            .set("GAMEKEEPER_LEASE_SECONDS", LEASE.as_secs().to_string())
            .start(&self.discord, self.home.path())
    }

    /// Waits until the shards are held like this, and people of both guilds are answered.
    async fn divided(&self, holders: [&str; 2]) -> Told<()> {
        until(&format!("the shards to be held by {holders:?}"), || async {
            let held = self.store.shard_holders().await.ok()?;
            let held: Vec<&str> = held.values().map(String::as_str).collect();
            (held == holders).then_some(())
        })
        .await?;
        for guild in &self.guilds {
            until("a command to be answered", || async {
                let reply = guild.owner().slash("help", sandbox::actor::NO_OPTIONS);
                let first = tokio::time::timeout(Duration::from_millis(300), reply.first());
                matches!(first.await, Ok(sandbox::actor::First::Message(_))).then_some(())
            })
            .await?;
        }
        Ok(())
    }

    /// Waits until there are so many games and nothing is owed; answers who was seen at work on
    /// each game on the way.
    async fn rest(&self, games: usize) -> Told<BTreeMap<GameId, BTreeSet<String>>> {
        let mut seen: BTreeMap<GameId, BTreeSet<String>> = BTreeMap::new();
        let start = Instant::now();
        loop {
            let (mut owed, mut there) = (0, 0);
            for guild in &self.guilds {
                let known = self.store.games_of_guild(id_of(guild)).await;
                there += known.map_err(|e| e.to_string())?.len();
                let work = self.store.work_of_guild(id_of(guild)).await;
                for work in work.map_err(|e| e.to_string())? {
                    owed += 1;
                    seen.entry(work.game).or_default().extend(work.owner);
                }
            }
            if owed == 0 && there == games {
                return Ok(seen);
            }
            if start.elapsed() > 3 * LEASE {
                return Err(format!("{owed} of {there} games are still owed a look"));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Discord has what the database says, and nothing else.
    async fn truth(&self) -> Told<()> {
        for (guild, before) in self.guilds.iter().zip(&self.before) {
            let bound = self.store.bindings_of_guild(id_of(guild)).await;
            let bound = bound.map_err(|e| e.to_string())?.into_iter().map(|(_, _, id)| id);
            let wanted: BTreeSet<u64> = bound.chain(before.iter().copied()).collect();
            let there = objects(guild);
            if there != wanted {
                return Err(format!(
                    "left behind: {:?}; missing: {:?}",
                    there.difference(&wanted),
                    wanted.difference(&there)
                ));
            }
        }
        let violations = self.discord.violations();
        if violations.is_empty() { Ok(()) } else { Err(format!("{violations:?}")) }
    }

    fn create(&self, shard: usize, name: &str) -> Reply {
        self.guilds[shard].owner().slash("game create", [("name", name)])
    }

    async fn close(self) -> Told<()> {
        self.discord.stop();
        self.store.close().await.map_err(|e| e.to_string())?;
        self.scratch.drop_database().await.map_err(|e| e.to_string())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_share_the_work_and_one_takes_over_when_the_other_is_killed() -> Told<()> {
    let Ok(server) = std::env::var(SERVER) else { return skip() };
    let field = Field::set(&server).await?;
    let mut anna = field.start("anna")?;
    field.divided(["anna", "anna"]).await?;
    // A second one comes, and is given its half.
    let bert = field.start("bert")?;
    field.divided(["anna", "bert"]).await?;
    // Both work, and no game is worked on by both.
    let games = (0..6).flat_map(|n| [0, 1].map(|shard| (shard, format!("Game {n}"))));
    let made: Vec<Reply> = games.map(|(shard, name)| field.create(shard, &name)).collect();
    let at_work = field.rest(12).await?;
    for reply in &made {
        ends_with(reply, "is ready").await?;
    }
    assert!(at_work.values().all(|owners| owners.len() <= 1), "{at_work:?}");
    let workers: BTreeSet<&String> = at_work.values().flatten().collect();
    assert_eq!(workers.len(), 2, "both work: {at_work:?}");
    field.truth().await?;
    // One is killed in the middle of a game, when Discord has done what it does not know of yet.
    let held = field.discord.holds().order(Hold::after(2));
    let reply = field.create(0, "Chess");
    held.reached().await.ok_or("no call came")?;
    anna.kill();
    held.cut();
    let killed = Instant::now();
    field.divided(["bert", "bert"]).await?;
    ends_with(&reply, "is ready").await?;
    let taken = killed.elapsed();
    // The lease, the next look at the queue, and the work itself.
    assert!(taken < LEASE + Duration::from_secs(8), "only after {taken:?}");
    field.rest(13).await?;
    field.truth().await?;
    // It comes back and gets its share; then the other one goes in order, and nothing waits.
    let anna = field.start("anna")?;
    until("the work to be shared again", || async {
        let held = field.store.shard_holders().await.ok()?;
        (held.values().collect::<BTreeSet<_>>().len() == 2).then_some(())
    })
    .await?;
    bert.stop().await?;
    field.divided(["anna", "anna"]).await?;
    ends_with(&field.create(1, "Go"), "is ready").await?;
    field.rest(14).await?;
    field.truth().await?;
    drop(anna);
    field.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_process_under_the_same_name_replaces_the_first() -> Told<()> {
    let Ok(server) = std::env::var(SERVER) else { return skip() };
    let field = Field::set(&server).await?;
    let mut first = field.start("main")?;
    field.divided(["main", "main"]).await?;
    let second = field.start("main")?;
    let status = until("the first one to end", || {
        let ended = first.ended();
        async move { ended }
    })
    .await?;
    assert_eq!(status.code(), Some(78), "a supervisor must not start it again");
    field.divided(["main", "main"]).await?;
    ends_with(&field.create(0, "Chess"), "is ready").await?;
    field.rest(1).await?;
    field.truth().await?;
    drop(second);
    field.close().await
}
