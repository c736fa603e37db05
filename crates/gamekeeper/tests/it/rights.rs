//! Who may do what, through the real door.

use bot::ids::{CustomId, GameAct, Purpose, SeatAct};
use domain::{Slot, Standing, audit::AuditKind};
use engine::PanelKind;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, modal, says, shown, until},
};
use sandbox::{
    actor::{Actor, First, NO_OPTIONS, Reply},
    faults::Hold,
    world::Permissions,
};

use crate::scene::{
    Options, about, audited, choose, ends_with, furnish, game, names, on, role_of, run, stage,
    user, wears,
};

/// One thing a person can type, and who may.
struct Row {
    path: &'static str,
    options: fn(&Stage) -> Options<'static>,
    needs: Standing,
}

fn of_game(_: &Stage) -> Options<'static> {
    vec![("game", "Chess".into())]
}

fn of_person(stage: &Stage) -> Options<'static> {
    vec![("game", "Chess".into()), ("person", stage.person("Sid").id().into())]
}

fn none(_: &Stage) -> Options<'static> {
    Vec::new()
}

const fn row(path: &'static str, options: fn(&Stage) -> Options<'static>, needs: Standing) -> Row {
    Row { path, options, needs }
}

/// Every command. What is allowed goes through, so what undoes something stands below it.
const TABLE: [Row; 26] = {
    use Standing::{CommunityAdmin, GameAdmin, Player};
    [
        row("help", none, Player),
        row("mygames", none, Player),
        row("joingame", of_game, Player),
        row("leavegame", of_game, Player),
        row("game list", none, Player),
        row("game info", of_game, Player),
        row("game members", of_game, Player),
        row("game edit", of_game, GameAdmin),
        row("game approve", of_person, GameAdmin),
        row("game decline", of_person, GameAdmin),
        row("game remove", of_person, GameAdmin),
        row("audit", of_game, GameAdmin),
        row("audit", none, CommunityAdmin),
        row("setupdashboard", none, CommunityAdmin),
        row("settings view", none, CommunityAdmin),
        row("settings log-channel", none, CommunityAdmin),
        row("settings default-layout", |_| vec![("voice", 2.into())], CommunityAdmin),
        row("settings drift-policy", |_| vec![("policy", "accept".into())], CommunityAdmin),
        row(
            "settings admin-role remove",
            |stage| vec![("role", stage.guild.role_id("Keepers").into())],
            CommunityAdmin,
        ),
        row("game create", |_| vec![("name", "Go".into())], CommunityAdmin),
        row("game admin-add", of_person, CommunityAdmin),
        row("game admin-remove", of_person, CommunityAdmin),
        row("game repair", of_game, CommunityAdmin),
        row("game archive", of_game, CommunityAdmin),
        row("game restore", of_game, CommunityAdmin),
        row("game delete", of_game, CommunityAdmin),
    ]
};

/// What a reply says first, forms included.
async fn said(reply: &Reply) -> Told<String> {
    match reply.first().await {
        First::Modal(form) => Ok(form.title),
        _ => shown(reply).await.map(|message| message.text()),
    }
}

fn is_refusal(text: &str) -> bool {
    text.contains("Only community admins can") || text.contains("Only admins of this game can")
}

/// The game and the settings, as far as a person could have changed them.
async fn facts(stage: &Stage) -> Told<String> {
    let settings = stage.engine().settings(stage.guild_id()).await.map_err(|e| e.to_string())?;
    let chess = stage.game("Chess").await?.game;
    Ok(format!("{:?} {chess:?} {settings:?}", names(stage).await?))
}

/// One person through the whole table.
async fn through_the_table(name: &str, standing: Standing) -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let elders = olga.create_role("Elders", Permissions::NONE).map_err(|e| e.to_string())?;
    run(&olga, "settings admin-role add", [("role", elders)]).await?;
    olga.give_role(stage.person("Kim").id(), elders).map_err(|e| e.to_string())?;
    game(&stage, "Chess").await?;
    game(&stage, "Checkers").await?;
    about(&olga, "game admin-add", "Chess", &stage.person("Gus")).await?;
    about(&olga, "game admin-add", "Checkers", &stage.person("Ben")).await?;
    stage.rest().await?;
    let who = stage.person(name);
    for Row { path, options, needs } in TABLE {
        let what = format!("{name}: /{path}");
        let before = facts(&stage).await?;
        let refused = audited(&stage, AuditKind::ActionRefused).await?.len();
        let text = said(&who.slash(path, options(&stage))).await?;
        assert_eq!(is_refusal(&text), standing < needs, "{what}: {text}");
        let rows = audited(&stage, AuditKind::ActionRefused).await?;
        if standing < needs {
            assert_eq!(rows.len(), refused + 1, "{what}: the refusal is not in the audit");
            assert_eq!(rows[0].entry.actor, Some(user(&who)), "{what}");
            assert_eq!(facts(&stage).await?, before, "{what}: it was done all the same");
        } else {
            assert_eq!(rows.len(), refused, "{what}: {text}");
        }
        stage.rest().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_player() -> Told<()> {
    through_the_table("Mia", Standing::Player).await
}

#[tokio::test]
async fn the_admin_of_another_game() -> Told<()> {
    through_the_table("Ben", Standing::Player).await
}

#[tokio::test]
async fn the_admin_of_the_game() -> Told<()> {
    through_the_table("Gus", Standing::GameAdmin).await
}

#[tokio::test]
async fn a_community_admin_by_permission() -> Told<()> {
    through_the_table("Adam", Standing::CommunityAdmin).await
}

#[tokio::test]
async fn a_community_admin_by_role() -> Told<()> {
    through_the_table("Kim", Standing::CommunityAdmin).await
}

#[tokio::test]
async fn the_owner() -> Told<()> {
    through_the_table("Olga", Standing::CommunityAdmin).await
}

#[tokio::test]
async fn a_player_presses_everything_on_the_admin_panel() -> Told<()> {
    let stage = stage().await?;
    game(&stage, "Chess").await?;
    furnish(&stage).await?;
    let mia = stage.person("Mia");
    let panel = stage.panel(&mia, PanelKind::Admin).await?;
    let before = facts(&stage).await?;
    let mut refused = 0;
    for button in panel.buttons() {
        let id: CustomId = button.custom_id.parse().map_err(|_| "not ours".to_owned())?;
        let open = matches!(
            id,
            CustomId::Refresh(_) | CustomId::List(_) | CustomId::Pick(Purpose::Manage, _)
        );
        let reply = mia.click(&panel, &button.custom_id);
        if matches!(id, CustomId::Refresh(_)) {
            assert_eq!(reply.first().await, First::DeferredUpdate);
            continue;
        }
        let text = said(&reply).await?;
        assert_eq!(is_refusal(&text), !open, "{}: {text}", button.label);
        refused += usize::from(!open);
        if matches!(id, CustomId::Pick(Purpose::Manage, _)) {
            assert!(text.contains("There is no game for you to manage."), "{text}");
        }
    }
    assert!(refused >= 7, "the panel has lost its buttons");
    assert_eq!(audited(&stage, AuditKind::ActionRefused).await?.len(), refused);
    assert_eq!(facts(&stage).await?, before);
    stage.truth().await
}

#[tokio::test]
async fn a_player_presses_the_buttons_of_a_request() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let (mia, sid) = (stage.person("Mia"), stage.person("Sid"));
    on(&mia, "joingame", "Chess").await?;
    choose(&stage, &olga, "Chess", GameAct::Admission, &["approval"]).await?;
    stage.rest().await?;
    on(&sid, "joingame", "Chess").await?;
    let button = CustomId::Seat(SeatAct::Approve, chess, user(&sid)).to_string();
    let chat = crate::scene::channel_of(&stage, chess, Slot::Chat).await?;
    let request = until("the request", || async {
        mia.read(chat).into_iter().find(|message| message.component(&button).is_some())
    })
    .await?;
    says(&shown(&mia.click(&request, &button)).await?, "Only admins of this game can")?;
    assert_eq!(crate::scene::seat(&stage, chess, &sid).await?, Some(domain::SeatState::Requested));
    // Everybody's request is still there for those who may.
    shown(&olga.click(&request, &button)).await?;
    assert_eq!(crate::scene::seat(&stage, chess, &sid).await?, Some(domain::SeatState::Seated));
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn an_admin_role_taken_away_takes_the_right_away_at_once() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let elders = olga.create_role("Elders", Permissions::NONE).map_err(|e| e.to_string())?;
    run(&olga, "settings admin-role add", [("role", elders)]).await?;
    let kim: Actor = stage.person("Kim");
    olga.give_role(kim.id(), elders).map_err(|e| e.to_string())?;
    let form = modal(&kim.slash("game create", NO_OPTIONS)).await?;
    olga.take_role(kim.id(), elders).map_err(|e| e.to_string())?;
    // A form that was opened in time does not help.
    let late = shown(&kim.submit(&form, [(bot::ids::field::NAME, "Chess")])).await?;
    says(&late, "Only community admins can make games.")?;
    assert_eq!(names(&stage).await?.len(), 0);
    Ok(())
}

#[tokio::test]
async fn a_game_admin_role_taken_away_takes_the_right_away_at_once() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let gus = stage.person("Gus");
    about(&olga, "game admin-add", "Chess", &gus).await?;
    stage.rest().await?;
    let role = role_of(&stage, chess, Slot::AdminRole).await?;
    says(&on(&gus, "game edit", "Chess").await?, "Manage: Chess")?;
    // As long as nobody has given it back.
    let held = stage.discord.holds().order(Hold::before(1).of("add_guild_member_role"));
    olga.take_role(gus.id(), role).map_err(|e| e.to_string())?;
    says(&on(&gus, "game edit", "Chess").await?, "Only admins of this game can")?;
    held.reached().await.ok_or("the role was not given back")?;
    says(&on(&gus, "game edit", "Chess").await?, "Only admins of this game can")?;
    held.release();
    until("the role to be given back", || async { wears(&gus, role).then_some(()) }).await?;
    says(&on(&gus, "game edit", "Chess").await?, "Manage: Chess")?;
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn help_keeps_community_matters_to_community_admins() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    let made = olga.slash("game create", [("name", "Chess")]);
    ends_with(&made, "is ready").await?;
    about(&olga, "game admin-add", "Chess", &stage.person("Gus")).await?;
    for (name, community) in [("Mia", false), ("Gus", false), ("Adam", true), ("Olga", true)] {
        let who = stage.person(name);
        let panel = stage.panel(&who, PanelKind::Player).await?;
        for help in [
            run(&who, "help", NO_OPTIONS).await?,
            shown(&who.click(&panel, &CustomId::Help.to_string())).await?,
        ] {
            says(&help, "/joingame")?;
            says(&help, "/game approve")?;
            assert_eq!(help.text().contains("/settings"), community, "{name}: {}", help.text());
            assert!(help.ephemeral);
        }
    }
    Ok(())
}
