//! JSON to an address, for whatever else people are told by.

use secrecy::SecretString;
use serde_json::json;

use super::{
    RouteError, SendError, Trust,
    http::{Bearer, Client, Target},
};
use crate::Notice;

#[derive(Debug)]
pub(super) struct Webhook {
    target: Target,
    bearer: Option<Bearer>,
    client: Client,
}

impl Webhook {
    pub(super) fn new(
        url: &SecretString,
        token: Option<&SecretString>,
        trust: &Trust,
    ) -> Result<Self, RouteError> {
        let bearer = token.map(Bearer::new).transpose()?;
        Ok(Self { target: Target::parse(url)?, bearer, client: Client::new(trust)? })
    }

    /// The fields are documented in `docs/monitoring.md`; none is ever given another meaning.
    pub(super) async fn send(&self, notice: &Notice) -> Result<(), SendError> {
        let message = json!({
            "kind": notice.kind.word(),
            "key": notice.alert.key,
            "severity": notice.alert.severity.word(),
            "sentence": notice.alert.sentence,
            "cure": notice.alert.cure,
            "since_ms": notice.since,
            "lasted_ms": notice.lasted,
            "process": notice.process,
            // What most receivers of webhooks show by themselves.
            "text": format!("{}\n{}", notice.headline(), notice.body()),
        });
        self.client.post(&self.target, self.bearer.as_ref(), &message).await
    }
}
