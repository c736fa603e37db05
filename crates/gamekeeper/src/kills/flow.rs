//! What people do, each with what must be true in the end.

use std::future::{Ready, ready};

use bot::ids::{CustomId, GameAct, field};
use domain::{Phase, SeatState, Slot, audit::AuditKind};
use futures_util::future::BoxFuture;
use sandbox::{
    actor::{Actor, OptionValue, Reply},
    id::{ChannelId, RoleId},
};
use twilight_model::id::Id;

use super::wizard;
use crate::stage::{
    Stage,
    verbs::{Told, modal, shown},
};

type Story<T> = for<'a> fn(&'a Stage) -> BoxFuture<'a, Told<T>>;

/// One flow.
pub struct Flow {
    /// Its name in the table.
    pub name: &'static str,
    /// Whether both panels are there before.
    pub(super) furnished: bool,
    /// What has to be there before.
    pub(super) prepare: Story<()>,
    /// What somebody does; the answer, where somebody waits for one.
    pub(super) act: Story<Option<Reply>>,
    /// Whether the answer is the first thing that is said, and asking twice is no second action.
    pub(super) answers_first: bool,
    /// What the answer says in the end.
    pub(super) answer: &'static str,
    /// What must be true in the end, beside what must always be.
    pub(super) check: Story<()>,
    /// What the audit calls it.
    pub(super) audit: AuditKind,
    /// How many more entries than one there are when somebody who was not answered asks again: setting up a panel
    /// twice is two actions.
    pub(super) again_adds: usize,
    /// What each of their lines in the log says.
    pub(super) line: &'static str,
}

impl std::fmt::Debug for Flow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The game most flows are about.
const GAME: &str = "Chess";

macro_rules! story {
    (|$stage:ident| $told:expr) => {
        |$stage: &Stage| Box::pin(async move { $told.await })
    };
    ($story:path) => {
        |stage: &Stage| Box::pin($story(stage))
    };
}

/// What most flows have in common.
const USUAL: Flow = Flow {
    name: "",
    furnished: true,
    prepare: story!(nothing),
    act: story!(|_stage| ready(Ok(None))),
    answers_first: false,
    answer: "",
    check: story!(nothing),
    audit: AuditKind::GameCreated,
    again_adds: 0,
    line: "",
};

/// All flows.
pub static FLOWS: [Flow; 11] = [
    Flow {
        name: "simple create",
        act: story!(|stage| ask(stage, "Olga", "game create", vec![("name", GAME.into())])),
        answers_first: true,
        answer: "is ready",
        check: story!(|stage| settled(stage, Phase::Active)),
        audit: AuditKind::GameCreated,
        line: "made **",
        ..USUAL
    },
    Flow {
        name: "advanced create",
        act: story!(advanced),
        answer: "is ready",
        check: story!(|stage| settled(stage, Phase::Active)),
        audit: AuditKind::GameCreated,
        line: "made **",
        ..USUAL
    },
    Flow {
        name: "edit",
        prepare: story!(a_game),
        act: story!(edit),
        answer: "Draughts",
        check: story!(renamed),
        audit: AuditKind::GameEdited,
        line: "edited **",
        ..USUAL
    },
    Flow {
        name: "join",
        prepare: story!(a_game),
        act: story!(|stage| ask(stage, "Mia", "joingame", vec![("game", GAME.into())])),
        answers_first: true,
        answer: "You are in",
        check: story!(|stage| seated(stage, SeatState::Seated)),
        audit: AuditKind::SeatTaken,
        line: "joined **",
        ..USUAL
    },
    Flow {
        name: "leave",
        prepare: story!(|stage| async {
            a_game(stage).await?;
            says(stage, "Mia", "joingame", vec![("game", GAME.into())]).await
        }),
        act: story!(|stage| ask(stage, "Mia", "leavegame", vec![("game", GAME.into())])),
        answers_first: true,
        answer: "You have left",
        check: story!(|stage| seated(stage, SeatState::Left)),
        audit: AuditKind::SeatLeft,
        line: "left **",
        ..USUAL
    },
    Flow {
        name: "approve",
        prepare: story!(a_request),
        act: story!(|stage| async {
            let mia = stage.person("Mia").id();
            let options = vec![("game", GAME.into()), ("person", mia.into())];
            ask(stage, "Olga", "game approve", options).await
        }),
        answers_first: true,
        answer: "is in",
        check: story!(|stage| seated(stage, SeatState::Seated)),
        audit: AuditKind::SeatApproved,
        line: "into **",
        ..USUAL
    },
    Flow {
        name: "archive",
        prepare: story!(a_game),
        act: story!(archive),
        answers_first: true,
        answer: "is archived",
        check: story!(|stage| settled(stage, Phase::Archived { release_channels: true })),
        audit: AuditKind::GameArchived,
        line: "archived **",
        ..USUAL
    },
    Flow {
        name: "restore",
        prepare: story!(|stage| async {
            a_game(stage).await?;
            archive(stage).await?;
            stage.rest().await
        }),
        act: story!(|stage| ask(stage, "Olga", "game restore", vec![("game", GAME.into())])),
        answers_first: true,
        answer: "is back in use",
        check: story!(|stage| settled(stage, Phase::Active)),
        audit: AuditKind::GameRestored,
        line: "restored **",
        ..USUAL
    },
    Flow {
        name: "delete",
        prepare: story!(a_game),
        act: story!(delete),
        answer: "is gone",
        check: story!(|stage| async {
            match stage.game(GAME).await {
                Ok(found) => Err(format!("it is still there: {:?}", found.game.phase)),
                Err(_) => Ok(()),
            }
        }),
        audit: AuditKind::GameDeleted,
        line: "deleted **",
        ..USUAL
    },
    Flow {
        name: "panel set-up",
        furnished: false,
        prepare: story!(a_game),
        act: story!(panel),
        check: story!(|stage| async {
            stage.panel_says(&stage.person("Mia"), engine::PanelKind::Player, GAME).await
        }),
        audit: AuditKind::DashboardSet,
        again_adds: 1,
        line: "set up a panel",
        ..USUAL
    },
    Flow {
        name: "repair",
        prepare: story!(a_game),
        act: story!(harm),
        check: story!(|stage| settled(stage, Phase::Active)),
        audit: AuditKind::DriftRepaired,
        line: "by hand right",
        ..USUAL
    },
];

type Options = Vec<(&'static str, OptionValue)>;

fn actor(stage: &Stage, name: &str) -> Actor {
    if name == "Olga" { stage.guild.owner() } else { stage.person(name) }
}

async fn nothing(_: &Stage) -> Told<()> {
    Ok(())
}

/// A command, whatever comes of it: the bot may die before it answers.
fn ask(stage: &Stage, who: &str, command: &str, options: Options) -> Ready<Told<Option<Reply>>> {
    ready(Ok(Some(actor(stage, who).slash(command, options))))
}

/// A command that is answered.
async fn says(stage: &Stage, who: &str, command: &str, options: Options) -> Told<()> {
    shown(&actor(stage, who).slash(command, options)).await.map(drop)
}

async fn a_game(stage: &Stage) -> Told<()> {
    says(stage, "Olga", "game create", vec![("name", GAME.into())]).await?;
    stage.rest().await
}

/// Mia asks to be let in.
async fn a_request(stage: &Stage) -> Told<()> {
    a_game(stage).await?;
    let olga = stage.guild.owner();
    let id = stage.id(GAME).await?;
    let page = shown(&olga.slash("game edit", [("game", GAME)])).await?;
    let admission = CustomId::Game(GameAct::Admission, id).to_string();
    shown(&olga.select(&page, &admission, &["approval"])).await?;
    says(stage, "Mia", "joingame", vec![("game", GAME.into())]).await
}

async fn advanced(stage: &Stage) -> Told<Option<Reply>> {
    if stage.id(GAME).await.is_ok() {
        // Asked again after it was done.
        return ask(stage, "Olga", "game info", vec![("game", GAME.into())]).await;
    }
    wizard::create(stage, GAME).await.map(Some)
}

async fn edit(stage: &Stage) -> Told<Option<Reply>> {
    let olga = stage.guild.owner();
    let Ok(id) = stage.id(GAME).await else {
        // Asked again after it was done.
        return ask(stage, "Olga", "game info", vec![("game", "Draughts".into())]).await;
    };
    let page = shown(&olga.slash("game edit", [("game", GAME)])).await?;
    let words = CustomId::Game(GameAct::Words, id).to_string();
    let form = modal(&olga.click(&page, &words)).await?;
    Ok(Some(olga.submit(&form, [(field::NAME, "Draughts"), (field::COLOUR, "blue")])))
}

async fn renamed(stage: &Stage) -> Told<()> {
    let game = stage.game("Draughts").await?.game;
    stage.settled_in(game.id, Phase::Active).await?;
    let bindings = stage.engine().store().bindings(game.id).await.map_err(|e| e.to_string())?;
    let role = bindings.get(&Slot::PlayerRole).map_or(0, |binding| binding.id);
    let state = stage.guild.state();
    match state.roles.iter().find(|known| known.id.0 == role) {
        Some(role) if role.name == "Draughts" => Ok(()),
        other => Err(format!("the role is not renamed: {other:?}")),
    }
}

async fn settled(stage: &Stage, phase: Phase) -> Told<()> {
    let id = stage.id(GAME).await?;
    stage.settled_in(id, phase).await
}

async fn seated(stage: &Stage, wanted: SeatState) -> Told<()> {
    let id = stage.id(GAME).await?;
    let mia = Id::new(stage.person("Mia").id().0.max(1));
    let seat = stage.engine().store().seat(id, mia).await.map_err(|e| e.to_string())?;
    match seat {
        Some(seat) if seat.state == wanted => Ok(()),
        other => Err(format!("Mia is not {wanted:?}: {other:?}")),
    }
}

async fn archive(stage: &Stage) -> Told<Option<Reply>> {
    let options = vec![("game", GAME.into()), ("free", true.into())];
    ask(stage, "Olga", "game archive", options).await
}

async fn delete(stage: &Stage) -> Told<Option<Reply>> {
    let olga = stage.guild.owner();
    let Ok(id) = stage.id(GAME).await else {
        return ask(stage, "Olga", "game info", vec![("game", GAME.into())]).await;
    };
    let page = shown(&olga.slash("game delete", [("game", GAME)])).await?;
    let button = CustomId::Game(GameAct::DeleteType, id).to_string();
    let form = modal(&olga.click(&page, &button)).await?;
    Ok(Some(olga.submit(&form, [(field::CONFIRM, GAME)])))
}

async fn panel(stage: &Stage) -> Told<Option<Reply>> {
    let channel: ChannelId = stage.channel("games")?;
    let options = vec![("channel", channel.into()), ("kind", "player".into())];
    ask(stage, "Olga", "setupdashboard", options).await
}

/// Somebody deletes the player role and a channel by hand.
async fn harm(stage: &Stage) -> Told<Option<Reply>> {
    let id = stage.id(GAME).await?;
    let bindings = stage.engine().store().bindings(id).await.map_err(|e| e.to_string())?;
    let of = |slot: Slot| bindings.get(&slot).map_or(0, |binding| binding.id);
    let olga = stage.guild.owner();
    olga.delete_role(RoleId(of(Slot::PlayerRole))).map_err(|e| e.to_string())?;
    olga.delete_channel(ChannelId(of(Slot::Chat))).map_err(|e| e.to_string())?;
    Ok(None)
}
