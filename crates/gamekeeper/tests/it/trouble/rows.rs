//! A row that nobody can read, because somebody's hand or a newer version wrote it.

use engine::PanelKind;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, until},
};
use sea_orm::{ConnectionTrait as _, Database};

use crate::{
    log::Lines,
    scene::{furnish, game, names, on, stage},
};

/// Writes past the store what it would never write.
async fn write(stage: &Stage, sql: &str) -> Told<()> {
    let db = Database::connect(stage.database_config().url).await.map_err(|e| e.to_string())?;
    db.execute_unprepared(sql).await.map_err(|e| e.to_string())?;
    db.close().await.map_err(|e| e.to_string())
}

#[tokio::test]
async fn a_game_that_cannot_be_read_is_left_out_and_named_once_until_it_is_put_right() -> Told<()> {
    let lines = Lines::listen();
    let stage = stage().await?;
    furnish(&stage).await?;
    let (mia, ben) = (stage.person("Mia"), stage.person("Ben"));
    let chess = game(&stage, "Chess").await?;
    game(&stage, "Go").await?;
    stage.panel_says(&mia, PanelKind::Player, "Chess").await?;

    write(&stage, &format!("UPDATE game SET phase = 'paused' WHERE id = {chess}")).await?;
    assert_eq!(names(&stage).await?, ["Go"]);
    for person in [&mia, &ben] {
        says(&on(person, "joingame", "Go").await?, "You are in")?;
    }
    until("the panel to be without it", || async {
        let panel = stage.panel(&mia, PanelKind::Player).await.ok()?.text();
        (panel.contains("Go") && !panel.contains("Chess")).then_some(())
    })
    .await?;
    let said = lines.with("a row that this version cannot read is left out");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains(&format!("game {chess}: ")), "{said:?}");

    write(&stage, &format!("UPDATE game SET phase = 'active' WHERE id = {chess}")).await?;
    assert_eq!(names(&stage).await?, ["Chess", "Go"]);
    says(&on(&mia, "joingame", "Chess").await?, "You are in")?;
    stage.panel_says(&mia, PanelKind::Player, "Chess").await?;
    stage.rest().await?;
    stage.truth().await
}
