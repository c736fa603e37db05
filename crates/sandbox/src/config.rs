//! What a sandbox is started with.

use std::net::SocketAddr;
use std::time::Duration;

use crate::limits::LimitsConfig;
use crate::page::Card;
use crate::tap::ContractCheck;

/// Start-up settings. `Default` gives a quiet, faithful Discord on a free port.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Name of the bot's user and application.
    pub bot_name: String,
    /// The bot token; made up when absent.
    pub token: Option<String>,
    /// Fixed application id; made up when absent.
    pub application_id: Option<u64>,
    /// OAuth2 client secret; made up when absent.
    pub client_secret: Option<String>,
    /// Where OAuth2 may send people back to, letter by letter.
    pub redirect_uris: Vec<String>,
    /// Privileged intents switched on for the application (bits of the gateway intents).
    pub privileged_intents: u64,
    /// HELLO's heartbeat interval. The docs show 45000.
    pub heartbeat_interval: Duration,
    /// How long a dropped session can be resumed. Undocumented ("a few minutes").
    pub session_retention: Duration,
    /// Delivered events kept per session for RESUME.
    pub replay_events: usize,
    /// Undelivered events kept per session before it is given up.
    pub backlog_events: usize,
    /// Identifies per 5 seconds and shard group, told by `/gateway/bot`.
    pub max_concurrency: u32,
    /// Shard count recommended by `/gateway/bot`; computed from the guild count when absent.
    pub shards: Option<u32>,
    /// Requests kept in the request log.
    pub request_log: usize,
    /// Interactions kept after they were created, oldest dropped first.
    pub kept_interactions: usize,
    /// Ephemeral messages kept over all channels, oldest dropped first.
    pub kept_ephemerals: usize,
    /// OAuth2 codes, access tokens and refresh tokens kept, oldest of each dropped first.
    pub kept_grants: usize,
    /// Audit log entries kept per guild.
    pub kept_audit_entries: usize,
    /// Rate limits.
    pub limits: LimitsConfig,
    /// Time a REST call is under way.
    pub rest_latency: Duration,
    /// Time an interaction callback is under way.
    pub callback_latency: Duration,
    /// What the page tells a newcomer.
    pub card: Option<Card>,
    /// How long (real time) an actor waits for something before it gives up.
    pub patience: Duration,
    /// Whether everything said is held to Discord's published API description.
    pub contract: ContractCheck,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            bot_name: String::from("Bot"),
            token: None,
            application_id: None,
            client_secret: None,
            redirect_uris: Vec::new(),
            privileged_intents: crate::world::Intents::PRIVILEGED,
            heartbeat_interval: Duration::from_secs(45),
            session_retention: Duration::from_mins(3),
            replay_events: 4_096,
            backlog_events: 65_536,
            max_concurrency: 1,
            shards: None,
            request_log: 10_000,
            kept_interactions: 100_000,
            kept_ephemerals: 50_000,
            kept_grants: 10_000,
            kept_audit_entries: 1_000,
            limits: LimitsConfig::default(),
            rest_latency: Duration::ZERO,
            callback_latency: Duration::ZERO,
            card: None,
            patience: Duration::from_secs(10),
            contract: ContractCheck::default(),
        }
    }
}
