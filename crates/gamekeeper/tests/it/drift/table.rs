//! Every row of the table in docs/admins.md, "Changes by hand", under every policy.

use bot::ids::{CustomId, GameAct};
use domain::{GameId, Phase, Slot, audit::AuditKind};
use futures_util::future::try_join_all;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, shown, until},
};
use sandbox::{
    actor::Actor,
    id::ChannelId,
    world::{OverwriteTarget, Permissions, RoleColors, RolePatch},
};

use crate::scene::{
    audited, channel_of, ends_with, game, on, problems, role_of, run, stage, wears,
};

/// What somebody does by hand to a game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    RoleRenamed,
    RoleRecoloured,
    RoleMentionable,
    RoleWithRights,
    ChannelRenamed,
    ChannelMovedOut,
    OverwriteChanged,
    OverwriteRemoved,
    CategoryRenamed,
    CategoryOverwriteChanged,
}

impl Change {
    const ALL: [Self; 10] = [
        Self::RoleRenamed,
        Self::RoleRecoloured,
        Self::RoleMentionable,
        Self::RoleWithRights,
        Self::ChannelRenamed,
        Self::ChannelMovedOut,
        Self::OverwriteChanged,
        Self::OverwriteRemoved,
        Self::CategoryRenamed,
        Self::CategoryOverwriteChanged,
    ];

    async fn make(self, stage: &Stage, who: &Actor, game: GameId) -> Told<()> {
        let role = role_of(stage, game, Slot::PlayerRole).await?;
        let chat = channel_of(stage, game, Slot::Chat).await?;
        let category = channel_of(stage, game, Slot::Category).await?;
        let players = OverwriteTarget::Role(role);
        let patch = |patch: RolePatch| who.edit_role(role, patch).map(drop);
        match self {
            Self::RoleRenamed => who.rename_role(role, "Nonsense"),
            Self::RoleRecoloured => {
                let colors = RoleColors { primary: 0x00FF_0000, secondary: None, tertiary: None };
                patch(RolePatch { colors: Some(colors), ..RolePatch::default() })
            }
            Self::RoleMentionable => {
                patch(RolePatch { mentionable: Some(true), ..RolePatch::default() })
            }
            Self::RoleWithRights => who.set_role_permissions(role, Permissions::MANAGE_MESSAGES),
            Self::ChannelRenamed => who.rename_channel(chat, "nonsense"),
            Self::ChannelMovedOut => who.move_channel(chat, None),
            Self::OverwriteChanged => {
                let view = Permissions::VIEW_CHANNEL;
                who.set_overwrite(chat, players, Permissions::NONE, view)
            }
            Self::OverwriteRemoved => who.remove_overwrite(chat, players),
            Self::CategoryRenamed => who.rename_channel(category, "Nonsense"),
            Self::CategoryOverwriteChanged => {
                let view = Permissions::VIEW_CHANNEL;
                who.set_overwrite(category, players, Permissions::NONE, view)
            }
        }
        .map_err(|e| e.to_string())
    }

    /// What the problem calls it.
    fn what(self) -> &'static str {
        match self {
            Self::RoleRenamed
            | Self::RoleRecoloured
            | Self::RoleMentionable
            | Self::RoleWithRights => "The player role was changed by hand",
            Self::ChannelRenamed
            | Self::ChannelMovedOut
            | Self::OverwriteChanged
            | Self::OverwriteRemoved => "The chat channel was changed by hand",
            Self::CategoryRenamed | Self::CategoryOverwriteChanged => {
                "The category was changed by hand"
            }
        }
    }
}

/// All that Discord shows of a game and that the bot looks after.
async fn look(stage: &Stage, game: GameId) -> Told<Vec<String>> {
    let mut seen = Vec::new();
    let bindings = stage.engine().store().bindings(game).await.map_err(|e| e.to_string())?;
    let state = stage.guild.state();
    for (slot, binding) in bindings {
        if slot.is_role() {
            let role = state.roles.iter().find(|role| role.id.0 == binding.id);
            seen.push(format!(
                "{slot} {:?}",
                role.map(|r| (&r.name, r.colors.primary, r.mentionable, r.permissions))
            ));
            continue;
        }
        let channel = stage.guild.channels().into_iter().find(|c| c.id == ChannelId(binding.id));
        let Some(channel) = channel else { continue };
        let mut overwrites: Vec<String> =
            channel.overwrites.iter().map(|overwrite| format!("{overwrite:?}")).collect();
        overwrites.sort();
        seen.push(format!("{slot} {} {:?} {overwrites:?}", channel.name, channel.parent));
    }
    Ok(seen)
}

/// A change under a policy. Answers the stage, the game, and how it looked before and after.
async fn changed(policy: &str, change: Change) -> Told<(Stage, GameId, [Vec<String>; 2])> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    run(&olga, "settings drift-policy", [("policy", policy)]).await.ok();
    let chess = game(&stage, "Chess").await?;
    stage.rest().await?;
    let before = look(&stage, chess).await?;
    change.make(&stage, &olga, chess).await?;
    let after = look(&stage, chess).await?;
    Ok((stage, chess, [before, after]))
}

/// Waits until the bot has seen all there was to see: what comes later in the same line of events
/// has been put right.
async fn caught_up(stage: &Stage, game: GameId) -> Told<()> {
    let olga = stage.guild.owner();
    let role = role_of(stage, game, Slot::AdminRole).await?;
    olga.take_role(olga.id(), role).map_err(|e| e.to_string())?;
    until("the bot to have caught up", || async { wears(&olga, role).then_some(()) }).await?;
    stage.rest().await
}

/// Every change at once, each on a stage of its own.
async fn each<F: Future<Output = Told<()>>>(story: impl Fn(Change) -> F) -> Told<()> {
    let story = &story;
    try_join_all(Change::ALL.map(|change| async move {
        story(change).await.map_err(|why| format!("{change:?}: {why}"))
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn repair_puts_everything_back_and_writes_it_down() -> Told<()> {
    each(|change| async move {
        let (stage, chess, [before, _]) = changed("repair", change).await?;
        until("it to be put back", || async {
            (look(&stage, chess).await.ok()? == before).then_some(())
        })
        .await?;
        stage.settled_in(chess, Phase::Active).await?;
        assert_eq!(audited(&stage, AuditKind::DriftRepaired).await?.len(), 1, "{change:?}");
        stage.truth().await
    })
    .await
}

#[tokio::test]
async fn accept_leaves_everything_as_somebody_made_it() -> Told<()> {
    each(|change| async move {
        let (stage, chess, [_, after]) = changed("accept", change).await?;
        caught_up(&stage, chess).await?;
        stage.settled_in(chess, Phase::Active).await?;
        assert_eq!(look(&stage, chess).await?, after, "{change:?}");
        assert!(audited(&stage, AuditKind::DriftRepaired).await?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn ask_says_what_was_changed_and_waits_for_the_repair() -> Told<()> {
    each(|change| async move {
        let (stage, chess, [before, after]) = changed("ask", change).await?;
        let olga = stage.guild.owner();
        until("the game to have a problem", || async {
            (!problems(&stage, chess).await.ok()?.is_empty()).then_some(())
        })
        .await?;
        says(&on(&olga, "game info", "Chess").await?, change.what())?;
        assert_eq!(look(&stage, chess).await?, after, "{change:?}");
        let plan = on(&olga, "game repair", "Chess").await?;
        let reply = olga.click(&plan, &CustomId::Game(GameAct::Repair, chess).to_string());
        shown(&reply).await?;
        ends_with(&reply, "is as it should be").await?;
        assert_eq!(look(&stage, chess).await?, before, "{change:?}");
        stage.settled_in(chess, Phase::Active).await?;
        stage.truth().await
    })
    .await
}

#[tokio::test]
async fn what_a_game_does_not_care_about_is_left_alone_under_every_policy() -> Told<()> {
    try_join_all(["repair", "accept", "ask"].map(|policy| async move {
        let stage = stage().await?;
        let olga = stage.guild.owner();
        run(&olga, "settings drift-policy", [("policy", policy)]).await.ok();
        let chess = game(&stage, "Chess").await?;
        let (role, admins) = (
            role_of(&stage, chess, Slot::PlayerRole).await?,
            role_of(&stage, chess, Slot::AdminRole).await?,
        );
        let chat = channel_of(&stage, chess, Slot::Chat).await?;
        // An overwrite for a person, the order of channels and roles.
        let sid = OverwriteTarget::Member(stage.person("Sid").id());
        olga.set_overwrite(chat, sid, Permissions::VIEW_CHANNEL, Permissions::NONE)
            .map_err(|e| e.to_string())?;
        olga.place_channel(chat, 40).map_err(|e| e.to_string())?;
        olga.drag_role_above(role, admins).map_err(|e| e.to_string())?;
        olga.drag_role_above(admins, role).map_err(|e| e.to_string())?;
        caught_up(&stage, chess).await?;
        stage.settled_in(chess, Phase::Active).await?;
        let channel = stage.guild.channels().into_iter().find(|channel| channel.id == chat);
        let channel = channel.ok_or("the chat is gone")?;
        assert_eq!(channel.position, 40, "{policy}");
        assert!(channel.overwrites.iter().any(|overwrite| overwrite.target == sid), "{policy}");
        stage.truth().await
    }))
    .await
    .map(drop)
}

/// Roles and the category: a game cannot be without them.
#[tokio::test]
async fn deleted_roles_and_categories_come_back_unless_the_server_wants_to_be_asked() -> Told<()> {
    let parts = [Slot::PlayerRole, Slot::AdminRole, Slot::Category];
    let cases = ["accept", "ask"].into_iter().flat_map(|policy| parts.map(|slot| (policy, slot)));
    try_join_all(cases.map(|(policy, slot)| async move {
        let stage = stage().await?;
        let olga = stage.guild.owner();
        run(&olga, "settings drift-policy", [("policy", policy)]).await?;
        let chess = game(&stage, "Chess").await?;
        let old = crate::scene::bound(&stage, chess, slot).await?;
        let deleted = if slot.is_role() {
            olga.delete_role(sandbox::id::RoleId(old))
        } else {
            olga.delete_channel(ChannelId(old))
        };
        deleted.map_err(|e| e.to_string())?;
        if policy == "ask" {
            until("the game to have a problem", || async {
                (!problems(&stage, chess).await.ok()?.is_empty()).then_some(())
            })
            .await?;
            says(&on(&olga, "game info", "Chess").await?, "was deleted by hand")?;
            assert_eq!(crate::scene::bound(&stage, chess, slot).await?, old);
            let plan = on(&olga, "game repair", "Chess").await?;
            stage.press(&olga, &plan, GameAct::Repair, chess).await?;
        }
        until("it to be made again", || async {
            (crate::scene::bound(&stage, chess, slot).await.ok()? != old).then_some(())
        })
        .await?;
        stage.settled_in(chess, Phase::Active).await?;
        stage.truth().await
    }))
    .await
    .map(drop)
}

/// Under "ask", too, the roles of people follow the seats: nobody is asked about each person.
#[tokio::test]
async fn ask_does_not_ask_about_the_roles_of_people() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    run(&olga, "settings drift-policy", [("policy", "ask")]).await?;
    let chess = game(&stage, "Chess").await?;
    let (mia, sid) = (stage.person("Mia"), stage.person("Sid"));
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let role = role_of(&stage, chess, Slot::PlayerRole).await?;
    olga.take_role(mia.id(), role).map_err(|e| e.to_string())?;
    olga.give_role(sid.id(), role).map_err(|e| e.to_string())?;
    until("the roles to follow the seats", || async {
        (wears(&mia, role) && !wears(&sid, role)).then_some(())
    })
    .await?;
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

/// The archive stays at the bottom: a new game stands above it, whatever the policy.
#[tokio::test]
async fn a_new_game_stands_above_the_archive_under_every_policy() -> Told<()> {
    try_join_all(["repair", "accept", "ask"].map(|policy| async move {
        let stage = stage().await?;
        let olga = stage.guild.owner();
        run(&olga, "settings drift-policy", [("policy", policy)]).await.ok();
        let go = game(&stage, "Go").await?;
        ends_with(&olga.slash("game archive", [("game", "Go")]), "is archived").await?;
        let chess = game(&stage, "Chess").await?;
        let rank = |id: ChannelId| {
            let all = stage.guild.channels().into_iter();
            all.filter(|c| c.id == id).map(|c| (c.position, c.id.0)).next()
        };
        let archived = channel_of(&stage, go, Slot::Category).await?;
        let fresh = channel_of(&stage, chess, Slot::Category).await?;
        until("the new game to stand above the archive", || async {
            (rank(fresh) < rank(archived)).then_some(())
        })
        .await
        .map_err(|why| format!("{policy}: {why}"))?;
        stage.rest().await?;
        stage.settled_in(chess, Phase::Active).await?;
        stage.truth().await
    }))
    .await
    .map(drop)
}
