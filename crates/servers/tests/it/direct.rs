//! Servers asked by their address, over real sockets, and what they can do to whoever asks.

use std::time::Duration;

use domain::server::{App, ServerState};
use game_sandbox::{Behaviour, GameServer, Kind};
use servers::direct::{Direct, DirectAddress, DirectConfig, DirectError, Protocol};
use tokio::time::timeout;

use crate::{dns, scene::until};

fn at_home() -> Direct {
    Direct::new(DirectConfig { private: true, name_server: None })
}

fn protocol(kind: Kind) -> Protocol {
    match kind {
        Kind::MinecraftJava => Protocol::MinecraftJava,
        Kind::MinecraftBedrock => Protocol::MinecraftBedrock,
        Kind::Valve => Protocol::Valve,
    }
}

async fn started(kind: Kind) -> (GameServer, DirectAddress) {
    let server = GameServer::start(kind, "Survival").await.unwrap();
    let address = DirectAddress::parse(&server.address().to_string()).unwrap();
    (server, address)
}

const KINDS: [Kind; 3] = [Kind::MinecraftJava, Kind::MinecraftBedrock, Kind::Valve];

#[tokio::test]
async fn each_kind_of_server_tells_how_it_is() {
    for kind in KINDS {
        let (server, address) = started(kind).await;
        server.join("Steve");
        server.join("Alex");
        let reading = at_home().look(protocol(kind), &address).await.unwrap();
        assert_eq!(reading.state(), Some(ServerState::Online), "{kind:?}");
        assert_eq!((reading.players.online, reading.players.max), (2, Some(20)), "{kind:?}");
        let names: &[&str] = if kind == Kind::MinecraftBedrock { &[] } else { &["Alex", "Steve"] };
        assert_eq!(reading.players.names, names, "{kind:?}");
        let map = match kind {
            Kind::MinecraftJava => None,
            Kind::MinecraftBedrock => Some("Bedrock level"),
            Kind::Valve => Some("de_dust2"),
        };
        assert_eq!(reading.map.as_deref(), map);
        assert!(reading.version.is_some(), "{kind:?}");
        assert_eq!(reading.app, App::Running);
    }
}

#[tokio::test]
async fn the_ip_version_6_of_a_name_is_asked_too() {
    let (server, _) = started(Kind::Valve).await;
    // Localhost may be both; the server is on one of them.
    let text = format!("localhost:{}", server.address().port());
    let address = DirectAddress::parse(&text).unwrap();
    at_home().look(Protocol::Valve, &address).await.unwrap();
}

#[tokio::test]
async fn silence_and_a_refusal_are_two_things() {
    for kind in KINDS {
        let (server, address) = started(kind).await;
        let direct = at_home();
        server.behave(Behaviour::Silent);
        let silent = direct.look(protocol(kind), &address).await;
        assert_eq!(silent, Err(DirectError::Silent), "{kind:?}");
        assert!(server.asked() > 0);
        server.behave(Behaviour::Refusing);
        until(async || direct.look(protocol(kind), &address).await == Err(DirectError::Refused))
            .await;
        server.behave(Behaviour::Normal);
        until(async || direct.look(protocol(kind), &address).await.is_ok()).await;
    }
}

#[tokio::test]
async fn a_lost_datagram_is_asked_for_again() {
    let (server, address) = started(Kind::Valve).await;
    server.behave(Behaviour::Silent);
    let direct = at_home();
    let looking = tokio::spawn(async move { direct.look(Protocol::Valve, &address).await });
    until(async || server.asked() > 0).await;
    server.behave(Behaviour::Normal);
    looking.await.unwrap().unwrap();
}

#[tokio::test]
async fn nobody_is_asked_in_networks_of_ones_own_unless_allowed() {
    for kind in KINDS {
        let (server, address) = started(kind).await;
        let direct = Direct::new(DirectConfig::default());
        let by_name = format!("localhost:{}", server.address().port());
        let by_name = DirectAddress::parse(&by_name).unwrap();
        for address in [address, by_name] {
            let looked = direct.look(protocol(kind), &address).await;
            assert_eq!(looked, Err(DirectError::Private), "{kind:?} {address}");
            assert_eq!(direct.check(protocol(kind), &address).await, Err(DirectError::Private));
        }
        assert_eq!(server.asked(), 0, "{kind:?}");
    }
}

#[tokio::test]
async fn some_addresses_are_nobodys_whatever_is_allowed() {
    for text in
        ["169.254.169.254", "0.0.0.0:1", "255.255.255.255", "224.0.0.1", "[ff02::1]", "[fe80::1]"]
    {
        let address = DirectAddress::parse(text).unwrap();
        let looked = at_home().look(Protocol::Valve, &address).await;
        assert_eq!(looked, Err(DirectError::Private), "{text}");
    }
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_said_to_be_one() {
    let address = DirectAddress::parse("nobody.invalid").unwrap();
    let looked = at_home().look(Protocol::MinecraftJava, &address).await;
    assert_eq!(looked, Err(DirectError::Unresolved));
}

#[tokio::test]
async fn a_minecraft_server_is_found_by_its_record() {
    let (server, _) = started(Kind::MinecraftJava).await;
    let port = server.address().port();
    let records: &'static [_] = Vec::leak(vec![
        ("_minecraft._tcp.play.example.org", 20, "localhost", 1),
        ("_minecraft._tcp.play.example.org", 10, "localhost", port),
        ("_minecraft._tcp.evil.example.org", 10, "10.0.0.1", port),
    ]);
    let name_server = Some(dns::srv(records).await);
    let direct = Direct::new(DirectConfig { private: true, name_server });
    let address = DirectAddress::parse("play.example.org").unwrap();
    direct.look(Protocol::MinecraftJava, &address).await.unwrap();
    assert_eq!(server.hosts(), ["localhost"], "said as the game's own client says it");

    // Where it leads is checked as well.
    let strict = Direct::new(DirectConfig { private: false, name_server });
    let looked = strict.look(Protocol::MinecraftJava, &address).await;
    assert_eq!(looked, Err(DirectError::Private));
    // Whoever says a port means it; no other protocol has such records. Neither name exists.
    for (protocol, text) in [
        (Protocol::MinecraftJava, "play.example.org.invalid:25565"),
        (Protocol::Valve, "play.example.org.invalid"),
    ] {
        let address = DirectAddress::parse(text).unwrap();
        assert_eq!(direct.look(protocol, &address).await, Err(DirectError::Unresolved));
    }
}

/// A text of Minecraft as it is sent: all lengths are right.
fn said(text: &str) -> Behaviour {
    let number = |mut value: usize| {
        let mut bytes = Vec::new();
        while value > 0x7f {
            bytes.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
            value >>= 7;
        }
        bytes.push(u8::try_from(value).unwrap());
        bytes
    };
    let body = [&[0], number(text.len()).as_slice(), text.as_bytes()].concat();
    Behaviour::Raw([number(body.len()), body].concat())
}

#[tokio::test]
async fn nothing_a_server_says_does_harm() {
    let (server, address) = started(Kind::MinecraftJava).await;
    let direct = at_home();
    let deep = "[".repeat(100_000);
    let long = format!(r#"{{"description":"{}"}}"#, "x".repeat(200_000));
    for odd in [
        Behaviour::Endless,
        Behaviour::Raw(Vec::new()),
        Behaviour::Raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
        // A text of 2 GiB, and one of minus one byte, neither of which is there.
        Behaviour::Raw(b"\x07\x00\xff\xff\xff\xff\x07{".to_vec()),
        Behaviour::Raw(b"\x07\x00\xff\xff\xff\xff\x0f{".to_vec()),
        said(&deep),
        said(&long),
        said("{}"),
        said("\u{0}"),
    ] {
        server.behave(odd.clone());
        let looked = direct.look(Protocol::MinecraftJava, &address).await;
        assert!(
            matches!(looked, Err(DirectError::Odd | DirectError::Silent)),
            "{looked:?} of {odd:?}"
        );
    }
    let (server, address) = started(Kind::Valve).await;
    let mut bomb = b"\xfe\xff\xff\xff\x01\x00\x00\x80\x01\x00\xe0\x04".to_vec();
    bomb.extend(u32::MAX.to_le_bytes());
    bomb.extend([0; 64]);
    for odd in [
        Behaviour::Endless,
        Behaviour::Raw(bomb),
        Behaviour::Raw(b"\xfe\xff\xff\xff\x01\x00\x00\x00\x00\x00\xe0\x04".to_vec()),
        Behaviour::Raw(b"\xff\xff\xff\xffI".to_vec()),
        Behaviour::Raw(vec![0xff; 6_000]),
        Behaviour::Raw(vec![0; 1]),
    ] {
        server.behave(odd.clone());
        let looked = direct.look(Protocol::Valve, &address).await;
        assert!(
            matches!(looked, Err(DirectError::Odd | DirectError::Silent)),
            "{looked:?} of {odd:?}"
        );
    }
    let (server, address) = started(Kind::MinecraftBedrock).await;
    server.behave(Behaviour::Raw(b"\x1c and nothing that makes sense".to_vec()));
    let looked = direct.look(Protocol::MinecraftBedrock, &address).await;
    assert_eq!(looked, Err(DirectError::Odd));
}

#[tokio::test]
async fn what_is_shown_of_a_servers_words_is_tame() {
    let (server, address) = started(Kind::MinecraftJava).await;
    server.behave(said(
        r#"{"version":{"name":"§4Pa\u0007per\n1.21","protocol":1},
            "players":{"max":4000000000,"online":3999999999,"sample":[
                {"name":"§aVisit shop.example","id":""},{"name":"Steve","id":""},{"name":"","id":""}]}}"#,
    ));
    let reading = at_home().look(Protocol::MinecraftJava, &address).await.unwrap();
    assert_eq!(reading.version.as_deref(), Some("Paper 1.21"));
    assert_eq!(reading.players.names, ["Steve"]);
    assert_eq!((reading.players.online, reading.players.max), (100_000, Some(100_000)));
}

#[tokio::test]
async fn many_silent_servers_are_in_nobodys_way_for_long() {
    let (silent, quiet) = started(Kind::Valve).await;
    silent.behave(Behaviour::Silent);
    let (_lively, address) = started(Kind::MinecraftJava).await;
    let direct = at_home();
    for _ in 0..40 {
        let (direct, quiet) = (direct.clone(), quiet.clone());
        tokio::spawn(async move { direct.look(Protocol::Valve, &quiet).await });
    }
    until(async || silent.asked() >= 10).await;
    let look = direct.look(Protocol::MinecraftJava, &address);
    timeout(Duration::from_mins(1), look).await.unwrap().unwrap();
}
