use super::{AddressError, DirectAddress};
use crate::direct::Protocol;

fn again(text: &str) -> String {
    DirectAddress::parse(text).unwrap().to_string()
}

#[test]
fn what_people_write_is_understood() {
    for (written, read) in [
        ("play.example.org", "play.example.org"),
        (" Play.Example.ORG. ", "play.example.org"),
        ("play.example.org:25570", "play.example.org:25570"),
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:27015", "203.0.113.9:27015"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:27015", "[2001:db8::1]:27015"),
        ("localhost:1", "localhost:1"),
        ("mc_1.example.org", "mc_1.example.org"),
    ] {
        assert_eq!(again(written), read, "{written}");
        assert_eq!(again(read), read, "what is stored is read again");
    }
}

#[test]
fn what_is_no_address_is_refused() {
    let long = "a".repeat(64);
    let longer = format!("{}org", "abcdefgh.".repeat(30));
    for host in [
        "",
        ":25565",
        "a b",
        "exa mple.org",
        "-a.org",
        "a-.org",
        "a..b",
        ".",
        "http://a.org",
        "a.org/x",
        "ä.example.org",
        "user@a.org",
        "127.1",
        "2130706433",
        "0x7f000001",
        "1.2.3.4.5",
        "[::1",
        "[a.org]:1",
        "[1.2.3.4]:1",
        "a.org%0a",
        "a\nb",
        &long,
        &longer,
    ] {
        assert_eq!(DirectAddress::parse(host), Err(AddressError::Host), "{host}");
    }
    for port in
        ["fe80::1%eth0", "a:", "a:0", "a:65536", "a:+1", "a:-1", "a:b", "a:1:2", "[::1]x", "[::1]:"]
    {
        assert_eq!(DirectAddress::parse(port), Err(AddressError::Port), "{port}");
    }
}

#[test]
fn a_port_that_nobody_said_is_the_games_own() {
    let port = |text, protocol| DirectAddress::parse(text).unwrap().port_for(protocol);
    assert_eq!(port("a.org", Protocol::MinecraftJava), 25_565);
    assert_eq!(port("a.org", Protocol::MinecraftBedrock), 19_132);
    assert_eq!(port("a.org", Protocol::Valve), 27_015);
    assert_eq!(port("a.org:7", Protocol::Valve), 7);
}

#[test]
fn protocols_have_a_stable_form() {
    for protocol in Protocol::ALL {
        assert_eq!(Protocol::parse(protocol.as_str()), Some(protocol));
        assert_eq!(Protocol::of_source(&protocol.source()), Some(protocol));
    }
    assert_eq!(Protocol::of_source("amp:main"), None);
    assert_eq!(Protocol::of_source("direct:gopher"), None);
}
