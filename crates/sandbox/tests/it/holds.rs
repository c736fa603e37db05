//! Calls held in the middle: the points where a crash hurts.

use std::io::ErrorKind;
use std::time::Duration;

use sandbox::actor::GuildHandle;
use sandbox::faults::Hold;
use sandbox::world::Permissions;
use sandbox::{Config, Sandbox};

use crate::http::{call, get, send};

async fn club() -> (Sandbox, GuildHandle, String) {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let path = format!("/guilds/{}/roles", guild.id());
    (sandbox, guild, path)
}

#[tokio::test]
async fn the_third_call_is_held_before_it_takes_effect() {
    let (sandbox, guild, path) = club().await;
    let held = sandbox.holds().order(Hold::before(3));
    let bot = async {
        let mut statuses = Vec::new();
        for name in ["one", "two", "three"] {
            assert_eq!(get(&sandbox, "/users/@me").await.status, 200, "reads do not count");
            let body = format!(r#"{{"name": "{name}"}}"#);
            statuses.push(call(&sandbox, "POST", &path, &body).await.unwrap().status);
        }
        statuses
    };
    let test = async {
        let call = held.reached().await.unwrap();
        assert_eq!(call.operation, "create_guild_role");
        assert!(call.path.ends_with("/roles"), "{}", call.path);
        assert!(guild.role("two").is_some() && guild.role("three").is_none());
        assert_eq!(sandbox.holds().hanging(), [call]);
        held.release();
    };
    let (statuses, ()) = tokio::join!(bot, test);
    assert_eq!(statuses, [200; 3]);
    assert!(guild.role("three").is_some() && sandbox.holds().hanging().is_empty());
}

#[tokio::test]
async fn a_call_held_after_its_effect_can_be_cut() {
    let (sandbox, guild, path) = club().await;
    let held = sandbox.holds().order(Hold::after(1).of("create_guild_role"));
    let bot = call(&sandbox, "POST", &path, r#"{"name": "done"}"#);
    let test = async {
        held.reached().await.unwrap();
        assert!(guild.role("done").is_some());
        held.cut();
    };
    let (answer, ()) = tokio::join!(bot, test);
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_bot_killed_during_a_hold_leaves_its_request_to_the_test() {
    for (takes_effect, name) in [(true, "later"), (false, "never")] {
        let (sandbox, guild, path) = club().await;
        let held = sandbox.holds().order(Hold::before(1));
        let process = send(&sandbox, "POST", &path, &format!(r#"{{"name": "{name}"}}"#)).await;
        held.reached().await.unwrap();
        drop(process);
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(guild.role(name).is_none());
        if takes_effect {
            held.release();
        } else {
            held.cut();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(guild.role(name).is_some(), takes_effect);
    }
}

#[tokio::test]
async fn holds_can_be_left_in_place_and_lifted_together() {
    let (sandbox, guild, path) = club().await;
    sandbox.holds().order(Hold::before(1)).leave();
    drop(sandbox.holds().order(Hold::before(1)));
    let bot = call(&sandbox, "POST", &path, r#"{"name": "x"}"#);
    let test = async {
        while sandbox.holds().hanging().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        sandbox.holds().release_all();
    };
    let (answer, ()) = tokio::join!(bot, test);
    assert_eq!(answer.unwrap().status, 200);
    assert!(guild.role("x").is_some());
}
