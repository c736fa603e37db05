//! `/setupdashboard`, and panels that get lost.

use bot::ids::{CustomId, Purpose};
use domain::plan::ObservedGuild;
use engine::PanelKind;
use gamekeeper::stage::{
    Stage, invited_with,
    verbs::{Told, says, shown, until},
};
use sandbox::{
    actor::{MessageView, NO_OPTIONS},
    faults::{Fault, FaultKind},
    id::MessageId,
    world::{OverwriteTarget, Permissions},
};
use store::PanelState;

use crate::scene::{Options, furnish, game, knows, on, role_of, run, set, setup, stage};

/// Panels of a kind in a channel.
fn panels(stage: &Stage, channel: &str, kind: PanelKind) -> Vec<MessageView> {
    let mark = match kind {
        PanelKind::Admin => CustomId::CreateSimple,
        PanelKind::Player => CustomId::Pick(Purpose::Join, 0),
    }
    .to_string();
    let read = stage.guild.owner().read(stage.guild.channel_id(channel));
    read.into_iter().filter(|message| message.component(&mark).is_some()).collect()
}

/// The owner wants the admin panel in a channel.
async fn place(stage: &Stage, channel: &str) -> Told<()> {
    let options: Options =
        vec![("channel", stage.channel(channel)?.into()), ("kind", "admin".into())];
    says(&run(&stage.guild.owner(), "setupdashboard", options).await?, "The admin panel is in")
}

/// Waits until there are so many of a kind in a channel.
async fn count(stage: &Stage, channel: &str, kind: PanelKind, wanted: usize) -> Told<()> {
    until(&format!("{wanted} {kind} panels in {channel}"), || async {
        (panels(stage, channel, kind).len() == wanted).then_some(())
    })
    .await
}

#[tokio::test]
async fn without_options_the_player_panel_comes_here() -> Told<()> {
    let stage = stage().await?;
    let here = stage.guild.owner().at(stage.channel("games")?);
    let said = run(&here, "setupdashboard", NO_OPTIONS).await?;
    says(&said, "✅ The player panel is in <#")?;
    assert!(said.ephemeral);
    count(&stage, "games", PanelKind::Player, 1).await?;
    count(&stage, "games", PanelKind::Admin, 0).await
}

#[tokio::test]
async fn moved_again_before_the_old_one_is_gone_nothing_is_left() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Admin, "games").await?;
    // Discord does not let the old message be deleted for a while.
    let deaf = FaultKind::Status(503);
    stage.discord.faults().add(Fault::on("delete_message", deaf).always());
    for channel in ["general", "admin", "log"] {
        place(&stage, channel).await?;
        until("the bot to have tried", || async {
            let tried = stage.discord.requests().of("delete_message");
            stage.discord.requests().clear();
            (!tried.is_empty()).then_some(())
        })
        .await?;
    }
    stage.discord.faults().clear();
    count(&stage, "log", PanelKind::Admin, 1).await?;
    for channel in ["games", "general", "admin"] {
        count(&stage, channel, PanelKind::Admin, 0).await?;
    }
    Ok(())
}

#[tokio::test]
async fn moved_while_its_message_is_unknown_nothing_is_left() -> Told<()> {
    let stage = stage().await?;
    // It is posted, and nobody hears of it.
    let lost = Fault::on("create_message", FaultKind::DropAnswer).times(4);
    stage.discord.faults().add(lost);
    place(&stage, "games").await?;
    count(&stage, "games", PanelKind::Admin, 1).await?;
    until("the bot to give up for now", || async {
        (stage.discord.faults().waiting() == 0).then_some(())
    })
    .await?;
    place(&stage, "general").await?;
    count(&stage, "general", PanelKind::Admin, 1).await?;
    count(&stage, "games", PanelKind::Admin, 0).await
}

#[tokio::test]
async fn twice_is_not_double_and_elsewhere_is_moved() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    for kind in [PanelKind::Admin, PanelKind::Player] {
        stage.set_up_panel(&olga, kind, "games").await?;
        stage.set_up_panel(&olga, kind, "games").await?;
        count(&stage, "games", kind, 1).await?;
        stage.set_up_panel(&olga, kind, "general").await?;
        count(&stage, "general", kind, 1).await?;
        count(&stage, "games", kind, 0).await?;
    }
    Ok(())
}

#[tokio::test]
async fn missing_permissions_are_named_and_checked_again() -> Told<()> {
    let all = Permissions(invited_with().bits());
    let less = all.without(Permissions::MANAGE_ROLES).without(Permissions::MANAGE_CHANNELS);
    let stage = set(gamekeeper::stage::Setup { permissions: less, ..setup() }).await?;
    let olga = stage.guild.owner();
    let games = stage.channel("games")?;
    // A channel where the bot may read only.
    let (admin, send) = (stage.channel("admin")?, Permissions::SEND_MESSAGES);
    let bot = OverwriteTarget::Member(stage.discord.world().bot());
    olga.set_overwrite(admin, bot, Permissions::NONE, send).map_err(|e| e.to_string())?;
    let options: Options = vec![("channel", games.into()), ("kind", "player".into())];
    let said = run(&olga, "setupdashboard", options).await?;
    says(&said, "Before I can post the player panel in <#")?;
    says(&said, "1. On this server I lack: **Manage Channels**, **Manage Roles**.")?;
    assert_eq!(said.text().matches("I lack").count(), 1, "{}", said.text());
    assert!(panels(&stage, "games", PanelKind::Player).is_empty());
    olga.set_bot_permissions(all).map_err(|e| e.to_string())?;
    knows(&stage, |guild| guild.bot_permissions().contains(invited_with())).await?;
    let again = CustomId::CheckPanel(PanelKind::Player, twilight_model::id::Id::new(games.0));
    let said = shown(&olga.click(&said, &again.to_string())).await?;
    says(&said, "✅ The player panel is in <#")?;
    count(&stage, "games", PanelKind::Player, 1).await?;
    let options: Options = vec![("channel", admin.into()), ("kind", "admin".into())];
    let said = run(&olga, "setupdashboard", options).await?;
    says(&said, &format!("1. In <#{admin}> I lack: **Send Messages**."))
}

#[tokio::test]
async fn a_role_that_stands_too_low_is_named() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let role = role_of(&stage, chess, domain::Slot::PlayerRole).await?;
    olga.drag_bot_role_to_bottom().map_err(|e| e.to_string())?;
    let outranks = |guild: &ObservedGuild| guild.bot_outranks(domain::RoleId::new(role.0));
    knows(&stage, |guild| !outranks(guild)).await?;
    let own = olga.bot_role().map_err(|e| e.to_string())?;
    let said = run(&olga, "setupdashboard", [("kind", "player")]).await?;
    says(&said, &format!("My own role <@&{own}> stands below roles I look after:"))?;
    says(&said, &format!("<@&{role}>"))?;
    olga.drag_bot_role_to_top().map_err(|e| e.to_string())?;
    // Discord tells of each role that moved by itself; the last word is that it is above them all.
    let top = |guild: &ObservedGuild| {
        let mut others = guild.roles.keys().filter(|role| !guild.bot.roles.contains(role));
        others.all(|role| guild.bot_outranks(*role))
    };
    knows(&stage, top).await?;
    says(&run(&olga, "setupdashboard", [("kind", "player")]).await?, "✅")
}

/// Waits until a panel is known to be gone.
async fn lost(stage: &Stage, kind: PanelKind) -> Told<()> {
    until("the loss to be noticed", || async {
        let panel = stage.engine().store().panel(stage.guild_id(), kind.as_str()).await.ok()??;
        (panel.state == PanelState::Lost).then_some(())
    })
    .await
}

/// The log channel's offer to post a panel again.
async fn offer(stage: &Stage, kind: PanelKind) -> Told<MessageView> {
    let olga = stage.guild.owner();
    let log = stage.channel("log")?;
    let button = CustomId::Repost(kind).to_string();
    until("the panel to be offered again", || async {
        olga.read(log).into_iter().find(|message| message.component(&button).is_some())
    })
    .await
}

#[tokio::test]
async fn a_deleted_panel_is_noticed_and_posted_again() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    let panel = stage.panel(&olga, PanelKind::Player).await?;
    olga.delete_message(panel.channel, panel.id).map_err(|e| e.to_string())?;
    // The next change finds nothing to draw on.
    game(&stage, "Chess").await?;
    lost(&stage, PanelKind::Player).await?;
    stage.panel_says(&olga, PanelKind::Admin, "The player panel’s message is gone.").await?;
    let message = offer(&stage, PanelKind::Player).await?;
    says(&message, "The **player panel** is gone")?;
    // Nobody but an admin can.
    let repost = CustomId::Repost(PanelKind::Player).to_string();
    says(&shown(&stage.person("Mia").click(&message, &repost)).await?, "Only community admins")?;
    shown(&olga.click(&message, &repost)).await?;
    count(&stage, "games", PanelKind::Player, 1).await?;
    stage.panel_says(&olga, PanelKind::Player, "Chess").await
}

#[tokio::test]
async fn a_deleted_panel_is_noticed_without_any_change() -> Told<()> {
    let mut setup = setup();
    setup.bot = |bot| {
        bot.inbound = bot::InboundLimits::NONE;
        bot.panel_check = std::time::Duration::from_secs(1);
    };
    let stage = set(setup).await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    let panel = stage.panel(&olga, PanelKind::Admin).await?;
    olga.delete_message(panel.channel, panel.id).map_err(|e| e.to_string())?;
    lost(&stage, PanelKind::Admin).await?;
    let message = offer(&stage, PanelKind::Admin).await?;
    shown(&olga.click(&message, &CustomId::Repost(PanelKind::Admin).to_string())).await?;
    count(&stage, "admin", PanelKind::Admin, 1).await
}

#[tokio::test]
async fn a_deleted_panel_channel_is_noticed_and_the_panel_posted_where_it_is_asked_for() -> Told<()>
{
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    olga.delete_channel(stage.channel("games")?).map_err(|e| e.to_string())?;
    lost(&stage, PanelKind::Player).await?;
    let message = offer(&stage, PanelKind::Player).await?;
    shown(&olga.click(&message, &CustomId::Repost(PanelKind::Player).to_string())).await?;
    count(&stage, "log", PanelKind::Player, 1).await
}

#[tokio::test]
async fn refresh_draws_a_panel_again() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    let panel = stage.panel(&olga, PanelKind::Admin).await?;
    let edits = || {
        let message: MessageId = panel.id;
        let all = stage.discord.requests().of("update_message").into_iter();
        all.filter(|call| call.path.contains(&message.to_string())).count()
    };
    let before = edits();
    let refresh = CustomId::Refresh(PanelKind::Admin).to_string();
    assert_eq!(olga.click(&panel, &refresh).first().await, sandbox::actor::First::DeferredUpdate);
    until("the panel to be drawn", || async { (edits() > before).then_some(()) }).await
}

#[tokio::test]
async fn work_under_way_and_problems_are_on_the_admin_panel() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    let held =
        stage.discord.holds().order(sandbox::faults::Hold::before(2).of("create_guild_channel"));
    olga.slash("game create", [("name", "Chess")]).first().await;
    held.reached().await.ok_or("no channel was made")?;
    stage.panel_says(&olga, PanelKind::Admin, "⏳").await?;
    held.release();
    stage.rest().await?;
    run(&olga, "settings drift-policy", [("policy", "ask")]).await?;
    olga.delete_channel(stage.channel("chat")?).map_err(|e| e.to_string())?;
    stage.panel_says(&olga, PanelKind::Admin, "⚠️").await?;
    says(&on(&olga, "game info", "Chess").await?, "was deleted by hand")
}
