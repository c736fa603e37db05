//! The shortest way through everything a community does.

use sandbox::actor::First;

use crate::house::{House, ended, shown};

#[tokio::test(flavor = "multi_thread")]
async fn help_is_answered() {
    let house = House::new().await;
    let help = house.ask("Anna", "help").await;
    assert!(help.ephemeral);
    assert!(help.text().contains("/joingame"), "{}", help.text());
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_community_runs_a_game() {
    let house = House::new().await;
    let (owner, anna) = (house.guild.owner(), house.guild.actor("Anna"));

    // Panels.
    for kind in ["admin", "player"] {
        let posted = shown(&owner.slash("setupdashboard", [("kind", kind)])).await;
        assert!(posted.text().contains("✅"), "{}", posted.text());
    }
    let admin = house.panel("admin panel").await;
    house.panel("There are no games").await;

    // A player may not.
    let refused = shown(&anna.slash("setupdashboard", [("kind", "admin")])).await;
    assert!(refused.text().contains("Only community admins"), "{}", refused.text());
    let refused = shown(&anna.click(&admin, "new")).await;
    assert!(refused.text().contains("Only community admins"), "{}", refused.text());

    // Simple create from the panel.
    let First::Modal(form) = owner.click(&admin, "new").first().await else { panic!("no form") };
    let reply = owner.submit(&form, [("name", "Chess"), ("emoji", "♟️")]);
    ended(&reply, "is ready").await;
    assert!(house.guild.role("♟️ Chess").is_some(), "{:?}", house.guild.state());
    assert!(house.guild.channels().iter().any(|channel| channel.name == "♟️ Chess"));

    // Both panels follow.
    house.panel("Room for").await;
    let player = house
        .until("the game on the player panel", |house| {
            let general = house.guild.channel("general")?.id;
            house.guild.actor("Anna").read(general).into_iter().find(|message| {
                message.text().contains("Chess") && message.text().contains("Pick a game")
            })
        })
        .await;

    // Join by select, leave by command, join by command with autocomplete.
    let joined = shown(&anna.select(&player, "ps:j:0", &["1"])).await;
    assert!(joined.text().contains("You are in"), "{}", joined.text());
    assert!(joined.ephemeral);
    let role = house.guild.role("♟️ Chess").unwrap().id;
    let has = |house: &House, name: &str| {
        let id = house.guild.actor(name).id();
        house.guild.state().members.get(&id).is_some_and(|member| member.roles.contains(&role))
    };
    house.until("Anna's role", |house| has(house, "Anna").then_some(())).await;
    let left = shown(&anna.slash("leavegame", [("game", "chess")])).await;
    assert!(left.text().contains("You have left"), "{}", left.text());
    house.until("Anna without role", |house| (!has(house, "Anna")).then_some(())).await;
    let First::Choices(choices) =
        anna.autocomplete("joingame", [("game", "che")], "game").first().await
    else {
        panic!("no choices")
    };
    assert_eq!(choices.len(), 1, "{choices:?}");
    let picked = choices[0]["value"].as_str().unwrap();
    let joined = shown(&anna.slash("joingame", [("game", picked)])).await;
    assert!(joined.text().contains("You are in"), "{}", joined.text());
    house.until("Anna's role again", |house| has(house, "Anna").then_some(())).await;

    // A bad name gets a sentence, a look-alike too.
    let bad = shown(&owner.slash("game create", [("name", "@everyone")])).await;
    assert!(bad.text().contains("cannot contain mentions"), "{}", bad.text());
    let twin = shown(&owner.slash("game create", [("name", "CHESS")])).await;
    assert!(twin.text().contains("already a game"), "{}", twin.text());

    // Archive, restore, delete by typing the name.
    let reply = owner.slash("game archive", [("game", "Chess")]);
    ended(&reply, "is archived").await;
    let reply = owner.slash("game restore", [("game", "Chess")]);
    ended(&reply, "back in use").await;
    let ask = shown(&owner.slash("game delete", [("game", "Chess")])).await;
    let First::Modal(form) = owner.click(&ask, "g:dt:1").first().await else { panic!("no form") };
    let reply = owner.submit(&form, [("confirm", "Chess")]);
    ended(&reply, "is gone").await;
    assert!(house.guild.role("♟️ Chess").is_none());
    assert_eq!(house.guild.channels().len(), 1);

    // The audit has it all.
    let audit = house.ask("owner", "audit").await;
    for said in ["deleted", "archived", "restored", "joined", "made", "not allowed"] {
        assert!(audit.text().contains(said), "{said}: {}", audit.text());
    }
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn approval_by_a_click() {
    let house = House::new().await;
    let (owner, anna) = (house.guild.owner(), house.guild.actor("Anna"));
    house.make_game("Go").await;
    let page = shown(&owner.slash("game edit", [("game", "Go")])).await;
    shown(&owner.select(&page, "g:ad:1", &["approval"])).await;
    shown(&owner.select(&page, "g:vi:1", &["everyone"])).await;
    let asked = shown(&anna.slash("joingame", [("game", "Go")])).await;
    assert!(asked.text().contains("game admin"), "{}", asked.text());
    let request = house
        .until("the request", |house| {
            let chat = house.guild.channels().into_iter().find(|c| c.name == "chat")?;
            house.guild.owner().read(chat.id).into_iter().find(|m| m.text().contains("would like"))
        })
        .await;
    let approve = request.buttons()[0].custom_id.clone();
    let bert = house.guild.actor("Bert");
    house.until("Bert's view of the chat", |_| bert.read(request.channel).pop()).await;
    let refused = shown(&bert.click(&request, &approve)).await;
    assert!(refused.text().contains("Only admins of this game"), "{}", refused.text());
    let decided = shown(&owner.click(&request, &approve)).await;
    assert!(decided.text().contains("is in"), "{}", decided.text());
    assert!(!decided.ephemeral);
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn advanced_create_in_steps() {
    let house = House::new().await;
    let owner = house.guild.owner();
    let First::Modal(form) = owner.slash("game advanced", sandbox::actor::NO_OPTIONS).first().await
    else {
        panic!("no form")
    };
    let texts = [("name", "Star Quest"), ("capacity", "4"), ("colour", "#5865F2")];
    let page = shown(&owner.submit(&form, texts)).await;
    let id = |code: &str| {
        let draft = form.custom_id.rsplit(':').next().unwrap();
        format!("d:{code}:{draft}")
    };
    shown(&owner.select(&page, &id("vo"), &["2"])).await;
    let slots = ["channel:chat", "channel:announcements"];
    shown(&owner.select(&page, &id("ch"), &slots)).await;
    let preview = shown(&owner.click(&page, &id("pv"))).await;
    assert!(preview.text().contains("Create the role"), "{}", preview.text());
    let page = shown(&owner.click(&preview, &id("bk"))).await;
    let preview = shown(&owner.click(&page, &id("pv"))).await;
    let reply = owner.click(&preview, &id("ok"));
    ended(&reply, "is ready").await;
    assert_eq!(house.guild.channels().len(), 1 + 1 + 4);
    house.close().await;
}
