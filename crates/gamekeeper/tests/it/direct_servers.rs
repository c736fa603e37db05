//! Game servers without a panel: entered by their address, watched, never controlled.

use std::time::Duration;

use bot::ids::{CustomId, ServerAct};
use domain::{
    audit::{AuditKind, Outcome},
    server::ServerState,
};
use game_sandbox::{Behaviour, GameServer, Kind};
use gamekeeper::{
    attend::Attendance,
    stage::{
        Setup, Stage,
        verbs::{Told, says, shown, until},
    },
};
use sandbox::actor::{MessageView, NO_OPTIONS};
use servers::{direct::DirectConfig, poll::Pace, schedule::Schedule};
use store::ServerRecord;

use crate::scene::{Options, audited, game, run, set, setup};

struct Scene {
    stage: Stage,
    attendance: Attendance,
}

async fn scene(private: bool) -> Told<Scene> {
    let stage = set(Setup {
        bot: |bot| {
            bot.inbound = bot::InboundLimits::NONE;
            // So that there are commands that such a server cannot follow.
            bot.servers = true;
        },
        ..setup()
    })
    .await?;
    let schedule = Schedule::parse("0 0 1 1 *").map_err(|error| error.to_string())?;
    let pace = Pace { moving: Duration::from_millis(30), watched: Duration::from_millis(200) };
    let direct = DirectConfig { private, name_server: None };
    let attendance = Attendance::open(stage.engine(), direct, schedule, pace);
    Ok(Scene { stage, attendance })
}

async fn started(kind: Kind) -> Told<GameServer> {
    GameServer::start(kind, "Whatever it says").await.map_err(|error| error.to_string())
}

impl Scene {
    /// An admin enters the address of a server.
    async fn add(&self, name: &str, kind: &str, address: &str) -> Told<MessageView> {
        let options: Options =
            vec![("name", name.into()), ("kind", kind.into()), ("address", address.into())];
        run(&self.stage.guild.owner(), "server add", options).await
    }

    async fn ask(&self, what: &str, server: &str) -> Told<MessageView> {
        let options: Options = vec![("server", server.into())];
        run(&self.stage.guild.owner(), &format!("server {what}"), options).await
    }

    async fn tie(&self, server: &str, game: &str) -> Told<()> {
        let options: Options = vec![("server", server.into()), ("game", game.into())];
        let said = run(&self.stage.guild.owner(), "server link", options).await?;
        says(&said, &format!("**{server}** belongs to **{game}** now"))
    }

    async fn server(&self, name: &str) -> Told<ServerRecord> {
        let store = self.stage.engine().store();
        let all = store.servers_of_guild(self.stage.guild_id()).await;
        let all = all.map_err(|error| error.to_string())?;
        let found = all.into_iter().find(|server| server.found.name.as_str() == name);
        found.ok_or_else(|| format!("no server {name}"))
    }

    async fn becomes(&self, name: &str, state: ServerState) -> Told<()> {
        until(&format!("{name} to be seen {state}"), || async {
            self.server(name).await.ok().filter(|server| server.watch.state == state).map(drop)
        })
        .await
    }

    /// What alerts say of it, oldest first.
    async fn alerts(&self) -> Told<Vec<String>> {
        let all = audited(&self.stage, AuditKind::ServerAlert).await?;
        Ok(all.into_iter().rev().filter_map(|record| record.entry.after).collect())
    }

    async fn end(self) -> Told<()> {
        self.attendance.end().await;
        self.stage.truth().await
    }
}

#[tokio::test]
async fn a_server_is_watched_by_its_address() -> Told<()> {
    let scene = scene(true).await?;
    let mut kept = Vec::new();
    for (kind, word, name) in [
        (Kind::MinecraftJava, "minecraft-java", "Survival"),
        (Kind::MinecraftBedrock, "minecraft-bedrock", "Island"),
        (Kind::Valve, "valve", "Arena"),
    ] {
        let server = started(kind).await?;
        server.join("Steve");
        let address = server.address().to_string();
        let said = scene.add(name, word, &address).await?;
        says(&said, &format!("✅ **{name}** is watched from now on."))?;
        says(&said, "**online** · <t:")?;
        says(&said, "1 of 20 players")?;
        says(&said, &format!("Address: `{address}`"))?;
        if kind != Kind::MinecraftBedrock {
            says(&said, "-# Steve")?;
        }
        game(&scene.stage, name).await?;
        scene.tie(name, name).await?;
        server.join("Alex");
        until("the second player to be seen", || async {
            let reading = scene.server(name).await.ok()?.reading?;
            (reading.players.online == 2).then_some(())
        })
        .await?;
        says(&scene.ask("status", name).await?, "2 of 20 players")?;
        kept.push(server);
    }
    let list = run(&scene.stage.guild.owner(), "server list", NO_OPTIONS).await?;
    says(&list, "🟢 **Island** · online")?;
    let listed = audited(&scene.stage, AuditKind::ServerListed).await?;
    assert_eq!(listed.len(), 3);
    assert_eq!(scene.alerts().await?, [""; 0]);
    scene.end().await
}

#[tokio::test]
async fn silence_is_unknown_and_a_refusal_is_offline() -> Told<()> {
    let scene = scene(true).await?;
    let server = started(Kind::MinecraftJava).await?;
    let address = server.address().to_string();
    scene.add("Survival", "minecraft-java", &address).await?;
    game(&scene.stage, "Chess").await?;
    scene.tie("Survival", "Chess").await?;
    server.behave(Behaviour::Silent);
    scene.becomes("Survival", ServerState::Unknown).await?;
    let page = scene.ask("status", "Survival").await?;
    says(&page, "**unknown** · <t:")?;
    says(&page, "Last seen <t:")?;
    let record = scene.server("Survival").await?;
    assert!(record.watch.misses >= 2, "one bad look is no news");
    server.behave(Behaviour::Normal);
    scene.becomes("Survival", ServerState::Online).await?;
    server.behave(Behaviour::Refusing);
    scene.becomes("Survival", ServerState::Offline).await?;
    until("both alarms and the way back to be told", || async {
        let told = scene.alerts().await.ok()?;
        let [silent, back, down] = &told[..] else { return None };
        let fits = silent.contains("unreachable") && back.contains("back after");
        (fits && down.contains("offline")).then_some(())
    })
    .await?;
    server.behave(Behaviour::Normal);
    scene.becomes("Survival", ServerState::Online).await?;
    scene.end().await
}

#[tokio::test]
async fn a_server_that_does_not_answer_yet_is_taken_all_the_same() -> Told<()> {
    let scene = scene(true).await?;
    let server = started(Kind::Valve).await?;
    let address = server.address().to_string();
    server.behave(Behaviour::Refusing);
    let mut said = scene.add("Arena", "valve", &address).await?;
    if said.text().contains("**online**") {
        // The door was not shut yet.
        let asked = scene.ask("remove", "Arena").await?;
        let id = scene.server("Arena").await?.id;
        let yes = CustomId::Server(ServerAct::Remove, id).to_string();
        shown(&scene.stage.guild.owner().click(&asked, &yes)).await?;
        said = scene.add("Arena", "valve", &address).await?;
    }
    says(&said, "✅ **Arena** is watched from now on.")?;
    says(&said, "Nothing listens at that address right now.")?;
    says(&said, "**offline** · <t:")?;
    game(&scene.stage, "Chess").await?;
    scene.tie("Arena", "Chess").await?;
    server.behave(Behaviour::Normal);
    scene.becomes("Arena", ServerState::Online).await?;
    // Another kind of server than was said.
    let address = started(Kind::MinecraftJava).await?;
    address.behave(Behaviour::Raw(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()));
    let said = scene.add("Odd", "minecraft-java", &address.address().to_string()).await?;
    says(&said, "not as this kind of server does")?;
    scene.end().await
}

#[tokio::test]
async fn what_must_not_or_cannot_be_asked_is_refused() -> Told<()> {
    let scene = scene(false).await?;
    let server = started(Kind::MinecraftJava).await?;
    let at = server.address();
    for address in [at.to_string(), format!("localhost:{}", at.port()), "169.254.169.254".into()] {
        let said = scene.add("Inside", "minecraft-java", &address).await?;
        says(&said, "That address is not one of the public internet, so I do not ask there.")?;
    }
    assert_eq!(server.asked(), 0);
    for (address, sentence) in [
        ("https://play.example.org/", "That is not an address."),
        ("play example", "That is not an address."),
        ("play.example.org:99999", "That is not a port."),
        ("nobody.invalid", "Nobody knows a host of that name."),
    ] {
        says(&scene.add("Odd", "valve", address).await?, sentence)?;
    }
    let all = scene.stage.engine().store().servers_of_guild(scene.stage.guild_id()).await;
    assert_eq!(all.map_err(|error| error.to_string())?, []);
    scene.end().await
}

#[tokio::test]
async fn it_is_only_watched_whoever_asks() -> Told<()> {
    let scene = scene(true).await?;
    let server = started(Kind::MinecraftJava).await?;
    let address = server.address().to_string();
    let mia = scene.stage.person("Mia");
    let options: Options = vec![
        ("name", "Mine".into()),
        ("kind", "minecraft-java".into()),
        ("address", address.as_str().into()),
    ];
    let said = run(&mia, "server add", options).await?;
    says(&said, "You cannot manage game servers. Ask a community admin.")?;
    assert_eq!(audited(&scene.stage, AuditKind::ActionRefused).await?.len(), 1);
    assert_eq!(server.asked(), 0, "nobody's address is asked for a stranger");
    let page = scene.add("Survival", "minecraft-java", &address).await?;
    let labels: Vec<String> = page.buttons().iter().map(|button| button.label.clone()).collect();
    assert!(
        !labels.iter().any(|label| label.contains("St") || label.contains("Re…")),
        "{labels:?}"
    );
    for what in ["start", "stop", "restart", "kill"] {
        says(&scene.ask(what, "Survival").await?, "This server is only watched")?;
    }
    assert_eq!(audited(&scene.stage, AuditKind::ServerControlled).await?.len(), 0);
    let twice = scene.add("Twice", "minecraft-java", &address).await?;
    says(&twice, "That very server is watched already, as **Survival**.")?;
    scene.end().await
}

#[tokio::test]
async fn a_server_is_taken_off_the_list_and_comes_back_as_new() -> Told<()> {
    let scene = scene(true).await?;
    let server = started(Kind::Valve).await?;
    let address = server.address().to_string();
    scene.add("Arena", "valve", &address).await?;
    game(&scene.stage, "Chess").await?;
    scene.tie("Arena", "Chess").await?;
    let olga = scene.stage.guild.owner();
    let asked = scene.ask("remove", "Arena").await?;
    says(&asked, "Watch **Arena** no longer?")?;
    let id = scene.server("Arena").await?.id;
    let yes = CustomId::Server(ServerAct::Remove, id).to_string();
    // Whoever may not, may not by somebody else's button either.
    let stolen = scene.stage.person("Mia").click(&asked, &yes);
    if let sandbox::actor::First::Message(said) = stolen.first().await {
        says(&said, "Ask a community admin.")?;
    }
    let removed = shown(&olga.click(&asked, &yes)).await?;
    says(&removed, "✅ **Arena** is watched no longer.")?;
    says(&run(&olga, "server list", NO_OPTIONS).await?, "no game server that you can see")?;
    says(&scene.ask("status", "Arena").await?, "I know no such game server here.")?;
    let heard = server.asked();
    server.join("Steve");
    let said = scene.add("The Arena", "valve", &address).await?;
    says(&said, "✅ **The Arena** is watched from now on.")?;
    says(&said, "1 of 20 players")?;
    assert!(server.asked() > heard);
    assert_eq!(scene.server("The Arena").await?.id, id, "with its history");
    let listed = audited(&scene.stage, AuditKind::ServerListed).await?;
    assert!(listed.iter().all(|record| record.entry.outcome == Outcome::Done));
    assert_eq!(listed.len(), 3);
    scene.end().await
}
