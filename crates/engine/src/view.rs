//! What use cases answer: data for people, without any text.

use domain::{Game, Phase, SeatState, UserId, plan::Bindings, plan::Problem};

/// How far work on a game is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: usize,
    /// Steps in all.
    pub total: usize,
    /// The latest step, as the plan words it.
    pub step: Option<String>,
    /// When work that waits is tried again, in milliseconds since the Unix epoch.
    pub retry_at: Option<i64>,
    /// Why it waits, in a sentence without secrets.
    pub waiting_for: Option<String>,
}

/// One game as lists and panels show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GameSummary {
    /// The game.
    pub game: Game,
    /// People who are in.
    pub seated: u32,
    /// People who asked to join.
    pub requested: u32,
    /// Work under way, if any.
    pub progress: Option<Progress>,
    /// What stands in the way.
    pub problems: Vec<Problem>,
    /// The game servers that are tied to it.
    pub servers: Vec<store::ServerRecord>,
}

impl GameSummary {
    /// Whether all seats are taken.
    pub fn is_full(&self) -> bool {
        self.game.capacity.is_some_and(|capacity| self.seated >= capacity.seats())
    }

    /// Whether the game can be joined at all.
    pub fn is_active(&self) -> bool {
        self.game.phase == Phase::Active
    }
}

/// One game in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GameInfo {
    /// The summary.
    pub summary: GameSummary,
    /// Its roles and channels.
    pub bindings: Bindings,
    /// Its admins.
    pub admins: Vec<UserId>,
    /// Where the asking person stands with it.
    pub own_seat: Option<SeatState>,
    /// What the asking person may do with it.
    pub standing: domain::Standing,
}

/// One person in a game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// The person.
    pub user: UserId,
    /// Where the person stands.
    pub state: SeatState,
    /// Whether the person is an admin of the game.
    pub is_admin: bool,
    /// Whether the person is in the guild.
    pub present: bool,
    /// Since when, in milliseconds since the Unix epoch.
    pub since: i64,
}

/// One audit entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number.
    pub id: i64,
    /// The game, where it was about one, with the name it had.
    pub game: Option<(domain::GameId, String)>,
    /// Who did it; none is the bot itself.
    pub actor: Option<UserId>,
    /// Whom it was done to, where that is somebody else.
    pub subject: Option<UserId>,
    /// What was done.
    pub kind: domain::audit::AuditKind,
    /// How it stands.
    pub outcome: domain::audit::Outcome,
    /// What it was before, in words of data (`name=Chess`).
    pub before: Option<String>,
    /// What it is after.
    pub after: Option<String>,
    /// The plan that followed from it.
    pub plan: Option<String>,
    /// What ties it to the log.
    pub correlation: String,
    /// When, in milliseconds since the Unix epoch.
    pub at: i64,
}
