//! `DASHBOARD_CHANNEL_ID`: both panels on the first start.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::app::App;

/// Places the panels once the bot knows its guilds; says what is in the way.
pub(super) async fn dashboard(app: Arc<App>, cancel: CancellationToken) {
    let Some(channel) = app.config.dashboard_channel else { return };
    let mut status = app.readiness.subscribe();
    let ready = status.wait_for(|status| status.shards > 0 && status.ready >= status.shards);
    match cancel.run_until_cancelled(ready).await {
        Some(Ok(_)) => {}
        _ => return,
    }
    match app.engine.place_panels_at_start(channel).await {
        Ok(Some(findings)) if findings.is_empty() => {}
        Ok(Some(findings)) => tracing::warn!(
            %channel,
            ?findings,
            "the panels cannot be posted in DASHBOARD_CHANNEL_ID yet; use /setupdashboard there to \
             see what to put right"
        ),
        Ok(None) => tracing::warn!(
            %channel,
            "DASHBOARD_CHANNEL_ID is no channel of a server the bot is in"
        ),
        Err(error) => tracing::error!(%error, "could not place the panels at the start"),
    }
}
