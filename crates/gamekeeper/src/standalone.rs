//! `gamekeeper sandbox`: the local Discord by itself, for bots in any language.

mod amp;
mod card;

use sandbox::{
    Config, ContractCheck, Sandbox,
    id::ApplicationId,
    limits::LimitsConfig,
    scenario::{FileError, Scenario, Troubles},
    world::token_for,
};
use tokio::signal::unix::{SignalKind, signal};

use self::amp::Panel;
use crate::{
    cli::SandboxArgs,
    exit::Stop,
    logging::{self, LogLevel},
    run::no_signals,
};

/// The last part of the token when none is given. It opens nothing but a local Discord, and a bot's
/// settings survive a restart.
const SECRET: &str = "a-local-token-worth-nothing";

/// Listens until it is told to stop.
pub async fn run(args: &SandboxArgs) -> Result<(), Stop> {
    // In strict mode violations have lines of their own.
    logging::start(if args.strict { LogLevel::Error } else { LogLevel::Warn });
    let mut terminate = signal(SignalKind::terminate()).map_err(no_signals)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(no_signals)?;
    let scenario = match &args.guilds {
        Some(path) => Scenario::read(path).map_err(file)?,
        None => Scenario::friendly().map_err(|error| Stop::Failed(error.to_string()))?,
    };
    let troubles = args.faults.as_deref().map(Troubles::read).transpose().map_err(file)?;
    let sandbox = Sandbox::start(config(args)).await.map_err(|problem| no_start(args, &problem))?;
    let mut bell = sandbox.violation_bell();
    let panel = Panel::start(args).await?;
    let mut panel_bell = panel.as_ref().map(Panel::bell);
    let guilds = scenario.make(&sandbox).map_err(|error| Stop::File(error.to_string()))?;
    troubles.unwrap_or_default().apply(&sandbox);
    if let Some(limits) = args.limits.as_deref().and_then(LimitsConfig::preset) {
        sandbox.limits().configure(|old| *old = limits);
    }
    show(args, &card::Card::new(&sandbox, &guilds, panel.as_ref()))?;
    let mut complaints = Complaints::default();
    loop {
        tokio::select! {
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
            Ok(()) = bell.changed(), if args.strict => complaints.show(&sandbox, panel.as_ref()),
            () = amp::rings(&mut panel_bell), if args.strict => {
                complaints.show(&sandbox, panel.as_ref());
            }
        }
    }
    if args.strict {
        complaints.show(&sandbox, panel.as_ref());
    }
    sandbox.stop();
    if let Some(panel) = &panel {
        panel.stop();
    }
    let whose = if panel.is_some() { "Discord's or AMP's" } else { "Discord's" };
    match complaints.count {
        0 => Ok(()),
        1 => Err(Stop::Failed(format!("the bot broke {whose} contract once"))),
        times => Err(Stop::Failed(format!("the bot broke {whose} contract {times} times"))),
    }
}

fn no_start(args: &SandboxArgs, problem: &std::io::Error) -> Stop {
    use std::io::ErrorKind::{AddrInUse, PermissionDenied};
    if matches!(problem.kind(), AddrInUse | PermissionDenied) {
        return Stop::Unavailable(format!(
            "port {} cannot be listened on: {problem}. Choose another with --port, or --port 0 for \
             a free one",
            args.port
        ));
    }
    Stop::File(format!("the local Discord cannot start: {problem}"))
}

fn config(args: &SandboxArgs) -> Config {
    let id = args.application_id;
    let token = args.token.clone().unwrap_or_else(|| token_for(ApplicationId(id), SECRET));
    let mut config = Config {
        bot_name: args.bot_name.clone(),
        token: Some(token),
        application_id: Some(id),
        contract: contract(args.strict),
        ..Config::default()
    };
    config.listen.set_port(args.port);
    config
}

/// Strict also holds everything said to Discord's published API description, where that is at hand.
fn contract(strict: bool) -> ContractCheck {
    match std::env::var_os("DISCORD_OPENAPI").filter(|path| strict && !path.is_empty()) {
        Some(path) => ContractCheck::Report(path.into()),
        None => ContractCheck::Off,
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is a map_err function")]
fn file(error: FileError) -> Stop {
    Stop::File(error.to_string())
}

#[expect(clippy::print_stdout, reason = "where everything is, is what the command is asked for")]
fn show(args: &SandboxArgs, card: &card::Card<'_>) -> Result<(), Stop> {
    if args.json {
        let line = serde_json::to_string(card)
            .map_err(|problem| Stop::Failed(format!("the card cannot be written: {problem}")))?;
        println!("{line}");
    } else {
        println!("{card}");
    }
    Ok(())
}

/// What was complained about.
#[derive(Default)]
struct Complaints {
    /// How many of the sandbox's list.
    seen: usize,
    /// How many of the panel's.
    seen_of_panel: usize,
    /// How many in all: the list can be emptied over the control API.
    count: usize,
}

impl Complaints {
    /// Shows the violations nobody has seen yet.
    fn show(&mut self, sandbox: &Sandbox, panel: Option<&Panel>) {
        let all = sandbox.violations();
        if all.len() < self.seen {
            self.seen = 0;
        }
        for one in all.iter().skip(self.seen) {
            self.say(&format!("{:?}: {}: {}", one.kind, one.place, one.detail));
        }
        self.seen = all.len();
        let all = panel.map(Panel::complaints).unwrap_or_default();
        for one in all.iter().skip(self.seen_of_panel) {
            self.say(&format!("AMP: {one}"));
        }
        self.seen_of_panel = all.len();
    }

    #[expect(clippy::print_stderr, reason = "complaints belong on the terminal")]
    fn say(&mut self, complaint: &str) {
        eprintln!("violation: {complaint}");
        self.count += 1;
    }
}
