//! Rows, sections, containers and what only shows something.

use crate::rest::{Field, Form};

use super::scan::{Place, Scan};

/// Widths of a row's children: a row is five wide, a select or text input fills it.
const ROW_WIDTH: usize = 5;

/// Action row: 1-5 buttons, or exactly one select; in modals one text input (deprecated form).
pub(super) fn row(scan: &mut Scan, form: &mut Form<'_>) {
    if scan.place == Place::Modal {
        let list = form.list("components", usize::MAX, |child| scan.read(child, &[4]));
        let count = form.required("components", list).len();
        if count != 1 {
            super::scan::bad_length(form, "components", &(1..=1));
        }
        return;
    }
    let kinds = scan.children(form, "components", 1..=5, &[2, 3, 5, 6, 7, 8]);
    let mut width = 0;
    for (at, kind) in kinds.into_iter().enumerate() {
        width += if kind == 2 { 1 } else { ROW_WIDTH };
        if width > ROW_WIDTH {
            form.fail(
                &format!("components.{at}"),
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            );
        }
    }
}

/// Section: 1-3 text displays and an accessory.
pub(super) fn section(scan: &mut Scan, form: &mut Form<'_>) {
    scan.children(form, "components", 1..=3, &[10]);
    scan.child(form, "accessory", &[2, 11]);
}

/// Container: a coloured box around anything but another container.
pub(super) fn container(scan: &mut Scan, form: &mut Form<'_>) {
    form.int("accent_color", 0..=0x00ff_ffff);
    form.boolean("spoiler");
    scan.children(form, "components", 1..=40, &[1, 9, 10, 12, 13, 14]);
}

/// Text display.
pub(super) fn text_display(scan: &mut Scan, form: &mut Form<'_>) {
    let content = form.text("content", 1..=4000);
    if let Field::Value(content) = &content {
        scan.add_text(content);
    }
    form.required("content", content);
}

/// Thumbnail.
pub(super) fn thumbnail(form: &mut Form<'_>) {
    picture(form);
}

/// Media gallery: 1-10 pictures.
pub(super) fn gallery(form: &mut Form<'_>) {
    let items = form.list("items", usize::MAX, picture);
    let given = matches!(items, Field::Value(_));
    let count = form.required("items", items).len();
    if given && !(1..=10).contains(&count) {
        super::scan::bad_length(form, "items", &(1..=10));
    }
}

fn picture(form: &mut Form<'_>) {
    form.text("description", 0..=1024);
    form.boolean("spoiler");
    let media = form.object("media", |media| url(media, &["http://", "https://", "attachment://"]));
    form.required("media", media);
}

/// File: an attachment of the same message, never a web address.
pub(super) fn file(form: &mut Form<'_>) {
    form.boolean("spoiler");
    form.ignore(&["name", "size"]);
    let file = form.object("file", |file| url(file, &["attachment://"]));
    form.required("file", file);
}

/// Separator.
pub(super) fn separator(form: &mut Form<'_>) {
    form.boolean("divider");
    form.choice("spacing", &[1, 2]);
}

/// An unfurled media item; only `url` counts when sent.
fn url(form: &mut Form<'_>, schemes: &[&str]) {
    form.ignore(&[
        "id",
        "proxy_url",
        "height",
        "width",
        "content_type",
        "attachment_id",
        "loading_state",
        "flags",
        "placeholder",
        "placeholder_version",
    ]);
    let url = form.text("url", 1..=2048);
    if let Field::Value(text) = &url
        && !schemes.iter().any(|scheme| text.starts_with(scheme))
    {
        let names: Vec<_> = schemes.iter().map(|s| format!("'{}'", &s[..s.len() - 3])).collect();
        let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
        let message = format!(
            "Scheme \"{scheme}\" is not supported. Scheme must be one of ({}).",
            names.join(", ")
        );
        form.fail("url", "URL_TYPE_INVALID_SCHEME", message);
    }
    form.required("url", url);
}
