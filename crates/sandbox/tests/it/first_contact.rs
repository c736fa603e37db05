//! The shortest way through everything: connect, register, call, answer, see.

use std::time::Duration;

use sandbox::actor::{First, NO_OPTIONS};
use sandbox::world::{ChannelKind, Permissions};
use sandbox::{Config, Sandbox};
use twilight_gateway::{Event, Intents};
use twilight_model::application::command::CommandType;
use twilight_model::http::interaction::{
    InteractionResponse, InteractionResponseData, InteractionResponseType,
};
use twilight_util::builder::command::{CommandBuilder, StringBuilder, SubCommandBuilder};

use crate::bot::Bot;

async fn sandbox() -> Sandbox {
    Sandbox::start(Config::default()).await.unwrap()
}

fn message(text: &str) -> InteractionResponse {
    let data = InteractionResponseData {
        content: Some(text.to_owned()),
        ..InteractionResponseData::default()
    };
    InteractionResponse {
        kind: InteractionResponseType::ChannelMessageWithSource,
        data: Some(data),
    }
}

#[tokio::test]
async fn a_command_is_answered_and_seen() {
    let sandbox = sandbox().await;
    let guild = sandbox.new_guild("Club").member("Alice").bot(Permissions::ADMINISTRATOR).build();
    let mut bot = Bot::start(&sandbox, Intents::GUILDS).await;
    let seen = bot
        .wait(|event| if let Event::GuildCreate(guild) = event { Some(guild.id()) } else { None })
        .await;
    assert_eq!(seen.get(), guild.id().0);
    let command = CommandBuilder::new("game", "Games", CommandType::ChatInput)
        .option(
            SubCommandBuilder::new("create", "Make one")
                .option(StringBuilder::new("name", "Its name")),
        )
        .build();
    bot.http.interaction(bot.application).set_global_commands(&[command]).await.unwrap();

    let reply = guild.actor("Alice").slash("game create", [("name", "Chess")]);
    let call = bot
        .wait(|event| if let Event::InteractionCreate(call) = event { Some(call) } else { None })
        .await;
    let user = call.member.as_ref().and_then(|member| member.user.as_ref()).unwrap();
    assert_eq!(user.id.get(), guild.actor("Alice").id().0);
    let client = bot.http.interaction(bot.application);
    client.create_response(call.id, &call.token, &message("Chess it is")).await.unwrap();
    let First::Message(view) = reply.first().await else { panic!("no message") };
    assert_eq!(view.text(), "Chess it is");

    client.update_response(&call.token).content(Some("Changed")).await.unwrap();
    assert_eq!(reply.text(), "Changed");
    let second = client.create_response(call.id, &call.token, &message("again")).await.unwrap_err();
    assert!(second.to_string().contains("400"), "{second}");
}

#[tokio::test]
async fn no_answer_in_three_seconds_fails_and_is_too_late() {
    let sandbox = sandbox().await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let mut bot = Bot::start(&sandbox, Intents::GUILDS).await;
    let ping = CommandBuilder::new("ping", "Ping", CommandType::ChatInput).build();
    bot.http.interaction(bot.application).set_global_commands(&[ping]).await.unwrap();
    bot.wait(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
    let reply = guild.owner().slash("ping", NO_OPTIONS);
    let call = bot
        .wait(|event| if let Event::InteractionCreate(call) = event { Some(call) } else { None })
        .await;
    sandbox.clock().advance(Duration::from_secs(4));
    assert_eq!(reply.first().await, First::Failed("The application did not respond".to_owned()));
    let late = bot
        .http
        .interaction(bot.application)
        .create_response(call.id, &call.token, &message("late"))
        .await;
    assert!(late.unwrap_err().to_string().contains("404"));
    assert_eq!(sandbox.violations().len(), 1);
}

#[tokio::test]
async fn a_dropped_connection_resumes_and_misses_nothing() {
    let sandbox = sandbox().await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let mut bot = Bot::start(&sandbox, Intents::GUILDS).await;
    bot.wait(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
    sandbox.close_gateway(4000);
    bot.wait(|event| matches!(event, Event::GatewayClose(_)).then_some(())).await;
    let general = guild.channel("general").unwrap();
    guild.owner().rename_channel(general.id, "lobby").unwrap();
    let name = bot.wait(|event| {
        if let Event::ChannelUpdate(channel) = event { channel.name.clone() } else { None }
    });
    assert_eq!(name.await, "lobby");
    bot.wait(|event| matches!(event, Event::Resumed).then_some(())).await;
}

#[tokio::test]
async fn roles_and_channels_over_rest_follow_the_rules() {
    let sandbox = sandbox().await;
    let guild = sandbox
        .new_guild("Club")
        .channel(ChannelKind::Text, "general")
        .bot(Permissions::MANAGE_ROLES | Permissions::VIEW_AUDIT_LOG)
        .build();
    let mut bot = Bot::start(&sandbox, Intents::GUILDS | Intents::GUILD_MODERATION).await;
    bot.wait(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
    let id = twilight_model::id::Id::new(guild.id().0);
    let role = bot
        .http
        .create_role(id)
        .name("Chess")
        .permissions(twilight_model::guild::Permissions::empty())
        .await
        .unwrap()
        .model()
        .await
        .unwrap();
    assert_eq!(role.position, 1);
    let told = bot
        .wait(|event| if let Event::RoleCreate(role) = event { Some(role.role.id) } else { None })
        .await;
    assert_eq!(told, role.id);
    bot.wait(|event| matches!(event, Event::GuildAuditLogEntryCreate(_)).then_some(())).await;
    let refused = bot.http.create_guild_channel(id, "secret").await.unwrap_err();
    assert!(refused.to_string().contains("50013"), "{refused}");
    assert!(sandbox.violations().is_empty(), "{:?}", sandbox.violations());
    assert_eq!(guild.state().audit.back().unwrap().target, Some(role.id.get()));
}
