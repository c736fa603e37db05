//! `gamekeeper doctor`: looks at an installation and says what to do. Runs beside the bot.

use clap::Args;
use jiff::Timestamp;
use ops::{AmpSeat, CATALOGUE, DatabaseSeat, DiscordSeat, Report, Scene, Severity, Skips};
use settings::Settings;

use crate::{
    config::{
        AlertsConfig, AmpConfig, BackupConfig, Config, DatabaseConfig, DiscordConfig, Flags,
        HttpConfig,
    },
    exit::Stop,
    logging, wire,
};

/// What to look at, and how to tell.
#[derive(Args, Clone, Debug)]
pub struct DoctorArgs {
    /// For machines.
    #[arg(long)]
    json: bool,
    /// End with 1 when there are warnings.
    #[arg(long)]
    strict: bool,
    /// Leave a check out, and say why.
    #[arg(long, value_name = "NAME=REASON")]
    skip: Vec<String>,
    /// Of Discord servers, look at this one only.
    #[arg(long, value_name = "ID")]
    guild: Option<domain::GuildId>,
    /// Send a test message to everybody who is told when something is wrong.
    #[arg(long)]
    send_test: bool,
    /// Name all checks and what they look at, and do nothing.
    #[arg(long)]
    list: bool,
}

/// Looks, and tells. Ends with 0, 1 (warnings, if they count) or 2 (something to put right).
#[expect(clippy::print_stdout, reason = "the table is what was asked for")]
pub async fn run(args: &DoctorArgs, flags: &Flags) -> Result<(), Stop> {
    if args.list {
        for check in CATALOGUE {
            println!("{:<20} {}", check.name, check.about);
        }
        return Ok(());
    }
    // What goes wrong is a finding, not a line of the log.
    logging::quiet();
    let skips = Skips::parse(args.skip.iter().map(String::as_str))
        .map_err(|problem| Stop::Usage(problem.to_string()))?;
    let look = Look { guild: args.guild, send_test: args.send_test };
    let report = examine(flags, look, &skips).await;
    if args.json {
        let told = serde_json::to_string_pretty(&report);
        println!("{}", told.map_err(|problem| Stop::Failed(problem.to_string()))?);
    } else {
        print!("{}", report.table());
    }
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    match (errors, warnings) {
        (1.., _) => Err(Stop::Unfit(format!("{errors} findings to put right"))),
        (0, 1..) if args.strict => Err(Stop::Failed(format!("{warnings} findings to look at"))),
        _ => Ok(()),
    }
}

/// What is looked at beside the usual.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Of guilds, this one only.
    pub guild: Option<domain::GuildId>,
    /// Whether those are told who are told when something is wrong.
    pub send_test: bool,
}

/// All checks on what these settings name.
pub async fn examine(flags: &Flags, look: Look, skips: &Skips) -> Report {
    let scene = scene(flags, look);
    let found = ops::examine(&scene).await;
    Report::new(env!("CARGO_PKG_VERSION"), &found, skips)
}

/// Each part by itself, so that one that is set wrongly does not hide the others.
fn scene(flags: &Flags, look: Look) -> Scene {
    let (settings, unreadable) = match Settings::load(flags) {
        Ok(settings) => (settings, None),
        Err(problem) => (Settings::default(), Some(problem)),
    };
    let problems = match unreadable {
        // What could not be read is not missing.
        Some(problem) => vec![problem],
        None => Config::problems(&settings),
    };
    let amp = AmpConfig::read(&settings).ok().flatten();
    // What is wrong with it is told elsewhere.
    let told = AlertsConfig::read(&settings).unwrap_or_default();
    let database = DatabaseConfig::read(&settings).ok();
    let data_dir = database.as_ref().map(|database| database.data_dir.clone());
    let discord = DiscordConfig::read(&settings).ok().and_then(|config| {
        Some(DiscordSeat {
            rest: wire::door(&config.token, config.origin.clone(), |_| {}).ok()?,
            origin: config.origin,
            application: config.application,
            members_intent: config.members_intent,
            commands: bot::commands::registered(amp.is_some()),
        })
    });
    Scene {
        problems,
        here: std::env::current_dir().unwrap_or_default(),
        data_dir: data_dir.unwrap_or_else(|| "data".into()),
        instance: crate::config::instance(&settings),
        discord,
        database: database
            .map(|database| DatabaseSeat { config: database.store, is_file: database.is_file }),
        amp: amp.into_iter().flat_map(|amp| amp.panels).map(seat).collect(),
        http: HttpConfig::read(&settings).ok().and_then(|http| http.address),
        backup: BackupConfig::read(&settings).ok().map(|config| config.place.settings),
        routes: told.routes,
        deadman: told.deadman.is_some(),
        send_test: look.send_test,
        guild: look.guild,
        now: Timestamp::now(),
        version: env!("CARGO_PKG_VERSION"),
        settings,
    }
}

fn seat(panel: crate::config::AmpPanel) -> AmpSeat {
    AmpSeat { name: panel.name, panel: panel.panel }
}
