//! Backups, by what the database remembers of them.

use ::backup::{Facts, Settings, TrendPoint, pg_dump_for};
use jiff::Timestamp;
use store::{Store, vitals::Vitals};

use crate::{Finding, Scene};

const AGE: &str = "backup.age";
const TREND: &str = "backup.trend";
const VERIFIED: &str = "backup.verified";
const OFFSITE: &str = "backup.offsite";
const TOOLS: &str = "backup.tools";
const ENCRYPTED: &str = "backup.encrypted";
/// Hours after which a backup of every night is late.
const LATE_HOURS: i64 = 26;
/// Hours after which a proof of every week is late.
const PROOF_HOURS: i64 = 8 * 24;
/// A backup with fewer rows than this part of the one before, in hundredths, is worth a look.
const SHRUNK: u64 = 70;

pub(super) async fn look(scene: &Scene) -> Vec<Finding> {
    let Some(settings) = &scene.backup else {
        return vec![Finding::skipped(AGE, "backups are not set up, see config.complete")];
    };
    let mut findings = vec![encrypted(settings)];
    let Some(seat) = &scene.database else { return findings };
    findings.push(if seat.is_file {
        Finding::ok(TOOLS, "an SQLite file needs no tools")
    } else {
        tools(Vitals::take(&seat.config).await.ok())
    });
    let facts = match Store::open_as_is(&seat.config).await {
        Ok(Some(store)) => {
            let facts = Facts::read(&store).await;
            // Nothing was written; there is nothing to lose.
            let _ = store.close().await;
            facts.ok()
        }
        Ok(None) => Some(Facts::default()),
        Err(_) => None,
    };
    match facts {
        Some(facts) => findings.extend(remembered(&facts, settings, scene.now)),
        None => findings.extend(
            [AGE, TREND, VERIFIED, OFFSITE]
                .map(|check| Finding::skipped(check, "needs the database, see database.reach")),
        ),
    }
    findings
}

fn encrypted(settings: &Settings) -> Finding {
    if settings.keys.encrypts() {
        return Finding::ok(ENCRYPTED, "backups are encrypted");
    }
    Finding::warning(
        ENCRYPTED,
        "whoever gets hold of a backup can read it",
        "age-keygen -o backup.key, then GAMEKEEPER_BACKUP_RECIPIENT with the public key it prints; \
         keep backup.key somewhere else",
    )
}

fn tools(vitals: Option<Vitals>) -> Finding {
    let Some(vitals) = vitals else {
        return Finding::skipped(TOOLS, "needs the database, see database.reach");
    };
    match pg_dump_for(&vitals.version) {
        Ok((path, version)) => Finding::ok(TOOLS, format!("{} is {version}", path.display())),
        Err(why) => no_tools(&why, vitals.major),
    }
}

fn no_tools(why: &str, major: Option<u32>) -> Finding {
    let major = major.map(|major| format!("-{major}")).unwrap_or_default();
    let cure = format!("apt install postgresql-client{major}");
    Finding::warning(TOOLS, format!("{why}; backups hold the rows only"), cure)
}

fn remembered(facts: &Facts, settings: &Settings, now: Timestamp) -> Vec<Finding> {
    let offsite = match (&settings.offsite, &facts.offsite) {
        (None, _) => Finding::warning(
            OFFSITE,
            "backups are on this machine only",
            "GAMEKEEPER_BACKUP_URL names a second place, such as s3://bucket/gamekeeper",
        ),
        (Some(_), None) => Finding::warning(
            OFFSITE,
            "nothing has arrived in the second place yet",
            "gamekeeper backup create",
        ),
        (Some(_), Some(copy)) if hours(copy.at, now) > LATE_HOURS => Finding::warning(
            OFFSITE,
            format!("the last copy in the second place is {} hours old", hours(copy.at, now)),
            "gamekeeper backup create says what is in the way",
        ),
        (Some(_), Some(copy)) => Finding::ok(OFFSITE, format!("{} is there too", copy.name)),
    };
    vec![age(facts, settings, now), trend(&facts.trend), verified(facts, settings, now), offsite]
}

fn age(facts: &Facts, settings: &Settings, now: Timestamp) -> Finding {
    let failed: Vec<_> = facts.standing(settings).collect();
    if let Some(first) = failed.first() {
        let told = failed.iter().map(|failure| {
            let (sentence, hours) = (failure.doing.failed(), hours(failure.at, now));
            format!("{} ({hours} hours ago: {})", sentence.trim_end_matches('.'), failure.what)
        });
        let cure = format!("{} says whether it still does", first.doing.again());
        return Finding::error(AGE, told.collect::<Vec<_>>().join("; "), cure);
    }
    let Some(last) = &facts.last else {
        return Finding::warning(AGE, "there is no backup yet", "gamekeeper backup create");
    };
    let age = hours(last.at, now);
    if age > LATE_HOURS {
        let cure = match settings.at {
            Some(_) => "gamekeeper backup create; then look at the log for why the bot did not",
            None if settings.by_timer => {
                "gamekeeper backup create; then systemctl status gamekeeper-backup.timer"
            }
            None => "gamekeeper backup create; GAMEKEEPER_BACKUP_AT lets the bot do it every night",
        };
        return Finding::error(AGE, format!("the last backup is {age} hours old"), cure);
    }
    Finding::ok(AGE, format!("{} is {age} hours old", last.name))
}

fn trend(points: &[TrendPoint]) -> Finding {
    let [.., before, last] = points else {
        return Finding::ok(TREND, "there are too few backups to compare");
    };
    let told = format!("{} rows, and {} the time before", last.rows, before.rows);
    if last.rows * 100 < before.rows * SHRUNK {
        let cure = "Look whether somebody deleted much: /audit. gamekeeper backup list names the \
                    older ones";
        return Finding::warning(TREND, told, cure);
    }
    Finding::ok(TREND, told)
}

fn verified(facts: &Facts, settings: &Settings, now: Timestamp) -> Finding {
    const CURE: &str = "gamekeeper backup verify latest";
    if !settings.can_prove() {
        return Finding::skipped(
            VERIFIED,
            "the key of the backups is kept elsewhere: gamekeeper backup verify latest, where it is",
        );
    }
    match &facts.verified {
        None => Finding::warning(VERIFIED, "no backup was ever restored for a test", CURE),
        Some(proof) if hours(proof.at, now) > PROOF_HOURS => {
            let days = hours(proof.at, now) / 24;
            Finding::warning(VERIFIED, format!("the last test was {days} days ago"), CURE)
        }
        Some(proof) => {
            Finding::ok(VERIFIED, format!("{} was restored into {}", proof.name, proof.into))
        }
    }
}

fn hours(at: Timestamp, now: Timestamp) -> i64 {
    now.duration_since(at).as_hours()
}

#[cfg(test)]
mod tests {
    use super::{no_tools, pg_dump_for};
    use crate::Severity;

    /// No machine has the tools of a server that does not exist yet.
    #[test]
    fn tools_that_are_older_than_the_server_or_missing() {
        let why = pg_dump_for("99.1").expect_err("from the future");
        let found = no_tools(&why, Some(99));
        assert_eq!((found.check, found.severity), ("backup.tools", Severity::Warning));
        assert!(found.finding.contains("pg_dump"), "{found:?}");
        assert_eq!(found.cure.as_deref(), Some("apt install postgresql-client-99"));
    }
}
