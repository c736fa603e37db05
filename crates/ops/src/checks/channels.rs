//! Channels that the bot posts in: panels, live messages of game servers, alarms, the log.

use std::str::FromStr as _;

use domain::{ChannelId, plan::ObservedGuild};
use engine::{CardKind, PANEL_NEEDS, PanelKind};
use store::{PanelState, Store, StoreError};

use super::guild::names;
use crate::{Finding, Severity};

const CHECK: &str = "guild.channels";
/// Where both panels go at the first start.
const DASHBOARD: &str = "DASHBOARD_CHANNEL_ID";

/// A channel that something belongs in.
struct Place {
    what: String,
    channel: ChannelId,
    /// How it gets another channel.
    elsewhere: &'static str,
    /// How bad it is when it cannot be written in.
    severity: Severity,
}

/// Looks at each of them in a guild. `dashboard` is what `DASHBOARD_CHANNEL_ID` names, if anything.
pub(super) async fn look(
    store: &Store,
    known: &ObservedGuild,
    log: Option<ChannelId>,
    dashboard: Option<ChannelId>,
) -> Result<Vec<Finding>, StoreError> {
    let mut places = wanted(store, known, log).await?;
    // A channel of another guild is looked at there.
    let here = dashboard.filter(|channel| known.channels.contains_key(channel));
    places.extend(here.map(|channel| Place {
        what: DASHBOARD.to_owned(),
        channel,
        elsewhere: "name another channel in DASHBOARD_CHANNEL_ID, or none",
        // With panels in place already it is not read any more.
        severity: Severity::Warning,
    }));
    let mut findings: Vec<Finding> = places.iter().filter_map(|place| one(known, place)).collect();
    if findings.is_empty() {
        let count = places.len();
        findings
            .push(Finding::ok(CHECK, format!("{count} channels are there, and open to the bot")));
    }
    Ok(findings)
}

/// `DASHBOARD_CHANNEL_ID` where all guilds were looked at and none has such a channel.
pub(super) fn nowhere(channel: ChannelId) -> Finding {
    Finding::warning(
        CHECK,
        format!("{DASHBOARD}: {channel} is no channel of a server the bot is in"),
        "Copy the channel's id anew (Developer Mode, right-click, Copy Channel ID), or leave \
         DASHBOARD_CHANNEL_ID empty and use /setupdashboard",
    )
}

async fn wanted(
    store: &Store,
    known: &ObservedGuild,
    log: Option<ChannelId>,
) -> Result<Vec<Place>, StoreError> {
    let servers = store.servers_of_guild(known.id).await?;
    let place = |what: String, channel, elsewhere| Place {
        what,
        channel,
        elsewhere,
        severity: Severity::Error,
    };
    let mut places = Vec::new();
    for panel in store.panels(known.id).await? {
        if let Ok(kind) = PanelKind::from_str(&panel.kind) {
            places.push(place(format!("the {kind} panel"), panel.channel, "/setupdashboard"));
        } else if let Ok(card) = CardKind::from_str(&panel.kind)
            // One that is lost was taken away, by us or by somebody who did not want it.
            && panel.state != PanelState::Lost
        {
            let server = servers.iter().find(|record| record.id == card.server());
            let name = server.map_or_else(|| panel.kind.clone(), |it| it.found.name.to_string());
            places.push(place(
                format!("the live message of {name}"),
                panel.channel,
                "/server panel",
            ));
        }
    }
    let alarms = servers.iter().filter(|record| !record.gone);
    places.extend(alarms.filter_map(|record| {
        let name = &record.found.name;
        Some(place(format!("alarms of {name}"), record.alerts?, "/server alerts"))
    }));
    places.extend(log.map(|channel| place("the log".to_owned(), channel, "/settings")));
    Ok(places)
}

fn one(known: &ObservedGuild, place: &Place) -> Option<Finding> {
    let Place { what, channel, elsewhere, severity } = place;
    let (told, cure) = match known.channels.get(channel) {
        None => {
            (format!("{what}: the channel {channel} is gone"), format!("Choose one: {elsewhere}"))
        }
        Some(at) => {
            let missing = PANEL_NEEDS - known.bot_permissions_in(at);
            if missing.is_empty() {
                return None;
            }
            (
                format!("{what}: the bot lacks {} in #{}", names(missing), at.name),
                format!(
                    "#{}, Edit Channel, Permissions: give the bot's role {}; or {elsewhere}",
                    at.name,
                    names(PANEL_NEEDS)
                ),
            )
        }
    };
    Some(if *severity == Severity::Error {
        Finding::error(CHECK, told, cure)
    } else {
        Finding::warning(CHECK, told, cure)
    })
}
