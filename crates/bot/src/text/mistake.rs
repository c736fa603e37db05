//! A sentence for everything a person can get wrong or may not do.

use domain::{
    Action, NameError, Refusal, Standing, TextError,
    emoji::EmojiError,
    server::{ConsoleInputError, MAX_CONSOLE_CHARS},
};
use engine::{Correlation, Fault, Mistake, UseError};

use super::{Words, args, check, key, plain};

/// Servers of one name whose numbers are said.
const LISTED: usize = 10;

/// What the person reads when a use case said no.
pub fn error(w: &Words, error: &UseError, correlation: &Correlation) -> String {
    match error {
        UseError::Mistake(it) => mistake(w, it),
        UseError::Refused(it) => refusal(w, *it),
        UseError::ServerRefused(it) => {
            let what = super::server::action(w, it.action);
            w.with("refused-server", &args!["what" => what])
        }
        UseError::Panel(it) => super::server::trouble(w, it),
        UseError::Fault(it) => fault(w, it, correlation),
    }
}

/// A person's mistake.
pub fn mistake(w: &Words, mistake: &Mistake) -> String {
    match mistake {
        Mistake::Name(it) => name(w, *it),
        Mistake::Text(TextError::Invisible) => w.get("mistake-text-invisible"),
        Mistake::Text(TextError::Mention) => w.get("mistake-text-mention"),
        Mistake::Text(TextError::TooLong { is, allowed }) => {
            w.with("mistake-text-long", &args!["is" => *is, "allowed" => *allowed])
        }
        Mistake::Emoji(EmojiError::NotAnEmoji) => w.get("mistake-emoji"),
        Mistake::Emoji(EmojiError::Foreign) => w.get("mistake-emoji-foreign"),
        Mistake::Colour(_) => w.get("mistake-colour"),
        Mistake::Capacity(_) => w.get("mistake-capacity"),
        Mistake::NameTaken(name) => {
            w.with("mistake-name-taken", &args!["name" => plain::escape(name)])
        }
        Mistake::NoSuchGame => w.get("mistake-no-game"),
        Mistake::Full(seats) => w.with("mistake-full", &args!["n" => *seats]),
        Mistake::AlreadySeated => w.get("mistake-already-in"),
        Mistake::AlreadyRequested => w.get("mistake-already-asked"),
        Mistake::NotSeated => w.get("mistake-not-in"),
        Mistake::NothingToDecide(user) => {
            w.with("mistake-nothing-to-decide", &args!["person" => plain::person(*user)])
        }
        Mistake::Archived => w.get("mistake-archived"),
        Mistake::NotArchived => w.get("mistake-not-archived"),
        Mistake::NoChange => w.get("mistake-no-change"),
        Mistake::ConfirmationMismatch => w.get("mistake-confirmation"),
        Mistake::CapacityBelowSeated { seated } => {
            w.with("mistake-below-seated", &args!["n" => *seated])
        }
        Mistake::NoRoom { roles, channels } => {
            w.with("mistake-no-room", &args!["roles" => *roles, "channels" => *channels])
        }
        Mistake::NotReady(findings) => {
            let mut text = w.get("mistake-not-ready");
            for finding in findings {
                text.push_str("\n- ");
                text.push_str(&check::finding(w, finding));
            }
            text
        }
        Mistake::DraftExpired(_) => w.get("mistake-draft"),
        Mistake::EmptyLayout => w.get("mistake-empty-layout"),
        Mistake::TooManyAdmins(most) => w.with("mistake-many-admins", &args!["n" => *most]),
        Mistake::NoSuchServer => w.get("mistake-no-server"),
        Mistake::ServerAmbiguous(ids) => {
            let ids: Vec<String> = ids.iter().take(LISTED).map(|id| format!("#{id}")).collect();
            w.with("mistake-server-ambiguous", &args!["ids" => ids.join(", ")])
        }
        Mistake::ServerAlready(state) => {
            w.with("mistake-server-already", &args!["state" => super::server::state(w, *state)])
        }
        Mistake::ServerDown => w.get("mistake-server-down"),
        Mistake::ServerBusy => w.get("mistake-server-busy"),
        Mistake::ServerSuspended => w.get("mistake-server-suspended"),
        Mistake::Console(it) => console(w, *it),
        Mistake::OnlyWatched => w.get("mistake-only-watched"),
        Mistake::ServerOnPanel => w.get("mistake-server-on-panel"),
        Mistake::Address(it) => w.get(super::server::address(*it)),
        Mistake::NotPublic => w.get("mistake-not-public"),
        Mistake::NoSuchHost => w.get("mistake-no-host"),
        Mistake::ServerThere(name) => {
            w.with("mistake-server-there", &args!["name" => plain::escape(name)])
        }
        Mistake::TooManyServers(most) => w.with("mistake-many-servers", &args!["n" => *most]),
        Mistake::NotAMember(user) => {
            w.with("mistake-not-member", &args!["person" => plain::person(*user)])
        }
    }
}

fn console(w: &Words, error: ConsoleInputError) -> String {
    match error {
        ConsoleInputError::Empty => w.get("mistake-console-empty"),
        ConsoleInputError::Control => w.get("mistake-console-control"),
        ConsoleInputError::TooLong(is) => {
            let args = args!["is" => is, "allowed" => MAX_CONSOLE_CHARS];
            w.with("mistake-console-long", &args)
        }
    }
}

fn name(w: &Words, error: NameError) -> String {
    match error {
        NameError::Empty => w.get("mistake-name-empty"),
        NameError::TooLong(n) => w.with("mistake-name-long", &args!["n" => n]),
        NameError::Mention => w.get("mistake-name-mention"),
        NameError::Invisible => w.get("mistake-name-invisible"),
        NameError::Unreadable => w.get("mistake-name-unreadable"),
    }
}

/// Not the person's to do.
pub fn refusal(w: &Words, refusal: Refusal) -> String {
    let what = action(w, refusal.action);
    let key = match refusal.needs {
        Standing::CommunityAdmin => key!("refused-community"),
        Standing::GameAdmin => key!("refused-game"),
        Standing::Player => key!("refused-player"),
    };
    w.with(key, &args!["what" => what])
}

/// What somebody wanted to do, as it follows "can".
pub(crate) fn action(w: &Words, action: Action) -> String {
    w.get(match action {
        Action::SetUpDashboard => key!("action-dashboard"),
        Action::ChangeSettings => key!("action-change-settings"),
        Action::ViewSettings => key!("action-view-settings"),
        Action::CreateGame => key!("action-create"),
        Action::EditGame => key!("action-edit"),
        Action::AppointAdmins => key!("action-appoint"),
        Action::ArchiveGame => key!("action-archive"),
        Action::RestoreGame => key!("action-restore"),
        Action::DeleteGame => key!("action-delete"),
        Action::RepairGame => key!("action-repair"),
        Action::ManageSeats => key!("action-seats"),
        Action::JoinGame => key!("action-join"),
        Action::LeaveGame => key!("action-leave"),
        Action::ViewGames => key!("action-view"),
        Action::ViewAudit => key!("action-view-audit"),
        Action::ViewGameAudit => key!("action-view-game-audit"),
    })
}

/// Our fault: the person gets something to quote, never the cause.
pub fn fault(w: &Words, fault: &Fault, correlation: &Correlation) -> String {
    let args = args!["reference" => correlation.0.as_str()];
    match fault {
        Fault::Store(store::StoreError::Unclear(_)) => w.with("reply-database-unclear", &args),
        Fault::Together(error) if matches!(**error, store::StoreError::Unclear(_)) => {
            w.with("reply-database-unclear", &args)
        }
        fault if fault.is_database_away() => w.with("reply-database", &args),
        Fault::GuildUnavailable(_) => w.get("reply-starting"),
        Fault::Discord(_) => w.with("reply-unavailable", &args),
        Fault::Abandoned
        | Fault::LeaseLost(_)
        | Fault::Together(_)
        | Fault::Store(_)
        | Fault::Corrupt(_) => w.with("reply-fault", &args),
    }
}
