//! Channels and their overwrites.

use super::super::probe::{Probe, delete, get, patch, post, put};
use super::super::stage::Stage;

fn full_guild(stage: &Stage) {
    stage.guild.owner().fill_channels(0).unwrap();
}

/// A thousand overwrites on `chess`.
fn full_channel(stage: &Stage) {
    let chess = stage.guild.channel("chess").unwrap().id;
    let mut world = stage.sandbox.world();
    let channel = world.channels.get_mut(&chess).unwrap();
    for number in 0..1_000 {
        channel.overwrites.push(sandbox::world::Overwrite {
            target: sandbox::world::OverwriteTarget::Member(sandbox::id::UserId(5_000 + number)),
            allow: sandbox::world::Permissions::NONE,
            deny: sandbox::world::Permissions::NONE,
        });
    }
}

pub const ALL: &[Probe] = &[
    post("trigger_typing_indicator", "/channels/{general}/typing", "")
        .gives(204)
        .weak()
        .lost("/channels/1/typing", 10_003)
        .bucket(),
    get("get_channel", "/channels/{general}").hidden().lost("/channels/1", 10_003).bucket(),
    patch("update_channel", "/channels/{general}", r#"{"name": "lobby"}"#)
        .weak()
        .lost("/channels/1", 10_003)
        .bounds(r#"{"name": "", "rate_limit_per_user": 99999}"#),
    delete("delete_channel", "/channels/{general}")
        .gives(200)
        .weak()
        .lost("/channels/1", 10_003)
        .bucket(),
    get("list_guild_channels", "/guilds/{guild}/channels")
        .outside()
        .lost("/guilds/1/channels", 10_004)
        .bucket(),
    post("create_guild_channel", "/guilds/{guild}/channels", r#"{"name": "new", "type": 0}"#)
        .gives(201)
        .weak()
        .lost("/guilds/1/channels", 10_004)
        .full(full_guild, 30_013),
    patch(
        "bulk_update_guild_channels",
        "/guilds/{guild}/channels",
        r#"[{"id": "{general}", "position": 3}]"#,
    )
    .gives(204)
    .weak()
    .lost("/guilds/1/channels", 10_004)
    .bounds(r#"[{"id": "{general}", "position": -1}]"#),
    put(
        "set_channel_permission_overwrite",
        "/channels/{chess}/permissions/{player}",
        r#"{"type": 0, "allow": "1024", "deny": "0"}"#,
    )
    .gives(204)
    .weak()
    .lost("/channels/1/permissions/{player}", 10_003)
    .full(full_channel, 30_060),
    delete("delete_channel_permission_overwrite", "/channels/{general}/permissions/{player}")
        .weak()
        .lost("/channels/{general}/permissions/{bob}", 10_009)
        .bucket(),
];
