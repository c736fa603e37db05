//! In one step, by panel and by command.

use bot::ids::field;
use domain::{Phase, audit::AuditKind};
use engine::PanelKind;
use futures_util::future::try_join_all;
use gamekeeper::stage::verbs::{Told, modal, says, shown};
use sandbox::world::{ChannelKind, Permissions};

use crate::scene::{
    Options, audited, ends_with, furnish, game, knows, made_by, names, run, stage, tally,
};

#[tokio::test]
async fn from_the_panel_with_an_emoji() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let adam = stage.person("Adam");
    let reply = stage.create_simple(&adam, "  Chess  ", "♟️").await?;
    let done = ends_with(&reply, "is ready").await?;
    says(&done, "Players join by the player panel or `/joingame`.")?;
    assert!(done.ephemeral);
    stage.rest().await?;
    let chess = stage.id("Chess").await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert!(stage.guild.role("♟️ Chess").is_some(), "{:?}", stage.guild.state().roles);
    stage.panel_says(&adam, PanelKind::Admin, "Chess").await?;
    stage.truth().await
}

#[tokio::test]
async fn by_command_and_by_the_form_behind_it() -> Told<()> {
    let stage = stage().await?;
    let adam = stage.person("Adam");
    let options: Options = vec![("name", "Chess".into()), ("emoji", "🎲".into())];
    ends_with(&adam.slash("game create", options), "is ready").await?;
    let form = modal(&adam.slash("game create", sandbox::actor::NO_OPTIONS)).await?;
    ends_with(&adam.submit(&form, [(field::NAME, "Go")]), "is ready").await?;
    stage.rest().await?;
    assert_eq!(names(&stage).await?, ["Chess", "Go"]);
    // The maker plays and administers; strangers see nothing.
    let chat = stage.channel("chat")?;
    assert!(adam.permissions_in(chat).contains(Permissions::MANAGE_MESSAGES));
    assert!(!stage.person("Sid").visible_channels().contains(&chat));
    stage.truth().await
}

#[tokio::test]
async fn names_that_are_taken_or_look_alike_are_refused() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let adam = stage.person("Adam");
    made_by(&stage, &adam, "Chess").await?;
    // The last one is written with Cyrillic letters.
    for name in ["Chess", "chess", " CHESS ", "Сhеss"] {
        let taken = "There is already a game called";
        says(&run(&adam, "game create", [("name", name)]).await?, taken)?;
        let reply = stage.create_simple(&adam, name, "").await?;
        says(&shown(&reply).await?, taken)?;
    }
    // An archived game keeps its name.
    ends_with(&adam.slash("game archive", [("game", "Chess")]), "is archived").await?;
    says(&run(&adam, "game create", [("name", "Chess")]).await?, "There is already a game")?;
    assert_eq!(names(&stage).await?, ["Chess"]);
    assert_eq!(audited(&stage, AuditKind::GameCreated).await?.len(), 1);
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn names_and_emoji_that_cannot_be_are_refused_with_a_sentence() -> Told<()> {
    let stage = stage().await?;
    let adam = stage.person("Adam");
    let long = "x".repeat(81);
    for (name, emoji, sentence) in [
        ("   ", "", "A game needs a name."),
        (&long, "", "The name has 81 characters; 80 are allowed."),
        ("@everyone come", "", "A name cannot contain mentions"),
        ("<@123456789012345678>", "", "A name cannot contain mentions"),
        ("abc\u{202e}def", "", "invisible or control characters"),
        ("zero\u{200b}width", "", "invisible or control characters"),
        ("Chess", "chess", "That is not an emoji I can use."),
        ("Chess", "🎲🎲", "That is not an emoji I can use."),
        ("Chess", "<:pawn:123456789012345678>", "That emoji is from another server."),
    ] {
        let mut options: Options = vec![("name", name.into())];
        if !emoji.is_empty() {
            options.push(("emoji", emoji.into()));
        }
        says(&run(&adam, "game create", options).await?, sentence)?;
    }
    assert_eq!(names(&stage).await?.len(), 0);
    assert_eq!(stage.discord.requests().of("create_guild_role").len(), 0);
    stage.truth().await
}

#[tokio::test]
async fn the_layout_comes_from_the_settings() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let layout: Options = vec![("chat", false.into()), ("forum", true.into()), ("voice", 2.into())];
    run(&olga, "settings default-layout", layout).await?;
    game(&stage, "Chess").await?;
    let channels = stage.guild.channels();
    let count =
        |kind| channels.iter().filter(|one| one.kind == kind && one.parent.is_some()).count();
    assert_eq!(count(ChannelKind::Forum), 1);
    assert_eq!(count(ChannelKind::Voice), 2);
    assert_eq!(count(ChannelKind::Text), 0);
    stage.truth().await
}

#[tokio::test]
async fn twenty_five_at_once() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let replies: Vec<_> =
        (0..25).map(|n| olga.slash("game create", [("name", format!("Game {n}"))])).collect();
    try_join_all(replies.iter().map(|reply| ends_with(reply, "is ready"))).await?;
    stage.rest().await?;
    assert_eq!(names(&stage).await?.len(), 25);
    let made = tally(&stage);
    assert_eq!((made["create_guild_role"], made["create_guild_channel"]), (50, 75));
    assert_eq!(made["add_guild_member_role"], 50);
    stage.truth().await
}

#[tokio::test]
async fn the_same_name_at_once_is_made_once() -> Told<()> {
    let stage = stage().await?;
    let (olga, adam) = (stage.guild.owner(), stage.person("Adam"));
    let replies = [
        olga.slash("game create", [("name", "Chess")]),
        adam.slash("game create", [("name", "chess")]),
    ];
    for reply in &replies {
        shown(reply).await?;
    }
    stage.rest().await?;
    assert_eq!(names(&stage).await?.len(), 1);
    let refused = replies.iter().filter(|reply| reply.text().contains("There is already")).count();
    assert_eq!(refused, 1);
    stage.truth().await
}

#[tokio::test]
async fn a_server_without_room_is_told_so() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let mut fillers = Vec::new();
    while stage.guild.state().roles.len() < 249 {
        let role = olga.create_role("filler", Permissions::NONE).map_err(|e| e.to_string())?;
        fillers.push(role);
    }
    knows(&stage, |guild| guild.roles.len() == 249).await?;
    let said = run(&olga, "game create", [("name", "Chess")]).await?;
    says(&said, "leave no room for this game: 1 roles and 496 channels are left here")?;
    assert_eq!(names(&stage).await?.len(), 0);
    assert_eq!(tally(&stage).get("create_guild_role"), None);
    // Room for one is enough.
    olga.delete_role(fillers[0]).map_err(|e| e.to_string())?;
    game(&stage, "Chess").await.map(drop)
}
