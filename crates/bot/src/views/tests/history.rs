//! The page around a picture, for any server and any past.

use domain::server::{ServerActions, ServerId, ServerName, ServerState, Watch};
use engine::{HistorySpan, Seen, ServerHistory, ServerView};
use store::{Found, Sample, ServerRecord};
use twilight_model::id::Id;

use super::{super::history, both, limits::message};

fn past(name: &str, span: HistorySpan, looks: Vec<Sample>) -> ServerHistory {
    let record = ServerRecord {
        id: ServerId(i64::MAX),
        found: Found {
            guild: Id::new(1),
            source: "amp:main".to_owned(),
            place: "x".to_owned(),
            name: ServerName::from_stored(name.to_owned()),
            module: String::new(),
            address: None,
        },
        game: None,
        gone: false,
        watch: Watch::default(),
        reading: None,
        alerts: None,
        muted_until: 0,
        crowd: None,
        told: 0,
    };
    let view = ServerView { record, game: None, may: ServerActions::default() };
    ServerHistory { view, span, until: 1_795_790_220_000, seen: Seen::Looks(looks) }
}

#[test]
fn histories() {
    for w in both() {
        for span in HistorySpan::ALL {
            for name in ["S", &"**W**".repeat(20), "{title} {uptime}"] {
                let look = Sample::of(1_795_790_000_000, ServerState::Online, None);
                for looks in [vec![], vec![look]] {
                    let past = past(name, span, looks);
                    let words = chart::describe(&history::chart(w, &past));
                    assert!((1..=1024).contains(&words.chars().count()));
                    message(&history::page(w, &past, &words));
                    message(&history::told(w, &past, &words));
                }
            }
        }
    }
}
