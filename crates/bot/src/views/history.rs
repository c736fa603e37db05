//! A server's history: what was seen as what the picture takes, and the page around it.

mod chart;

pub(crate) use self::chart::chart;

use ::chart::Summary;
use engine::{HistorySpan, ServerHistory};
use twilight_model::{
    channel::message::component::{
        ButtonStyle, Component, MediaGallery, MediaGalleryItem, UnfurledMediaItem,
    },
    http::attachment::Attachment,
};

use super::{
    Parts,
    part::{Tone, button, close, row, sheet, text},
};
use crate::{
    ids::{CustomId, ServerAct},
    text::{self, Words, plain},
};

/// What the picture is called in its message.
const FILE: &str = "history.png";

/// The picture as a file of its message, with `words` for those who do not see it.
pub fn file(png: Vec<u8>, words: &str) -> Attachment {
    let mut file = Attachment::from_bytes(FILE.to_owned(), png, 0);
    file.description(words.to_owned());
    file
}

/// The page around the picture.
pub fn page(w: &Words, history: &ServerHistory, words: &str) -> Parts {
    let media = UnfurledMediaItem {
        content_type: None,
        height: None,
        proxy_url: None,
        url: format!("attachment://{FILE}"),
        width: None,
    };
    let item = MediaGalleryItem { description: Some(words.to_owned()), media, spoiler: None };
    around(w, history, MediaGallery { id: None, items: vec![item] }.into())
}

/// The same without a picture, in words.
pub fn told(w: &Words, history: &ServerHistory, words: &str) -> Parts {
    around(w, history, text(plain::escape(words)))
}

fn around(w: &Words, history: &ServerHistory, shown: Component) -> Parts {
    let record = &history.view.record;
    let mut parts = vec![text(format!("## {}", plain::escape(record.found.name.as_str()))), shown];
    let known = Summary::of(&chart(w, history));
    if known == (Summary { uptime: None, average: None, peak: None }) {
        parts.push(text(w.get("history-nothing")));
    }
    let id = |act| CustomId::Server(act, record.id);
    let spans = HistorySpan::ALL.map(|span| {
        let style =
            if span == history.span { ButtonStyle::Primary } else { ButtonStyle::Secondary };
        button(style, &id(ServerAct::history(span)), &w.get(text::chart::span(span)))
    });
    let status =
        button(ButtonStyle::Secondary, &id(ServerAct::Show), &w.get("button-server-status"));
    parts.push(row(spans.into()));
    parts.push(row(vec![status, close(w)]));
    sheet(Tone::Plain, parts)
}
