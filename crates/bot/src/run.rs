//! The bot from start to orderly end.

use std::{sync::Arc, time::Duration};

use engine::Engine;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{
    answer::FIRST_WITHIN,
    app::App,
    config::BotConfig,
    door::Limiter,
    gateway::{self, GatewayError, Status},
    keepers,
    metrics::Metrics,
    register,
};

/// How long answers under way may take when the bot is told to stop: after that, nobody can be
/// answered any more. The gateway has taken up to three seconds before, and all of it has to end
/// within seven.
const DRAIN_WITHIN: Duration = FIRST_WITHIN;
/// How long the keepers may take then for the message that they are at.
const KEEP_WITHIN: Duration = Duration::from_secs(1);

/// Why a bot stopped by itself.
#[derive(Clone, Debug, thiserror::Error)]
pub enum BotError {
    /// Discord does not accept the bot token.
    #[error("Discord does not accept the bot token")]
    BadToken,
    /// The gateway is closed to this bot.
    #[error(transparent)]
    Gateway(GatewayError),
}

impl From<GatewayError> for BotError {
    fn from(error: GatewayError) -> Self {
        match error {
            GatewayError::BadToken => Self::BadToken,
            other => Self::Gateway(other),
        }
    }
}

/// A Discord bot on an engine.
pub struct Bot {
    app: Arc<App>,
}

impl Bot {
    /// Puts the parts together; nothing runs and nothing is sent yet.
    pub fn new(engine: Engine, config: BotConfig) -> Self {
        Self { app: Arc::new(App::new(engine, config)) }
    }

    /// How much of the bot is up; changes can be waited for.
    pub fn status(&self) -> watch::Receiver<Status> {
        self.app.readiness.subscribe()
    }

    /// What operators watch.
    pub fn metrics(&self) -> Metrics {
        self.app.metrics.clone()
    }

    /// How much people may ask for, to be changed while it runs.
    pub fn limiter(&self) -> Limiter {
        self.app.limits.clone()
    }

    /// Runs until cancelled, or until Discord closes the door for good. The engine's reconciler
    /// runs elsewhere.
    ///
    /// When cancelled: no new interaction is taken, those under way are answered, sessions are
    /// saved, keepers finish the message they are at.
    pub async fn run(self, cancel: CancellationToken) -> Result<(), BotError> {
        let app = self.app;
        // Of its own: when the gateway fails, everything stops, but not the caller's other parts.
        let gateway_cancel = cancel.child_token();
        let keepers_cancel = CancellationToken::new();
        let registering = register::register(&app, &gateway_cancel);
        let keeping = tokio::spawn({
            let (app, cancel) = (Arc::clone(&app), keepers_cancel.clone());
            async move { keepers::run(&app, &cancel).await }
        });
        let connecting = async {
            let result = gateway::run(&app, &gateway_cancel).await;
            gateway_cancel.cancel();
            result
        };
        let (result, ()) = tokio::join!(connecting, registering);
        app.tasks.close();
        if tokio::time::timeout(DRAIN_WITHIN, app.tasks.wait()).await.is_err() {
            tracing::warn!(left = app.tasks.len(), "some answers did not finish in time");
        }
        keepers_cancel.cancel();
        match tokio::time::timeout(KEEP_WITHIN, keeping).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "the keepers died"),
            Err(_) => tracing::warn!("the keepers did not finish in time"),
        }
        Ok(result?)
    }
}
