//! What is worth telling the operator: from how the process stands to alerts.

use std::time::Duration;

use alerts::{Alert, Alerts, Severity};
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::vitals::Vitals;

/// Between two looks.
const EVERY: Duration = Duration::from_secs(2);

/// How long, or how much, before somebody is told.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The database does not answer.
    pub database_away: Duration,
    /// A shard is not connected.
    pub gateway_down: Duration,
    /// A game waits for what should be done by now.
    pub oldest_work: Duration,
    /// A panel cannot be read.
    pub panel_unreadable: Duration,
    /// Hundredths of the disk that are left.
    pub disk_percent: u64,
    /// The same, when it is urgent.
    pub disk_percent_critical: u64,
    /// The last backup is older.
    pub backup_age: Duration,
    /// There is no backup yet, and the process runs for so long.
    pub first_backup: Duration,
    /// Hundredths of the memory limit that are taken.
    pub memory_percent: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            database_away: Duration::from_mins(1),
            gateway_down: Duration::from_mins(2),
            oldest_work: Duration::from_mins(15),
            panel_unreadable: Duration::from_mins(15),
            disk_percent: 10,
            disk_percent_critical: 3,
            // A day and two hours: one that takes its time is no alarm.
            backup_age: Duration::from_hours(26),
            first_backup: Duration::from_hours(26),
            memory_percent: 90,
        }
    }
}

/// The keys of all alerts that are raised here.
pub const KEYS: [&str; 9] = [
    "database.away",
    "gateway.down",
    "reconciler.late",
    "discord.paused",
    "amp.unreadable",
    "host.disk",
    "host.memory",
    "backup.old",
    "backup.failed",
];

/// Raises and resolves until it is stopped.
pub async fn watch(
    alerts: Alerts,
    vitals: watch::Receiver<Vitals>,
    limits: Limits,
    stop: CancellationToken,
) {
    let began = tokio::time::Instant::now();
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(tick.tick()).await.is_some() {
        let wrong = wrong(&vitals.borrow(), &limits, began.elapsed());
        for key in KEYS {
            if !wrong.iter().any(|alert| alert.key == key) {
                alerts.resolve(key);
            }
        }
        for alert in wrong {
            alerts.raise(alert);
        }
    }
}

/// What is wrong; `up` is for how long the process has run.
pub fn wrong(vitals: &Vitals, limits: &Limits, up: Duration) -> Vec<Alert> {
    use Severity::{Critical, Warning};
    let mut wrong = Vec::new();
    let mut say = |key: &str, severity, sentence: String, cure: &str| {
        let (key, cure) = (key.to_owned(), cure.to_owned());
        wrong.push(Alert { key, severity, sentence, cure });
    };
    if let Some(away) = vitals.database_away.filter(|away| *away >= limits.database_away) {
        let sentence = format!("The database has not answered for {}.", span(away));
        say("database.away", Critical, sentence, "Run `gamekeeper doctor`: it says why.");
    }
    if let Some(down) = vitals.gateway_down.filter(|down| *down >= limits.gateway_down) {
        let bot::Status { ready, shards, .. } = vitals.status;
        let sentence = format!(
            "The bot has not been connected to Discord for {} ({ready} of {shards} shards are up).",
            span(down)
        );
        let cure = "Look at https://discordstatus.com, then run `gamekeeper doctor`.";
        say("gateway.down", Critical, sentence, cure);
    }
    if let Some(reconciling) = vitals.reconciling
        && reconciling.oldest >= limits.oldest_work
    {
        let sentence = format!(
            "Changes to Discord are late: one game has waited for {}, {} are due.",
            span(reconciling.oldest),
            reconciling.backlog.due
        );
        let cure = "Run `gamekeeper doctor`; the log says what each game waits for.";
        say("reconciler.late", Warning, sentence, cure);
    }
    if vitals.paused {
        let sentence = "Calls to Discord are paused, because it refused too many.".to_owned();
        let cure = "Run `gamekeeper doctor`: it says which permissions are missing. Calls go on \
                    by themselves.";
        say("discord.paused", Critical, sentence, cure);
    }
    let unreadable = |panel: &&servers::poll::PanelStanding| {
        panel.unreadable.is_some_and(|since| since >= limits.panel_unreadable)
    };
    let panels: Vec<&str> =
        vitals.panels.iter().filter(unreadable).map(|panel| panel.name.as_str()).collect();
    if !panels.is_empty() {
        let sentence = format!(
            "What game servers do is unknown: the AMP panel cannot be read ({}).",
            panels.join(", ")
        );
        let cure = "Run `gamekeeper doctor`: it says whether AMP is there and lets the bot in.";
        say("amp.unreadable", Warning, sentence, cure);
    }
    if let Some(disk) = vitals.disk
        && disk.percent_free() < limits.disk_percent
    {
        let severity =
            if disk.percent_free() < limits.disk_percent_critical { Critical } else { Warning };
        let (free, percent) = (disk.free / 1_048_576, disk.percent_free());
        let sentence = format!(
            "The disk of the data directory is almost full: {free} MiB ({percent} %) are left."
        );
        let cure = "Run `gamekeeper backup prune`, or make room.";
        say("host.disk", severity, sentence, cure);
    }
    if let Some(percent) = vitals.memory.and_then(|memory| memory.percent_used())
        && percent >= limits.memory_percent
    {
        let sentence =
            format!("The bot takes {percent} % of the memory that its unit or container may take.");
        let cure = "Raise the limit (MemoryMax, or the container's), or restart the bot; run \
                    `gamekeeper doctor` to see what it needs.";
        say("host.memory", Warning, sentence, cure);
    }
    let backup = &vitals.backup;
    match backup.age {
        Some(age) if backup.on && age >= limits.backup_age => {
            let sentence = format!("The last backup is {} old.", span(age));
            say("backup.old", Warning, sentence, "Run `gamekeeper backup create`.");
        }
        None if backup.on && vitals.database_away.is_none() && up >= limits.first_backup => {
            let sentence = "There is no backup yet.".to_owned();
            say("backup.old", Warning, sentence, "Run `gamekeeper backup create`.");
        }
        _ => {}
    }
    if !backup.failed.is_empty() {
        let what: Vec<_> = backup.failed.iter().map(|doing| doing.failed()).collect();
        let cure = "Run `gamekeeper doctor`: it says why.";
        say("backup.failed", Warning, what.join(" "), cure);
    }
    wrong
}

/// A time span for people.
fn span(span: Duration) -> String {
    match span.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7_200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use alerts::Severity;
    use engine::Reconciling;
    use servers::poll::PanelStanding;

    use super::{KEYS, Limits, wrong};
    use crate::vitals::{Backup, Disk, Memory, Vitals};

    const DAY: Duration = Duration::from_hours(24);

    fn keys(vitals: &Vitals, up: Duration) -> Vec<String> {
        wrong(vitals, &Limits::default(), up).into_iter().map(|alert| alert.key).collect()
    }

    #[test]
    fn nothing_is_wrong_with_a_process_that_has_just_begun() {
        let moment = Some(Duration::from_secs(20));
        let backup = Backup { on: true, ..Backup::default() };
        let fresh =
            Vitals { gateway_down: moment, database_away: moment, backup, ..Vitals::default() };
        assert!(keys(&fresh, Duration::ZERO).is_empty());
    }

    #[test]
    fn everything_that_can_be_wrong_is_told_with_a_cure() {
        let long = Duration::from_hours(30);
        let vitals = Vitals {
            gateway_down: Some(long),
            database_away: Some(long),
            reconciling: Some(Reconciling { oldest: long, ..Reconciling::default() }),
            paused: true,
            panels: vec![PanelStanding { name: "main".to_owned(), unreadable: Some(long) }],
            disk: Some(Disk { free: 5, size: 100, files: None }),
            memory: Some(Memory { used: 95, limit: Some(100) }),
            backup: Backup { on: true, age: Some(long), failed: vec![::backup::Doing::Verify] },
            ..Vitals::default()
        };
        let wrong = wrong(&vitals, &Limits::default(), long);
        for key in KEYS {
            let alert = wrong.iter().find(|alert| alert.key == key).expect(key);
            assert!(alert.cure.contains("`gamekeeper ") || key == "gateway.down", "{alert:?}");
            assert!(alert.sentence.ends_with('.'), "{alert:?}");
        }
        assert_eq!(wrong.len(), KEYS.len());
    }

    #[test]
    fn backups_matter_where_they_are_made_and_a_full_disk_gets_urgent() {
        let mut vitals = Vitals::default();
        assert!(keys(&vitals, DAY * 3).is_empty(), "somebody else makes them");
        vitals.backup.on = true;
        assert_eq!(keys(&vitals, DAY * 3), ["backup.old"]);
        vitals.backup.age = Some(Duration::from_hours(25));
        assert!(keys(&vitals, DAY * 3).is_empty());
        let of = |free| {
            let disk = Some(Disk { free, size: 100, files: None });
            let vitals = Vitals { disk, ..Vitals::default() };
            wrong(&vitals, &Limits::default(), DAY).first().map(|alert| alert.severity)
        };
        assert_eq!((of(10), of(9)), (None, Some(Severity::Warning)));
        assert_eq!(of(2), Some(Severity::Critical));
    }
}
