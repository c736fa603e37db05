//! The servers, asked by somebody else's client over real sockets.

#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

use std::{net::SocketAddr, time::Duration};

use game_sandbox::{Behaviour, GameServer, Kind};
use gamedig::{
    GDErrorKind, GDResult, TimeoutSettings,
    minecraft::{
        BedrockResponse, JavaResponse,
        protocol::{query_bedrock, query_java},
    },
    protocols::valve::{self, Engine, GatheringSettings},
};
use tokio::{net::TcpStream, task::spawn_blocking};

fn patient() -> TimeoutSettings {
    let long = Some(Duration::from_secs(30));
    TimeoutSettings::new(long, long, long, 0).unwrap()
}

fn hasty() -> TimeoutSettings {
    let short = Some(Duration::from_millis(200));
    TimeoutSettings::new(short, short, short, 0).unwrap()
}

async fn java(at: SocketAddr, times: TimeoutSettings) -> GDResult<JavaResponse> {
    spawn_blocking(move || query_java(&at, Some(times), None)).await.unwrap()
}

async fn bedrock(at: SocketAddr, times: TimeoutSettings) -> GDResult<BedrockResponse> {
    spawn_blocking(move || query_bedrock(&at, Some(times))).await.unwrap()
}

async fn valve(at: SocketAddr, times: TimeoutSettings) -> GDResult<valve::Response> {
    let gather = GatheringSettings { check_app_id: false, ..GatheringSettings::default() };
    let asking = move || valve::query(&at, Engine::Source(None), Some(gather), Some(times));
    spawn_blocking(asking).await.unwrap()
}

#[tokio::test]
async fn java_edition_tells_who_plays() {
    let server = GameServer::start(Kind::MinecraftJava, "Survival").await.unwrap();
    server.join("Steve");
    server.join("Alex");
    server.leave("Steve");
    let told = java(server.address(), patient()).await.unwrap();
    let names: Vec<_> = told.players.unwrap().into_iter().map(|player| player.name).collect();
    assert_eq!(names, ["Alex"]);
    assert_eq!((told.players_online, told.players_maximum), (1, 20));
    assert_eq!(told.game_version, "1.21.4");
    assert!(told.description.contains("Survival"));
    assert_eq!(server.hosts(), ["gamedig"]);
    assert_eq!(server.asked(), 1);
}

#[tokio::test]
async fn bedrock_edition_tells_how_many_play() {
    let server = GameServer::start(Kind::MinecraftBedrock, "Island").await.unwrap();
    server.join("Steve");
    let told = bedrock(server.address(), patient()).await.unwrap();
    assert_eq!((told.players_online, told.players_maximum), (1, 20));
    assert_eq!((told.name.as_str(), told.map.as_deref()), ("Island", Some("Bedrock level")));
}

#[tokio::test]
async fn valves_way_tells_all_after_a_challenge() {
    let server = GameServer::start(Kind::Valve, "Arena").await.unwrap();
    server.join("Mia");
    server.change_map("de_nuke");
    let told = valve(server.address(), patient()).await.unwrap();
    assert_eq!((told.info.name.as_str(), told.info.map.as_str()), ("Arena", "de_nuke"));
    assert_eq!((told.info.players_online, told.info.players_maximum), (1, 20));
    let players = told.players.unwrap();
    assert_eq!((players[0].name.as_str(), players[0].score), ("Mia", 7));
    assert_eq!(told.rules.unwrap()["sv_gravity"], "800");
    assert_eq!(server.asked(), 6, "each question twice: without the number, and with it");
}

#[tokio::test]
async fn a_full_house_is_told_in_parts() {
    let server = GameServer::start(Kind::Valve, "Arena").await.unwrap();
    for number in 0..100 {
        server.join(&format!("A player with a long name, number {number}"));
    }
    let told = valve(server.address(), patient()).await.unwrap();
    let players = told.players.unwrap();
    assert_eq!(players.len(), 100);
    assert_eq!(players[99].name, "A player with a long name, number 99");
}

#[tokio::test]
async fn a_silent_server_hears_and_says_nothing() {
    for kind in [Kind::MinecraftJava, Kind::Valve] {
        let server = GameServer::start(kind, "Quiet").await.unwrap();
        server.behave(Behaviour::Silent);
        let error = match kind {
            Kind::Valve => valve(server.address(), hasty()).await.unwrap_err(),
            _ => java(server.address(), hasty()).await.unwrap_err(),
        };
        assert_eq!(error.kind, GDErrorKind::PacketReceive);
        assert!(server.asked() > 0);
    }
}

#[tokio::test]
async fn a_server_that_refuses_comes_back_where_it_was() {
    let server = GameServer::start(Kind::MinecraftJava, "Survival").await.unwrap();
    let at = server.address();
    server.behave(Behaviour::Refusing);
    // Until the door is shut.
    while TcpStream::connect(at).await.is_ok() {}
    let error = java(at, patient()).await.unwrap_err();
    assert_eq!(error.kind, GDErrorKind::SocketConnect);
    server.behave(Behaviour::Normal);
    while TcpStream::connect(at).await.is_err() {}
    java(at, patient()).await.unwrap();
}

#[tokio::test]
async fn what_a_server_says_can_be_anything() {
    let server = GameServer::start(Kind::MinecraftJava, "Odd").await.unwrap();
    server.behave(Behaviour::Raw(b"\x04\x00\x02[}".to_vec()));
    let error = java(server.address(), patient()).await.unwrap_err();
    assert_eq!(error.kind, GDErrorKind::JsonParse);
    let server = GameServer::start(Kind::MinecraftBedrock, "Odd").await.unwrap();
    server.behave(Behaviour::Raw(b"\x1c nonsense".to_vec()));
    let error = bedrock(server.address(), patient()).await.unwrap_err();
    assert_eq!(error.kind, GDErrorKind::PacketBad);
}
