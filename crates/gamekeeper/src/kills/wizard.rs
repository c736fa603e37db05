//! The guided form, filled in without detours.

use bot::ids::{CustomId, DraftPart, field};
use sandbox::actor::{NO_OPTIONS, Reply};

use crate::stage::{
    Stage,
    verbs::{Told, modal, shown},
};

/// Opens the form, chooses a few things and confirms.
pub(super) async fn create(stage: &Stage, name: &str) -> Told<Reply> {
    let adam = stage.person("Adam");
    let form = modal(&adam.slash("game advanced", NO_OPTIONS)).await?;
    let Ok(CustomId::Draft(_, draft)) = form.custom_id.parse() else {
        return Err(format!("not a form of a draft: {}", form.custom_id));
    };
    let id = |part| CustomId::Draft(part, draft.clone()).to_string();
    let mut page = shown(&adam.submit(&form, [(field::NAME, name), (field::EMOJI, "🐉")])).await?;
    let gus = stage.person("Gus").id().to_string();
    for (part, values) in [
        (DraftPart::Channels, ["channel:announcements", "channel:chat"].as_slice()),
        (DraftPart::Voice, &["2"]),
        (DraftPart::Admins, &[&gus]),
    ] {
        page = shown(&adam.select(&page, &id(part), values)).await?;
    }
    page = shown(&adam.click(&page, &id(DraftPart::Preview))).await?;
    let reply = adam.click(&page, &id(DraftPart::Confirm));
    reply.first().await;
    Ok(reply)
}
