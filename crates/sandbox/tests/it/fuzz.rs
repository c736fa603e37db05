//! The fuzz targets over their checked-in inputs, and over some made up on the spot: so they cannot rot between two
//! real runs (`scripts/fuzz`).

use std::path::Path;

use proptest::prelude::*;
use sandbox::{Config, Sandbox, fuzzing};

use crate::http;

/// The inputs of a target, each with its name.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let seeds: Vec<_> =
        files.map(|path| (path.display().to_string(), std::fs::read(path).unwrap())).collect();
    assert!(!seeds.is_empty());
    seeds
}

/// Plays every seed, then seeds cut short, spliced and spoilt.
#[allow(clippy::print_stdout, reason = "names the seed that fails")]
fn play(target: &str, entry: fn(&[u8])) {
    let seeds = seeds(target);
    for (name, seed) in &seeds {
        // Shown only when the seed fails.
        println!("{name}");
        entry(seed);
    }
    let any = 0..seeds.len();
    let config = ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() };
    proptest!(config, |(one in any.clone(), other in any, cut: prop::sample::Index, byte: u8)| {
        let (one, other) = (&seeds[one].1, &seeds[other].1);
        let at = cut.index(one.len());
        let mut input = one[..at].to_vec();
        input.push(byte);
        input.extend_from_slice(&other[cut.index(other.len())..]);
        entry(&input);
    });
}

#[test]
fn any_rest_request_is_answered_as_discord_answers() {
    play("rest", fuzzing::rest);
}

#[test]
fn any_gateway_frame_is_answered_or_closed_with_a_documented_code() {
    play("gateway", fuzzing::gateway);
}

#[test]
fn any_scenario_is_made_or_refused_with_a_word() {
    play("scenario", fuzzing::scenario);
}

// What runs have found.

#[tokio::test]
async fn a_path_that_is_no_text_is_answered_in_json() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let answer = http::get(&sandbox, "/guilds/%ff%fe/roles").await;
    assert_eq!((answer.status, answer.json()["message"].as_str()), (404, Some("404: Not Found")));
}
