//! The poller: what a panel does comes to be known, on both databases.

use std::{sync::Arc, time::Duration};

use amp_sandbox::{AppState, Fault, InstanceSpec};
use domain::{
    GuildId, UserId,
    server::{Alert, Asked, Cause, ServerAction, ServerState},
};
use servers::{
    amp::Command,
    poll::{News, Pace, PanelSource, PollConfig, Poller, Source},
    schedule::Schedule,
};
use store::{Scratch, ServerRecord, Store, StoreConfig};
use tokio::sync::broadcast::Receiver;

use crate::scene::{PASSWORD, Scene, USER, scene, until};

const CLUB: GuildId = GuildId::new(1_000);
const MIA: UserId = UserId::new(7);

struct Tale {
    scene: Scene,
    store: Store,
    poller: Poller,
    news: Receiver<News>,
    _folder: tempfile::TempDir,
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

async fn tale() -> Tale {
    let scene = scene().await;
    let folder = tempfile::tempdir().unwrap();
    let config = StoreConfig::sqlite_file(&folder.path().join("t.db"));
    let store = Store::open(&config).await.unwrap();
    tale_of(scene, store, folder)
}

fn tale_of(scene: Scene, store: Store, folder: tempfile::TempDir) -> Tale {
    let panel = Arc::new(scene.panel_of(PASSWORD, Duration::from_millis(500), true));
    let source = PanelSource { name: "main".to_owned(), guild: CLUB, panel };
    let config = PollConfig {
        schedule: Schedule::parse("0 0 1 1 *").unwrap(),
        pace: Pace { moving: Duration::from_millis(20), watched: Duration::from_millis(100) },
        now: Arc::new(now),
        mine: Arc::new(|_| true),
    };
    let poller = Poller::new(store.clone(), config);
    poller.look_after(Source::Panel(source));
    let (news, running) = (poller.news(), poller.clone());
    tokio::spawn(async move { running.run().await });
    Tale { scene, store, poller, news, _folder: folder }
}

impl Tale {
    async fn server(&self) -> ServerRecord {
        self.named("Survival").await.unwrap()
    }

    async fn named(&self, name: &str) -> Option<ServerRecord> {
        let all = self.store.servers_of_guild(CLUB).await.unwrap();
        all.into_iter().find(|server| server.found.name.as_str() == name)
    }

    async fn becomes(&self, state: ServerState) {
        until(async || self.named("Survival").await.is_some_and(|one| one.watch.state == state))
            .await;
    }

    /// Somebody watches the server from now on.
    async fn tie(&self) {
        self.change(|server| server.game = Some(domain::GameId(1))).await;
    }

    async fn change(&self, change: impl FnOnce(&mut ServerRecord)) {
        let id = self.server().await.id;
        let tx = self.store.begin().await.unwrap();
        let mut server = tx.server_for_update(id).await.unwrap().unwrap();
        change(&mut server);
        tx.put_server(&server, now()).await.unwrap();
        tx.commit().await.unwrap();
        self.poller.nudge(id);
    }

    /// The next news that this is true of.
    async fn hears(&mut self, wanted: impl Fn(&News) -> bool) -> News {
        let wait = async {
            loop {
                let news = self.news.recv().await.unwrap();
                if wanted(&news) {
                    return news;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(10), wait).await.unwrap()
    }
}

#[tokio::test]
async fn what_is_on_the_panel_comes_to_be_known() {
    let tale = tale().await;
    tale.scene.server().join("Steve");
    tale.becomes(ServerState::Online).await;
    let server = tale.server().await;
    let reading = server.reading.unwrap();
    assert_eq!((reading.players.online, reading.players.names), (1, vec!["Steve".to_owned()]));
    let samples = tale.store.server_samples(server.id, 0, i64::MAX).await.unwrap();
    assert_eq!(samples.len(), 1);
    assert_eq!(tale.scene.violations(), [""; 0]);
    tale.poller.stop();
}

#[tokio::test]
async fn a_watched_server_is_followed_closely() {
    let mut tale = tale().await;
    tale.becomes(ServerState::Online).await;
    tale.tie().await;
    tale.scene.server().join("Steve");
    let joined = |news: &News| {
        news.server.reading.as_ref().is_some_and(|reading| reading.players.online == 1)
    };
    tale.hears(joined).await;
    tale.scene.server().shut_down();
    let down = tale.hears(|news| news.server.watch.state == ServerState::Offline).await;
    assert_eq!(down.step.alerts, [], "in order is no alarm");
}

#[tokio::test]
async fn a_crash_alarms_and_so_does_the_way_back() {
    let mut tale = tale().await;
    tale.becomes(ServerState::Online).await;
    tale.tie().await;
    tale.scene.server().crash();
    let crash = tale.hears(|news| !news.step.alerts.is_empty()).await;
    assert_eq!(crash.step.alerts, [Alert::Crashed]);
    tale.scene.server().start();
    let back = tale.hears(|news| !news.step.alerts.is_empty()).await;
    assert!(matches!(back.step.alerts[..], [Alert::Back { .. }]), "{:?}", back.step.alerts);
}

#[tokio::test]
async fn what_somebody_asked_for_is_followed_until_it_is_done() {
    let mut tale = tale().await;
    tale.becomes(ServerState::Online).await;
    let asked = Asked::new(ServerAction::Stop, MIA, now());
    tale.change(|server| server.watch.asked = Some(asked)).await;
    let (panel, instance) = tale.poller.panel_of(&tale.server().await).unwrap();
    panel.command(&instance, &Command::Stop).await.unwrap();
    let down = tale.hears(|news| news.server.watch.state == ServerState::Offline).await;
    let change = down.step.change.unwrap();
    assert_eq!(change.cause, Cause::Asked { by: MIA, action: ServerAction::Stop });
    let (settled, done) = down.step.settled.unwrap();
    assert!(done && settled.at == asked.at && settled.by == MIA);
}

#[tokio::test]
async fn a_panel_that_is_gone_is_not_a_server_that_is_down() {
    let mut tale = tale().await;
    tale.becomes(ServerState::Online).await;
    tale.tie().await;
    tale.scene.amp.faults().down();
    let silent = tale.hears(|news| !news.step.alerts.is_empty()).await;
    assert_eq!(silent.step.alerts, [Alert::Unreachable]);
    assert_eq!(silent.server.watch.state, ServerState::Unknown);
    assert!(silent.server.watch.fresh.is_some_and(|fresh| fresh < silent.server.watch.since));
    tale.scene.amp.faults().up();
    tale.becomes(ServerState::Online).await;
}

#[tokio::test]
async fn a_slow_instance_delays_no_other() {
    let mut tale = tale().await;
    let arena = tale.scene.amp.add_instance(InstanceSpec::valve("Arena").running());
    tale.scene.amp.user(USER).manages(arena);
    tale.becomes(ServerState::Online).await;
    tale.tie().await;
    // Whoever plays is asked of the slow one only.
    tale.scene.server().join("Steve");
    let slow = Fault::slow(Duration::from_secs(30)).on("Core/GetUserList");
    tale.scene.amp.faults().add(slow);
    tale.hears(|news| news.server.reading.as_ref().is_some_and(|r| r.players.online == 1)).await;
    assert_eq!(tale.scene.server().state(), AppState::Ready);
}

#[tokio::test]
async fn a_server_taken_from_the_panel_is_gone_and_not_forgotten() {
    let tale = tale().await;
    tale.becomes(ServerState::Online).await;
    let id = tale.server().await.id;
    tale.poller.stop();
    tale.scene.amp.user(USER).manages_no_more(tale.scene.survival);
    let Tale { scene, store, _folder: folder, .. } = tale;
    let tale = tale_of(scene, store, folder);
    // Only after a second roster without it.
    until(async || tale.named("Survival").await.is_none()).await;
    assert!(tale.store.server(id).await.unwrap().unwrap().gone);
}

#[tokio::test]
async fn the_same_on_postgresql() {
    let Ok(server) = std::env::var("GAMEKEEPER_TEST_POSTGRES") else { return };
    let scratch = Scratch::create(&server, "test").await.unwrap();
    let store = Store::open(&scratch.config(4)).await.unwrap();
    let mut tale = tale_of(scene().await, store, tempfile::tempdir().unwrap());
    tale.becomes(ServerState::Online).await;
    tale.tie().await;
    tale.scene.server().crash();
    let crash = tale.hears(|news| !news.step.alerts.is_empty()).await;
    assert_eq!(crash.step.alerts, [Alert::Crashed]);
    let Tale { store, poller, .. } = tale;
    poller.stop();
    drop(poller);
    store.close().await.unwrap();
    scratch.drop_database().await.unwrap();
}
