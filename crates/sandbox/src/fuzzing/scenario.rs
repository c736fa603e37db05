//! Any scenario and faults files.

use serde::de::IgnoredAny;

use crate::gateway::Listener;
use crate::sandbox::Sandbox;
use crate::scenario::{Scenario, Troubles};
use crate::world::Intents;

pub(super) fn play(sandbox: &Sandbox, input: &[u8]) {
    let listener = Listener::join(sandbox, Intents::ALL).expect("the bot may identify");
    for part in super::parts(input) {
        // Files that are no text are refused before they are parsed.
        let text = String::from_utf8_lossy(part);
        match Scenario::parse(&text) {
            Ok(scenario) => {
                // Nothing is checked while it is made, so what was accepted can be made.
                let guilds = scenario.make(sandbox);
                let guilds = guilds.unwrap_or_else(|error| panic!("{error} for {scenario:?}"));
                assert_eq!(guilds.len(), scenario.guilds.len());
            }
            Err(error) => assert!(!error.what.is_empty(), "refused without a word"),
        }
        match Troubles::parse(&text) {
            Ok(troubles) => troubles.apply(sandbox),
            Err(error) => assert!(!error.what.is_empty(), "refused without a word"),
        }
    }
    for event in listener.heard(sandbox) {
        assert!(serde_json::from_str::<IgnoredAny>(&event).is_ok(), "a broken event: {event}");
    }
}
