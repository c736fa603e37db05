//! The picture of a server's history.

use domain::server::ServerId;
use engine::HistorySpan;

use super::Said;
use crate::{answer::Answer, app::App, door::Asked, views::history};

pub(super) async fn show(app: &App, asked: &Asked, server: ServerId, span: HistorySpan) -> Said {
    let seen = app.engine.server_history(&asked.caller, server, span).await?;
    let history = history::chart(asked.words, &seen);
    let words = chart::describe(&history);
    Ok(match drawn(app, history).await {
        Some(png) => {
            let page = history::page(asked.words, &seen, &words);
            Answer::Picture(page, history::file(png, &words))
        }
        None => Answer::Show(history::told(asked.words, &seen, &words)),
    })
}

/// Draws where nobody waits for it. None is a fault of ours; the page says the same in words then.
async fn drawn(app: &App, history: chart::History) -> Option<Vec<u8>> {
    let _room = app.drawing.acquire().await.ok()?;
    match tokio::task::spawn_blocking(move || chart::draw(&history)).await {
        Ok(Ok(png)) => Some(png),
        Ok(Err(error)) => {
            tracing::error!(%error, "a history could not be drawn");
            None
        }
        Err(error) => {
            tracing::error!(%error, "drawing a history did not end");
            None
        }
    }
}
