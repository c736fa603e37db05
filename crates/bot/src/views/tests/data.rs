//! Extreme data: the longest, the oddest and the most.

use domain::{
    Admission, Capacity, Colour, Description, DriftPolicy, Emoji, Game, GameId, GameName,
    GuildSettings, Layout, Permissions, Phase, SeatState, Slot, Standing, Visibility,
    audit::{AuditKind, Outcome},
    plan::{
        Binding, Bindings, ChannelChange, ChannelKind, ChannelSpec, Op, OverwriteSpec, Plan,
        Principal, Problem, RoleChange, RoleSpec, Room, Step,
    },
    server::{App, Players, Reading, ServerAction, ServerId, ServerName, ServerState, Watch},
};
use engine::{
    GameInfo, GameSummary, MemberRow, NewGame, Preview, Progress, ServerView, view::AuditRow,
};
use store::{Found, ServerRecord};
use twilight_model::id::Id;

pub(super) const PHASES: [Phase; 4] = [
    Phase::Active,
    Phase::Archived { release_channels: false },
    Phase::Archived { release_channels: true },
    Phase::Deleted,
];

/// Names of 80 characters: all Markdown, all letters, all emoji, all line-breaking spaces.
pub(super) fn extreme_names() -> Vec<String> {
    vec![
        "C".to_owned(),
        "*".repeat(79) + "a",
        "W".repeat(80),
        "👨‍👩‍👧‍👦".repeat(11),
        "@ a".repeat(26),
        "\\`_~|>#-+[](:".repeat(6),
    ]
}

fn heavy_description() -> Description {
    Description::from_stored(
        "*_`\n# [x](https://evil.example) ".repeat(10).chars().take(300).collect(),
    )
}

fn heavy_emoji() -> Emoji {
    Emoji::Custom { id: u64::MAX, name: "n".repeat(32), animated: true }
}

fn game(id: usize, heavy: bool) -> Game {
    let names = extreme_names();
    let name = if heavy {
        names[id % names.len()].clone()
    } else {
        // Fixed width, so that no name is part of another.
        format!("Game no{id:04}")
    };
    Game {
        id: if heavy {
            GameId(i64::MAX - i64::try_from(id).expect("small"))
        } else {
            GameId(i64::try_from(id).expect("small") + 1)
        },
        guild: Id::new(1),
        name: GameName::from_stored(name),
        emoji: if heavy { Some(heavy_emoji()) } else { Some(Emoji::Unicode("🎲".into())) },
        colour: heavy.then(|| Colour::from_discord(0x00ff_ffff)).flatten(),
        description: if heavy { heavy_description() } else { Description::default() },
        capacity: heavy.then(|| Capacity::new(10_000).expect("in range")),
        admission: if heavy { Admission::Approval } else { Admission::Open },
        visibility: Visibility::Members,
        layout: layout(heavy),
        // Heavy games come in all phases.
        phase: if heavy { PHASES[id % PHASES.len()] } else { Phase::Active },
        generation: 1,
        created_by: Id::new(u64::MAX),
        created_at: 1_700_000_000_000,
    }
}

fn layout(heavy: bool) -> Layout {
    if heavy {
        Layout { chat: true, announcements: true, forum: true, looking_for_group: true, voice: 5 }
    } else {
        Layout { voice: 0, ..Layout::SIMPLE }
    }
}

pub(super) fn summary(id: usize, heavy: bool) -> GameSummary {
    GameSummary {
        game: game(id, heavy),
        seated: if heavy { 10_000 } else { 0 },
        requested: if heavy { u32::MAX } else { 0 },
        progress: heavy.then(|| progresses().remove(id % 4)),
        problems: if heavy { problems(id % 9) } else { vec![] },
        servers: if heavy { vec![server(ServerState::Online, true).record; 3] } else { vec![] },
    }
}

pub(super) fn games(count: usize, heavy: bool) -> Vec<GameSummary> {
    (0..count).map(|id| summary(id, heavy)).collect()
}

pub(super) fn progresses() -> Vec<Progress> {
    let long = "_create channel_ ".repeat(100);
    vec![
        Progress::default(),
        Progress { done: 1, total: 7, step: Some(long.clone()), ..Progress::default() },
        Progress {
            done: usize::MAX / 16,
            total: usize::MAX / 16,
            step: Some(long.clone()),
            retry_at: Some(1_700_000_000_000),
            waiting_for: Some(long),
        },
        Progress { retry_at: Some(-1), ..Progress::default() },
    ]
}

pub(super) fn problems(count: usize) -> Vec<Problem> {
    let all = [
        Problem::MissingPermissions { bits: Permissions::all() },
        Problem::RoleAboveBot { slot: Slot::AdminRole },
        Problem::RolesFull { needed: 2, left: 0 },
        Problem::ChannelsFull { needed: 10, left: 0 },
        Problem::CategoryFull { needed: 10, left: 0 },
        Problem::ChangedByHand { slot: Slot::Voice(5), deleted: true },
        Problem::ChangedByHand { slot: Slot::Chat, deleted: false },
        Problem::Refused {
            step: "create *channel* ".repeat(60),
            code: u64::MAX,
            message: "Missing `Permissions` ".repeat(60),
        },
    ];
    all.into_iter().rev().cycle().take(count).collect()
}

pub(super) fn bindings() -> Bindings {
    let mut slots = layout(true).slots();
    slots.extend([Slot::PlayerRole, Slot::AdminRole, Slot::Category]);
    slots
        .into_iter()
        .enumerate()
        .map(|(at, slot)| (slot, Binding { id: u64::MAX - at as u64, applied: None }))
        .collect()
}

pub(super) fn info(
    phase: Phase,
    standing: Standing,
    own_seat: Option<SeatState>,
    admins: usize,
) -> GameInfo {
    let heavy = admins > 0;
    let mut summary = summary(1, heavy);
    summary.game.phase = phase;
    summary.problems = problems(admins.min(20));
    GameInfo {
        summary,
        bindings: if heavy { bindings() } else { Bindings::default() },
        admins: (1..=admins).map(|n| Id::new(u64::MAX - n as u64)).collect(),
        own_seat,
        standing,
    }
}

pub(super) fn member_rows(seated: usize, requested: usize) -> Vec<MemberRow> {
    (0..requested + seated)
        .map(|at| MemberRow {
            user: Id::new(u64::MAX - at as u64),
            state: if at < requested { SeatState::Requested } else { SeatState::Seated },
            is_admin: at % 3 == 0,
            present: at % 4 != 0,
            since: 1_700_000_000_000,
        })
        .collect()
}

pub(super) fn new_game(name: &str, heavy: bool) -> NewGame {
    let game = game(0, heavy);
    NewGame {
        name: GameName::from_stored(name.to_owned()),
        emoji: heavy.then(heavy_emoji),
        colour: game.colour,
        description: game.description,
        capacity: game.capacity,
        admission: game.admission,
        visibility: game.visibility,
        layout: game.layout,
        admins: (1..=if heavy { 30 } else { 0 }).map(Id::new).collect(),
    }
}

/// A plan with every kind of step in turn.
pub(super) fn preview(steps: usize, problem_count: usize) -> Preview {
    let name = extreme_names().swap_remove(1);
    let slot = Slot::LookingForGroup;
    let ops = [
        Op::CreateRole {
            slot: Slot::PlayerRole,
            spec: RoleSpec { name: name.clone(), colour: 1, mentionable: true },
        },
        Op::UpdateRole {
            slot: Slot::AdminRole,
            id: 1,
            change: RoleChange {
                name: Some(name.clone()),
                colour: Some(0),
                mentionable: Some(false),
                clear_permissions: true,
            },
            applied: 0,
        },
        Op::DeleteRole { slot: Slot::AdminRole, id: 1 },
        Op::CreateChannel { slot: Slot::Category, spec: channel(&name, ChannelKind::Category) },
        Op::CreateChannel { slot, spec: channel(&name, ChannelKind::Forum) },
        Op::UpdateChannel {
            slot,
            id: 1,
            change: ChannelChange {
                name: Some(name),
                topic: Some(None),
                into_category: true,
                overwrites: Some(vec![]),
            },
            applied: 0,
        },
        Op::SetOverwrite {
            slot,
            id: 1,
            overwrite: OverwriteSpec {
                principal: Principal::Role(Slot::PlayerRole),
                allow: Permissions::all(),
                deny: Permissions::empty(),
            },
            applied: 0,
        },
        Op::DeleteChannel { slot, id: 1 },
        Op::PlaceCategory { id: 1, out_of_the_way: true, positions: vec![] },
        Op::PlaceCategory { id: 1, out_of_the_way: false, positions: vec![] },
        Op::Grant { user: Id::new(u64::MAX), slot: Slot::PlayerRole },
        Op::Revoke { user: Id::new(u64::MAX), slot: Slot::AdminRole },
    ];
    let steps = ops.into_iter().cycle().take(steps).map(|op| Step { op, after: vec![] }).collect();
    Preview {
        plan: Plan { steps, problems: problems(problem_count), ..Plan::default() },
        room: Room { roles: 250, channels: 500 },
        fits: problem_count,
    }
}

fn channel(name: &str, kind: ChannelKind) -> ChannelSpec {
    ChannelSpec { kind, name: name.to_owned(), topic: None, in_category: true, overwrites: vec![] }
}

pub(super) fn rows(count: usize, heavy: bool) -> Vec<AuditRow> {
    (0..count)
        .map(|at| AuditRow {
            id: i64::MAX - i64::try_from(at).expect("small"),
            game: heavy.then(|| (GameId(i64::MAX), "*".repeat(80))),
            actor: heavy.then(|| Id::new(u64::MAX)),
            subject: heavy.then(|| Id::new(u64::MAX - 1)),
            kind: AuditKind::ALL[at % AuditKind::ALL.len()],
            outcome: Outcome::Done,
            before: heavy.then(|| "_".repeat(4000)),
            after: heavy.then(|| "name=*x*\n".repeat(400)),
            plan: None,
            correlation: "3W5E11264SGSF".into(),
            at: 1_700_000_000_000,
        })
        .collect()
}

pub(super) fn settings(roles: u64) -> GuildSettings {
    GuildSettings {
        admin_roles: (1..=roles).map(|n| Id::new(u64::MAX - n)).collect(),
        log_channel: (roles > 0).then(|| Id::new(u64::MAX)),
        default_layout: layout(roles > 0),
        drift_policy: DriftPolicy::Ask,
        ..GuildSettings::new(Id::new(1))
    }
}

/// A server, plain or with everything at its longest.
pub(super) fn server(state: ServerState, heavy: bool) -> ServerView {
    let long = |letter: &str| letter.repeat(1_000);
    let reading = Reading {
        players: Players { online: u32::MAX, max: Some(u32::MAX), names: vec![long("`*_"); 300] },
        map: Some(long("*")),
        version: Some(long("_")),
        ..Reading::of(App::Running)
    };
    let name = if heavy { "**".repeat(50) } else { "Survival".to_owned() };
    let record = ServerRecord {
        id: ServerId(i64::MAX),
        found: Found {
            guild: Id::new(1),
            source: "amp:main".to_owned(),
            place: "here".to_owned(),
            name: ServerName::from_stored(name),
            module: "Minecraft".to_owned(),
            address: heavy.then(|| long("`a")),
        },
        game: heavy.then_some(GameId(1)),
        gone: false,
        watch: Watch { state, since: 1, fresh: Some(1), ..Watch::default() },
        reading: heavy.then_some(reading),
        alerts: heavy.then_some(Id::new(u64::MAX)),
        muted_until: i64::from(heavy),
        crowd: heavy.then_some(u32::MAX),
        told: 0,
    };
    let may = ServerAction::ALL.into_iter().filter(|_| heavy).collect();
    ServerView { record, game: heavy.then(|| "*".repeat(80)), may }
}
