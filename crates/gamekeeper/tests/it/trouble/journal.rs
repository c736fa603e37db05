//! Nothing is asked of Discord for a game before it is in the journal, committed.

use std::collections::BTreeMap;

use bot::ids::{CustomId, GameAct, field};
use domain::{Phase, Slot, audit::AuditKind, plan::Op};
use gamekeeper::stage::{
    Stage,
    verbs::{Told, modal, shown, until},
};
use sandbox::{
    faults::{Held, HeldCall, Hold},
    world::{OverwriteTarget, Permissions},
};
use store::JournalStatus;

use crate::scene::{
    about, audited, channel_of, ends_with, game, gone, on, reword, role_of, run, stage,
};

/// More calls than any one flow makes.
const MOST: u32 = 40;

/// The call that a step makes, as the local Discord sees it.
fn call_of(op: &Op, bound: &BTreeMap<Slot, u64>) -> (&'static str, Vec<String>) {
    let id = |id: &u64| vec![id.to_string()];
    let of = |slot: &Slot| bound.get(slot).map(u64::to_string).unwrap_or_default();
    match op {
        Op::CreateRole { .. } => ("create_guild_role", Vec::new()),
        Op::UpdateRole { id: role, .. } => ("update_guild_role", id(role)),
        Op::DeleteRole { id: role, .. } => ("delete_guild_role", id(role)),
        Op::CreateChannel { .. } => ("create_guild_channel", Vec::new()),
        Op::UpdateChannel { id: channel, .. } => ("update_channel", id(channel)),
        Op::SetOverwrite { id: channel, .. } => ("set_channel_permission_overwrite", id(channel)),
        Op::DeleteChannel { id: channel, .. } => ("delete_channel", id(channel)),
        Op::PlaceCategory { .. } => ("bulk_update_guild_channels", Vec::new()),
        Op::Grant { user, slot } => ("add_guild_member_role", vec![user.to_string(), of(slot)]),
        Op::Revoke { user, slot } => ("delete_guild_member_role", vec![user.to_string(), of(slot)]),
    }
}

/// Fails unless the database, read afresh, has an open entry for each call that hangs.
async fn all_journaled(stage: &Stage, hanging: &[HeldCall]) -> Told<()> {
    let store = stage.engine().store();
    let mut open = Vec::new();
    for record in store.games_of_guild(stage.guild_id()).await.map_err(|e| e.to_string())? {
        let game = record.game.id;
        let bound = store.bindings(game).await.map_err(|e| e.to_string())?;
        let bound = bound.into_iter().map(|(slot, binding)| (slot, binding.id)).collect();
        let entries = store.open_intents(game).await.map_err(|e| e.to_string())?;
        assert!(entries.iter().all(|entry| entry.status == JournalStatus::Intent));
        open.extend(entries.iter().map(|entry| call_of(&entry.op, &bound)));
    }
    for call in hanging {
        let found = open.iter().position(|(operation, parts)| {
            *operation == call.operation && parts.iter().all(|part| call.path.contains(part))
        });
        let Some(at) = found else {
            return Err(format!(
                "{} {} is not in the journal: {open:?}",
                call.operation, call.path
            ));
        };
        // One entry is one call.
        open.swap_remove(at);
    }
    Ok(())
}

/// Plays one flow with every changing call held until the journal was read. Answers how many
/// there were.
async fn watched<F: Future<Output = Told<()>>>(stage: &Stage, flow: F) -> Told<usize> {
    let holds = stage.discord.holds();
    let mut held: Vec<Held> = (1..=MOST).map(|nth| holds.order(Hold::before(nth))).collect();
    held.reverse();
    let watch = async {
        let mut seen = 0;
        while let Some(next) = held.pop() {
            if next.reached().await.is_none() {
                break;
            }
            all_journaled(stage, &holds.hanging()).await?;
            seen += 1;
            next.release();
        }
        Told::Ok(seen)
    };
    tokio::pin!(watch);
    let flow = async {
        flow.await?;
        stage.rest().await
    };
    tokio::pin!(flow);
    tokio::select! {
        done = &mut flow => { done?; holds.release_all() }
        early = &mut watch => return early.and(Err("more calls than expected".to_owned())),
    }
    watch.await
}

#[tokio::test]
async fn every_change_of_every_flow_is_journaled_before_it_is_asked_for() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let mia = stage.person("Mia");
    let mut seen = Vec::new();

    // Create.
    seen.push(watched(&stage, async { game(&stage, "Chess").await.map(drop) }).await?);
    let chess = stage.id("Chess").await?;
    // A role given and taken.
    let join = async { on(&mia, "joingame", "Chess").await.map(drop) };
    seen.push(watched(&stage, join).await?);
    let name = async { about(&olga, "game admin-add", "Chess", &mia).await.map(drop) };
    seen.push(watched(&stage, name).await?);
    let leave = async { on(&mia, "leavegame", "Chess").await.map(drop) };
    seen.push(watched(&stage, leave).await?);
    // Edit, with channels that people have opened to others.
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    let sid = OverwriteTarget::Member(stage.person("Sid").id());
    olga.set_overwrite(chat, sid, Permissions::VIEW_CHANNEL, Permissions::NONE)
        .map_err(|e| e.to_string())?;
    let edit = async {
        let texts = [(field::NAME, "Grand Chess"), (field::DESCRIPTION, "Slow")];
        ends_with(&reword(&stage, &olga, "Chess", texts).await?, "is changed").await.map(drop)
    };
    seen.push(watched(&stage, edit).await?);
    // By hand, and put back.
    let by_hand = async {
        let role = role_of(&stage, chess, Slot::PlayerRole).await?;
        olga.rename_role(role, "Nonsense").map_err(|e| e.to_string())?;
        olga.delete_channel(chat).map_err(|e| e.to_string())?;
        until("it to be put right", || async {
            (channel_of(&stage, chess, Slot::Chat).await.ok()? != chat).then_some(())
        })
        .await
    };
    seen.push(watched(&stage, by_hand).await?);
    // Archive, restore.
    let archive = async {
        let reply = olga.slash("game archive", [("game", "Grand Chess")]);
        ends_with(&reply, "is archived").await.map(drop)
    };
    seen.push(watched(&stage, archive).await?);
    let restore = async {
        let reply = olga.slash("game restore", [("game", "Grand Chess")]);
        ends_with(&reply, "is back in use").await.map(drop)
    };
    seen.push(watched(&stage, restore).await?);
    // Repair on order.
    run(&olga, "settings drift-policy", [("policy", "ask")]).await?;
    stage.rest().await?;
    olga.rename_channel(channel_of(&stage, chess, Slot::Voice(1)).await?, "Loud")
        .map_err(|e| e.to_string())?;
    let repair = async {
        until("the change to be seen", || async {
            (!crate::scene::problems(&stage, chess).await.ok()?.is_empty()).then_some(())
        })
        .await?;
        let plan = on(&olga, "game repair", "Grand Chess").await?;
        stage.press(&olga, &plan, GameAct::Repair, chess).await.map(drop)
    };
    seen.push(watched(&stage, repair).await?);
    assert_eq!(audited(&stage, AuditKind::GameRepaired).await?.len(), 1);
    stage.settled_in(chess, Phase::Active).await?;
    // Delete.
    let delete = async {
        let ask = shown(&olga.slash("game delete", [("game", "Grand Chess")])).await?;
        let button = CustomId::Game(GameAct::DeleteType, chess).to_string();
        let form = modal(&olga.click(&ask, &button)).await?;
        shown(&olga.submit(&form, [(field::CONFIRM, "Grand Chess")])).await?;
        gone(&stage, chess).await
    };
    seen.push(watched(&stage, delete).await?);

    assert!(seen.iter().all(|calls| *calls > 0), "a flow changed nothing: {seen:?}");
    stage.truth().await
}
