//! From parts to a running bot, and orderly back. Used by `run`, the demo, the tour, the bench
//! and the tests alike.

use std::time::Duration;

use bot::{Bot, BotConfig, BotError, Limiter, Status};
use discord::{Call, CallError, Origin, Rest, RestConfig};
use engine::{Clock, Engine, Membership, reconcile::ReconcileConfig};
use secrecy::{ExposeSecret, SecretString};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{Instant, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;
use twilight_model::{
    id::{Id, marker::ApplicationMarker},
    oauth::Application,
    user::CurrentUser,
};

use crate::exit::Stop;

/// How long everything under way may take, all of it together, when the bot is told to stop. With
/// what comes after, it ends within the 10 s that supervisors give.
pub(crate) const STOP_WITHIN: Duration = Duration::from_secs(7);
/// How long the last words to the database may take after that.
const LEAVE_WITHIN: Duration = Duration::from_secs(1);

/// What a bot is made of.
#[derive(Debug)]
pub struct Parts {
    /// The token.
    pub token: SecretString,
    /// The application id that the token should belong to.
    pub application: Id<ApplicationMarker>,
    /// Which Discord.
    pub discord: Origin,
    /// An open database.
    pub store: store::Store,
    /// The bot's own settings, as a change of the defaults.
    pub bot: fn(&mut BotConfig),
    /// The settings of the door to Discord, as a change of the defaults.
    pub rest: fn(&mut RestConfig),
    /// The reconciler's settings.
    pub reconcile: ReconcileConfig,
    /// What this process is among others on the database.
    pub membership: Membership,
    /// The clock.
    pub clock: Clock,
}

/// A running bot.
pub struct Running {
    engine: Engine,
    status: watch::Receiver<Status>,
    figures: bot::Metrics,
    limiter: Limiter,
    stop: CancellationToken,
    bot: JoinHandle<Result<(), BotError>>,
    reconciler: JoinHandle<Result<(), engine::Fault>>,
}

/// Why a bot did not start.
#[derive(Debug)]
pub enum Refused {
    /// Discord does not accept the token.
    Token,
    /// The token belongs to another application.
    Application {
        /// The one it belongs to.
        is: Id<ApplicationMarker>,
    },
    /// Discord could not be asked; trying again may help.
    Unreachable(CallError),
    /// The parts do not fit together.
    Build(discord::BuildError),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Token => Self::Token(
                "Discord does not accept DISCORD_TOKEN. Reset the token on the Bot page of your \
                 application at https://discord.com/developers/applications and put the new one \
                 into .env"
                    .to_owned(),
            ),
            Refused::Application { is } => Self::Config(crate::config::ConfigError {
                variable: "DISCORD_CLIENT_ID".into(),
                what: "does not belong to DISCORD_TOKEN".to_owned(),
                cure: format!("The token is of application {is}; use that id, or its own token"),
            }),
            Refused::Unreachable(error) => {
                Self::Unavailable(format!("Discord cannot be reached: {error}"))
            }
            Refused::Build(error) => Self::Unavailable(error.to_string()),
        }
    }
}

/// Asks Discord who we are, before anything else is done with the token.
pub async fn introduce(
    rest: &Rest,
    application: Id<ApplicationMarker>,
) -> Result<CurrentUser, Refused> {
    let refused = |error: CallError| match error {
        CallError::Unauthorized { .. } | CallError::BreakerOpen { until: None } => Refused::Token,
        other => Refused::Unreachable(other),
    };
    let make = rest.factory();
    let own: Application =
        rest.send(make.current_user_application(), Call::interactive()).await.map_err(refused)?;
    if own.id != application {
        return Err(Refused::Application { is: own.id });
    }
    rest.send(make.current_user(), Call::interactive()).await.map_err(refused)
}

/// The door to one Discord.
pub fn door(
    token: &SecretString,
    origin: Origin,
    change: fn(&mut RestConfig),
) -> Result<Rest, Refused> {
    let mut config = RestConfig::new(token.clone());
    config.origin = origin;
    change(&mut config);
    config.user_agent =
        format!("DiscordBot (https://crates.io/crates/gamekeeper, {})", env!("CARGO_PKG_VERSION"));
    Rest::new(config).map_err(Refused::Build)
}

impl Running {
    /// Starts everything; returns once Discord has said who we are.
    pub async fn start(parts: Parts) -> Result<Self, Refused> {
        let rest = door(&parts.token, parts.discord.clone(), parts.rest)?;
        let own = introduce(&rest, parts.application).await?;
        let mut config = BotConfig::new(parts.application, parts.token.expose_secret().to_owned());
        (parts.bot)(&mut config);
        let engine = Engine::new(parts.store, rest, parts.clock, own.id, parts.membership);
        Ok(Self::launch(engine, config, parts.reconcile))
    }

    /// Starts the loops on an engine that is ready.
    pub fn launch(engine: Engine, config: BotConfig, reconcile: ReconcileConfig) -> Self {
        let stop = CancellationToken::new();
        let bot = Bot::new(engine.clone(), config);
        let (status, figures, limiter) = (bot.status(), bot.metrics(), bot.limiter());
        let bot = tokio::spawn(bot.run(stop.clone()));
        let reconciler = tokio::spawn({
            let (engine, stop) = (engine.clone(), stop.clone());
            async move { engine.reconcile(reconcile, stop).await }
        });
        Self { engine, status, figures, limiter, stop, bot, reconciler }
    }

    /// The engine inside.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// How much of the bot is up.
    pub fn status(&self) -> watch::Receiver<Status> {
        self.status.clone()
    }

    /// What is counted of the bot.
    pub fn figures(&self) -> &bot::Metrics {
        &self.figures
    }

    /// How much people may ask for, to be changed while it runs.
    pub fn limiter(&self) -> Limiter {
        self.limiter.clone()
    }

    /// Waits until the bot stops by itself: a token that died, a gateway closed for good.
    pub async fn ended(&mut self) -> Result<(), BotError> {
        match (&mut self.bot).await {
            Ok(result) => result,
            Err(error) => {
                tracing::error!(%error, "the bot's task died");
                Ok(())
            }
        }
    }

    /// Takes nothing new from now on.
    pub fn halt(&self) {
        self.stop.cancel();
    }

    /// Stops in order: no new work, what is under way is finished or journaled, sessions are
    /// saved, the database is closed.
    pub async fn stop(self) {
        self.stop_by(Instant::now() + STOP_WITHIN).await;
    }

    /// The same, with what is under way given up then.
    pub async fn stop_by(mut self, until: Instant) {
        self.halt();
        // What is still under way then is in the journal, and the next start goes on with it.
        let reconciler = self.reconciler.abort_handle();
        match timeout_at(until, self.reconciler).await {
            Ok(Ok(Err(error))) => tracing::error!(%error, "the reconciler stopped early"),
            Ok(_) => {}
            Err(_) => {
                tracing::warn!("some work did not finish in time; it is left in the journal");
                reconciler.abort();
            }
        }
        if !self.bot.is_finished() {
            match timeout_at(until, &mut self.bot).await {
                Ok(Ok(Err(error))) => tracing::error!(%error, "the bot stopped early"),
                Ok(_) => {}
                Err(_) => {
                    tracing::warn!("some answers were not given in time");
                    self.bot.abort();
                }
            }
        }
        let goodbye = async {
            if let Err(error) = self.engine.leave().await {
                tracing::warn!(%error, "others have to wait until this process's leases run out");
            }
            if let Err(error) = self.engine.store().clone().close().await {
                tracing::error!(%error, "the database could not be closed");
            }
        };
        // Whatever waits there ends with the process.
        if timeout(LEAVE_WITHIN, goodbye).await.is_err() {
            tracing::warn!("the database did not let this process go in time");
        }
    }
}
