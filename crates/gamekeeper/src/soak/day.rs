//! A day of game servers in minutes: many servers on a panel that start, stop, crash and fall
//! silent, and at random times the question whether what is shown is what is so.
//!
//! The clocks of the poller and of the panel run so many times faster than time, and everything that
//! the poller waits for is as much shorter; calls take what they take. Whether what is shown is true
//! is decided by looks and not by time, so that a slow machine makes nothing wrong.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use amp_sandbox::{Amp, AmpConfig, AppState, Fault, InstanceId, InstanceSpec};
use domain::server::ServerState;
use engine::PanelKind;
use sandbox::actor::NO_OPTIONS;
use servers::{
    amp::{Panel, PanelConfig, PanelUrl},
    poll::{Pace, PanelSource, PollConfig, Poller, Source},
    schedule::Schedule,
};
use store::{RAW_KEPT_MS, Sample, ServerRecord};
use tokio::{runtime::Handle, task::JoinHandle, time::sleep};

use super::dice::Dice;
use crate::{
    local_amp::{MAY, PASSWORD, USER},
    resident,
    stage::{
        Setup, Stage,
        verbs::{Told, shown, until},
    },
};

/// What is between two looks at everything, and between two at a server that somebody watches.
const INTERVAL: Duration = Duration::from_mins(5);
const WATCHED: Duration = Duration::from_secs(15);
const MOVING: Duration = Duration::from_secs(2);
/// Between two things that happen on the panel.
const HAPPENS_EVERY: Duration = Duration::from_mins(2);
/// How often one calm may be waited for, and another try made.
const TRIES: usize = 50;

/// What kind of day.
#[derive(Clone, Copy, Debug)]
pub struct DayPlan {
    /// Servers on the panel.
    pub servers: usize,
    /// Of them, those that belong to a game, and are looked at every 15 s.
    pub tied: usize,
    /// How long it is, by the panel's clock.
    pub length: Duration,
    /// How many times faster than time that clock runs.
    pub speed: u32,
    /// How often it is asked whether what is shown is so.
    pub checks: u32,
    /// Of everything random.
    pub seed: u64,
}

/// How it went.
#[derive(Debug, Default)]
pub struct Day {
    /// What did not hold.
    pub broken: Vec<String>,
    /// Things that happened on the panel.
    pub happened: usize,
    /// Kinds of states that were compared.
    pub compared: BTreeMap<ServerState, usize>,
    /// The oldest that anything shown was, without trouble, by the panel's clock.
    pub oldest: Duration,
    /// Requests that the panel had.
    pub looks: usize,
    /// Resident memory at each check, in MiB.
    pub memory: Vec<f64>,
    /// Tasks alive at each check.
    pub tasks: Vec<usize>,
}

/// A clock that runs faster.
#[derive(Clone, Copy)]
struct Fast {
    began: Instant,
    from: i64,
    speed: u32,
}

impl Fast {
    fn now(&self) -> i64 {
        let passed = (self.began.elapsed() * self.speed).as_millis();
        self.from.saturating_add(i64::try_from(passed).unwrap_or(i64::MAX))
    }

    /// What this is in time.
    async fn sleep(&self, time: Duration) {
        sleep(time / self.speed).await;
    }
}

struct Ground {
    stage: Stage,
    amp: Amp,
    ids: Vec<InstanceId>,
    clock: Fast,
    poller: Poller,
    running: JoinHandle<()>,
    ticking: JoinHandle<()>,
}

/// Plays it.
pub async fn play(plan: &DayPlan, setup: Setup) -> Told<Day> {
    let mut day = Day::default();
    let ground = Ground::prepare(plan, setup).await?;
    let mut dice = Dice::of(plan.seed, 3);
    let end = ground.clock.now() + ms(plan.length);
    let part = plan.length / plan.checks.max(1);
    while ground.clock.now() < end {
        let until = (ground.clock.now() + ms(part)).min(end);
        let quiet = ground.let_loose(until, &mut dice, &mut day).await;
        if quiet {
            day.oldest = day.oldest.max(ground.oldest().await?);
        }
        ground.amp.faults().clear();
        ground.compare(&mut day).await?;
    }
    ground.tables(plan, &mut day).await?;
    ground.close().await;
    Ok(day)
}

fn ms(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

fn name(number: usize) -> String {
    format!("Server {number:02}")
}

impl Ground {
    async fn prepare(plan: &DayPlan, setup: Setup) -> Told<Self> {
        let stage = Stage::set(setup).await.map_err(|stop| stop.to_string())?;
        let config = AmpConfig { request_log: 1_000, ..AmpConfig::default() };
        let amp = Amp::start(config).await.map_err(|error| error.to_string())?;
        let spec = |number: usize| {
            let seed = u64::try_from(number).unwrap_or_default();
            let spec = InstanceSpec::minecraft(&name(number)).running().lively(seed);
            if number.is_multiple_of(5) { spec.sleeps() } else { spec }
        };
        let ids: Vec<_> = (1..=plan.servers).map(|number| amp.add_instance(spec(number))).collect();
        let user = ids.iter().fold(amp.add_user(USER, PASSWORD), |user, id| user.manages(*id));
        MAY.iter().fold(user, |user, node| user.permission(node));
        let from = jiff::Timestamp::now().as_millisecond();
        let clock = Fast { began: Instant::now(), from, speed: plan.speed };
        let panel = Panel::new(PanelConfig {
            url: PanelUrl::parse(amp.url()).map_err(|error| error.to_string())?,
            username: USER.to_owned(),
            password: PASSWORD.to_owned().into(),
            verify_tls: true,
            within: Duration::from_secs(5),
        });
        let panel = Arc::new(panel.map_err(|error| error.to_string())?);
        let source = PanelSource { name: "main".to_owned(), guild: stage.guild_id(), panel };
        let schedule = Schedule::parse(Schedule::DEFAULT).map_err(|error| error.to_string())?;
        let config = PollConfig {
            schedule: schedule.at_speed(plan.speed),
            pace: Pace { moving: MOVING / plan.speed, watched: WATCHED / plan.speed },
            now: Arc::new(move || clock.now()),
            mine: Arc::new(|_| true),
        };
        let poller = Poller::new(stage.engine().store().clone(), config);
        poller.look_after(Source::Panel(source));
        stage.engine().attend(poller.clone());
        let looking = poller.clone();
        let running = tokio::spawn(async move { looking.run().await });
        let ticking = tokio::spawn(tick(amp.clone(), plan.speed));
        let ground = Self { stage, amp, ids, clock, poller, running, ticking };
        ground.settle(plan).await?;
        Ok(ground)
    }

    /// Everything is listed, some of it belongs to a game, and there is something to be forgotten.
    async fn settle(&self, plan: &DayPlan) -> Told<()> {
        let olga = self.stage.guild.owner();
        self.stage.set_up_panel(&olga, PanelKind::Admin, "admin").await?;
        self.stage.have_game(&olga, "Chess").await?;
        until("every server to be listed", || async {
            (self.servers().await.ok()?.len() == plan.servers).then_some(())
        })
        .await?;
        for server in self.servers().await?.into_iter().take(plan.tied) {
            let options = [("server", format!("#{}", server.id)), ("game", "Chess".to_owned())];
            shown(&olga.slash("server link", options)).await?;
        }
        let tx = self.stage.engine().store().begin().await.map_err(|e| e.to_string())?;
        for server in self.servers().await? {
            let old = self.clock.from - RAW_KEPT_MS - 1;
            let sample = Sample::of(old, ServerState::Online, None);
            tx.put_sample(server.id, &sample).await.map_err(|e| e.to_string())?;
        }
        tx.commit().await.map_err(|e| e.to_string())
    }

    async fn servers(&self) -> Told<Vec<ServerRecord>> {
        let store = self.stage.engine().store();
        store.servers_of_guild(self.stage.guild_id()).await.map_err(|error| error.to_string())
    }

    /// What the panel's own hands know, by the name of the server.
    fn truth(&self) -> Vec<(bool, AppState)> {
        let state = |id: &InstanceId| {
            let server = self.amp.instance(*id);
            (server.running(), server.state())
        };
        self.ids.iter().map(state).collect()
    }

    /// Lets things happen until it is time; answers whether the panel was there all the while.
    async fn let_loose(&self, until: i64, dice: &mut Dice, day: &mut Day) -> bool {
        let (troubled, mut quiet) = (dice.percent(40), true);
        while self.clock.now() < until {
            self.clock.sleep(HAPPENS_EVERY).await;
            day.happened += 1;
            day.looks += self.amp.requests().of("Core/GetStatus").len();
            self.amp.requests().clear();
            let Some(id) = dice.pick(&self.ids) else { continue };
            let server = self.amp.instance(id);
            match dice.below(16) {
                0..=3 => server.shut_down(),
                4..=7 => server.start(),
                8 | 9 => server.crash(),
                10 => server.daemon_dies(),
                11 | 12 => server.daemon_starts(),
                13 => server.sleep(),
                14 if troubled && quiet => {
                    quiet = false;
                    match dice.below(4) {
                        0 => self.amp.faults().down(),
                        1 => self.amp.faults().add(Fault::html(502)),
                        2 => self.amp.faults().add(Fault::session_lost()),
                        _ => self.amp.forget_sessions(),
                    }
                }
                _ => server.suspend(dice.percent(30)),
            }
        }
        quiet
    }

    /// How old the oldest of all that is shown is.
    async fn oldest(&self) -> Told<Duration> {
        let now = self.clock.now();
        let ages = self.servers().await?.into_iter();
        let ages = ages.map(|server| now - server.watch.fresh.unwrap_or(self.clock.from));
        let oldest = ages.max().and_then(|age| u64::try_from(age).ok()).unwrap_or_default();
        Ok(Duration::from_millis(oldest))
    }

    /// Waits until each server has been looked at by a look that began after now.
    async fn looked_at(&self) -> Told<()> {
        // The first may have begun before.
        for _ in 0..2 {
            let since = self.clock.now();
            until("every server to be looked at", || async {
                let servers = self.servers().await.ok()?;
                let fresh = |server: &ServerRecord| server.watch.fresh.is_some_and(|at| at > since);
                servers.iter().all(fresh).then_some(())
            })
            .await?;
        }
        Ok(())
    }

    /// In a calm moment, what is shown is what is so.
    async fn compare(&self, day: &mut Day) -> Told<()> {
        for _ in 0..TRIES {
            let truth = self.truth();
            self.looked_at().await?;
            let servers = self.servers().await?;
            let listed = shown(&self.stage.guild.owner().slash("server list", NO_OPTIONS)).await?;
            if self.truth() != truth {
                // Something was on its way.
                continue;
            }
            let listed = listed.text();
            for (number, (running, state)) in (1..).zip(truth) {
                let name = name(number);
                let found = servers.iter().find(|one| one.found.name.as_str() == name);
                let Some(server) = found else {
                    day.broken.push(format!("{name} is not listed"));
                    continue;
                };
                let seen = server.watch.state;
                *day.compared.entry(seen).or_default() += 1;
                if !fits(running, state, seen) {
                    day.broken.push(format!("{name} is {state:?} ({running}), and shown {seen}"));
                }
                let line = listed.lines().find(|line| line.contains(&format!("**{name}**")));
                if line.is_some_and(|line| !line.contains(&format!("· {seen}"))) {
                    day.broken.push(format!("{name} is {seen}, and listed as {line:?}"));
                }
            }
            day.memory.push(resident::mib("self", "VmRSS:")?);
            day.tasks.push(Handle::current().metrics().num_alive_tasks());
            return Ok(());
        }
        Err("the panel never came to rest".to_owned())
    }

    /// What is kept is bounded.
    async fn tables(&self, plan: &DayPlan, day: &mut Day) -> Told<()> {
        let store = self.stage.engine().store();
        let now = self.clock.now();
        let minutes = usize::try_from((now - self.clock.from) / 60_000).unwrap_or_default();
        let most = minutes + day.happened + 10;
        let hours = minutes / 60 + 3;
        // A round forgets what is old; there has been one after it was written.
        for server in self.servers().await? {
            let samples = store.server_samples(server.id, 0, now + ms(plan.length)).await;
            let samples = samples.map_err(|error| error.to_string())?;
            let hourly = store.server_hours(server.id, 0, now + ms(plan.length)).await;
            let hourly = hourly.map_err(|error| error.to_string())?.len();
            let name = server.found.name;
            if samples.iter().any(|sample| sample.at < self.clock.from - RAW_KEPT_MS) {
                day.broken.push(format!("{name}: a look of last week is still kept"));
            }
            if samples.is_empty() || samples.len() > most {
                day.broken.push(format!("{name}: {} looks in {minutes} min", samples.len()));
            }
            if hourly > hours {
                day.broken.push(format!("{name}: {hourly} hours in {minutes} min"));
            }
        }
        Ok(())
    }

    async fn close(self) {
        self.poller.stop();
        let _ = self.running.await;
        self.ticking.abort();
        self.stage.close().await;
        self.amp.stop();
    }
}

/// Whether a server that does this may be shown as that.
fn fits(running: bool, state: AppState, seen: ServerState) -> bool {
    match (state, running) {
        (AppState::Suspended, true) => seen == ServerState::Suspended,
        (_, false) | (AppState::Stopped, true) => seen == ServerState::Offline,
        (AppState::Ready, _) => seen == ServerState::Online,
        (AppState::Sleeping, _) => seen == ServerState::Sleeping,
        // What was down when last seen has not crashed for whoever looks now and then.
        (AppState::Failed, _) => matches!(seen, ServerState::Crashed | ServerState::Offline),
        _ => false,
    }
}

/// Has the panel's clock keep up.
async fn tick(amp: Amp, speed: u32) {
    let mut last = Instant::now();
    loop {
        sleep(Duration::from_millis(5)).await;
        let passed = last.elapsed();
        last += passed;
        amp.clock().advance(passed * speed.saturating_sub(1));
    }
}

impl DayPlan {
    /// The whole of it: what `bench servers-day` plays.
    pub const WHOLE: Self = Self {
        servers: 50,
        tied: 3,
        length: Duration::from_hours(24),
        speed: 480,
        checks: 24,
        seed: 24,
    };
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let compared: usize = self.compared.values().sum();
        let (first, last) = (self.memory.get(1).copied(), self.memory.last().copied());
        write!(
            f,
            "{} things happened, {} looks; {compared} times shown was compared with true, {} times \
             it was not so; the oldest shown was {:.0} s old (looked at every {} s); {:.1} MiB after \
             the second check, {:.1} MiB at the end; tasks at the checks: {:?}",
            self.happened,
            self.looks,
            self.broken.len(),
            self.oldest.as_secs_f64(),
            INTERVAL.as_secs(),
            first.unwrap_or_default(),
            last.unwrap_or_default(),
            self.tasks
        )
    }
}
