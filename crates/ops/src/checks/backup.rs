//! Backups, by what the database remembers of them.

use std::time::Duration;

use ::backup::{Facts, Offsite, Settings, TrendPoint, pg_dump_for};
use jiff::Timestamp;
use store::{Store, vitals::Vitals};

use super::notes::Notes;
use crate::{Finding, Scene, Severity};

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
/// A backup with fewer rows or bytes than this part of the one before or of the usual one, in
/// hundredths, is worth a look.
const SHRUNK: u64 = 70;
/// Backups before the last whose median is the usual one.
const COMPARED: usize = 10;
/// A second place that says nothing for so long is away.
const WITHIN: Duration = Duration::from_secs(15);

pub(super) async fn look(scene: &Scene, notes: &mut Notes) {
    let Some(settings) = &scene.backup else {
        let why = "backups are not set up, see config.complete";
        return notes.push(Finding::skipped(AGE, why));
    };
    notes.push(encrypted(settings));
    let Some(seat) = &scene.database else { return };
    notes.at(TOOLS);
    let tools = if seat.is_file {
        Finding::ok(TOOLS, "an SQLite file needs no tools")
    } else {
        tools(Vitals::take(&seat.config).await.ok())
    };
    notes.at(AGE);
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
    let Some(facts) = facts else {
        let why = "needs the database, see database.reach";
        notes.push(tools);
        notes.extend([AGE, TREND, VERIFIED].map(|check| Finding::skipped(check, why)));
        notes.at(OFFSITE);
        notes.push(offsite(settings.offsite.as_ref(), None, scene.now).await);
        return;
    };
    // Tools that are not there are told first.
    let tools = rows_only(&facts).filter(|_| tools.severity == Severity::Ok).unwrap_or(tools);
    notes.push(tools);
    notes.extend(remembered(&facts, settings, scene.now));
    // Asked now: what is remembered may be of before a disk was taken away.
    notes.at(OFFSITE);
    notes.push(offsite(settings.offsite.as_ref(), Some(&facts), scene.now).await);
}

/// That the last backup lacks the database's own copy, though the tools are there now.
fn rows_only(facts: &Facts) -> Option<Finding> {
    let last = facts.last.as_ref()?;
    let why = last.without_native.as_ref()?;
    Some(Finding::warning(
        TOOLS,
        format!("the last backup, {}, holds the rows only: {why}", last.name),
        "gamekeeper backup create makes a whole one, or says what is in the way",
    ))
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
    vec![age(facts, settings, now), trend(&facts.trend), verified(facts, settings, now)]
}

async fn offsite(place: Option<&Offsite>, facts: Option<&Facts>, now: Timestamp) -> Finding {
    const CREATE: &str = "gamekeeper backup create says what is in the way";
    let Some(place) = place else {
        return Finding::warning(
            OFFSITE,
            "backups are on this machine only",
            "GAMEKEEPER_BACKUP_URL names a second place, such as s3://bucket/gamekeeper",
        );
    };
    let shown = place.shown();
    let there = match tokio::time::timeout(WITHIN, place.list()).await {
        Ok(Ok(there)) => there,
        Ok(Err(error)) => {
            let cure = "Until it is there again, backups are on this machine only";
            return Finding::error(OFFSITE, error, cure);
        }
        Err(_) => {
            let found = format!("{shown} did not answer within {} s", WITHIN.as_secs());
            return Finding::error(OFFSITE, found, CREATE);
        }
    };
    let Some(facts) = facts else {
        return Finding::skipped(OFFSITE, "needs the database, see database.reach");
    };
    match &facts.offsite {
        None => Finding::warning(
            OFFSITE,
            "nothing has arrived in the second place yet",
            "gamekeeper backup create",
        ),
        Some(copy) if hours(copy.at, now) > LATE_HOURS => Finding::warning(
            OFFSITE,
            format!("the last copy in the second place is {} hours old", hours(copy.at, now)),
            CREATE,
        ),
        // A disk that is not mounted looks like an empty one.
        Some(copy) if there.iter().all(|(name, _)| *name != copy.name) => Finding::error(
            OFFSITE,
            format!("{} was taken to {shown}, and is not there any more", copy.name),
            "Look whether its disk is mounted, and who removed it; then: gamekeeper backup create",
        ),
        Some(copy) => Finding::ok(OFFSITE, format!("{} is there too", copy.name)),
    }
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
    let [earlier @ .., before, last] = points else {
        let why = "there are too few backups to compare: gamekeeper backup create makes another";
        return Finding::skipped(TREND, why);
    };
    let surplus = (earlier.len() + 1).saturating_sub(COMPARED);
    let compared = &points[surplus..points.len() - 1];
    let usual = |of: fn(&TrendPoint) -> u64| {
        let mut all: Vec<u64> = compared.iter().map(of).collect();
        all.sort_unstable();
        // What is compared holds the one before at least.
        all.get(all.len() / 2).copied().unwrap_or_default()
    };
    let (rows, bytes) = (usual(|point| point.rows), usual(|point| point.bytes));
    let told = format!(
        "{} rows in {} KiB; the time before {} in {}, usually {rows} in {}",
        last.rows,
        last.bytes >> 10,
        before.rows,
        before.bytes >> 10,
        bytes >> 10
    );
    let shrunk = |is: u64, was: u64| is * 100 < was * SHRUNK;
    let fewer = shrunk(last.rows, before.rows) || shrunk(last.rows, rows);
    if fewer || shrunk(last.bytes, before.bytes) || shrunk(last.bytes, bytes) {
        let cure = if fewer {
            "Look whether somebody deleted much: /audit. gamekeeper backup list names the older ones"
        } else {
            "gamekeeper backup verify latest; gamekeeper backup list shows what each holds"
        };
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
    use ::backup::TrendPoint;
    use jiff::Timestamp;

    use super::{no_tools, pg_dump_for, trend};
    use crate::Severity;

    #[test]
    fn a_backup_is_held_to_the_one_before_and_to_the_usual_one() {
        let told = |sizes: &[(u64, u64)]| {
            let points = sizes.iter().map(|(rows, bytes)| TrendPoint {
                at: Timestamp::UNIX_EPOCH,
                bytes: bytes << 10,
                rows: *rows,
            });
            trend(&points.collect::<Vec<_>>()).severity
        };
        assert_eq!(told(&[]), Severity::Skipped);
        assert_eq!(told(&[(100, 100)]), Severity::Skipped);
        assert_eq!(told(&[(100, 100), (90, 95)]), Severity::Ok);
        assert_eq!(told(&[(100, 100), (60, 95)]), Severity::Warning, "rows");
        assert_eq!(told(&[(100, 100), (100, 60)]), Severity::Warning, "size");
        // A little less each night.
        let falling = [(100, 100), (99, 99), (98, 98), (90, 90), (80, 80), (70, 70), (60, 60)];
        assert_eq!(told(&falling), Severity::Warning, "the usual one");
        // What was long ago does not count any more.
        let mut settled = vec![(900, 900); 5];
        settled.extend([(100, 100); 11]);
        assert_eq!(told(&settled), Severity::Ok);
    }

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
