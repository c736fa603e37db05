//! Changes by hand, as the bot hears of them.

use sandbox::world::{ChannelKind, OverwriteTarget, Permissions};
use twilight_gateway::{Event, Intents};

use super::stage::Stage;
use crate::bot::Bot;

#[tokio::test]
async fn roles_are_given_taken_dragged_and_deleted() {
    let stage = Stage::new().await;
    let mut bot = Bot::start(&stage.sandbox, Intents::GUILDS | Intents::GUILD_MEMBERS).await;
    bot.wait(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
    let owner = stage.guild.owner();
    let player = stage.guild.role_id("Player");
    owner.give_role(stage.bob.id(), player).unwrap();
    let roles = bot.wait(|event| {
        if let Event::MemberUpdate(member) = event { Some(member.roles.len()) } else { None }
    });
    assert_eq!(roles.await, 1);
    owner.take_role(stage.bob.id(), player).unwrap();
    // The bot's role was at the bottom; dragged above, it outranks the players.
    let state = stage.guild.state();
    assert!(!state.outranks_role(stage.sandbox.world().bot(), state.role(player).unwrap()));
    owner.drag_bot_role_above(player).unwrap();
    let state = stage.guild.state();
    assert!(state.outranks_role(stage.sandbox.world().bot(), state.role(player).unwrap()));
    bot.wait(|event| matches!(event, Event::RoleUpdate(_)).then_some(())).await;
    owner.drag_bot_role_to_bottom().unwrap();
    owner.set_bot_permissions(Permissions::MANAGE_ROLES).unwrap();
    let role = owner.bot_role().unwrap();
    let bits = stage.guild.state().role(role).unwrap().permissions;
    assert_eq!(bits, Permissions::MANAGE_ROLES);
    owner.delete_role(player).unwrap();
    let gone =
        bot.wait(
            |event| {
                if let Event::RoleDelete(role) = event { Some(role.role_id.get()) } else { None }
            },
        );
    assert_eq!(gone.await, player.0);
    assert!(owner.delete_role(player).is_err());
}

#[tokio::test]
async fn channels_are_moved_hidden_and_deleted() {
    let stage = Stage::new().await;
    let owner = stage.guild.owner();
    let games = owner.create_channel(ChannelKind::Category, "Games", None).unwrap();
    let chess = owner.create_channel(ChannelKind::Text, "chess", Some(games)).unwrap();
    owner.rename_channel(chess, "go").unwrap();
    owner.move_channel(chess, None).unwrap();
    assert_eq!(stage.guild.channel("go").unwrap().parent, None);
    owner.hide_channel(chess).unwrap();
    assert!(!stage.bob.visible_channels().contains(&chess));
    let bob = OverwriteTarget::Member(stage.bob.id());
    owner.set_overwrite(chess, bob, Permissions::VIEW_CHANNEL, Permissions::NONE).unwrap();
    assert!(stage.bob.visible_channels().contains(&chess));
    owner.remove_overwrite(chess, bob).unwrap();
    assert!(!stage.bob.visible_channels().contains(&chess));
    let message = stage.alice.say(stage.guild.channel_id("general"), "hello").unwrap();
    owner.delete_message(stage.guild.channel_id("general"), message).unwrap();
    assert!(stage.bob.read(stage.guild.channel_id("general")).is_empty());
    owner.delete_channel(chess).unwrap();
    assert!(owner.delete_channel(chess).is_err());
}

#[tokio::test]
async fn people_and_the_bot_come_and_go() {
    let stage = Stage::new().await;
    let mut bot = Bot::start(&stage.sandbox, Intents::GUILDS | Intents::GUILD_MEMBERS).await;
    bot.wait(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
    let owner = stage.guild.owner();
    stage.bob.leave().unwrap();
    bot.wait(|event| matches!(event, Event::MemberRemove(_)).then_some(())).await;
    assert!(stage.bob.member().is_none());
    assert_eq!(stage.bob.channel(), None);
    stage.bob.rejoin().unwrap();
    bot.wait(|event| matches!(event, Event::MemberAdd(_)).then_some(())).await;
    owner.kick(stage.bob.id()).unwrap();
    bot.wait(|event| matches!(event, Event::MemberRemove(_)).then_some(())).await;
    owner.kick_bot().unwrap();
    bot.wait(|event| matches!(event, Event::GuildDelete(_)).then_some(())).await;
    owner.invite_bot(Permissions::MANAGE_ROLES).unwrap();
    bot.wait(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
    // Waiting for a message somewhere, however it gets there.
    let general = stage.guild.channel_id("general");
    let waiting = stage.alice.wait_for(general, |message| message.content == "hello");
    let (seen, _) = tokio::join!(waiting, async { owner.say(general, "hello").unwrap() });
    assert_eq!(seen.unwrap().author, owner.id());
}
