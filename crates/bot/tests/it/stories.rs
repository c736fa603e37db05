//! What happens beside the straight way.

use std::time::Duration;

use bot::{InboundLimits, Pace};
use sandbox::actor::{First, MessageView, NO_OPTIONS, Reply};
use store::{Store, StoreConfig};
use twilight_model::id::Id;

use crate::house::{House, ended, shown};

/// A database that hangs for two seconds: the person sees "thinking", then the answer.
#[tokio::test(flavor = "multi_thread")]
async fn slow_work_is_deferred() {
    let house = House::new().await;
    let anna = house.guild.actor("Anna");
    house.make_game("Chess").await;
    let picker = shown(&house.guild.owner().slash("setupdashboard", [("kind", "player")])).await;
    assert!(picker.text().contains("✅"));
    let panel = house.panel("Pick a game").await;
    // Let everything come to rest before the lock is taken.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let file = StoreConfig::sqlite_file(&house.data.path().join("test.db"));
    let other = Store::open(&file).await.unwrap();

    let lock = other.begin().await.unwrap();
    let reply = anna.slash("joingame", [("game", "Chess")]);
    assert!(matches!(reply.first().await, First::Deferred(_)));
    drop(lock);
    let joined = ended(&reply, "You are in").await;
    assert!(joined.ephemeral);

    let picker = shown(&anna.click(&panel, "p:l:0")).await;
    let lock = other.begin().await.unwrap();
    let reply = anna.select(&picker, "ps:l:0", &["1"]);
    assert_eq!(reply.first().await, First::DeferredUpdate);
    drop(lock);
    ended(&reply, "You have left").await;
    other.close().await.unwrap();
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn log_lines_come_in_order_and_a_lost_channel_harms_nobody() {
    let house = House::new().await;
    let owner = house.guild.owner();
    let general = house.guild.channel("general").unwrap().id;
    let page = shown(&owner.slash("settings log-channel", [("channel", general)])).await;
    assert!(page.text().contains("Log channel"), "{}", page.text());
    house.make_game("Chess").await;
    shown(&house.guild.actor("Anna").slash("joingame", [("game", "Chess")])).await;
    let lines = house
        .until("the log lines", |_| {
            let all: Vec<String> = owner
                .read(general)
                .iter()
                .filter(|message| !message.ephemeral)
                .map(MessageView::text)
                .collect();
            let all = all.join("\n");
            all.contains("joined **Chess**").then_some(all)
        })
        .await;
    let at = |text: &str| lines.find(text).unwrap_or_else(|| panic!("{text}: {lines}"));
    assert!(at("changed the settings") < at("made **Chess**"), "{lines}");
    assert!(at("made **Chess**") < at("joined **Chess**"), "{lines}");
    owner.delete_channel(general).unwrap();
    shown(&house.guild.actor("Anna").slash("leavegame", [("game", "Chess")])).await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_clicks_get_a_friendly_sentence() {
    let mut house = House::empty(sandbox::Config::default()).await;
    let mut config = house.config();
    config.inbound = InboundLimits { user: Some(Pace::new(1, 3)), ..InboundLimits::default() };
    house.start_with(config).await;
    for _ in 0..3 {
        assert!(house.ask("Anna", "help").await.text().contains("Gamekeeper"));
    }
    let slow = house.ask("Anna", "help").await;
    assert!(slow.text().contains("try again in 1 second"), "{}", slow.text());
    assert!(house.ask("Bert", "help").await.text().contains("Gamekeeper"));
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_panels_on_the_first_start_only() {
    let mut house = House::empty(sandbox::Config::default()).await;
    let general = house.guild.channel("general").unwrap().id;
    let mut config = house.config();
    config.dashboard_channel = Some(Id::new(general.0));
    house.start_with(config.clone()).await;
    house.panel("admin panel").await;
    house.panel("no games to join").await;
    house.stop().await;
    house.start_with(config).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(house.guild.owner().read(general).len(), 2);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_panel_leaves_nothing_behind() {
    let house = House::new().await;
    let owner = house.guild.owner();
    let general = house.guild.channel("general").unwrap().id;
    shown(&owner.slash("setupdashboard", [("kind", "player")])).await;
    house.panel("no games to join").await;
    house.make_game("Chess").await;
    let chat = house.guild.channel("chat").unwrap().id;
    shown(&owner.at(chat).slash("setupdashboard", [("kind", "player")])).await;
    house
        .until("the move", |_| {
            let open = |channel| {
                owner.read(channel).into_iter().filter(|message| !message.ephemeral).count()
            };
            (open(general) == 0 && open(chat) == 1).then_some(())
        })
        .await;
    house.close().await;
}

/// Presses every button there is, however deep, as somebody who may do everything. Whatever comes
/// back: it comes, and it is no excuse.
#[tokio::test(flavor = "multi_thread")]
async fn every_button_leads_somewhere() {
    let house = House::new().await;
    let owner = house.guild.owner();
    house.make_game("Chess").await;
    house.make_game("Go").await;
    let archived = owner.slash("game archive", [("game", "Go")]);
    ended(&archived, "is archived").await;
    for kind in ["admin", "player"] {
        shown(&owner.slash("setupdashboard", [("kind", kind)])).await;
    }
    house.panel("Pick a game").await;
    house.panel("admin panel").await;
    let mut starts = vec!["panel admin panel", "panel Pick a game"];
    starts.extend(["settings view", "audit", "mygames", "help", "game list"]);
    starts.extend(["game edit", "game info", "game members", "game delete", "game repair"]);
    let mut paths: Vec<(&str, Vec<String>)> =
        starts.into_iter().map(|start| (start, Vec::new())).collect();
    // Not these: they end what the test needs.
    let last = ["g:a:1", "g:ar:1", "g:f:1", "g:l:1", "g:r:2", "x"];
    let mut pressed = std::collections::BTreeSet::new();
    while let Some((start, path)) = paths.pop() {
        let buttons = walk(&house, start, &path).await.map(|page| page.buttons());
        for button in buttons.unwrap_or_default() {
            let id = button.custom_id;
            if button.disabled || last.contains(&id.as_str()) || !pressed.insert(id.clone()) {
                continue;
            }
            let path = [path.clone(), vec![id]].concat();
            paths.push((start, path));
        }
    }
    assert!(pressed.len() >= 20, "{pressed:?}");
    house.close().await;
}

/// Opens a page and clicks on; none where a form opens or nothing is to be seen.
async fn walk(house: &House, start: &str, path: &[String]) -> Option<MessageView> {
    let owner = house.guild.owner();
    let mut page = match start.strip_prefix("panel ") {
        Some(panel) => house.panel(panel).await,
        None if start.starts_with("game ") && start != "game list" => {
            shown(&owner.slash(start, [("game", "Chess")])).await
        }
        None => shown(&owner.slash(start, NO_OPTIONS)).await,
    };
    for id in path {
        match owner.click(&page, id).first().await {
            First::Message(next) | First::Updated(next) => page = next,
            First::Modal(_) | First::DeferredUpdate => return None,
            other => panic!("{start} {path:?}: {other:?}"),
        }
        let text = page.text();
        let excuse = ["went wrong", "too old", "waking up"];
        assert!(!excuse.iter().any(|it| text.contains(it)), "{start} {path:?}: {text}");
    }
    Some(page)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ephemeral_message_can_be_closed() {
    let house = House::new().await;
    let anna = house.guild.actor("Anna");
    let page = shown(&anna.slash("game list", NO_OPTIONS)).await;
    let reply: Reply = anna.click(&page, "x");
    assert_eq!(reply.first().await, First::DeferredUpdate);
    house.until("the message to go", |_| reply.message().is_none().then_some(())).await;
    house.close().await;
}
