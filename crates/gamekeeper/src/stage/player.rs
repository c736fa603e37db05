//! The bot on a stage: as tasks of this process, or as a process of its own.

use engine::{Clock, Engine, Membership};
use sandbox::Sandbox;
use secrecy::SecretString;
use store::Store;
use tokio::runtime::Runtime;
use twilight_model::id::Id;

use super::{PATIENCE, Setup, home::Home};
use crate::{
    child::{BotProcess, Program},
    exit::Stop,
    wire::{self, Parts, Running},
};

pub(super) enum Player {
    Tasks {
        running: Running,
        /// Its own, so that a crash can take every task of the bot at once.
        runtime: Runtime,
    },
    Process {
        process: BotProcess,
        /// On the same database, to look and to prepare; it works on nothing.
        onlooker: Engine,
    },
}

fn closed(problem: &store::StoreError) -> Stop {
    Stop::Unavailable(format!("the database cannot be opened: {problem}"))
}

impl Player {
    pub(super) async fn start(
        setup: &Setup,
        home: &Home,
        discord: &Sandbox,
        clock: &Clock,
    ) -> Result<Self, Stop> {
        match &setup.program {
            Some(program) => Self::process(program, setup, home, discord, clock).await,
            None => Self::tasks(setup, home, discord, clock).await,
        }
    }

    async fn tasks(
        setup: &Setup,
        home: &Home,
        discord: &Sandbox,
        clock: &Clock,
    ) -> Result<Self, Stop> {
        let database = home.database();
        let (token, origin) = access(discord)?;
        let application = Id::new(discord.application_id().0.max(1));
        let (bot, rest, reconcile) = (setup.bot, setup.rest, setup.reconcile.clone());
        let (membership, clock) = (setup.membership.clone(), clock.clone());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|p| Stop::Unavailable(format!("no runtime: {p}")))?;
        let starting = runtime.spawn(async move {
            let store = Store::open(&database).await.map_err(|p| closed(&p))?;
            let parts = Parts {
                token,
                application,
                discord: origin,
                store,
                bot,
                rest,
                reconcile,
                membership,
                clock,
            };
            Running::start(parts).await.map_err(Stop::from)
        });
        let started = starting.await.map_err(|p| Stop::Failed(format!("the start died: {p}")))?;
        Ok(Self::Tasks { running: started?, runtime })
    }

    async fn process(
        program: &Program,
        setup: &Setup,
        home: &Home,
        discord: &Sandbox,
        clock: &Clock,
    ) -> Result<Self, Stop> {
        let database = home.database();
        let (token, origin) = access(discord)?;
        let program = program.clone().set("DATABASE_URL", &database.url);
        let process = program.start(discord, home.folder()).map_err(Stop::Unavailable)?;
        let store = Store::open(&database).await.map_err(|p| closed(&p))?;
        let rest = wire::door(&token, origin, setup.rest)?;
        let own = Id::new(discord.world().bot().0.max(1));
        let membership = Membership { name: "onlooker".to_owned(), ..Membership::default() };
        let onlooker = Engine::new(store, rest, clock.clone(), own, membership);
        Ok(Self::Process { process, onlooker })
    }

    /// Waits until the bot is up.
    pub(super) async fn ready(&self) -> Result<(), Stop> {
        match self {
            Self::Tasks { running, .. } => {
                let mut status = running.status();
                tokio::time::timeout(PATIENCE, status.wait_for(|status| status.is_ready()))
                    .await
                    .map_err(|_| Stop::Failed("the bot did not come up in time".to_owned()))?
                    .map_err(|_| Stop::Failed("the bot stopped while it came up".to_owned()))?;
                Ok(())
            }
            Self::Process { process, .. } => process.ready().await.map(drop).map_err(Stop::Failed),
        }
    }

    /// Whether the bot is connected and has told Discord its commands, as far as it can be asked.
    pub(super) fn is_up(&self) -> bool {
        match self {
            Self::Tasks { running, .. } => running.status().borrow().is_ready(),
            Self::Process { .. } => true,
        }
    }

    /// Stops the bot in order.
    pub(super) async fn stop(self) {
        match self {
            Self::Tasks { running, runtime } => {
                running.stop().await;
                runtime.shutdown_background();
            }
            Self::Process { process, onlooker } => {
                if let Err(why) = process.stop().await {
                    tracing::error!(why, "the bot's process does not stop");
                }
                let _ = onlooker.store().clone().close().await;
            }
        }
    }

    /// Stops the bot as a crash does: nothing is written any more.
    pub(super) fn kill(self) {
        match self {
            Self::Tasks { runtime, .. } => runtime.shutdown_background(),
            Self::Process { mut process, .. } => process.kill(),
        }
    }

    pub(super) fn engine(&self) -> &Engine {
        match self {
            Self::Tasks { running, .. } => running.engine(),
            Self::Process { onlooker, .. } => onlooker,
        }
    }
}

fn access(discord: &Sandbox) -> Result<(SecretString, discord::Origin), Stop> {
    let origin = discord.origin().parse().map_err(|p: discord::OriginError| {
        Stop::Unavailable(format!("the local Discord's address: {p}"))
    })?;
    Ok((SecretString::from(discord.token().to_owned()), origin))
}
