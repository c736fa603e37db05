//! AMP panels, with sessions of the doctor's own.

use std::time::Duration;

use servers::amp::{AmpError, LoginRefusal, Panel, PanelConfig};

use super::notes::Notes;
use crate::{AmpSeat, Finding, Scene};

const LOGIN: &str = "amp.login";
const RIGHTS: &str = "amp.rights";
const CHECKS: &[&str] = &[LOGIN, RIGHTS];
/// Instances whose rights are looked at, so that a large panel is not kept busy.
const MOST_INSTANCES: usize = 20;
/// How long one call may take.
const WITHIN: Duration = Duration::from_secs(8);
/// What the bot asks of an instance, and how it is called in the panel.
const NODES: [(&str, &str, bool); 6] = [
    ("Core.AppManagement.StartApplication", "Start Application", true),
    ("Core.AppManagement.StopApplication", "Stop Application", true),
    ("Core.AppManagement.RestartApplication", "Restart Application", true),
    ("Core.AppManagement.UpdateApplication", "Update Application", false),
    ("Core.AppManagement.ReadConsole", "Read Console", false),
    ("Core.AppManagement.SendConsoleInput", "Send Console Input", false),
];

pub(super) async fn look(scene: &Scene, notes: &mut Notes) {
    if scene.amp.is_empty() {
        return notes.extend(CHECKS.iter().map(|check| Finding::ok(check, "no panel is set")));
    }
    for (done, seat) in scene.amp.iter().enumerate() {
        notes.many(CHECKS, (done, scene.amp.len()), "panels");
        let PanelConfig { url, username, password, verify_tls, .. } = &seat.panel;
        let config = PanelConfig {
            url: url.clone(),
            username: username.clone(),
            password: password.clone(),
            verify_tls: *verify_tls,
            within: WITHIN,
        };
        match Panel::new(config) {
            Ok(panel) => one(&panel, seat, notes).await,
            Err(error) => notes.push(refused(&error).of(seat.name.clone())),
        }
    }
}

async fn one(panel: &Panel, seat: &AmpSeat, notes: &mut Notes) {
    let of = |finding: Finding| finding.of(seat.name.clone());
    notes.at(LOGIN);
    let roster = match panel.roster().await {
        Ok(roster) => roster,
        Err(error) => return notes.push(of(refused(&error))),
    };
    if roster.is_empty() {
        let what = "it lets us in, but shows no instance";
        let cure = "Give the bot's role Manage on each instance: Configuration › Role Management";
        return notes.push(of(Finding::warning(LOGIN, what, cure)));
    }
    let count = roster.len();
    notes.push(of(if seat.panel.verify_tls {
        Finding::ok(LOGIN, format!("it lets us in, and shows {count} instances"))
    } else {
        Finding::warning(
            LOGIN,
            format!(
                "it lets us in, and shows {count} instances, but its certificate is not looked at"
            ),
            "Give it a certificate, then set its VERIFY_TLS to true",
        )
    }));
    notes.at(RIGHTS);
    let running = roster.iter().filter(|instance| instance.running);
    let (count, mut all_well) = (running.clone().count(), true);
    for instance in running.take(MOST_INSTANCES) {
        let finding = rights(panel, instance).await;
        all_well &= finding.is_none();
        notes.extend(finding.map(of));
    }
    if count == 0 {
        let why = "no instance runs, and one that is off tells no rights: start one, then \
                   gamekeeper doctor";
        notes.push(of(Finding::skipped(RIGHTS, why)));
    } else if all_well {
        let what = format!(
            "the bot's user may do what it is asked to do ({} of {count} running instances)",
            count.min(MOST_INSTANCES)
        );
        notes.push(of(Finding::ok(RIGHTS, what)));
    }
}

async fn rights(panel: &Panel, instance: &servers::amp::Instance) -> Option<Finding> {
    let name = &instance.name;
    let (mut needed, mut more) = (Vec::new(), Vec::new());
    for (node, title, is_needed) in NODES {
        match panel.may(&instance.id, node).await {
            Ok(true) => {}
            Ok(false) if is_needed => needed.push(title),
            Ok(false) => more.push(title),
            Err(error) => {
                let what = format!("{name} did not tell our rights: {error}");
                return Some(Finding::warning(RIGHTS, what, "Look at the instance in the panel"));
            }
        }
    }
    let cure = "In the panel, Configuration › Role Management, the bot's role: Core › Application \
                Management. Rights count from the next login";
    if !needed.is_empty() {
        Some(Finding::error(RIGHTS, format!("{name} lacks {}", needed.join(", ")), cure))
    } else if !more.is_empty() {
        let what = format!("{name} lacks {}, for /server update and console", more.join(", "));
        Some(Finding::warning(RIGHTS, what, cure))
    } else {
        None
    }
}

fn refused(error: &AmpError) -> Finding {
    let cure = match error {
        AmpError::Certificate(_) => {
            "Give the panel a certificate that this machine trusts, or set its VERIFY_TLS to false"
        }
        AmpError::Login(LoginRefusal::Password) => "Put the right name and password into .env",
        AmpError::Login(_) => {
            "Look at the bot's user in the panel: Configuration › User Management"
        }
        AmpError::NotAmp { .. } => "Check the panel's address in .env: scheme, host and port",
        _ => "Check that the panel runs, and that this machine can reach its address",
    };
    Finding::error(LOGIN, error, cure)
}
