//! What there is to look at. Each part is there by itself, so that one that is set wrongly does
//! not hide the others.

use std::{net::SocketAddr, path::PathBuf};

use discord::Origin;
use domain::GuildId;
use jiff::Timestamp;
use settings::{SettingError, Settings};
use store::StoreConfig;
use twilight_model::{
    application::command::Command,
    id::{Id, marker::ApplicationMarker},
};

/// An installation.
pub struct Scene {
    /// Everything that is set.
    pub settings: Settings,
    /// What of it is wrong.
    pub problems: Vec<SettingError>,
    /// Where `.env` and git are looked for.
    pub here: PathBuf,
    /// Where the bot keeps its files.
    pub data_dir: PathBuf,
    /// The process's name among others.
    pub instance: String,
    /// The way to Discord, where it is set.
    pub discord: Option<DiscordSeat>,
    /// The way to the database, where it is set.
    pub database: Option<DatabaseSeat>,
    /// The panels.
    pub amp: Vec<AmpSeat>,
    /// How backups are made, where that is set rightly.
    pub backup: Option<backup::Settings>,
    /// Where the running bot tells of itself.
    pub http: Option<SocketAddr>,
    /// Who is told when something is wrong.
    pub routes: Vec<alerts::Route>,
    /// Whether somebody else notices when all is gone.
    pub deadman: bool,
    /// Whether each of the routes is tried.
    pub send_test: bool,
    /// Only this guild.
    pub guild: Option<GuildId>,
    /// The time.
    pub now: Timestamp,
    /// This program's version.
    pub version: &'static str,
}

/// The way to Discord.
pub struct DiscordSeat {
    /// Which Discord.
    pub origin: Origin,
    /// The client.
    pub rest: discord::Rest,
    /// The application that the token should be of.
    pub application: Id<ApplicationMarker>,
    /// Whether the members intent is asked for.
    pub members_intent: bool,
    /// The commands that Discord should know.
    pub commands: Vec<Command>,
}

/// The way to the database.
pub struct DatabaseSeat {
    /// The address and its limits.
    pub config: StoreConfig,
    /// Whether it is an SQLite file.
    pub is_file: bool,
}

/// A panel.
pub struct AmpSeat {
    /// Its name.
    pub name: String,
    /// The way to it.
    pub panel: servers::amp::PanelConfig,
}
