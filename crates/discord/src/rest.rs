//! The door itself.

use crate::{
    BuildError, Call, CallError, Metrics, RestConfig, Stats,
    breaker::Breaker,
    call::Window,
    clock::DiscordClock,
    limit::{Allowances, Limiter},
    retry::Attempts,
    route::Route,
    stats::Counters,
    transport::Transport,
};
use bytes::Bytes;
use rustls::crypto::CryptoProvider;
use serde::de::DeserializeOwned;
use std::{fmt, sync::Arc, time::Instant};
use tracing::Instrument as _;
use twilight_http::{
    Client,
    request::{Request, TryIntoRequest},
};

/// Discord's REST API. Cheap to clone; clones share limits, connections and counters.
#[derive(Clone)]
pub struct Rest {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) config: RestConfig,
    pub(crate) transport: Transport,
    pub(crate) limiter: Limiter,
    pub(crate) allowances: Allowances,
    pub(crate) breaker: Breaker,
    pub(crate) counters: Counters,
    pub(crate) metrics: Metrics,
    pub(crate) clock: DiscordClock,
    factory: Client,
}

impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rest")
            .field("origin", &self.inner.config.origin)
            .field("token_rejected", &self.token_rejected())
            .finish_non_exhaustive()
    }
}

impl Rest {
    /// Sets up the door; nothing is sent yet. Must run inside a Tokio runtime.
    ///
    /// Installs ring as the process's TLS provider if there is none, since the request factory
    /// cannot be made without one.
    pub fn new(config: RestConfig) -> Result<Self, BuildError> {
        tokio::runtime::Handle::try_current().map_err(|_| BuildError::NoRuntime)?;
        if CryptoProvider::get_default().is_none() {
            // An error means that somebody else was faster, which is as good.
            drop(rustls::crypto::ring::default_provider().install_default());
        }
        let transport = Transport::new(&config)?;
        // It has no token and no address that exists: a builder awaited by mistake, past all
        // our limits, fails instead of reaching Discord.
        let factory = Client::builder()
            .ratelimiter(None)
            .proxy("requests-go-through-rest.invalid".to_owned(), true)
            .default_allowed_mentions(config.allowed_mentions.clone())
            .build();
        Ok(Self {
            inner: Arc::new(Inner {
                transport,
                factory,
                limiter: Limiter::new(&config.limits),
                allowances: Allowances::new(config.limits.clone()),
                breaker: Breaker::new(config.breaker.clone()),
                counters: Counters::default(),
                metrics: Metrics::default(),
                clock: DiscordClock::default(),
                config,
            }),
        })
    }

    /// Makes typed, validated requests for [`Rest::send`]. It cannot send them itself.
    pub fn factory(&self) -> &Client {
        &self.inner.factory
    }

    /// Sends a request and reads the answer's body as `T`.
    ///
    /// Any method but POST is tried again after a 5xx, a timeout or a broken connection, and
    /// every method after a 429 or when nothing was sent, always inside the deadline. A POST
    /// whose answer is missing ends as [`CallError::AnswerLost`].
    pub async fn send<T: DeserializeOwned>(
        &self,
        request: impl TryIntoRequest,
        call: Call,
    ) -> Result<T, CallError> {
        self.send_raw(build(request)?, call).await
    }

    /// Like [`Rest::send`] for routes that answer 204, or whose answer nobody needs.
    pub async fn send_empty(
        &self,
        request: impl TryIntoRequest,
        call: Call,
    ) -> Result<(), CallError> {
        self.send_bytes(build(request)?, call).await.map(drop)
    }

    /// Like [`Rest::send`] for a request made by hand, where the factory lacks a route or field.
    pub async fn send_raw<T: DeserializeOwned>(
        &self,
        request: Request,
        call: Call,
    ) -> Result<T, CallError> {
        let body = self.send_bytes(request, call).await?;
        serde_json::from_slice(&body).map_err(|error| CallError::BadAnswer {
            // Serde's own text would quote values of the answer.
            why: format!(
                "{:?} error at line {} column {} while reading {}",
                error.classify(),
                error.line(),
                error.column(),
                std::any::type_name::<T>()
            ),
        })
    }

    /// The body as it came, for any success.
    pub async fn send_bytes(&self, request: Request, call: Call) -> Result<Bytes, CallError> {
        let inner = &*self.inner;
        let started = Instant::now();
        let window: Window = call.start(&inner.config.deadlines, started);
        let route = Route::of(&request);
        let outgoing = inner.transport.prepare(&request)?;
        drop(request);
        let span = tracing::debug_span!("call", discord.route = route.family);
        let calling = Attempts::new(inner, &route, &outgoing, window).run().instrument(span);
        let result = calling.await;
        if let Err(error) = &result {
            tracing::debug!(
                route = route.family,
                elapsed_ms = started.elapsed().as_millis(),
                kind = error.kind(),
                code = error.code(),
                "call to Discord failed"
            );
        }
        result
    }

    /// Whether Discord answered 401 to the bot token. No bot-token call is sent from then on;
    /// only a new token in a new [`Rest`] helps.
    pub fn token_rejected(&self) -> bool {
        self.inner.breaker.token_rejected()
    }

    /// So many processes use this token at the same time, each with an equal part of the global
    /// budget. Other limits are told by Discord's answers.
    pub fn share(&self, processes: usize) {
        self.inner.limiter.share(processes);
    }

    /// The latest that it can be at Discord, in milliseconds since the Unix epoch; at most a
    /// second more than it is. None before any answer.
    pub fn discord_now(&self) -> Option<i64> {
        self.inner.clock.latest(Instant::now())
    }

    /// Why no call is made right now, and until when; none while calls are made.
    pub fn paused(&self) -> Option<CallError> {
        self.inner.breaker.check(Instant::now()).err()
    }

    /// What operators watch, with states as they are now.
    pub fn metrics(&self) -> &Metrics {
        let Inner { metrics, limiter, breaker, .. } = &*self.inner;
        let now = Instant::now();
        let (invalid, limit) = breaker.standing(now);
        metrics.stand(limiter.budget(now), breaker.check(now).is_err(), invalid, limit);
        metrics
    }

    /// Counters since the start.
    pub fn stats(&self) -> Stats {
        self.inner.counters.snapshot()
    }
}

fn build(request: impl TryIntoRequest) -> Result<Request, CallError> {
    request.try_into_request().map_err(|error| {
        let cause = std::error::Error::source(&error);
        CallError::Unbuildable {
            why: cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}")),
        }
    })
}
