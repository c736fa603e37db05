//! The settings of a guild, each with its select.

use domain::GuildSettings;
use engine::{LogTrouble, PanelKind};

use super::{
    Parts, choice, panel,
    part::{OPTIONS, Tone, close, one_channel, roles, row, rule, sheet, text},
};
use crate::{
    ids::{CustomId, SettingsPart},
    text::{Words, args, fact, plain},
};

/// Admin roles named in the text.
const ROLES_SHOWN: usize = 20;

/// The id of a button that shows the settings.
pub(crate) fn show() -> CustomId {
    CustomId::Settings(SettingsPart::Show)
}

/// The settings page. `lost` are panels whose message is gone, `log` is what is wrong with the log
/// channel.
pub fn page(
    w: &Words,
    settings: &GuildSettings,
    lost: &[PanelKind],
    log: Option<LogTrouble>,
) -> Parts {
    let id = CustomId::Settings;
    let mut parts = vec![text(w.get("settings-title"))];
    parts.extend(panel::log_note(w, log));
    parts.extend(panel::lost_notes(w, lost));

    let named: Vec<String> = settings.admin_roles.iter().copied().map(plain::role).collect();
    let named = if named.is_empty() {
        w.get("none-word")
    } else {
        plain::short_list(w, &named, ROLES_SHOWN)
    };
    parts.push(text(w.with("settings-roles", &args!["roles" => named])));
    if settings.admin_roles.len() <= OPTIONS {
        parts.push(roles(
            &id(SettingsPart::AdminRoles),
            &w.get("settings-roles-placeholder"),
            (0, 25),
            &settings.admin_roles,
        ));
    } else {
        parts.push(text(w.get("settings-many-roles")));
    }

    let channel = settings.log_channel.map_or_else(|| w.get("settings-log-none"), plain::channel);
    parts.push(text(w.with("settings-log", &args!["channel" => channel])));
    parts.push(one_channel(
        &id(SettingsPart::LogChannel),
        &w.get("settings-log-placeholder"),
        settings.log_channel,
    ));

    let layout = fact::layout(w, &settings.default_layout);
    parts.push(text(w.with("settings-layout", &args!["layout" => layout])));
    parts.push(choice::channels(
        w,
        &id(SettingsPart::Channels),
        &w.get("settings-channels-placeholder"),
        settings.default_layout,
    ));
    parts.push(choice::voice(
        w,
        &id(SettingsPart::Voice),
        &w.get("settings-voice-placeholder"),
        settings.default_layout,
    ));

    let policy = fact::drift(w, settings.drift_policy);
    parts.push(text(w.with("settings-drift", &args!["policy" => policy])));
    parts.push(choice::drift(w, &id(SettingsPart::Drift), settings.drift_policy));
    parts.push(rule());
    parts.push(row(vec![close(w)]));
    sheet(Tone::Plain, parts)
}
