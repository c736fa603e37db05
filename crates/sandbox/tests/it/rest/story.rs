//! A whole game table through a real client library, with the events a bot would live by.

use sandbox::world::{ChannelKind, Permissions};
use sandbox::{Config, Sandbox};
use twilight_gateway::{Event, Intents};
use twilight_model::channel::ChannelType;
use twilight_model::channel::message::MessageFlags;
use twilight_model::channel::message::component::{Component, Container, TextDisplay};
use twilight_model::channel::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};
use twilight_model::guild::Permissions as Bits;
use twilight_model::guild::audit_log::AuditLogEventType as Kind;
use twilight_model::id::Id;

use super::client::USUAL;
use crate::bot::Bot;

fn panel(text: &str) -> Vec<Component> {
    let text = TextDisplay { id: None, content: text.to_owned() };
    let parts = vec![Component::TextDisplay(text)];
    vec![Component::Container(Container {
        accent_color: Some(Some(255)),
        components: parts,
        id: None,
        spoiler: None,
    })]
}

#[tokio::test]
async fn a_table_is_set_up_played_and_cleared() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let rights = USUAL | Permissions::MANAGE_THREADS | Permissions::SPEAK;
    let guild = sandbox
        .new_guild("Club")
        .member("Alice")
        .channel(ChannelKind::Text, "general")
        .bot(rights)
        .build();
    let intents = Intents::GUILDS | Intents::GUILD_MODERATION | Intents::GUILD_MESSAGES;
    let mut bot = Bot::start(&sandbox, intents).await;
    bot.wait(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
    let id = Id::new(guild.id().0);
    let alice = guild.actor("Alice");

    let role = bot.http.create_role(id).name("Chess").permissions(Bits::empty());
    let role = role.await.unwrap().model().await.unwrap();
    let hidden = [
        PermissionOverwrite {
            id: id.cast(),
            kind: PermissionOverwriteType::Role,
            allow: Bits::empty(),
            deny: Bits::VIEW_CHANNEL,
        },
        PermissionOverwrite {
            id: role.id.cast(),
            kind: PermissionOverwriteType::Role,
            allow: Bits::VIEW_CHANNEL | Bits::SEND_MESSAGES | Bits::CONNECT | Bits::SPEAK,
            deny: Bits::empty(),
        },
        PermissionOverwrite {
            id: bot.application.cast(),
            kind: PermissionOverwriteType::Member,
            allow: Bits::VIEW_CHANNEL | Bits::SEND_MESSAGES | Bits::CONNECT,
            deny: Bits::empty(),
        },
    ];
    let category = bot.http.create_guild_channel(id, "Chess").kind(ChannelType::GuildCategory);
    let category = category.permission_overwrites(&hidden).await.unwrap().model().await.unwrap();
    let told = bot.wait(|event| match event {
        Event::ChannelCreate(channel) => Some(channel.id),
        _ => None,
    });
    assert_eq!(told.await, category.id);
    let mut rooms = Vec::new();
    for (kind, name) in [
        (ChannelType::GuildText, "Chess Chat"),
        (ChannelType::GuildVoice, "Chess Voice"),
        (ChannelType::GuildForum, "Chess Tables"),
    ] {
        let room = bot.http.create_guild_channel(id, name).kind(kind).parent_id(category.id);
        let room = room.permission_overwrites(&hidden).await.unwrap().model().await.unwrap();
        assert_eq!(room.parent_id, Some(category.id));
        rooms.push(room);
    }
    assert_eq!(rooms[0].name.as_deref(), Some("chess-chat"));
    assert_eq!(alice.visible_names(), ["general"]);
    let player = Id::new(alice.id().0);
    bot.http.add_guild_member_role(id, player, role.id).await.unwrap();
    assert_eq!(alice.visible_channels().len(), 5);

    let text = rooms[0].id;
    let components = panel("Move 1");
    let post = bot.http.create_message(text).flags(MessageFlags::IS_COMPONENTS_V2);
    let post = post.components(&components).await.unwrap().model().await.unwrap();
    let components = panel("Move 2");
    let edit = bot.http.update_message(text, post.id).flags(MessageFlags::IS_COMPONENTS_V2);
    edit.components(Some(&components)).await.unwrap();
    let seen = alice.read(sandbox::id::ChannelId(text.get()));
    assert_eq!(seen[0].text(), "Move 2");
    bot.http.create_pin(text, post.id).await.unwrap();
    bot.wait(|event| matches!(event, Event::ChannelPinsUpdate(_)).then_some(())).await;

    bot.http.update_channel(text).name("Chess Final").position(1).await.unwrap();
    let renamed = bot.wait(|event| match event {
        Event::ChannelUpdate(channel) => channel.name.clone(),
        _ => None,
    });
    assert_eq!(renamed.await, "chess-final");
    let one = PermissionOverwrite {
        id: player.cast(),
        kind: PermissionOverwriteType::Member,
        ..hidden[0]
    };
    let one = twilight_model::http::permission_overwrite::PermissionOverwrite {
        id: one.id,
        kind: twilight_model::http::permission_overwrite::PermissionOverwriteType::Member,
        allow: Some(Bits::empty()),
        deny: Some(Bits::VIEW_CHANNEL),
    };
    bot.http.update_channel_permission(text, &one).await.unwrap();
    assert_eq!(alice.visible_channels().len(), 4);
    bot.http.delete_channel_permission(text).member(player).await.unwrap();

    let log = bot.http.audit_log(id).limit(100).await.unwrap().model().await.unwrap();
    let newest: Vec<_> = log.entries.iter().take(4).map(|entry| entry.action_type).collect();
    assert_eq!(
        newest,
        [
            Kind::ChannelOverwriteDelete,
            Kind::ChannelOverwriteCreate,
            Kind::ChannelUpdate,
            Kind::MessagePin
        ]
    );
    for room in rooms.iter().map(|room| room.id).chain([category.id]) {
        bot.http.delete_channel(room).await.unwrap();
    }
    bot.http.delete_role(id, role.id).await.unwrap();
    bot.wait(|event| matches!(event, Event::RoleDelete(_)).then_some(())).await;
    assert_eq!(alice.visible_names(), ["general"]);
    assert!(alice.member().unwrap().roles.is_empty());
    assert!(sandbox.violations().is_empty(), "{:?}", sandbox.violations());
}
