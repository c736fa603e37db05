//! Threads.

use super::super::probe::{Probe, Trouble, delete, get, post, put};
use super::super::stage::Stage;
use sandbox::id::UserId;

/// A thousand people in the thread.
fn crowd(stage: &Stage) {
    let thread = stage.fill("{thread}").parse().unwrap();
    let mut world = stage.sandbox.world();
    let thread = world.channels.get_mut(&thread).unwrap().thread.as_deref_mut().unwrap();
    let pattern = thread.members[0];
    for number in 0..1_000 {
        let user = UserId(5_000 + number);
        thread.members.push(sandbox::world::ThreadMember { user, ..pattern });
    }
}

/// The bot is a guest in somebody else's thread, and may only look.
fn foreign(stage: &Stage) {
    let thread = stage.fill("{thread}").parse().unwrap();
    let owner = stage.guild.owner().id();
    let mut world = stage.sandbox.world();
    world.channels.get_mut(&thread).unwrap().thread.as_deref_mut().unwrap().owner = owner;
    drop(world);
    stage.weaken();
}

pub const ALL: &[Probe] = &[
    post("create_thread", "/channels/{general}/threads", r#"{"name": "aside", "type": 11}"#)
        .gives(201)
        .weak()
        .lost("/channels/1/threads", 10_003)
        .bounds(r#"{"name": "", "type": 11}"#),
    post(
        "create_thread_from_message",
        "/channels/{general}/messages/{message}/threads",
        r#"{"name": "aside"}"#,
    )
    .gives(201)
    .weak()
    .lost("/channels/{general}/messages/1/threads", 10_008)
    .limit(Trouble::With {
        path: Some("/channels/{general}/messages/{starter}/threads"),
        body: None,
        status: 400,
        code: 160_004,
    }),
    get("get_active_guild_threads", "/guilds/{guild}/threads/active")
        .outside()
        .lost("/guilds/1/threads/active", 10_004)
        .bucket(),
    get("list_public_archived_threads", "/channels/{general}/threads/archived/public")
        .weak()
        .lost("/channels/1/threads/archived/public", 10_003)
        .page("/channels/{general}/threads/archived/public?limit=101"),
    get("list_private_archived_threads", "/channels/{general}/threads/archived/private")
        .weak()
        .lost("/channels/1/threads/archived/private", 10_003)
        .page("/channels/{general}/threads/archived/private?limit=1"),
    get("list_thread_members", "/channels/{thread}/thread-members")
        .hidden()
        .lost("/channels/1/thread-members", 10_003)
        .bucket(),
    put("join_thread", "/channels/{thread}/thread-members/@me", "")
        .gives(204)
        .hidden()
        .lost("/channels/1/thread-members/@me", 10_003)
        .bucket(),
    delete("leave_thread", "/channels/{thread}/thread-members/@me")
        .hidden()
        .lost("/channels/1/thread-members/@me", 10_003)
        .bucket(),
    get("get_thread_member", "/channels/{thread}/thread-members/{alice}")
        .hidden()
        .lost("/channels/{thread}/thread-members/{bob}", 10_007)
        .bucket(),
    put("add_thread_member", "/channels/{thread}/thread-members/{bob}", "")
        .gives(204)
        .weak()
        .lost("/channels/{thread}/thread-members/1", 10_007)
        .full(crowd, 30_033),
    delete("delete_thread_member", "/channels/{thread}/thread-members/{alice}")
        .permission(Trouble::After(foreign, 403, 50_013))
        .lost("/channels/1/thread-members/{alice}", 10_003)
        .bucket(),
];
