//! Posting a message so that a lost answer never doubles it.

use discord::{Call, CallError};
use domain::{ChannelId, MessageId};
use serde::{Deserialize, Serialize};
use twilight_http::{request::Request, routing::Route};
use twilight_model::channel::message::{AllowedMentions, Component, MessageFlags};

use crate::app::App;

/// The body, by hand: `twilight-http` has neither text nonces nor `enforce_nonce`.
#[derive(Serialize)]
struct Body<'a> {
    components: &'a [Component],
    flags: MessageFlags,
    allowed_mentions: &'a AllowedMentions,
    nonce: &'a str,
    enforce_nonce: bool,
}

/// All we need of the answer.
#[derive(Deserialize)]
struct Posted {
    id: MessageId,
}

/// Posts a message. With the same `nonce` (at most 25 characters) within the next minutes Discord
/// answers with the message there is, so an unclear post can simply be said again.
pub(super) async fn post(
    app: &App,
    channel: ChannelId,
    parts: &[Component],
    mentions: &AllowedMentions,
    nonce: &str,
) -> Result<MessageId, CallError> {
    let body = Body {
        components: parts,
        flags: MessageFlags::IS_COMPONENTS_V2,
        allowed_mentions: mentions,
        nonce,
        enforce_nonce: true,
    };
    let rest = app.engine.rest();
    let mut tries = 0;
    loop {
        let request = Request::builder(&Route::CreateMessage { channel_id: channel.get() })
            .json(&body)
            .build()
            .map_err(|error| CallError::Unbuildable { why: error.to_string() })?;
        match rest.send_raw::<Posted>(request, Call::background()).await {
            Err(CallError::AnswerLost { .. }) if tries < 3 => tries += 1,
            result => return result.map(|posted| posted.id),
        }
    }
}
