//! A webhook of a Discord channel. It does not go through the bot's door to Discord: the alert may
//! be that this door is closed.

use secrecy::SecretString;
use serde_json::json;

use super::{
    RouteError, SendError, Trust,
    http::{Client, Target},
};
use crate::{Kind, Notice, Severity};

/// Most characters of a message (Discord, "Execute Webhook").
const LONGEST: usize = 2_000;

#[derive(Debug)]
pub(super) struct DiscordHook {
    target: Target,
    client: Client,
}

impl DiscordHook {
    pub(super) fn new(url: &SecretString, trust: &Trust) -> Result<Self, RouteError> {
        const FORM: RouteError =
            RouteError::Address("https://discord.com/api/webhooks/number/token");
        let target = Target::parse(url).map_err(|_| FORM)?;
        let mut path = target.path().split('/').skip_while(|part| *part != "webhooks").skip(1);
        let number = path.next().is_some_and(|id| id.parse::<u64>().is_ok());
        let token = path.next().is_some_and(|token| !token.is_empty());
        if !(number && token) {
            return Err(FORM);
        }
        Ok(Self { target, client: Client::new(trust)? })
    }

    pub(super) async fn send(&self, notice: &Notice) -> Result<(), SendError> {
        let mark = match (notice.kind, notice.alert.severity) {
            (Kind::Resolved, _) => "🟢",
            (Kind::Test, _) => "🔔",
            (_, Severity::Critical) => "🔴",
            (_, Severity::Warning) => "🟠",
        };
        let text = format!("{mark} **{}**\n{}", notice.headline(), notice.body());
        let text: String = text.chars().take(LONGEST).collect();
        // Nobody is pinged, whatever stands in the text.
        let message = json!({ "content": text, "allowed_mentions": { "parse": [] } });
        self.client.post(&self.target, None, &message).await
    }
}
