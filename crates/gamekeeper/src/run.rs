//! `gamekeeper run`: the bot against Discord.

use std::time::Duration;

use alerts::Manner;
use bot::{BotConfig, BotError, GatewayError, Status};
use discord::Call;
use domain::GuildId;
use engine::{Clock, Engine, reconcile::ReconcileConfig};
use jiff::Timestamp;
use ops::RunJournal;
use secrecy::ExposeSecret;
use servers::{
    direct::DirectConfig,
    poll::Pace,
    schedule::{Schedule, ScheduleError},
};
use store::{Hold, Store};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    time::{Instant, timeout_at},
};
use tokio_util::sync::CancellationToken;
use twilight_model::{gateway::CloseCode, user::CurrentUserGuild};

use crate::{
    alarms::Limits,
    attend::{Attendance, AttendedPanel},
    backup,
    cli::RunArgs,
    config::{AmpPanel, Config, ConfigError, DiscordConfig, Flags, LogConfig},
    database,
    exit::Stop,
    logging,
    lookout::{Lookout, LookoutConfig},
    notify, reload,
    wire::{self, Refused, Running},
};

/// Before it is looked again which servers the bot is in.
const GUILDS_AGAIN: Duration = Duration::from_mins(1);

/// Longest pause between two tries to reach Discord at the start.
const MAX_PAUSE: Duration = Duration::from_secs(30);

/// Starts the log; answers what counts its lines.
pub fn log(config: &LogConfig) -> Result<logging::Metrics, Stop> {
    logging::begin(config).map_err(|problem| {
        let file = config.file.as_ref().map(|file| file.path.display().to_string());
        Stop::Config(ConfigError::new(
            "GAMEKEEPER_LOG_FILE",
            format!("({}) cannot be written: {problem}", file.unwrap_or_default()),
            "Name a file in a directory that the bot's user may write to, or leave it empty",
        ))
    })
}

/// Runs until told to stop (SIGTERM, SIGINT), or until Discord closes the door for good.
pub async fn run(
    mut config: Config,
    args: &RunArgs,
    flags: &Flags,
    lines: logging::Metrics,
) -> Result<(), Stop> {
    let hangup = reload::take().map_err(no_signals)?;
    let lookout = Lookout::begin(LookoutConfig {
        http: config.http.clone(),
        alerts: std::mem::take(&mut config.alerts),
        limits: Limits::default(),
        data: config.database.data_dir.clone(),
        backups: config.backup.place.settings.clone(),
        manner: Manner::of(config.membership.name.clone()),
        log: lines,
    })
    .await?;
    let ended = serve(config, args, flags, hangup, &lookout).await;
    if let Err(why) = &ended {
        lookout.last_words(why).await;
    }
    lookout.end();
    ended
}

async fn serve(
    config: Config,
    args: &RunArgs,
    flags: &Flags,
    hangup: Signal,
    lookout: &Lookout,
) -> Result<(), Stop> {
    for note in &config.notes {
        tracing::warn!("{note}");
    }
    let starting = database::start(&config.database).await?;
    if !args.no_backup
        && let Some(name) = backup::before_migrating(&config.backup).await?
    {
        tracing::info!(archive = name, "a backup was made before the schema changes");
    }
    let store = database::open(&config.database).await?;
    let journal = RunJournal::of(&config.database.data_dir, &config.membership.name);
    if let Err(error) = journal.begin(env!("CARGO_PKG_VERSION"), Timestamp::now()) {
        tracing::warn!(%error, "the data directory cannot be written to");
    }
    let ended = live(config, flags, (store, starting), hangup, lookout).await;
    if let Err(error) = journal.end(Timestamp::now()) {
        tracing::warn!(%error, "that this process ended in order could not be noted");
    }
    ended
}

/// From the open database to the end.
async fn live(
    mut config: Config,
    flags: &Flags,
    (store, starting): (Store, Hold),
    hangup: Signal,
    lookout: &Lookout,
) -> Result<(), Stop> {
    let rest = wire::door(&config.discord.token, config.discord.origin.clone(), |_| {})?;
    let mut terminate = signal(SignalKind::terminate()).map_err(no_signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(no_signals)?;
    let own = tokio::select! {
        own = introduce(&rest, &config) => own?,
        _ = terminate.recv() => return Ok(()),
        _ = interrupt.recv() => return Ok(()),
    };
    tracing::info!(user = %own.name, id = %own.id, "signed in to Discord");
    let DiscordConfig { token, application, .. } = &config.discord;
    let mut bot = BotConfig::new(*application, token.expose_secret().to_owned());
    bot.dashboard_channel = config.discord.dashboard_channel;
    bot.inbound = config.limits.inbound;
    bot.members_intent = config.discord.members_intent;
    bot.shards = config.discord.shards;
    bot.servers = config.amp.is_some();
    let reconcile = ReconcileConfig::default();
    let engine = Engine::new(store, rest, Clock::default(), own.id, config.membership.clone());
    let entering = tokio::spawn(enter(engine.clone(), starting));
    let mut running = Running::launch(engine, bot, reconcile);
    let (schedule, panels) = match config.amp.take() {
        Some(amp) => (amp.schedule, amp.panels),
        None => (Schedule::parse(Schedule::DEFAULT).map_err(odd)?, Vec::new()),
    };
    let direct = DirectConfig { private: config.limits.direct_private, name_server: None };
    let attendance = Attendance::open(running.engine(), direct, schedule, Pace::default());
    lookout.follow(&running);
    retire(running.engine(), &panels).await;
    // None waits for another to know its guild.
    let (known, unknown) = panels.into_iter().partition(|panel: &AmpPanel| panel.guild.is_some());
    let panels = [known, unknown].map(|panels| {
        attendance.add_panels(panels_of(running.engine().clone(), running.status(), panels))
    });
    let stop_backups = CancellationToken::new();
    let place = config.backup.place.clone();
    let keeper = ::backup::Keeper::new(place, running.engine().store().clone());
    let backups = tokio::spawn(keeper.run(stop_backups.clone()));
    let mut status = running.status();
    let ready = tokio::spawn(async move {
        if status.wait_for(|status| status.is_ready()).await.is_ok() {
            notify::say(notify::READY);
        }
    });
    let limiter = running.limiter();
    let ended = tokio::select! {
        ended = running.ended() => Some(ended),
        never = reload::listen(hangup, flags, lookout, &limiter) => match never {},
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
    };
    tracing::info!("stopping");
    ready.abort();
    entering.abort();
    notify::say(notify::STOPPING);
    // One deadline for all of it: supervisors do not wait for each of us.
    let until = Instant::now() + wire::STOP_WITHIN;
    running.halt();
    stop_backups.cancel();
    panels.iter().for_each(tokio::task::JoinHandle::abort);
    let beside = async {
        attendance.end().await;
        if let Err(error) = backups.await {
            tracing::error!(%error, "whoever made backups died");
        }
    };
    if timeout_at(until, beside).await.is_err() {
        tracing::warn!("looks at game servers, or a backup, did not end in time");
    }
    running.stop_by(until).await;
    tracing::info!("stopped");
    match ended {
        None | Some(Ok(())) => Ok(()),
        Some(Err(BotError::BadToken)) => Err(Refused::Token.into()),
        Some(Err(BotError::Gateway(GatewayError::Closed(code)))) => Err(closed(code)),
        Some(Err(BotError::Gateway(GatewayError::Replaced))) => Err(replaced(&config)),
        Some(Err(error)) => Err(Stop::Unavailable(error.to_string())),
    }
}

/// From its first sign of life on, nobody puts another database below this process.
async fn enter(engine: Engine, starting: Hold) {
    while let Err(error) = engine.enter().await {
        tracing::warn!(%error, "no sign of life could be given yet");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    if let Err(error) = starting.release().await {
        tracing::debug!(%error, "the hold on the database went with its connection");
    }
}

/// Servers of panels that the configuration does not name any more are told of no longer.
async fn retire(engine: &Engine, panels: &[AmpPanel]) {
    let kept: Vec<String> = panels.iter().map(|panel| format!("amp:{}", panel.name)).collect();
    match engine.store().retire_panels(&kept, engine.clock().now()).await {
        Ok(0) => {}
        Ok(servers) => tracing::info!(servers, "game servers of panels that are not set any more"),
        Err(error) => tracing::warn!(%error, "game servers of old panels could not be put away"),
    }
}

/// The panels with the guilds whose servers they have, as soon as those are known.
async fn panels_of(
    engine: Engine,
    mut status: watch::Receiver<Status>,
    panels: Vec<AmpPanel>,
) -> Vec<AttendedPanel> {
    let only = if panels.iter().all(|panel| panel.guild.is_some()) {
        None
    } else {
        if status.wait_for(|status| status.is_ready()).await.is_err() {
            return Vec::new();
        }
        Some(only_guild(&engine).await)
    };
    let attended = |AmpPanel { name, panel, guild }| {
        Some(AttendedPanel { name, panel, guild: guild.or(only)? })
    };
    panels.into_iter().filter_map(attended).collect()
}

/// The guild that the bot is in, once it is in exactly one. Discord is asked: this process may not
/// hold every shard, and a guild may be away.
async fn only_guild(engine: &Engine) -> GuildId {
    let mut said = false;
    loop {
        let rest = engine.rest();
        let request = rest.factory().current_user_guilds();
        let guilds = rest.send::<Vec<CurrentUserGuild>>(request, Call::background()).await;
        match guilds.as_deref() {
            Ok([only]) => return only.id,
            Ok(all) if !said => {
                said = true;
                tracing::error!(
                    servers = all.len(),
                    "AMP_GUILD_ID is not set, and the bot is not in exactly one server: game \
                     servers are left alone until it is"
                );
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "Discord did not say which servers the bot is in"),
        }
        tokio::time::sleep(GUILDS_AGAIN).await;
    }
}

/// Two processes of one name would go on replacing each other; a person has to say which is which.
fn replaced(config: &Config) -> Stop {
    Stop::Config(ConfigError {
        variable: "GAMEKEEPER_INSTANCE".into(),
        what: format!(
            "(`{}`) is the name of another process that was started on this database",
            config.membership.name
        ),
        cure: "Run it once only, or give each process a name of its own".to_owned(),
    })
}

/// What Discord closes for good, a person has to change; a supervisor shall not try again.
fn closed(code: CloseCode) -> Stop {
    let (variable, cure) = match code {
        CloseCode::InvalidShard | CloseCode::ShardingRequired => {
            ("GAMEKEEPER_SHARDS", "Leave it empty to follow Discord's recommendation")
        }
        CloseCode::DisallowedIntents | CloseCode::InvalidIntents => (
            "GAMEKEEPER_MEMBERS_INTENT",
            "Switch the Server Members intent on under Bot, Privileged Gateway Intents, in the \
             Developer Portal, or set it to false",
        ),
        _ => ("DISCORD_API_URL", "Check that it names a Discord that speaks gateway version 10"),
    };
    Stop::Config(ConfigError {
        variable: variable.into(),
        what: format!("does not suit Discord, which closed the connection for good ({code:?})"),
        cure: cure.to_owned(),
    })
}

/// Discord may be down while we start: wait for it instead of making the supervisor restart us
/// in a loop. Only what a person has to change ends the program.
async fn introduce(
    rest: &discord::Rest,
    config: &Config,
) -> Result<twilight_model::user::CurrentUser, Stop> {
    let mut pause = Duration::from_secs(1);
    loop {
        match wire::introduce(rest, config.discord.application).await {
            Ok(own) => return Ok(own),
            Err(Refused::Unreachable(error)) => {
                tracing::warn!(%error, seconds = pause.as_secs(), "Discord cannot be reached yet");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(MAX_PAUSE);
            }
            Err(refused) => return Err(refused.into()),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is a map_err function")]
fn odd(error: ScheduleError) -> Stop {
    Stop::Failed(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "it is a map_err function")]
pub(crate) fn no_signals(problem: std::io::Error) -> Stop {
    Stop::Unavailable(format!("signals cannot be received: {problem}"))
}
