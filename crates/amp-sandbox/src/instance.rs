//! One instance: the daemon, and the game inside it. Both change over time, so whoever looks lets time pass first.

use std::collections::VecDeque;
use std::time::Duration;

use crate::clock::{Millis, to_millis};
use crate::console::Console;
use crate::id::{Guid, InstanceId};
use crate::names::PEOPLE;
use crate::players::{Player, Step, Walk};
use crate::spec::InstanceSpec;
use crate::state::AppState;
use crate::switches::Restarted;
use crate::tasks::{Task, Tasks};

/// Commands that are remembered.
const COMMANDS: usize = 200;

/// A phase whose length can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The daemon comes up.
    Daemon,
    Start,
    Stop,
    Update,
    Backup,
}

#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) id: InstanceId,
    pub(crate) spec: InstanceSpec,
    /// The port of the panel itself.
    pub(crate) port: u16,
    pub(crate) running: bool,
    pub(crate) suspended: bool,
    pub(crate) state: AppState,
    /// What the game did when the daemon was last up.
    pub(crate) last_seen: AppState,
    pub(crate) players: Vec<Player>,
    pub(crate) console: Console,
    pub(crate) tasks: Tasks,
    pub(crate) commands: VecDeque<String>,
    pub(crate) fails_next_start: bool,
    /// When the game became ready.
    pub(crate) ready_at: Option<Millis>,
    /// What the game will do, in the order of time.
    plan: VecDeque<(Millis, AppState)>,
    /// When the daemon will be up, and whether the game starts with it.
    coming_up: Option<(Millis, bool)>,
    /// Who waits for it to wake.
    waiting: Vec<String>,
    pub(crate) walk: Option<Walk>,
}

/// Why the application did not do as it was told.
pub(crate) type No = &'static str;

impl Instance {
    pub(crate) fn new(id: InstanceId, spec: InstanceSpec, port: u16, now: Millis) -> Self {
        let walk = spec.lively.map(|seed| Walk::new(seed, now));
        let state = if spec.daemon_running { spec.state } else { AppState::Stopped };
        Self {
            id,
            port,
            running: spec.daemon_running,
            suspended: false,
            state,
            last_seen: spec.state,
            players: Vec::new(),
            console: Console::default(),
            tasks: Tasks::default(),
            commands: VecDeque::new(),
            fails_next_start: false,
            ready_at: (state == AppState::Ready).then_some(now),
            plan: VecDeque::new(),
            coming_up: None,
            waiting: Vec::new(),
            walk,
            spec,
        }
    }

    /// Lets everything happen that is due.
    pub(crate) fn settle(&mut self, now: Millis) {
        if let Some((due, starts)) = self.coming_up.filter(|(due, _)| *due <= now) {
            self.coming_up = None;
            self.running = true;
            self.console.say(due, "Core", "Console", "The instance is up");
            if starts {
                let _ = self.start(due);
            }
        }
        while let Some((due, state)) = self.plan.front().copied().filter(|(due, _)| *due <= now) {
            self.plan.pop_front();
            self.enter(state, due);
        }
        while let Some((at, step)) = self.walk.as_mut().and_then(|walk| walk.step(now)) {
            self.walk_on(at, &step);
        }
    }

    fn walk_on(&mut self, at: Millis, step: &Step) {
        if self.state != AppState::Ready || !self.running {
            return;
        }
        match step {
            Step::Come(name) => {
                let _ = self.join(name, at);
            }
            Step::Go(which) => {
                // Whoever was told to come stays until told to go.
                let walkers =
                    self.players.iter().filter(|player| PEOPLE.contains(&player.name.as_str()));
                let walkers: Vec<String> = walkers.map(|player| player.name.clone()).collect();
                if let Some(name) = walkers.get(which % walkers.len().max(1)) {
                    self.leave(name, at);
                }
            }
            Step::Nothing => {}
        }
    }

    /// What the game is doing, as AMP would say it.
    pub(crate) fn shown_state(&self) -> AppState {
        if self.suspended { AppState::Suspended } else { self.state }
    }

    fn enter(&mut self, state: AppState, at: Millis) {
        self.state = state;
        match state {
            AppState::Ready => {
                self.ready_at = Some(at);
                self.log(at, "The server is ready");
                for name in std::mem::take(&mut self.waiting) {
                    let _ = self.join(&name, at);
                }
            }
            AppState::Starting => self.log(at, "Starting the server"),
            AppState::Stopping => self.log(at, "Stopping the server"),
            AppState::Sleeping => self.log(at, "The server sleeps until somebody connects"),
            AppState::Updating => self.log(at, "Updating the application"),
            AppState::Stopped => self.log(at, "The server has stopped"),
            AppState::Failed => self.console.say(at, "Core", "Error", "The application has failed"),
            _ => {}
        }
        if state != AppState::Ready {
            self.ready_at = None;
            self.players.clear();
        }
    }

    fn log(&mut self, at: Millis, text: &str) {
        self.console.say(at, "Core", "Console", text);
    }

    /// Drops what was planned, enters a state, and plans what follows, each so long after the one before.
    fn go(&mut self, now: Millis, first: AppState, then: &[(Duration, AppState)]) {
        self.plan.clear();
        self.enter(first, now);
        let mut due = now;
        for (after, state) in then {
            due += to_millis(*after);
            self.plan.push_back((due, *state));
        }
        // What takes no time has happened already.
        while let Some((due, state)) = self.plan.front().copied().filter(|(due, _)| *due <= now) {
            self.plan.pop_front();
            self.enter(state, due);
        }
    }

    pub(crate) fn start(&mut self, now: Millis) -> Result<(), No> {
        if self.suspended {
            return Ok(());
        }
        if !self.state.can_start() {
            return Err("The application is running already, or busy");
        }
        self.begin(now, AppState::PreStart);
        Ok(())
    }

    fn begin(&mut self, now: Millis, first: AppState) {
        let soon = self.spec.start / 8;
        let end = if std::mem::take(&mut self.fails_next_start) {
            AppState::Failed
        } else {
            AppState::Ready
        };
        self.go(
            now,
            first,
            &[(soon, AppState::Starting), (self.spec.start.saturating_sub(soon), end)],
        );
    }

    pub(crate) fn stop(&mut self, now: Millis) {
        if self.state == AppState::Sleeping {
            self.go(now, AppState::Stopped, &[]);
        } else if self.state.is_alive() && self.state != AppState::Stopping {
            self.go(now, AppState::Stopping, &[(self.spec.stop, AppState::Stopped)]);
        }
    }

    pub(crate) fn restart(&mut self, now: Millis, when_stopped: Restarted) -> Result<(), No> {
        if self.suspended {
            return Ok(());
        }
        if self.state == AppState::Ready || self.state == AppState::Starting {
            let (stop, start) = (self.spec.stop, self.spec.start);
            self.go(
                now,
                AppState::Restarting,
                &[(stop, AppState::Starting), (start, AppState::Ready)],
            );
            return Ok(());
        }
        match when_stopped {
            Restarted::Ignored => Ok(()),
            Restarted::Refused => Err("The application is not running"),
        }
    }

    pub(crate) fn kill(&mut self, now: Millis) {
        if self.state != AppState::Stopped {
            self.go(now, AppState::Stopped, &[]);
        }
    }

    pub(crate) fn sleep(&mut self, now: Millis) -> Result<(), No> {
        if !self.spec.sleeps {
            return Err("This application cannot sleep");
        }
        if self.state != AppState::Ready {
            return Err("The application is not running");
        }
        self.go(now, AppState::PreparingForSleep, &[(self.spec.stop, AppState::Sleeping)]);
        Ok(())
    }

    pub(crate) fn update(&mut self, now: Millis, task: Guid) -> Result<(), No> {
        if self.suspended {
            return Ok(());
        }
        let (stop, update) = (self.spec.stop, self.spec.update);
        let before = match self.state {
            AppState::Stopped | AppState::Failed => Duration::ZERO,
            AppState::Ready | AppState::Sleeping => stop,
            _ => return Err("The application is busy"),
        };
        self.task(task, "Update", "Updates the application", now, before + update);
        if before.is_zero() {
            self.go(now, AppState::Updating, &[(update, AppState::Stopped)]);
        } else {
            self.go(
                now,
                AppState::Stopping,
                &[(stop, AppState::Updating), (update, AppState::Stopped)],
            );
        }
        Ok(())
    }

    pub(crate) fn back_up(&mut self, now: Millis, task: Guid, title: &str) -> Result<(), No> {
        if self.tasks.is_under_way("Backup", now) {
            return Err("A backup is being made already");
        }
        self.task(task, "Backup", title, now, self.spec.backup);
        Ok(())
    }

    fn task(&mut self, id: Guid, name: &str, about: &str, now: Millis, takes: Duration) {
        let end = now + to_millis(takes);
        let (name, description) = (name.to_owned(), about.chars().take(200).collect());
        self.tasks.add(Task { id, name, description, start: now, end });
    }

    /// The game dies.
    pub(crate) fn crash(&mut self, now: Millis) {
        if !self.running || !self.state.is_alive() {
            return;
        }
        self.go(now, AppState::Failed, &[]);
        if self.spec.restarts_itself {
            self.plan.push_back((now + to_millis(self.spec.stop), AppState::Restarting));
            self.plan
                .push_back((now + to_millis(self.spec.stop + self.spec.start), AppState::Ready));
        }
    }

    /// The daemon is told to come up.
    pub(crate) fn come_up(&mut self, now: Millis, starts: bool) -> Result<(), No> {
        if self.running || self.coming_up.is_some() {
            return Err("The instance is running already");
        }
        self.coming_up = Some((now + to_millis(self.spec.daemon_start), starts));
        self.settle(now);
        Ok(())
    }

    /// The daemon goes, and the game with it.
    pub(crate) fn go_down(&mut self) {
        self.last_seen = self.shown_state();
        self.running = false;
        self.coming_up = None;
        self.plan.clear();
        self.players.clear();
        self.waiting.clear();
        self.tasks.clear();
        self.ready_at = None;
        self.state = AppState::Stopped;
    }

    pub(crate) fn suspend(&mut self, now: Millis, suspended: bool) {
        if suspended && self.state != AppState::Stopped {
            self.go(now, AppState::Stopped, &[]);
        }
        self.suspended = suspended;
    }

    /// Somebody connects. A sleeping server wakes, and they are on when it is ready.
    pub(crate) fn join(&mut self, name: &str, now: Millis) -> bool {
        let here = self.players.iter().any(|player| player.name == name);
        if !self.running || here || self.players.len() + self.waiting.len() >= self.spec.max_players
        {
            return false;
        }
        match self.state {
            AppState::Ready => {
                self.players.push(Player::new(name));
                self.console.say(now, name, "Chat", &format!("{name} joined the game"));
            }
            AppState::Sleeping => {
                self.waiting.push(name.to_owned());
                self.begin(now, AppState::PreStart);
            }
            AppState::PreStart | AppState::Starting if !self.waiting.is_empty() => {
                self.waiting.push(name.to_owned());
            }
            _ => return false,
        }
        true
    }

    pub(crate) fn leave(&mut self, name: &str, now: Millis) -> bool {
        let Some(place) = self.players.iter().position(|player| player.name == name) else {
            return false;
        };
        self.players.remove(place);
        self.console.say(now, name, "Chat", &format!("{name} left the game"));
        true
    }

    /// A line typed into the console.
    pub(crate) fn command(&mut self, text: &str, now: Millis) {
        if self.commands.len() == COMMANDS {
            self.commands.pop_front();
        }
        self.commands.push_back(text.chars().take(1_000).collect());
        if self.state != AppState::Ready {
            return;
        }
        let (players, places) = (self.players.len(), self.spec.max_players);
        match text.split_once(' ') {
            Some(("say", words)) => self.console.say(now, "Server", "Chat", words),
            None if text == "list" => {
                self.console.say(
                    now,
                    "Server",
                    "Console",
                    &format!("{players} of {places} players are on"),
                );
            }
            None if text == "stop" => self.stop(now),
            _ => self.console.say(now, "Server", "Console", &format!("> {text}")),
        }
    }

    pub(crate) fn set_duration(&mut self, phase: Phase, time: Duration) {
        *match phase {
            Phase::Daemon => &mut self.spec.daemon_start,
            Phase::Start => &mut self.spec.start,
            Phase::Stop => &mut self.spec.stop,
            Phase::Update => &mut self.spec.update,
            Phase::Backup => &mut self.spec.backup,
        } = time;
    }
}
