//! The part of the configuration that is about game servers on AMP panels: all of it or nothing.

use std::{collections::BTreeSet, time::Duration};

use domain::GuildId;
use secrecy::SecretString;
use servers::{
    amp::{PanelConfig, PanelUrl},
    schedule::Schedule,
};

use settings::{SettingError, Settings};

use super::read::{snowflake, switch};
use crate::attend::MAIN;

/// How long one call to the panel may take. Some panels wake up for it.
const WITHIN: Duration = Duration::from_secs(10);
/// Panels beside the first.
const MOST_PANELS: usize = 20;
/// Letters of a panel's name.
const LONGEST_NAME: usize = 20;

/// The panels, and how often they are looked at.
#[derive(Debug)]
pub struct AmpConfig {
    /// The first, and those of `AMP_PANELS`.
    pub panels: Vec<AmpPanel>,
    /// `AMP_POLL_INTERVAL`; every five minutes when unset.
    pub schedule: Schedule,
    /// What is to be said at the start.
    pub notes: Vec<String>,
}

/// One panel.
#[derive(Debug)]
pub struct AmpPanel {
    /// Its name in `AMP_PANELS`, or `main`.
    pub name: String,
    /// `AMP_URL`, `AMP_USERNAME`, `AMP_PASSWORD`, `AMP_VERIFY_TLS`.
    pub panel: PanelConfig,
    /// `AMP_GUILD_ID`; the only guild the bot is in when unset.
    pub guild: Option<GuildId>,
}

impl AmpConfig {
    /// Parses the values; none where AMP is not switched on.
    pub fn read(settings: &Settings) -> Result<Option<Self>, SettingError> {
        if !switch("AMP_ENABLED", settings.get("AMP_ENABLED"), false)? {
            return Ok(None);
        }
        let main = AmpPanel::read(MAIN.to_owned(), settings, "AMP_ENABLED is true")?;
        let schedule = schedule(settings.get("AMP_POLL_INTERVAL"))?;
        let mut panels = vec![main];
        for name in names(settings.get("AMP_PANELS"))? {
            let why = format!("AMP_PANELS names `{name}`");
            let mut panel = AmpPanel::read(name, settings, &why)?;
            panel.guild = panel.guild.or(panels[0].guild);
            panels.push(panel);
        }
        let mut notes: Vec<String> = panels.iter().filter_map(AmpPanel::note).collect();
        notes.extend(unnamed(settings, &panels));
        Ok(Some(Self { panels, schedule, notes }))
    }
}

/// What the variables of a panel begin with.
fn prefix(name: &str) -> String {
    if name == MAIN { "AMP".to_owned() } else { format!("AMP_{}", name.to_ascii_uppercase()) }
}

impl AmpPanel {
    /// Parses what is said of one panel; `why` says what makes it be needed.
    fn read(name: String, settings: &Settings, why: &str) -> Result<Self, SettingError> {
        let prefix = prefix(&name);
        let variable = |what: &str| format!("{prefix}_{what}");
        let said = |what: &str| settings.get(&variable(what));
        let needed = |what: &str| {
            said(what).ok_or_else(|| {
                let what_is = format!("is not set, but {why}");
                let cure = if name == MAIN {
                    "Set it, or set AMP_ENABLED to false to do without AMP"
                } else {
                    "Set it, or take that name out of AMP_PANELS"
                };
                SettingError::new(variable(what), what_is, cure)
            })
        };
        let url = PanelUrl::parse(needed("URL")?).map_err(|problem| {
            let cure = "Write the panel's address, such as https://amp.example.org";
            SettingError::new(variable("URL"), problem, cure)
        })?;
        let username = needed("USERNAME")?.to_owned();
        let password = SecretString::from(needed("PASSWORD")?.to_owned());
        let guild = snowflake(
            variable("GUILD_ID"),
            said("GUILD_ID"),
            "Right-click your server in Discord with Developer Mode on and choose Copy Server \
             ID, or leave it empty if the bot is in one server only",
        )?;
        let verify_tls = switch(variable("VERIFY_TLS"), said("VERIFY_TLS"), true)?;
        let panel = PanelConfig { url, username, password, verify_tls, within: WITHIN };
        Ok(Self { name, panel, guild })
    }

    fn note(&self) -> Option<String> {
        let prefix = prefix(&self.name);
        (!self.panel.verify_tls).then(|| {
            format!(
                "{prefix}_VERIFY_TLS is off: whoever is in between can read the panel's password"
            )
        })
    }
}

fn schedule(interval: Option<&str>) -> Result<Schedule, SettingError> {
    let interval = interval.unwrap_or(Schedule::DEFAULT);
    Schedule::parse(interval).map_err(|problem| {
        SettingError::new(
            "AMP_POLL_INTERVAL",
            format!("{problem} (`{interval}`)"),
            "Write five fields (minute, hour, day of the month, month, day of the week, in \
             UTC), such as */5 * * * *, or leave it empty for that",
        )
    })
}

/// Names of more panels, in small letters.
fn names(list: Option<&str>) -> Result<Vec<String>, SettingError> {
    let wrong = |what: String| {
        SettingError::new(
            "AMP_PANELS",
            what,
            "Write names separated by commas, such as second,third, each of up to 20 letters, \
             digits and underscores, none twice and none called main",
        )
    };
    let (mut names, mut seen) = (Vec::new(), BTreeSet::from([MAIN.to_owned()]));
    for raw in list.unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let name = raw.to_ascii_lowercase();
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.len() > LONGEST_NAME || !name.chars().all(fits) {
            return Err(wrong(format!("has a name that cannot be part of a variable's: `{raw}`")));
        }
        if !seen.insert(name.clone()) {
            return Err(wrong(format!("names `{name}` although there is one of that name")));
        }
        names.push(name);
    }
    if names.is_empty() && list.is_some() {
        return Err(wrong("names nothing".to_owned()));
    }
    if names.len() > MOST_PANELS {
        return Err(wrong(format!("names more than {MOST_PANELS} panels")));
    }
    Ok(names)
}

/// Panels that were filled in and are not named: nobody would look at them, and nobody wonder.
fn unnamed(settings: &Settings, panels: &[AmpPanel]) -> Vec<String> {
    let known: BTreeSet<String> =
        panels.iter().map(|panel| format!("{}_URL", prefix(&panel.name))).collect();
    let of_amp = settings.names().filter(|name| name.starts_with("AMP_"));
    of_amp
        .filter(|name| name.ends_with("_URL") && !known.contains(*name))
        .map(|name| format!("{name} is set, but AMP_PANELS does not name that panel"))
        .collect()
}
