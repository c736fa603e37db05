//! Who did what: in the database, in the log channel, and for those who ask.

use bot::ids::{AuditPart, AuditQuery, CustomId, GameAct, Purpose, field};
use domain::audit::{AuditKind, Outcome};
use engine::PanelKind;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, modal, says, shown, until},
};
use sandbox::actor::{MessageView, NO_OPTIONS};

use crate::scene::{
    Options, about, audited, choose, ends_with, entries, furnish, game, log_into, on, reword, run,
    stage, stock, user,
};

/// One game's whole life, with everything that leaves a row.
async fn a_life(stage: &Stage) -> Told<()> {
    let (olga, mia, kim) = (stage.guild.owner(), stage.person("Mia"), stage.person("Kim"));
    let chess = game(stage, "Chess").await?;
    on(&mia, "joingame", "Chess").await?;
    on(&mia, "leavegame", "Chess").await?;
    choose(stage, &olga, "Chess", GameAct::Admission, &["approval"]).await?;
    for (person, decision) in [(&mia, "game approve"), (&kim, "game decline")] {
        on(person, "joingame", "Chess").await?;
        about(&olga, decision, "Chess", person).await?;
    }
    about(&olga, "game remove", "Chess", &mia).await?;
    about(&olga, "game admin-add", "Chess", &kim).await?;
    about(&olga, "game admin-remove", "Chess", &kim).await?;
    on(&mia, "game edit", "Chess").await?;
    stage.rest().await?;
    ends_with(&reword(stage, &olga, "Chess", [(field::NAME, "Go")]).await?, "changed").await?;
    ends_with(&olga.slash("game archive", [("game", "Go")]), "is archived").await?;
    ends_with(&olga.slash("game restore", [("game", "Go")]), "is back in use").await?;
    let ask = on(&olga, "game delete", "Go").await?;
    let button = CustomId::Game(GameAct::DeleteType, chess).to_string();
    let form = modal(&olga.click(&ask, &button)).await?;
    ends_with(&olga.submit(&form, [(field::CONFIRM, "Go")]), "is gone").await?;
    stage.rest().await
}

/// What a life leaves, in order.
const LIFE: [AuditKind; 16] = [
    AuditKind::GameCreated,
    AuditKind::SeatTaken,
    AuditKind::SeatLeft,
    AuditKind::GameEdited,
    AuditKind::SeatRequested,
    AuditKind::SeatApproved,
    AuditKind::SeatRequested,
    AuditKind::SeatDeclined,
    AuditKind::SeatRemoved,
    AuditKind::AdminAppointed,
    AuditKind::AdminDismissed,
    AuditKind::ActionRefused,
    AuditKind::GameEdited,
    AuditKind::GameArchived,
    AuditKind::GameRestored,
    AuditKind::GameDeleted,
];

#[tokio::test]
async fn one_row_an_action_with_all_that_belongs_to_it() -> Told<()> {
    let stage = stage().await?;
    a_life(&stage).await?;
    let mut rows = entries(&stage, store::AuditQuery::default()).await?;
    rows.reverse();
    let kinds: Vec<_> = rows.iter().map(|row| row.entry.kind).collect();
    assert_eq!(kinds, LIFE);
    let mut correlations: Vec<_> = rows.iter().map(|row| &row.entry.correlation).collect();
    correlations.sort();
    correlations.dedup();
    assert_eq!(correlations.len(), LIFE.len(), "one correlation an action");
    for row in &rows {
        let entry = &row.entry;
        let refused = entry.kind == AuditKind::ActionRefused;
        assert_eq!(entry.outcome, if refused { Outcome::Refused } else { Outcome::Done });
        assert!(entry.actor.is_some(), "{entry:?}");
        assert!(entry.game.is_some(), "{entry:?}");
    }
    let made = &rows[0].entry;
    assert!(made.before.is_none());
    assert!(made.after.as_deref().is_some_and(|after| after.contains("name=Chess")));
    let plan = made.plan.as_deref().unwrap_or_default();
    assert!(plan.contains("1. ") && plan.contains("category"), "{plan}");
    let renamed = &rows[12].entry;
    assert!(renamed.before.as_deref().is_some_and(|before| before.contains("name=Chess")));
    assert!(renamed.after.as_deref().is_some_and(|after| after.contains("name=Go")));
    assert!(
        renamed.plan.is_some() && rows[13].entry.plan.is_some() && rows[15].entry.plan.is_some()
    );
    assert_eq!(rows[5].entry.subject, Some(user(&stage.person("Mia"))));
    stage.truth().await
}

/// All that the log channel says, oldest first.
fn log(stage: &Stage, channel: &str) -> String {
    let Some(channel) = stage.guild.channel(channel) else { return String::new() };
    let read = stage.guild.owner().read(channel.id);
    let texts: Vec<String> = read.iter().map(MessageView::text).collect();
    texts.join("\n")
}

#[tokio::test]
async fn the_log_channel_tells_it_in_order() -> Told<()> {
    let stage = stage().await?;
    log_into(&stage, "log").await?;
    a_life(&stage).await?;
    until("the last line", || async {
        log(&stage, "log").contains("deleted **Go**").then_some(())
    })
    .await?;
    let text = log(&stage, "log");
    let mut from = 0;
    for line in [
        "made **Chess**",
        "joined **Chess**",
        "left **Chess**",
        "edited **Chess**",
        "asked to join **Chess**",
        "into **Chess**",
        "did not let",
        "out of **Chess**",
        "a game admin of **Chess**",
        "dismissed",
        "was not allowed to edit this game",
        "edited **Go**",
        "archived **Go**",
        "restored **Go**",
        "deleted **Go**",
    ] {
        let at = text[from..].find(line).ok_or_else(|| format!("“{line}” in its place: {text}"))?;
        from += at + line.len();
    }
    assert_eq!(text.matches("made **Chess**").count(), 1);
    stage.truth().await
}

#[tokio::test]
async fn a_deleted_log_channel_holds_nothing_up() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    log_into(&stage, "log").await?;
    game(&stage, "Chess").await?;
    until("the first line", || async {
        log(&stage, "log").contains("made **Chess**").then_some(())
    })
    .await?;
    olga.delete_channel(stage.channel("log")?).map_err(|e| e.to_string())?;
    game(&stage, "Go").await?;
    // Another one takes over, with what was owed first.
    log_into(&stage, "general").await?;
    game(&stage, "Halma").await?;
    until("the new one's first line", || async {
        log(&stage, "general").contains("made **Halma**").then_some(())
    })
    .await?;
    let lines = log(&stage, "general");
    assert!(lines.find("made **Go**") < lines.find("made **Halma**"), "{lines}");
    assert!(lines.contains("made **Go**") && !lines.contains("made **Chess**"), "{lines}");
    until("nothing to be owed any more", || async {
        let owed = stage.engine().store().unlogged(stage.guild_id(), 10).await;
        owed.ok()?.is_empty().then_some(())
    })
    .await?;
    stage.truth().await
}

#[tokio::test]
async fn filters_by_game_person_and_action() -> Told<()> {
    let stage = stage().await?;
    let (olga, mia) = (stage.guild.owner(), stage.person("Mia"));
    game(&stage, "Chess").await?;
    game(&stage, "Go").await?;
    on(&mia, "joingame", "Go").await?;
    stage.rest().await?;
    let check = |page: &MessageView, there: &[&str], not: &[&str]| -> Told<()> {
        there.iter().try_for_each(|text| says(page, text))?;
        match not.iter().find(|text| page.text().contains(**text)) {
            Some(text) => Err(format!("“{text}” is not asked for: {}", page.text())),
            None => Ok(()),
        }
    };
    let page = run(&olga, "audit", NO_OPTIONS).await?;
    check(&page, &["made **Chess**", "made **Go**", "joined **Go**"], &[])?;
    let by_game = run(&olga, "audit", [("game", "Chess")]).await?;
    check(&by_game, &["made **Chess**"], &["**Go**"])?;
    let person: Options = vec![("person", mia.id().into())];
    check(&run(&olga, "audit", person).await?, &["joined **Go**"], &["made **"])?;
    let kind = [("action", "game_created")];
    check(&run(&olga, "audit", kind).await?, &["made **Chess**", "made **Go**"], &["joined"])?;
    // The same on the page, from the panel on.
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await?;
    let id = |part, query: AuditQuery| CustomId::Audit(part, query).to_string();
    let bare = AuditQuery::default;
    let panel = stage.panel(&olga, PanelKind::Admin).await?;
    let page = shown(&olga.click(&panel, &id(AuditPart::Newest, bare()))).await?;
    let select = id(AuditPart::Kind, bare());
    let page = shown(&olga.select(&page, &select, &["game_created"])).await?;
    check(&page, &["made **Go**"], &["joined"])?;
    let query = AuditQuery { kind: Some(AuditKind::GameCreated), ..bare() };
    let page = shown(&olga.select(&page, &id(AuditPart::Person, query), &[mia.id()])).await?;
    check(&page, &["Nothing to show here."], &["made **"])?;
    let page = shown(&olga.click(&page, &id(AuditPart::Clear, bare()))).await?;
    check(&page, &["made **Go**", "joined **Go**"], &[])
}

#[tokio::test]
async fn a_long_history_has_pages() -> Told<()> {
    let stage = stage().await?;
    let (olga, mia) = (stage.guild.owner(), stage.person("Mia"));
    stock(&stage, 1).await?;
    for _ in 0..25 {
        on(&mia, "joingame", "Game 001").await?;
        on(&mia, "leavegame", "Game 001").await?;
    }
    let mut page = run(&olga, "audit", NO_OPTIONS).await?;
    let (mut lines, mut pages) = (0, 0);
    loop {
        pages += 1;
        lines += page.text().matches("**Game 001**").count();
        let next = page.buttons().into_iter().find(|button| button.label == "Next");
        let Some(next) = next else { break };
        page = shown(&olga.click(&page, &next.custom_id)).await?;
    }
    assert_eq!(lines, 50, "each row on exactly one page");
    assert_eq!(pages, 3);
    Ok(())
}

#[tokio::test]
async fn a_game_admin_reads_the_own_game_only() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let (olga, gus) = (stage.guild.owner(), stage.person("Gus"));
    let chess = game(&stage, "Chess").await?;
    game(&stage, "Go").await?;
    about(&olga, "game admin-add", "Chess", &gus).await?;
    stage.rest().await?;
    let page = stage.pick(&gus, Purpose::Manage, chess).await?;
    let query = AuditQuery { game: Some(chess), ..AuditQuery::default() };
    let history =
        shown(&gus.click(&page, &CustomId::Audit(AuditPart::Newest, query).to_string())).await?;
    says(&history, "made **Chess**")?;
    assert!(!history.text().contains("**Go**"));
    // No filter leads out of it.
    let query = AuditQuery { game: Some(chess), ..AuditQuery::default() };
    let select = CustomId::Audit(AuditPart::Kind, query).to_string();
    let filtered = shown(&gus.select(&history, &select, &["game_created"])).await?;
    let clear = filtered.buttons().into_iter().find(|button| button.label == "No filter");
    let clear = clear.ok_or("no way back")?;
    let cleared = shown(&gus.click(&filtered, &clear.custom_id)).await?;
    says(&cleared, "made **Chess**")?;
    assert!(!cleared.text().contains("**Go**"), "{}", cleared.text());
    assert_eq!(audited(&stage, AuditKind::ActionRefused).await?.len(), 0);
    Ok(())
}
