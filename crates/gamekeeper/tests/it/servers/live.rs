//! What everybody sees of a game server without asking: its live message, the panels, its alarms.

use std::time::Duration;

use amp_sandbox::AmpConfig;
use bot::ids::{CustomId, ServerAct};
use domain::{Slot, audit::AuditKind, server::ServerState};
use engine::{CardKind, PanelKind};
use gamekeeper::stage::{
    Setup,
    verbs::{Told, says, shown, until},
};
use sandbox::{
    actor::MessageView,
    id::ChannelId,
    limits::{HiddenLimit, Limit, Trigger},
};

use super::{Scene, scene, scene_in, server_setup};
use crate::scene::{Options, audited, channel_of, furnish, game, on, run};

impl Scene {
    /// What everybody sees in a channel about a server, oldest first.
    fn seen(&self, channel: ChannelId, wanted: &str) -> Vec<MessageView> {
        let all = self.stage.guild.owner().read(channel);
        all.into_iter()
            .filter(|message| !message.ephemeral && message.text().contains(wanted))
            .collect()
    }

    /// The only live message in a channel, once it says this.
    async fn live(&self, channel: ChannelId, wanted: &str) -> Told<MessageView> {
        until(&format!("one live message that says “{wanted}”"), || async {
            match self.seen(channel, "## ").as_slice() {
                [one] if one.text().contains(wanted) => Some(one.clone()),
                _ => None,
            }
        })
        .await
    }

    async fn no_live(&self, channel: ChannelId) -> Told<()> {
        until("no live message", || async { self.seen(channel, "## ").is_empty().then_some(()) })
            .await
    }

    fn own_channel(&self, name: &str) -> Told<ChannelId> {
        self.stage.channel(name)
    }

    async fn say(&self, what: &str, more: Options<'_>) -> Told<MessageView> {
        let options = [vec![("server", "Survival".into())], more].concat();
        run(&self.stage.guild.owner(), &format!("server {what}"), options).await
    }
}

#[tokio::test]
async fn a_game_has_its_servers_live_message_for_as_long_as_they_are_tied() -> Told<()> {
    let scene = scene().await?;
    let chess = game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    let channel = channel_of(&scene.stage, chess, Slot::Chat).await?;
    let first = scene.live(channel, "**online**").await?;
    says(&first, "Address: `play.example.org:25565`")?;
    assert!(!first.text().contains("Last seen"), "it would change with every look");
    scene.amp.instance(scene.survival).join("Steve");
    let then = scene.live(channel, "Steve").await?;
    assert_eq!(then.id, first.id, "edited, not posted again");
    // From there it is dealt with, by those who may.
    let server = scene.server().await.ok_or("gone")?.id;
    let stop = CustomId::Server(ServerAct::StopAsk, server).to_string();
    let mia = scene.stage.person("Mia");
    on(&mia, "joingame", "Chess").await?;
    scene.stage.rest().await?;
    says(&shown(&mia.click(&then, &stop)).await?, "Ask a community admin.")?;
    let olga = scene.stage.guild.owner();
    let asked = shown(&olga.click(&then, &stop)).await?;
    assert!(asked.ephemeral);
    scene.press(&olga, &asked, ServerAct::Stop).await?;
    let down = scene.live(channel, "**offline**").await?;
    assert_eq!(down.id, first.id);
    assert!(down.button("Start").is_some() && down.button("Stop …").is_none());
    let options: Options = vec![("server", "Survival".into())];
    run(&olga, "server unlink", options).await?;
    scene.no_live(channel).await?;
    scene.end().await
}

#[tokio::test]
async fn a_live_message_that_somebody_deletes_stays_away_until_it_is_wanted_again() -> Told<()> {
    let scene = scene().await?;
    let chess = game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    let channel = channel_of(&scene.stage, chess, Slot::Chat).await?;
    let first = scene.live(channel, "**online**").await?;
    let olga = scene.stage.guild.owner();
    olga.delete_message(channel, first.id).map_err(|error| format!("{error:?}"))?;
    scene.amp.instance(scene.survival).crash();
    scene.becomes(ServerState::Crashed).await?;
    let (store, guild) = (scene.stage.engine().store().clone(), scene.stage.guild_id());
    let server = scene.server().await.ok_or("gone")?.id;
    until("the bot to have noticed", || async {
        let known = store.panel(guild, &CardKind::Game(server).to_string()).await.ok()??;
        (known.state == store::PanelState::Lost).then_some(())
    })
    .await?;
    assert!(scene.seen(channel, "## ").is_empty());
    // Wanted again, and in another place too.
    let said = scene.say("panel", vec![("channel", channel.into())]).await?;
    says(&said, "The live message of **Survival** stands in")?;
    scene.live(channel, "**crashed**").await?;
    let elsewhere = scene.own_channel("games")?;
    scene.say("panel", vec![("channel", elsewhere.into())]).await?;
    scene.live(elsewhere, "**crashed**").await?;
    let said = scene.say("panel", vec![("remove", true.into())]).await?;
    says(&said, "are taken away")?;
    scene.no_live(channel).await?;
    scene.no_live(elsewhere).await?;
    scene.end().await
}

#[tokio::test]
async fn a_server_without_a_game_is_watched_where_somebody_wants_to_see_it() -> Told<()> {
    let scene = scene().await?;
    // At rest, and nobody's: the next look is a year away.
    until("the server to have been looked at twice", || async {
        scene.server().await.filter(|server| server.watch.looks >= 2).map(drop)
    })
    .await?;
    let channel = scene.own_channel("games")?;
    scene.say("panel", vec![("channel", channel.into())]).await?;
    scene.live(channel, "**online**").await?;
    scene.amp.instance(scene.survival).crash();
    scene.live(channel, "**crashed**").await?;
    scene.end().await
}

#[tokio::test]
async fn a_live_message_that_discord_holds_fast_for_its_age_is_posted_anew() -> Told<()> {
    const HOUR: Duration = Duration::from_hours(1);
    let mut setup: Setup = server_setup();
    setup.discord.limits.hidden.push(HiddenLimit {
        name: "old message edits".into(),
        trigger: Trigger::OlderThan(HOUR),
        code: Some(30_046),
        ..HiddenLimit::on("update_message", Limit::new(0, 3_600_000))
    });
    let scene = scene_in(setup, AmpConfig::default()).await?;
    let chess = game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    let channel = channel_of(&scene.stage, chess, Slot::Chat).await?;
    let first = scene.live(channel, "**online**").await?;
    scene.stage.advance(HOUR + Duration::from_mins(1));
    scene.amp.instance(scene.survival).crash();
    let anew = scene.live(channel, "**crashed**").await?;
    assert_ne!(anew.id, first.id);
    scene.end().await
}

#[tokio::test]
async fn both_panels_and_the_games_page_show_its_servers() -> Told<()> {
    let scene = scene().await?;
    let (olga, mia) = (scene.stage.guild.owner(), scene.stage.person("Mia"));
    furnish(&scene.stage).await?;
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    for kind in PanelKind::ALL {
        scene.stage.panel_says(&olga, kind, "🟢 Survival · online").await?;
    }
    let page = on(&mia, "game info", "Chess").await?;
    says(&page, "**Servers**\n🟢 **Survival** · online")?;
    says(&page, "`play.example.org:25565`")?;
    let details = page.button("Server").ok_or("no way to the server")?;
    let server = shown(&mia.click(&page, &details.custom_id)).await?;
    says(&server, "## 🟢 Survival")?;
    scene.amp.instance(scene.survival).crash();
    for kind in PanelKind::ALL {
        scene.stage.panel_says(&olga, kind, "🔴 Survival · crashed").await?;
    }
    scene.end().await
}

#[tokio::test]
async fn alarms_go_where_an_admin_wants_them_and_nowhere_while_muted() -> Told<()> {
    let scene = scene().await?;
    game(&scene.stage, "Chess").await?;
    scene.tie("Chess").await?;
    let channel = scene.own_channel("log")?;
    says(&scene.say("alerts", vec![]).await?, "go to the history and the log channel only")?;
    let options = vec![("channel", channel.into()), ("players", 2.into())];
    let said = scene.say("alerts", options).await?;
    says(&said, &format!("They go to <#{channel}>"))?;
    says(&said, "When 2 play, that is told too.")?;
    let told = |wanted: &'static str| {
        let scene = &scene;
        async move {
            until(&format!("“{wanted}” to be told once"), || async {
                (scene.seen(channel, wanted).len() == 1).then_some(())
            })
            .await
        }
    };
    let server = scene.amp.instance(scene.survival);
    server.join("Steve");
    server.join("Alex");
    told("👥 **Survival**: 2 players").await?;
    server.crash();
    told("🔴 **Survival** has crashed").await?;
    server.start();
    told("🟢 **Survival** is back").await?;
    // Nobody wants to hear of it for a while.
    says(&scene.say("alerts", vec![("mute", 4.into())]).await?, "Silent until <t:")?;
    server.crash();
    scene.becomes(ServerState::Crashed).await?;
    server.start();
    scene.becomes(ServerState::Online).await?;
    says(&scene.say("alerts", vec![("mute", 0.into())]).await?, "They go to")?;
    server.crash();
    until("the second crash to be told", || async {
        (scene.seen(channel, "has crashed").len() == 2).then_some(())
    })
    .await?;
    assert_eq!(audited(&scene.stage, AuditKind::SettingsChanged).await?.len(), 3);
    says(&scene.say("alerts", vec![("off", true.into())]).await?, "history and the log channel")?;
    scene.end().await
}
