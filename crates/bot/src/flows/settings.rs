//! Looking at and changing the guild's settings.

use domain::{Action, ChannelId, GuildSettings};
use engine::{Mistake, PanelKind, SettingsEdit, UseError};
use store::PanelState;

use super::{Said, no, stale};
use crate::{
    answer::Answer,
    app::App,
    door::{AdminRole, Asked, Chosen, SettingsCommand},
    ids::{SettingsPart, value},
    views::settings,
};

/// `/settings …`
pub(super) async fn command(app: &App, asked: &Asked, command: &SettingsCommand) -> Said {
    let edit = match command {
        SettingsCommand::View => return show(app, asked).await,
        SettingsCommand::AdminRole(role) => {
            let mut roles = app.engine.view_settings(&asked.caller).await?.admin_roles;
            match role {
                AdminRole::Add(role) if roles.contains(role) => {}
                AdminRole::Add(role) => roles.push(*role),
                AdminRole::Remove(role) => roles.retain(|known| known != role),
            }
            SettingsEdit { admin_roles: Some(roles), ..SettingsEdit::default() }
        }
        SettingsCommand::LogChannel(channel) => {
            SettingsEdit { log_channel: Some(*channel), ..SettingsEdit::default() }
        }
        SettingsCommand::DefaultLayout(change) => {
            let known = app.engine.view_settings(&asked.caller).await?.default_layout;
            let layout = change.applied_to(known);
            SettingsEdit { default_layout: Some(layout), ..SettingsEdit::default() }
        }
        SettingsCommand::DriftPolicy(policy) => {
            SettingsEdit { drift_policy: Some(*policy), ..SettingsEdit::default() }
        }
    };
    change(app, asked, edit).await
}

/// A control of the page.
pub(super) async fn press(app: &App, asked: &Asked, part: SettingsPart, chosen: &Chosen) -> Said {
    let first = chosen.first().unwrap_or_default();
    let edit = match part {
        SettingsPart::Show => return show(app, asked).await,
        SettingsPart::AdminRoles => {
            Some(SettingsEdit { admin_roles: Some(chosen.ids()), ..SettingsEdit::default() })
        }
        SettingsPart::LogChannel => {
            let channel: Option<ChannelId> = chosen.ids().first().copied();
            Some(SettingsEdit { log_channel: Some(channel), ..SettingsEdit::default() })
        }
        SettingsPart::Channels => {
            let known = app.engine.view_settings(&asked.caller).await?.default_layout;
            value::channels(&chosen.values, known)
                .map(|layout| SettingsEdit { default_layout: Some(layout), ..Default::default() })
        }
        SettingsPart::Voice => {
            let known = app.engine.view_settings(&asked.caller).await?.default_layout;
            value::voice(first).map(|voice| SettingsEdit {
                default_layout: Some(domain::Layout { voice, ..known }),
                ..SettingsEdit::default()
            })
        }
        SettingsPart::Drift => value::drift(first)
            .map(|policy| SettingsEdit { drift_policy: Some(policy), ..Default::default() }),
    };
    match edit {
        Some(edit) => change(app, asked, edit).await,
        None => Ok(stale(asked)),
    }
}

async fn show(app: &App, asked: &Asked) -> Said {
    let known = app.engine.view_settings(&asked.caller).await?;
    page(app, asked, &known, None).await
}

async fn change(app: &App, asked: &Asked, edit: SettingsEdit) -> Said {
    // A question of standing first, so that a mistake shows nothing to those who may not look.
    app.engine.allowed(&asked.caller, Action::ChangeSettings, None).await?;
    match app.engine.change_settings(&asked.caller, edit).await {
        Ok(settings) => page(app, asked, &settings, None).await,
        Err(UseError::Mistake(Mistake::NoChange)) => show(app, asked).await,
        Err(error @ UseError::Mistake(_)) => {
            let known = app.engine.view_settings(&asked.caller).await?;
            page(app, asked, &known, Some(error)).await
        }
        Err(error) => Err(error),
    }
}

async fn page(app: &App, asked: &Asked, known: &GuildSettings, error: Option<UseError>) -> Said {
    let lost = lost_panels(app, known.guild).await?;
    let log = app.engine.log_trouble(known);
    let mut parts = error.map(|error| no(asked, &error)).unwrap_or_default();
    parts.extend(settings::page(asked.words, known, &lost, log));
    Ok(Answer::Show(parts))
}

/// Panels whose message is gone.
pub(crate) async fn lost_panels(
    app: &App,
    guild: domain::GuildId,
) -> Result<Vec<PanelKind>, store::StoreError> {
    let panels = app.engine.store().panels(guild).await?;
    Ok(panels
        .iter()
        .filter(|panel| panel.state == PanelState::Lost)
        .filter_map(|panel| panel.kind.parse().ok())
        .collect())
}
