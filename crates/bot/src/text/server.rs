//! Game servers in words.

use domain::server::{ServerAction, ServerState};
use engine::{AddressError, DirectProtocol, PanelTrouble};

use super::{Words, key};

/// What a server does, in a word.
pub fn state(w: &Words, state: ServerState) -> String {
    w.get(match state {
        ServerState::Online => key!("server-online"),
        ServerState::Starting => key!("server-starting"),
        ServerState::Stopping => key!("server-stopping"),
        ServerState::Sleeping => key!("server-sleeping"),
        ServerState::Updating => key!("server-updating"),
        ServerState::Offline => key!("server-offline"),
        ServerState::Crashed => key!("server-crashed"),
        ServerState::Suspended => key!("server-suspended"),
        ServerState::Unknown => key!("server-unknown"),
    })
}

/// The same as a mark; the word always stands beside it.
pub fn mark(state: ServerState) -> &'static str {
    match state {
        ServerState::Online => "🟢",
        ServerState::Starting | ServerState::Stopping | ServerState::Updating => "🟡",
        ServerState::Sleeping => "💤",
        ServerState::Offline => "⚫",
        ServerState::Crashed => "🔴",
        ServerState::Suspended => "⛔",
        ServerState::Unknown => "❔",
    }
}

/// What somebody wants to do with a server, as it follows "can".
pub fn action(w: &Words, action: ServerAction) -> String {
    w.get(match action {
        ServerAction::Status => key!("action-server-status"),
        ServerAction::Start => key!("action-server-start"),
        ServerAction::Stop => key!("action-server-stop"),
        ServerAction::Restart => key!("action-server-restart"),
        ServerAction::Kill => key!("action-server-kill"),
        ServerAction::Update => key!("action-server-update"),
        ServerAction::Console => key!("action-server-console"),
        ServerAction::Backup => key!("action-server-backup"),
        ServerAction::Manage => key!("action-server-manage"),
    })
}

/// How a server without a panel is asked, as a key.
pub fn protocol(protocol: DirectProtocol) -> &'static str {
    match protocol {
        DirectProtocol::MinecraftJava => key!("server-kind-minecraft-java"),
        DirectProtocol::MinecraftBedrock => key!("server-kind-minecraft-bedrock"),
        DirectProtocol::Valve => key!("server-kind-valve"),
    }
}

/// What is wrong with an address, as a key.
pub fn address(error: AddressError) -> &'static str {
    match error {
        AddressError::Host => key!("mistake-address"),
        AddressError::Port => key!("mistake-port"),
    }
}

/// What a panel could not do. Its own words stay in the log: they may quote paths.
pub fn trouble(w: &Words, trouble: &PanelTrouble) -> String {
    w.get(match trouble {
        PanelTrouble::Denied(_) => key!("panel-denied"),
        PanelTrouble::Refused(_) => key!("panel-refused"),
        PanelTrouble::DaemonDown => key!("panel-daemon-down"),
        PanelTrouble::Login(_) | PanelTrouble::LoginPaused(_) => key!("panel-login"),
        PanelTrouble::Unreachable(_)
        | PanelTrouble::Broken(_)
        | PanelTrouble::Slow(_)
        | PanelTrouble::Certificate(_)
        | PanelTrouble::NotAmp { .. }
        | PanelTrouble::NoSession => key!("panel-away"),
    })
}
