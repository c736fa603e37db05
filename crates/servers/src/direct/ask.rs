//! The question itself, and what is kept of the answer. Everything in it comes from a stranger.

use std::{net::SocketAddr, time::Duration};

use domain::{
    server::{App, Players, Reading},
    text::is_deceptive,
};
use gamedig::{
    GDError, TimeoutSettings,
    minecraft::{
        RequestSettings,
        protocol::{query_bedrock, query_java},
    },
    protocols::{
        types::GatherToggle,
        valve::{self, Engine, GatheringSettings},
    },
};

use super::Protocol;

/// How long an answer over UDP may take before it is asked for once more.
const DATAGRAM_WITHIN: Duration = Duration::from_millis(1_500);
/// How long one over TCP may pause.
const STREAM_WITHIN: Duration = Duration::from_secs(5);
/// More than any game has places for.
const MOST_PLAYERS: u32 = 100_000;
/// Names kept, and characters of one; of a map or a version.
const MOST_NAMES: usize = 200;
const NAME: usize = 32;
const TEXT: usize = 60;

/// Asks at an address of ours. Blocks, and ends soon after the relay there does.
pub(super) fn ask(protocol: Protocol, at: SocketAddr, host: &str) -> Result<Reading, GDError> {
    let (within, retries) = match protocol {
        Protocol::MinecraftJava => (STREAM_WITHIN, 0),
        Protocol::MinecraftBedrock | Protocol::Valve => (DATAGRAM_WITHIN, 1),
    };
    let times = TimeoutSettings::new(Some(within), Some(within), Some(within), retries)?;
    Ok(match protocol {
        Protocol::MinecraftJava => {
            let settings = RequestSettings::new_just_hostname(host.to_owned());
            let told = query_java(&at, Some(times), Some(settings))?;
            let names = told.players.into_iter().flatten().map(|player| player.name);
            Reading {
                // Servers put advertisements where names belong. No name has a space.
                players: players(told.players_online, told.players_maximum, names.filter(is_name)),
                version: text(&told.game_version, TEXT),
                ..Reading::of(App::Running)
            }
        }
        Protocol::MinecraftBedrock => {
            let told = query_bedrock(&at, Some(times))?;
            Reading {
                players: players(told.players_online, told.players_maximum, None),
                map: told.map.and_then(|map| text(&map, TEXT)),
                version: text(&told.version_name, TEXT),
                ..Reading::of(App::Running)
            }
        }
        Protocol::Valve => {
            let gather = GatheringSettings {
                // Some games do not tell.
                players: GatherToggle::Try,
                rules: GatherToggle::Skip,
                // Any game that speaks it will do.
                check_app_id: false,
            };
            let told = valve::query(&at, Engine::Source(None), Some(gather), Some(times))?;
            let info = told.info;
            let bots = info.players_bots;
            // Bots are counted with the players, and nobody can tell their names apart.
            let people = info.players_online.saturating_sub(bots);
            let names = told.players.filter(|_| bots == 0).into_iter().flatten();
            let names = names.map(|player| player.name);
            Reading {
                players: players(people.into(), info.players_maximum.into(), names),
                map: text(&info.map, TEXT),
                version: text(&info.game_version, TEXT),
                ..Reading::of(App::Running)
            }
        }
    })
}

fn players(online: u32, max: u32, names: impl IntoIterator<Item = String>) -> Players {
    let online = online.min(MOST_PLAYERS);
    let names = names.into_iter().filter_map(|name| text(&name, NAME));
    let mut names: Vec<String> = names.take(MOST_NAMES.min(online as usize)).collect();
    names.sort();
    Players { online, max: Some(max.min(MOST_PLAYERS)).filter(|max| *max > 0), names }
}

/// Whether it may be what a player of Minecraft is called; those who come through a bridge from the
/// other edition have a mark before their name.
#[expect(clippy::ptr_arg, reason = "it is a filter of an iterator")]
fn is_name(name: &String) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || "_.*-+~".contains(c))
}

/// A text as it can be shown: one line, nothing invisible, no colours, not too long.
fn text(raw: &str, most: usize) -> Option<String> {
    let mut said = raw.chars();
    let mut kept = String::new();
    while let Some(c) = said.next() {
        match c {
            // Minecraft's mark of a colour, and the colour.
            '§' => drop(said.next()),
            c if c.is_whitespace() => kept.push(' '),
            c if is_deceptive(c) => {}
            c => kept.push(c),
        }
    }
    let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(most).collect();
    Some(short.trim_end().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{is_name, players, text};

    #[test]
    fn texts_are_one_short_line_of_what_can_be_seen() {
        let kept = |raw: &str| text(raw, 10);
        assert_eq!(kept("§aPaper §l1.21"), Some("Paper 1.21".to_owned()));
        assert_eq!(kept("a\n\tb\u{0}\u{202e}c"), Some("a bc".to_owned()));
        assert_eq!(kept("0123456789abc"), Some("0123456789".to_owned()));
        assert_eq!(kept("§§§"), None);
        assert_eq!(kept(" \u{200b} "), None);
    }

    #[test]
    fn no_more_names_than_players_and_no_more_players_than_can_be() {
        let many = players(u32::MAX, 0, (0..500).map(|n| format!("P{n}")));
        assert_eq!((many.online, many.max, many.names.len()), (100_000, None, 200));
        assert_eq!(players(1, 20, ["A".to_owned(), "B".to_owned()]).names, ["A"]);
    }

    #[test]
    fn an_advertisement_is_no_name() {
        assert!(is_name(&"Steve_01".to_owned()) && is_name(&".Bedrock".to_owned()));
        assert!(!is_name(&"§aVisit us".to_owned()) && !is_name(&"shop.example/x".to_owned()));
    }
}
