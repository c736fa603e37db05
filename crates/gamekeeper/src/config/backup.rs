//! Backups: where they go, when they are made, how long they are kept.

use std::{ops::RangeInclusive, path::PathBuf};

use ::backup::{Keep, Keys, Mistake, Offsite, Place};
use jiff::civil::{Time, Weekday};
use secrecy::ExposeSecret as _;
use settings::{Flags, SettingError, Settings};

use super::{
    DatabaseConfig, fleet,
    read::{is_directory, number, parse_bool},
};

/// Ten years.
const DAYS: RangeInclusive<u32> = 0..=3_650;

/// Everything that has to be known about an installation to back it up.
#[derive(Debug)]
pub struct BackupConfig {
    /// The installation.
    pub place: Place,
    /// Its database.
    pub database: DatabaseConfig,
}

impl BackupConfig {
    /// Reads all layers, as far as they are about backups and the database.
    pub fn load(flags: &Flags) -> Result<Self, SettingError> {
        Self::read(&Settings::load(flags)?)
    }

    /// Parses the values that are about backups.
    pub fn read(from: &Settings) -> Result<Self, SettingError> {
        let database = DatabaseConfig::read(from)?;
        let dir = from.get("GAMEKEEPER_BACKUP_DIR").map(PathBuf::from);
        let dir = dir.unwrap_or_else(|| database.data_dir.join("backups"));
        is_directory("GAMEKEEPER_BACKUP_DIR", &dir)?;
        let mut settings = ::backup::Settings::new(dir);
        if let Some(text) = from.get("GAMEKEEPER_BACKUP_AT") {
            settings.by_timer = text.eq_ignore_ascii_case("timer");
            settings.at = if settings.by_timer { None } else { time(text)? };
        }
        if let Some(text) = from.get("GAMEKEEPER_BACKUP_VERIFY") {
            settings.verify_on = weekday(text)?;
        }
        if let Some(text) = from.get("GAMEKEEPER_BACKUP_KEEP_DAYS") {
            settings.keep.days = number("GAMEKEEPER_BACKUP_KEEP_DAYS", text, DAYS, "of days")?;
        }
        if let Some(text) = from.get("GAMEKEEPER_BACKUP_KEEP") {
            settings.keep = Keep { days: settings.keep.days, ..generations(text)? };
        }
        let identity = from.secret("GAMEKEEPER_BACKUP_IDENTITY");
        settings.keys = Keys::parse(from.get("GAMEKEEPER_BACKUP_RECIPIENT"), identity.as_ref())
            .map_err(bad_key)?;
        if let Some(address) = from.get("GAMEKEEPER_BACKUP_URL") {
            settings.offsite = Some(Offsite::open(address, credentials(from)).map_err(bad_place)?);
        }
        let membership = fleet::read(from)?;
        let place = Place {
            database: database.store.clone(),
            app: env!("CARGO_PKG_VERSION").to_owned(),
            instance: membership.name,
            lease: membership.lease,
            settings,
        };
        Ok(Self { place, database })
    }
}

/// The provider's own variables, from wherever settings come from.
fn credentials(from: &Settings) -> impl Iterator<Item = (String, String)> {
    from.of_providers().map(|(name, value)| (name, value.expose_secret().to_owned()))
}

fn bad_key(mistake: Mistake) -> SettingError {
    match mistake {
        Mistake::BadKey { variable, what, cure } => {
            SettingError::new(variable, format!("holds something that is no {what}"), cure)
        }
        other => {
            SettingError::new("GAMEKEEPER_BACKUP_RECIPIENT", other, "Leave it empty to do without")
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is a map_err function")]
fn bad_place(problem: ::backup::BackupError) -> SettingError {
    SettingError::new(
        "GAMEKEEPER_BACKUP_URL",
        format!("cannot be used: {problem}"),
        "Use s3://bucket/prefix, az://container/prefix, gs://bucket/prefix or file:///path, with the \
         provider's own variables for the credentials",
    )
}

fn time(text: &str) -> Result<Option<Time>, SettingError> {
    if parse_bool(text) == Some(false) {
        return Ok(None);
    }
    let parsed = Time::strptime("%H:%M", text).or_else(|_| Time::strptime("%H:%M:%S", text));
    parsed.map(Some).map_err(|_| {
        SettingError::new(
            "GAMEKEEPER_BACKUP_AT",
            format!("is no time of the day: `{text}`"),
            "Write a time in UTC such as 03:30; timer where something else makes one every day; or off",
        )
    })
}

fn weekday(text: &str) -> Result<Option<Weekday>, SettingError> {
    if parse_bool(text) == Some(false) {
        return Ok(None);
    }
    let days = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let asked = text.to_ascii_lowercase();
    let found = days.into_iter().find(|(day, _)| asked == *day || Some(&*asked) == day.get(..3));
    found.map(|(_, day)| Some(day)).ok_or_else(|| {
        SettingError::new(
            "GAMEKEEPER_BACKUP_VERIFY",
            format!("is no day of the week: `{text}`"),
            "Write sun, mon, tue, wed, thu, fri or sat, or off",
        )
    })
}

/// `7/4/12`: daily, weekly and monthly ones.
fn generations(text: &str) -> Result<Keep, SettingError> {
    let numbers: Option<Vec<u32>> = text
        .split('/')
        .map(|part| part.trim().parse().ok().filter(|count| *count <= 1_000))
        .collect();
    match numbers.as_deref() {
        Some([daily, weekly, monthly]) => {
            Ok(Keep { days: 0, daily: *daily, weekly: *weekly, monthly: *monthly })
        }
        _ => Err(SettingError::new(
            "GAMEKEEPER_BACKUP_KEEP",
            format!("is not three numbers: `{text}`"),
            "Write how many daily, weekly and monthly backups are kept, such as 7/4/12",
        )),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Weekday, time};
    use settings::Settings;

    use super::BackupConfig;

    fn parsed(set: &[(&str, &str)]) -> Result<::backup::Settings, String> {
        let settings = Settings::of(set.iter().copied());
        let parsed = BackupConfig::read(&settings);
        parsed.map(|config| config.place.settings).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_set_is_a_backup_every_night_kept_for_a_while() {
        let settings = parsed(&[]).expect("defaults");
        assert_eq!(settings.dir, std::path::Path::new("data/backups"));
        assert_eq!(settings.at, Some(time(3, 30, 0, 0)));
        assert_eq!(settings.verify_on, Some(Weekday::Sunday));
        assert_eq!(settings.keep, ::backup::Keep { days: 30, daily: 7, weekly: 4, monthly: 12 });
        assert!(!settings.keys.encrypts() && settings.offsite.is_none());
    }

    #[test]
    fn everything_can_be_set() {
        let settings = parsed(&[
            ("GAMEKEEPER_BACKUP_DIR", "/srv/b"),
            ("GAMEKEEPER_BACKUP_AT", "23:05"),
            ("GAMEKEEPER_BACKUP_VERIFY", "Wednesday"),
            ("GAMEKEEPER_BACKUP_KEEP_DAYS", "3"),
            ("GAMEKEEPER_BACKUP_KEEP", "1/2/3"),
            (
                "GAMEKEEPER_BACKUP_RECIPIENT",
                "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
            ),
        ])
        .expect("settings");
        assert_eq!(settings.dir, std::path::Path::new("/srv/b"));
        assert_eq!(settings.at, Some(time(23, 5, 0, 0)));
        assert_eq!(settings.verify_on, Some(Weekday::Wednesday));
        assert_eq!(settings.keep, ::backup::Keep { days: 3, daily: 1, weekly: 2, monthly: 3 });
        assert!(settings.keys.encrypts());
        let off = parsed(&[("GAMEKEEPER_BACKUP_AT", "off"), ("GAMEKEEPER_BACKUP_VERIFY", "off")]);
        let off = off.expect("off");
        assert_eq!((off.at, off.verify_on), (None, None));
        assert!(!off.daily());
        let timer = parsed(&[("GAMEKEEPER_BACKUP_AT", "timer")]).expect("a timer");
        assert!(timer.at.is_none() && timer.daily());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_cure_and_no_secret_is_repeated() {
        for (variable, value) in [
            ("GAMEKEEPER_BACKUP_AT", "25:00"),
            ("GAMEKEEPER_BACKUP_VERIFY", "noday"),
            ("GAMEKEEPER_BACKUP_KEEP_DAYS", "-1"),
            ("GAMEKEEPER_BACKUP_KEEP", "7/4"),
            ("GAMEKEEPER_BACKUP_RECIPIENT", "age1x"),
            ("GAMEKEEPER_BACKUP_IDENTITY", "planted"),
            ("GAMEKEEPER_BACKUP_URL", "ftp://planted@x/y"),
            ("GAMEKEEPER_BACKUP_URL", "s3://me:planted@bucket/x"),
        ] {
            let said = parsed(&[(variable, value)]).expect_err(variable);
            assert!(said.starts_with(variable), "{said}");
            assert!(!said.contains("planted"), "{said}");
        }
    }
}
