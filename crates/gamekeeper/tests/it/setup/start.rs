//! Starting, and starting again.

use bot::ids::{CustomId, Purpose};
use domain::Slot;
use engine::PanelKind;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, until},
};
use sandbox::world::Intents;

use crate::log::Lines;
use crate::scene::{crash, game, on, restart, role_of, run, setup, stage, wears};

#[tokio::test]
async fn commands_are_registered_once() -> Told<()> {
    let mut stage = stage().await?;
    let puts = |stage: &Stage| stage.discord.requests().of("bulk_set_application_commands").len();
    assert_eq!(puts(&stage), 1);
    restart(&mut stage).await?;
    crash(&mut stage).await?;
    assert_eq!(puts(&stage), 1, "registered again without a change");
    says(&run(&stage.person("Mia"), "help", sandbox::actor::NO_OPTIONS).await?, "/joingame")?;
    stage.truth().await
}

#[tokio::test]
async fn only_needed_intents_are_asked_for() -> Told<()> {
    let stage = stage().await?;
    let sessions = stage.discord.gateway().sessions();
    assert_eq!(sessions.len(), 1);
    let intents = sessions[0].intents;
    assert_eq!(intents & Intents::MESSAGE_CONTENT, 0);
    assert_eq!(intents, Intents::GUILDS | Intents::GUILD_MEMBERS);
    Ok(())
}

#[tokio::test]
async fn a_restart_resumes_the_session() -> Told<()> {
    let mut stage = stage().await?;
    let before: Vec<_> = stage.discord.gateway().sessions().into_iter().map(|s| s.id).collect();
    restart(&mut stage).await?;
    let after: Vec<_> = stage.discord.gateway().sessions().into_iter().map(|s| s.id).collect();
    assert_eq!(before, after);
    Ok(())
}

#[tokio::test]
async fn without_the_members_intent_games_work_all_the_same() -> Told<()> {
    let mut setup = setup();
    setup.discord.privileged_intents = 0;
    setup.bot = |bot| {
        bot.inbound = bot::InboundLimits::NONE;
        bot.members_intent = false;
    };
    let stage = crate::scene::set(setup).await?;
    let chess = game(&stage, "Chess").await?;
    let mia = stage.person("Mia");
    says(&on(&mia, "joingame", "Chess").await?, "You are in")?;
    stage.rest().await?;
    assert!(wears(&mia, role_of(&stage, chess, Slot::PlayerRole).await?));
    assert_eq!(stage.discord.gateway().sessions()[0].intents, Intents::GUILDS);
    stage.truth().await
}

#[tokio::test]
async fn a_members_intent_that_is_not_granted_is_done_without() -> Told<()> {
    let mut setup = setup();
    setup.discord.privileged_intents = 0;
    let lines = Lines::listen();
    let stage = crate::scene::set(setup).await?;
    game(&stage, "Chess").await?;
    assert_eq!(stage.discord.gateway().sessions()[0].intents, Intents::GUILDS);
    let said = lines.with("Discord refuses the Server Members intent");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("WARN") && said[0].contains("in the Developer Portal"), "{said:?}");
    stage.truth().await
}

/// Panels of a kind in a channel.
fn panels(stage: &Stage, channel: sandbox::id::ChannelId, kind: PanelKind) -> usize {
    let mark = match kind {
        PanelKind::Admin => CustomId::CreateSimple,
        PanelKind::Player => CustomId::Pick(Purpose::Join, 0),
    }
    .to_string();
    let read = stage.guild.owner().read(channel);
    read.iter().filter(|message| message.component(&mark).is_some()).count()
}

#[tokio::test]
async fn a_configured_channel_gets_both_panels_on_the_first_start_only() -> Told<()> {
    // The channel's id is known before the bot starts only if the world's ids are: so the bot
    // reads it from where the test left it.
    static CHANNEL: std::sync::OnceLock<u64> = std::sync::OnceLock::new();
    let mut setup = setup();
    setup.bot = |bot| {
        bot.inbound = bot::InboundLimits::NONE;
        bot.dashboard_channel = CHANNEL.get().copied().and_then(domain::ChannelId::new_checked);
    };
    let mut stage = Stage::empty(setup).await.map_err(|stop| stop.to_string())?;
    let games = stage.channel("games")?;
    CHANNEL.set(games.0).map_err(|_| "set twice")?;
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    let olga = stage.guild.owner();
    for kind in PanelKind::ALL {
        stage.posted(kind).await?;
        assert_eq!(panels(&stage, games, kind), 1);
    }
    // Moved by a person: a restart does not bring it back.
    stage.set_up_panel(&olga, PanelKind::Player, "general").await?;
    until("the old one to be gone", || async {
        (panels(&stage, games, PanelKind::Player) == 0).then_some(())
    })
    .await?;
    let posts = stage.discord.requests().of("create_message").len();
    restart(&mut stage).await?;
    game(&stage, "Chess").await?;
    stage.panel_says(&olga, PanelKind::Player, "Chess").await?;
    assert_eq!(stage.discord.requests().of("create_message").len(), posts);
    assert_eq!(panels(&stage, games, PanelKind::Admin), 1);
    assert_eq!(panels(&stage, games, PanelKind::Player), 0);
    stage.truth().await
}
