//! A local Discord with one small guild, and the bot in it.

use std::time::Duration;

use bot::{Bot, BotConfig, BotError, InboundLimits};
use domain::UserId;
use engine::{Clock, Engine, Membership, reconcile::ReconcileConfig};
use sandbox::{
    Config, Sandbox,
    actor::{First, GuildHandle, MessageView, NO_OPTIONS, Reply},
    world::Permissions,
};
use store::{Store, StoreConfig};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use twilight_model::id::Id;

/// What a bot of the "full" invite may do (Discord's bits by number).
fn invited() -> Permissions {
    Permissions(2_252_128_713_436_880)
}

/// Everything a story needs.
pub(crate) struct House {
    pub(crate) sandbox: Sandbox,
    pub(crate) guild: GuildHandle,
    pub(crate) data: tempfile::TempDir,
    pub(crate) running: Option<Running>,
}

/// A bot with its reconciler.
pub(crate) struct Running {
    pub(crate) engine: Engine,
    stop: CancellationToken,
    bot: JoinHandle<Result<(), BotError>>,
    reconciler: JoinHandle<Result<(), engine::Fault>>,
}

impl House {
    /// A guild with an owner and two players, and the bot online in it.
    pub(crate) async fn new() -> Self {
        let mut house = Self::empty(Config::default()).await;
        house.start().await;
        house
    }

    /// The same without a bot running.
    pub(crate) async fn empty(config: Config) -> Self {
        let _ = tracing_subscriber::fmt()
            .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
            .with_test_writer()
            .try_init();
        let sandbox = Sandbox::start(config).await.unwrap();
        let guild = sandbox.new_guild("Club").member("Anna").member("Bert").bot(invited()).build();
        Self { sandbox, guild, data: tempfile::tempdir().unwrap(), running: None }
    }

    /// Starts a bot on this house's data and waits until it is ready.
    pub(crate) async fn start(&mut self) {
        let config = self.config();
        self.start_with(config).await;
    }

    pub(crate) fn config(&self) -> BotConfig {
        let application = Id::new(self.sandbox.application_id().0);
        let mut config = BotConfig::new(application, self.sandbox.token().to_owned());
        config.inbound = InboundLimits::NONE;
        config
    }

    pub(crate) async fn start_with(&mut self, config: BotConfig) {
        let mut rest = discord::RestConfig::new(self.sandbox.token().to_owned().into());
        rest.origin = self.sandbox.origin().parse().unwrap();
        let rest = discord::Rest::new(rest).unwrap();
        let file = StoreConfig::sqlite_file(&self.data.path().join("test.db"));
        let store = Store::open(&file).await.unwrap();
        // The bot's user has the application's id.
        let own: UserId = Id::new(self.sandbox.world().bot().0);
        let engine = Engine::new(store, rest, Clock::default(), own, Membership::default());
        let stop = CancellationToken::new();
        let bot = Bot::new(engine.clone(), config);
        let mut status = bot.status();
        let reconciler = tokio::spawn({
            let (engine, stop) = (engine.clone(), stop.clone());
            async move { engine.reconcile(ReconcileConfig::default(), stop).await }
        });
        let bot = tokio::spawn(bot.run(stop.clone()));
        let ready = status.wait_for(|status| status.is_ready());
        tokio::time::timeout(Duration::from_secs(10), ready).await.unwrap().unwrap();
        self.running = Some(Running { engine, stop, bot, reconciler });
    }

    /// Stops the bot in order.
    pub(crate) async fn stop(&mut self) {
        let running = self.running.take().unwrap();
        running.stop.cancel();
        running.bot.await.unwrap().unwrap();
        running.reconciler.await.unwrap().unwrap();
        running.engine.store().clone().close().await.unwrap();
    }

    /// Stops the bot and looks that nothing was done against Discord's rules.
    pub(crate) async fn close(mut self) {
        self.stop().await;
        assert_eq!(self.sandbox.violations(), []);
    }

    /// Waits until something holds, at most ten seconds.
    pub(crate) async fn until<T>(&self, what: &str, mut look: impl FnMut(&Self) -> Option<T>) -> T {
        for _ in 0..1_000 {
            if let Some(found) = look(self) {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{what} did not happen");
    }

    /// The owner makes a game and waits until it is ready.
    pub(crate) async fn make_game(&self, name: &str) -> MessageView {
        let reply = self.guild.owner().slash("game create", [("name", name)]);
        ended(&reply, "is ready").await
    }

    /// The only panel in `#general`, once it shows this.
    pub(crate) async fn panel(&self, shows: &str) -> MessageView {
        let general = self.guild.channel("general").unwrap().id;
        let owner = self.guild.owner();
        self.until(&format!("a panel with “{shows}”"), |_| {
            let all = owner.read(general);
            all.into_iter().find(|message| !message.ephemeral && message.text().contains(shows))
        })
        .await
    }

    /// A command without options, answered at once.
    pub(crate) async fn ask(&self, person: &str, command: &str) -> MessageView {
        shown(&self.guild.actor(person).slash(command, NO_OPTIONS)).await
    }
}

/// The message that answers at once.
pub(crate) async fn shown(reply: &Reply) -> MessageView {
    match reply.first().await {
        First::Message(message) | First::Updated(message) => message,
        other => panic!("no message but {other:?}"),
    }
}

/// The reply's message once it contains this.
pub(crate) async fn ended(reply: &Reply, text: &str) -> MessageView {
    let first = reply.first().await;
    let found = reply.when(|message| message.text().contains(text)).await;
    found.unwrap_or_else(|| panic!("never “{text}”; first {first:?}, at last “{}”", reply.text()))
}
