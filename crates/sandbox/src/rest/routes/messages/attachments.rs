//! Attachments (reference, "Uploading Files"; resources/message, "Attachment Object").

use bytes::Bytes;

use crate::error::ApiError;
use crate::id::{AttachmentId, Snowflake};
use crate::media;
use crate::rest::{Call, Field, Form, Upload};
use crate::world::{Attachment, World};

/// Files of one message.
const MAX_FILES: usize = 10;

/// Bytes of one file without boosts.
const MAX_SIZE: u64 = 10 * 1024 * 1024;

/// What a body says about its files; the id is the `n` of `files[n]` or that of a file already there.
pub(super) fn read(form: &mut Form<'_>) -> Field<Vec<Attachment>> {
    form.list("attachments", MAX_FILES, |form| {
        form.ignore(&["duration_secs", "waveform", "title", "is_spoiler", "is_remix"]);
        // Clients send back what they were given when they edit.
        form.ignore(&["size", "url", "proxy_url", "content_type", "height", "width", "flags"]);
        let id = form.id::<AttachmentId>("id");
        Attachment {
            id: form.required("id", id),
            filename: form.text("filename", 1..=1_024).value().unwrap_or_default(),
            description: form.text("description", 0..=1_024).value(),
            content_type: None,
            size: 0,
            content: Bytes::new(),
        }
    })
}

/// Joins described files, uploaded files and, for edits, those the message has. `None` described means the body says
/// nothing about files: what stands stays and uploads are added.
pub(crate) fn settle(
    call: &Call,
    world: &mut World,
    described: Option<Vec<Attachment>>,
    standing: &[Attachment],
) -> Result<Option<Vec<Attachment>>, ApiError> {
    let mut uploads = call.uploads()?;
    if uploads.is_empty() && described.is_none() {
        return Ok(None);
    }
    if uploads.iter().any(|upload| upload.size > MAX_SIZE) {
        return Err(ApiError::body_too_large());
    }
    let mut files = Vec::new();
    for (at, wanted) in described.unwrap_or_else(|| standing.to_vec()).into_iter().enumerate() {
        if let Some(known) = standing.iter().find(|known| known.id == wanted.id) {
            let description = wanted.description.or_else(|| known.description.clone());
            files.push(Attachment { description, ..known.clone() });
            continue;
        }
        let upload = uploads.iter().position(|upload| upload.key == wanted.id.get());
        let Some(upload) = upload.map(|at| uploads.remove(at)) else {
            let path = format!("attachments.{at}");
            return Err(ApiError::field(
                &path,
                "ATTACHMENT_NOT_FOUND",
                "Attachment data not found",
            ));
        };
        let name =
            if wanted.filename.is_empty() { upload.filename.clone() } else { wanted.filename };
        files.push(kept(world, upload, &name, wanted.description));
    }
    for upload in uploads {
        let name = upload.filename.clone();
        files.push(kept(world, upload, &name, None));
    }
    if files.len() > MAX_FILES {
        let message = "Must be 10 or fewer in length.";
        return Err(ApiError::field("attachments", "BASE_TYPE_MAX_LENGTH", message));
    }
    Ok(Some(files))
}

/// A file as it is stored. Who says nothing about its type is told by its first bytes.
fn kept(world: &mut World, upload: Upload, name: &str, description: Option<String>) -> Attachment {
    let is_png = media::png_size(&upload.content).is_some();
    Attachment {
        id: world.ids.fresh(),
        filename: file_name(name),
        description,
        content_type: upload.content_type.or_else(|| is_png.then(|| String::from("image/png"))),
        size: upload.size,
        content: upload.content,
    }
}

/// Blanks become `_`, as URLs of attachments show.
fn file_name(name: &str) -> String {
    name.chars().map(|letter| if letter.is_whitespace() { '_' } else { letter }).collect()
}
