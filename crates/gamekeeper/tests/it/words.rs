//! Languages, and too much at once.

use bot::{InboundLimits, Pace, ids::CustomId};
use domain::audit::AuditKind;
use engine::PanelKind;
use gamekeeper::stage::verbs::{Told, modal, says, shown};
use sandbox::actor::NO_OPTIONS;

use crate::scene::{audited, ends_with, furnish, game, names, on, run, set, setup, stage};

#[tokio::test]
async fn a_german_reads_german_and_everybody_else_english() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let (adam, mia) = (stage.person("Adam"), stage.person("Mia"));
    adam.set_locale("de");
    let panel = stage.panel(&adam, PanelKind::Admin).await?;
    let form = modal(&adam.click(&panel, &CustomId::CreateSimple.to_string())).await?;
    assert_eq!(form.title, "Neues Spiel");
    // Work that ends later answers in the same language.
    let reply = adam.submit(&form, [(bot::ids::field::NAME, "Schach")]);
    ends_with(&reply, "**Schach** ist fertig").await?;
    says(&on(&adam, "joingame", "Schach").await?, "Du bist bei diesem Spiel schon dabei.")?;
    says(&on(&mia, "joingame", "Schach").await?, "You are in **Schach**")?;
    says(&run(&adam, "settings view", NO_OPTIONS).await?, "## Einstellungen")?;
    // What everybody reads is in the server's language.
    says(&stage.panel(&adam, PanelKind::Player).await?, "Pick a game to join.")?;
    mia.set_locale("de");
    says(&on(&mia, "game delete", "Schach").await?, "Nur Community-Admins")?;
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn too_much_at_once_is_asked_to_slow_down() -> Told<()> {
    let mut setup = setup();
    setup.bot = |bot| {
        bot.inbound = InboundLimits { user: Some(Pace::new(1, 3)), ..InboundLimits::NONE };
    };
    let stage = set(setup).await?;
    let (olga, mia) = (stage.guild.owner(), stage.person("Mia"));
    game(&stage, "Chess").await?;
    let replies: Vec<_> = (0..6).map(|_| mia.slash("joingame", [("game", "Chess")])).collect();
    let mut slow = 0;
    for reply in &replies {
        let message = shown(reply).await?;
        slow += usize::from(message.text().contains("try again in 1 second."));
        assert!(message.ephemeral);
    }
    assert!((2..=3).contains(&slow), "{slow} of 6 were turned away");
    assert_eq!(audited(&stage, AuditKind::SeatTaken).await?.len(), 1);
    // Others are not held up.
    says(&on(&stage.person("Ben"), "joingame", "Chess").await?, "You are in")?;
    says(&run(&olga, "game list", NO_OPTIONS).await?, "Chess")?;
    assert_eq!(names(&stage).await?, ["Chess"]);
    stage.rest().await?;
    stage.truth().await
}
