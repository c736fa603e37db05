//! What a button, select or modal means: [`CustomId`] and its compact text form.
//!
//! The text travels to Discord and comes back from anyone who presses the button, years later and
//! from any version of us. So: short (Discord allows 100 characters), stable (a code is never
//! given a new meaning), and parsed strictly. A text that we would not have written ourselves is
//! refused, whatever it looks like. An id says *what* is meant, never *that it is allowed*.

pub mod field;
mod name;
pub mod shown;
pub mod value;

use std::{fmt, str::FromStr};

use domain::{
    ChannelId, GameId, RoleId, UserId,
    audit::AuditKind,
    server::{ServerAction, ServerId},
};
use engine::{HistorySpan, PanelKind};

/// Most characters of a `custom_id` (Discord, component reference).
pub const MAX_LENGTH: usize = 100;

/// Most characters of a draft's id.
const MAX_DRAFT_LENGTH: usize = 32;

/// What was pressed, chosen or submitted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CustomId {
    /// Button: open the Simple modal.
    CreateSimple,
    /// Modal: the Simple form ([`field::NAME`], [`field::EMOJI`]).
    SimpleModal,
    /// Button: start the guided form.
    CreateAdvanced,
    /// One control of the guided form.
    Draft(DraftPart, DraftId),
    /// Button: show one page of a game picker.
    Pick(Purpose, u16),
    /// Select in a game picker; the value is a game ([`value::game`]). The page is kept so that
    /// the same page can be shown again.
    Picked(Purpose, u16),
    /// Button: draw a panel again.
    Refresh(PanelKind),
    /// Button: post a lost panel again, in its old channel or where the button is.
    Repost(PanelKind),
    /// Button: look again whether a panel can be posted in this channel, and post it.
    CheckPanel(PanelKind, ChannelId),
    /// Button: one page of all games.
    List(u16),
    /// Button: one page of the person's own games.
    MyGames(u16),
    /// Something about one game.
    Game(GameAct, GameId),
    /// Modal: a game's name, emoji, description, seats and colour, and what they were when it was
    /// opened.
    GameWords(GameId, shown::Shown),
    /// Button: one page of a game's members.
    Members(GameId, u16),
    /// Button: something about one person's seat.
    Seat(SeatAct, GameId, UserId),
    /// Something about one game server.
    Server(ServerAct, ServerId),
    /// Select, several: what a role may do with a server ([`value::server_actions`]).
    ServerRights(ServerId, RoleId),
    /// Something about the audit; carries the filter it continues.
    Audit(AuditPart, AuditQuery),
    /// Something about the settings.
    Settings(SettingsPart),
    /// Button: help.
    Help,
    /// Button: put an ephemeral message away.
    Close,
}

/// The part of the audit that is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AuditQuery {
    /// Only this game.
    pub game: Option<GameId>,
    /// Only entries by or about this person.
    pub person: Option<UserId>,
    /// Only this kind.
    pub kind: Option<AuditKind>,
    /// Only entries with a smaller number: where a page starts.
    pub before: Option<i64>,
}

/// Names a draft of the guided form: 1 to 32 ASCII letters and digits. Whose draft it is, the
/// engine checks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DraftId(String);

impl DraftId {
    /// Takes an id; none if it does not have the form.
    pub fn new(id: impl Into<String>) -> Option<Self> {
        let id = id.into();
        ((1..=MAX_DRAFT_LENGTH).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric()))
        .then_some(Self(id))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An enum whose variants have stable two-way codes.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$inner])* $variant,)+ }

        impl $name {
            /// All of them, for tests.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable code.
            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What it is called in the code, for metrics.
            fn word(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)+ }
            }

            fn decode(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

coded! {
    /// What a game is picked for.
    Purpose {
        /// To join it.
        Join = "j",
        /// To leave it.
        Leave = "l",
        /// To change it.
        Manage = "m",
        /// To archive it.
        Archive = "a",
        /// To restore it.
        Restore = "r",
        /// To delete it.
        Delete = "d",
        /// To look at it.
        Info = "i",
    }
}

coded! {
    /// A control of the guided form.
    DraftPart {
        /// Button: open the modal with the texts again.
        Words = "w",
        /// Modal: name, emoji, description, seats, colour.
        WordsModal = "wm",
        /// Select: open or by approval ([`value::admission`]).
        Admission = "ad",
        /// Select: who sees it ([`value::visibility`]).
        Visibility = "vi",
        /// Select, several: which text channels ([`value::channels`]).
        Channels = "ch",
        /// Select: how many voice channels ([`value::voice`]).
        Voice = "vo",
        /// User select, several: extra game admins.
        Admins = "us",
        /// Button: show the plan.
        Preview = "pv",
        /// Button: back from the plan to the form.
        Back = "bk",
        /// Button: make the game.
        Confirm = "ok",
        /// Button: forget it.
        Cancel = "no",
    }
}

coded! {
    /// Something about one game.
    GameAct {
        /// Button: show it.
        Info = "i",
        /// Button: open the page where it is changed.
        Manage = "m",
        /// Button: join.
        Join = "j",
        /// Button: leave.
        Leave = "l",
        /// Button: open the modal with its texts.
        Words = "w",
        /// Select: open or by approval ([`value::admission`]).
        Admission = "ad",
        /// Select: who sees it ([`value::visibility`]).
        Visibility = "vi",
        /// Select, several: which text channels ([`value::channels`]).
        Channels = "ch",
        /// Select: how many voice channels ([`value::voice`]).
        Voice = "vo",
        /// User select, several: its admins; those shown before and now absent are dismissed.
        Admins = "us",
        /// Button: ask before archiving.
        ArchiveAsk = "aa",
        /// Button: archive, channels stay.
        Archive = "a",
        /// Button: archive, channels are given back.
        ArchiveRelease = "ar",
        /// Button: ask before restoring.
        RestoreAsk = "ra",
        /// Button: restore.
        Restore = "r",
        /// Button: show what deleting does.
        DeleteAsk = "da",
        /// Button: open the modal where the name is typed.
        DeleteType = "dt",
        /// Modal: the typed name ([`field::CONFIRM`]).
        DeleteModal = "dm",
        /// Button: show what a repair does.
        RepairAsk = "fa",
        /// Button: repair.
        Repair = "f",
        /// User select, one: remove this player.
        RemovePick = "x",
    }
}

coded! {
    /// Something about one person's seat.
    SeatAct {
        /// Let the person in.
        Approve = "y",
        /// Turn the person down.
        Decline = "n",
        /// Take the person out.
        Remove = "x",
    }
}

coded! {
    /// Something about one game server.
    ServerAct {
        /// Button: show it, as it is now.
        Show = "i",
        /// Button: start it.
        Start = "s",
        /// Button: ask before stopping it.
        StopAsk = "pa",
        /// Button: stop it.
        Stop = "p",
        /// Button: ask before restarting it.
        RestartAsk = "ra",
        /// Button: restart it.
        Restart = "r",
        /// Button: ask before ending it at once.
        KillAsk = "ka",
        /// Button: end it at once.
        Kill = "k",
        /// Button: show the picture of its last 24 hours.
        HistoryDay = "hd",
        /// Button: of its last 7 days.
        HistoryWeek = "hw",
        /// Button: of its last 30 days.
        HistoryMonth = "hm",
        /// Button: ask before updating it.
        UpdateAsk = "ua",
        /// Button: update it.
        Update = "u",
        /// Button: back it up.
        Backup = "b",
        /// Button: show its console.
        Console = "c",
        /// Button: open the modal where a line for the console is typed.
        ConsoleType = "ct",
        /// Modal: the typed line ([`field::LINE`]).
        ConsoleModal = "cm",
        /// Button: show what roles may do with it.
        Rights = "g",
        /// Role select, one: whose rights are to be changed.
        RightsRole = "gr",
        /// Button: watch it no longer.
        Remove = "x",
    }
}

impl ServerAct {
    /// What is done, where it is done at once.
    pub fn action(self) -> Option<ServerAction> {
        match self {
            Self::Start => Some(ServerAction::Start),
            Self::Stop => Some(ServerAction::Stop),
            Self::Restart => Some(ServerAction::Restart),
            Self::Kill => Some(ServerAction::Kill),
            Self::Update => Some(ServerAction::Update),
            Self::Backup => Some(ServerAction::Backup),
            _ => None,
        }
    }

    /// What is asked about first.
    pub fn asks(self) -> Option<ServerAction> {
        match self {
            Self::StopAsk => Some(ServerAction::Stop),
            Self::RestartAsk => Some(ServerAction::Restart),
            Self::KillAsk => Some(ServerAction::Kill),
            Self::UpdateAsk => Some(ServerAction::Update),
            _ => None,
        }
    }

    /// How much of its past is shown.
    pub fn span(self) -> Option<HistorySpan> {
        HistorySpan::ALL.into_iter().find(|span| Self::history(*span) == self)
    }

    /// Shows so much of its past.
    pub fn history(span: HistorySpan) -> Self {
        match span {
            HistorySpan::Day => Self::HistoryDay,
            HistorySpan::Week => Self::HistoryWeek,
            HistorySpan::Month => Self::HistoryMonth,
        }
    }
}

coded! {
    /// A control of the audit page.
    AuditPart {
        /// Button: show the page this query says.
        Show = "s",
        /// Button: the newest entries again, same filter.
        Newest = "t",
        /// Select: filter by kind ([`value::audit_kind`]).
        Kind = "k",
        /// User select: filter by person; nobody chosen is everybody.
        Person = "u",
        /// Button: no filter at all.
        Clear = "c",
    }
}

coded! {
    /// A control of the settings page.
    SettingsPart {
        /// Button: show the settings.
        Show = "s",
        /// Role select, several, none allowed: admin roles.
        AdminRoles = "r",
        /// Channel select, one, none allowed: log channel.
        LogChannel = "l",
        /// Select, several: text channels of the default layout ([`value::channels`]).
        Channels = "c",
        /// Select: voice channels of the default layout ([`value::voice`]).
        Voice = "v",
        /// Select: what to do about changes by hand ([`value::drift`]).
        Drift = "d",
    }
}

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateSimple => f.write_str("new"),
            Self::SimpleModal => f.write_str("newm"),
            Self::CreateAdvanced => f.write_str("adv"),
            Self::Draft(part, draft) => write!(f, "d:{}:{draft}", part.code()),
            Self::Pick(purpose, page) => write!(f, "p:{}:{page}", purpose.code()),
            Self::Picked(purpose, page) => write!(f, "ps:{}:{page}", purpose.code()),
            Self::Refresh(kind) => write!(f, "rf:{}", kind.as_str()),
            Self::Repost(kind) => write!(f, "rp:{}", kind.as_str()),
            Self::CheckPanel(kind, channel) => write!(f, "cp:{}:{channel}", kind.as_str()),
            Self::List(page) => write!(f, "ls:{page}"),
            Self::MyGames(page) => write!(f, "my:{page}"),
            Self::Game(act, game) => write!(f, "g:{}:{game}", act.code()),
            Self::GameWords(game, shown) => write!(f, "gw:{game}:{shown}"),
            Self::Members(game, page) => write!(f, "mb:{game}:{page}"),
            Self::Seat(act, game, user) => write!(f, "s:{}:{game}:{user}", act.code()),
            Self::Server(act, server) => write!(f, "sv:{}:{server}", act.code()),
            Self::ServerRights(server, role) => write!(f, "sr:{server}:{role}"),
            Self::Audit(part, query) => {
                write!(f, "au:{}:", part.code())?;
                let AuditQuery { game, person, kind, before } = query;
                optional(f, *game)?;
                f.write_str(":")?;
                optional(f, *person)?;
                f.write_str(":")?;
                optional(f, *kind)?;
                f.write_str(":")?;
                optional(f, *before)
            }
            Self::Settings(part) => write!(f, "st:{}", part.code()),
            Self::Help => f.write_str("help"),
            Self::Close => f.write_str("x"),
        }
    }
}

/// Nothing for "none".
fn optional(f: &mut fmt::Formatter<'_>, value: Option<impl fmt::Display>) -> fmt::Result {
    value.map_or(Ok(()), |value| value.fmt(f))
}

/// A text that is no id of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of our component ids")]
pub struct UnknownId;

impl FromStr for CustomId {
    type Err = UnknownId;

    fn from_str(text: &str) -> Result<Self, UnknownId> {
        if text.len() > MAX_LENGTH {
            return Err(UnknownId);
        }
        // Whatever `parse` is lenient about (`+5`, `05`) shows in the way back.
        parse(text).filter(|id| id.to_string() == text).ok_or(UnknownId)
    }
}

fn parse(text: &str) -> Option<CustomId> {
    let parts: Vec<&str> = text.split(':').collect();
    Some(match parts.as_slice() {
        ["new"] => CustomId::CreateSimple,
        ["newm"] => CustomId::SimpleModal,
        ["adv"] => CustomId::CreateAdvanced,
        ["help"] => CustomId::Help,
        ["x"] => CustomId::Close,
        ["d", part, draft] => CustomId::Draft(DraftPart::decode(part)?, DraftId::new(*draft)?),
        ["p", purpose, page] => CustomId::Pick(Purpose::decode(purpose)?, page.parse().ok()?),
        ["ps", purpose, page] => CustomId::Picked(Purpose::decode(purpose)?, page.parse().ok()?),
        ["rf", kind] => CustomId::Refresh(kind.parse().ok()?),
        ["rp", kind] => CustomId::Repost(kind.parse().ok()?),
        ["cp", kind, channel] => CustomId::CheckPanel(kind.parse().ok()?, channel.parse().ok()?),
        ["ls", page] => CustomId::List(page.parse().ok()?),
        ["my", page] => CustomId::MyGames(page.parse().ok()?),
        ["g", act, game] => CustomId::Game(GameAct::decode(act)?, value::game(game)?),
        ["gw", game, shown] => CustomId::GameWords(value::game(game)?, shown.parse().ok()?),
        ["mb", game, page] => CustomId::Members(value::game(game)?, page.parse().ok()?),
        ["s", act, game, user] => {
            CustomId::Seat(SeatAct::decode(act)?, value::game(game)?, user.parse().ok()?)
        }
        ["sv", act, server] => CustomId::Server(ServerAct::decode(act)?, value::server(server)?),
        ["sr", server, role] => CustomId::ServerRights(value::server(server)?, role.parse().ok()?),
        ["au", part, game, person, kind, before] => CustomId::Audit(
            AuditPart::decode(part)?,
            AuditQuery {
                game: absent_or(game, value::game).ok()?,
                person: absent_or(person, |text| text.parse().ok()).ok()?,
                kind: absent_or(kind, |text| text.parse().ok()).ok()?,
                before: absent_or(before, |text| text.parse().ok()).ok()?,
            },
        ),
        ["st", part] => CustomId::Settings(SettingsPart::decode(part)?),
        _ => return None,
    })
}

/// None for an empty text, an error for one that does not parse.
fn absent_or<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, UnknownId> {
    if text.is_empty() { Ok(None) } else { parse(text).map(Some).ok_or(UnknownId) }
}

#[cfg(test)]
mod tests;
