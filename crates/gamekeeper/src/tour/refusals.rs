//! Who may not, and what cannot be.

use bot::ids::{CustomId, GameAct, Purpose};
use domain::audit::AuditKind;
use engine::PanelKind;
use store::AuditQuery;

use super::Tour;
use crate::stage::{
    Stage,
    verbs::{Told, shown},
};

/// How many refusals the audit has.
async fn refusals(stage: &Stage) -> Told<usize> {
    let query =
        AuditQuery { kind: Some(AuditKind::ActionRefused), limit: 1000, ..AuditQuery::default() };
    let found = stage.engine().store().audit(stage.guild_id(), &query).await;
    Ok(found.map_err(|e| e.to_string())?.len())
}

pub(super) async fn player(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let mia = stage.person("Mia");
    let before = refusals(stage).await?;
    let panel = stage.panel(&mia, PanelKind::Admin).await?;
    let games = stage.engine().games(stage.guild_id()).await.map_err(|e| e.to_string())?.len();
    shown(&mia.click(&panel, &CustomId::CreateSimple.to_string())).await?;
    shown(&mia.slash("game delete", [("game", "Grand Chess")])).await?;
    shown(&mia.slash("game create", [("name", "Mine")])).await?;
    if refusals(stage).await? < before + 3 {
        return Err("a refusal is missing from the audit".to_owned());
    }
    let after = stage.engine().games(stage.guild_id()).await.map_err(|e| e.to_string())?.len();
    if after == games { Ok(()) } else { Err("a player changed the games".to_owned()) }
}

pub(super) async fn game_admin(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let (adam, gus) = (stage.person("Adam"), stage.person("Gus"));
    let other = stage.have_game(&adam, "Go").await?;
    let before = refusals(stage).await?;
    shown(&gus.slash("game edit", [("game", "Go")])).await?;
    // A page that was opened by somebody who may does not help.
    let page = stage.pick(&adam, Purpose::Manage, other).await?;
    let words = CustomId::Game(GameAct::Words, other).to_string();
    if page.ephemeral {
        let _ = gus.click(&page, &words).first().await;
    }
    if refusals(stage).await? <= before {
        return Err("the refusal is missing from the audit".to_owned());
    }
    let game = stage.game("Go").await?.game;
    if game.generation == 1 { Ok(()) } else { Err("another game's admin changed it".to_owned()) }
}

pub(super) async fn names(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let adam = stage.person("Adam");
    let count = stage.engine().games(stage.guild_id()).await.map_err(|e| e.to_string())?.len();
    let bad = [
        "   ",
        "@everyone come",
        "<@123456789012345678>",
        "abc\u{202e}def",
        "zero\u{200b}width",
        // Cyrillic letters that look like the game there is.
        "Gо",
        "GRAND CHESS",
    ];
    for name in bad {
        shown(&adam.slash("game create", [("name", name)])).await?;
        let now = stage.engine().games(stage.guild_id()).await.map_err(|e| e.to_string())?.len();
        if now != count {
            return Err(format!("the name {name:?} was taken"));
        }
    }
    let long = "x".repeat(81);
    shown(&adam.slash("game create", [("name", long.as_str())])).await?;
    shown(&adam.slash("game create", [("name", "Checkers"), ("emoji", "not an emoji")])).await?;
    stage.rest().await?;
    let now = stage.engine().games(stage.guild_id()).await.map_err(|e| e.to_string())?;
    let names: Vec<_> = now.iter().map(|summary| summary.game.name.as_str()).collect();
    if names.contains(&"Checkers") || names.contains(&long.as_str()) {
        return Err(format!("a bad name or emoji was taken: {names:?}"));
    }
    stage.truth().await
}
