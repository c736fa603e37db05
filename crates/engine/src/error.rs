//! Three kinds of "no", and who hears which.
//!
//! * [`Mistake`]: the person asked for something that cannot be. One clear sentence, no reference.
//! * [`domain::Refusal`]: the person may not. One clear sentence, audited.
//! * [`Fault`]: our side failed. The person gets a reference, the log gets the cause.

use domain::{GameId, Refusal, UserId};

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum UseError {
    /// The person's mistake.
    #[error(transparent)]
    Mistake(#[from] Mistake),
    /// Not the person's to do.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Not the person's to do with this server.
    #[error(transparent)]
    ServerRefused(#[from] domain::server::ServerRefusal),
    /// A panel that is not ours did not do it.
    #[error(transparent)]
    Panel(#[from] servers::amp::AmpError),
    /// Our fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What a person can get wrong. The bot has a sentence for each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// A bad name.
    #[error(transparent)]
    Name(#[from] domain::NameError),
    /// A bad description.
    #[error(transparent)]
    Text(#[from] domain::TextError),
    /// A bad emoji.
    #[error(transparent)]
    Emoji(#[from] domain::emoji::EmojiError),
    /// A bad colour.
    #[error(transparent)]
    Colour(#[from] domain::colour::ColourError),
    /// A bad capacity.
    #[error(transparent)]
    Capacity(#[from] domain::game::CapacityError),
    /// Another game of the guild has this name, or one that looks like it.
    #[error("there is already a game called “{0}”")]
    NameTaken(String),
    /// No such game in this guild.
    #[error("there is no such game here")]
    NoSuchGame,
    /// All seats are taken.
    #[error("all {0} seats are taken")]
    Full(u32),
    /// Already in.
    #[error("you are already in this game")]
    AlreadySeated,
    /// Already asked.
    #[error("you have already asked to join")]
    AlreadyRequested,
    /// Not in, so cannot leave.
    #[error("you are not in this game")]
    NotSeated,
    /// The other person has no request or seat to decide on (any more).
    #[error("<@{0}> has no open request or seat in this game")]
    NothingToDecide(UserId),
    /// Only games in use can be joined, edited or archived.
    #[error("the game is archived")]
    Archived,
    /// Only archived games can be restored.
    #[error("the game is not archived")]
    NotArchived,
    /// Everything is as asked already.
    #[error("nothing would change")]
    NoChange,
    /// The typed name is not the game's name.
    #[error("the name does not match; nothing was deleted")]
    ConfirmationMismatch,
    /// The new capacity is below the number of people who are in.
    #[error("{seated} people are in; the capacity cannot be lower")]
    CapacityBelowSeated {
        /// People in the game.
        seated: u32,
    },
    /// Discord's limits leave no room for this game.
    #[error("the server has no room: {roles} roles and {channels} channels are left")]
    NoRoom {
        /// Roles left.
        roles: usize,
        /// Channels left.
        channels: usize,
    },
    /// The bot cannot work in this guild yet; each finding says what to fix.
    #[error("the bot cannot work here yet")]
    NotReady(Vec<crate::DashboardCheck>),
    /// The guided form is too old; start again.
    #[error("this form has expired")]
    DraftExpired(Option<GameId>),
    /// A game needs something; the layout has no channel at all.
    #[error("a game needs at least one channel")]
    EmptyLayout,
    /// Too many extra game admins.
    #[error("at most {0} game admins can be named at once")]
    TooManyAdmins(usize),
    /// No such game server, or none that this person may see.
    #[error("there is no such game server here")]
    NoSuchServer,
    /// Several have that name.
    #[error("several game servers have that name")]
    ServerAmbiguous(Vec<domain::server::ServerId>),
    /// It does already what it should.
    #[error("the server is {0} already")]
    ServerAlready(domain::server::ServerState),
    /// It does not run, so there is nothing to restart.
    #[error("the server is not running")]
    ServerDown,
    /// Somebody asked for something a moment ago, and that is not over.
    #[error("the server is busy")]
    ServerBusy,
    /// Whoever runs the panel has switched it off.
    #[error("the server is suspended")]
    ServerSuspended,
    /// A bad line for a console.
    #[error(transparent)]
    Console(#[from] domain::server::ConsoleInputError),
    /// It has no panel, so nobody could do that.
    #[error("the server is only watched")]
    OnlyWatched,
    /// It is on a panel, which alone says whether it is there.
    #[error("the server is on a panel")]
    ServerOnPanel,
    /// What was entered is no address.
    #[error(transparent)]
    Address(#[from] servers::direct::AddressError),
    /// The address leads to where nobody may be asked.
    #[error("the address is not one of the public internet")]
    NotPublic,
    /// Nobody knows the name of the host.
    #[error("nobody knows that host")]
    NoSuchHost,
    /// That very server is watched already, under this name.
    #[error("the server is watched already, as “{0}”")]
    ServerThere(String),
    /// The guild has as many servers without a panel as it may.
    #[error("at most {0} servers can be watched by their address")]
    TooManyServers(usize),
    /// The person is a bot or not a member, so cannot be appointed.
    #[error("<@{0}> cannot be a game admin")]
    NotAMember(UserId),
}

/// Our side failed. `Display` is safe to log; people get only a reference.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database.
    #[error("database: {0}")]
    Store(#[from] store::StoreError),
    /// Discord.
    #[error("discord: {0}")]
    Discord(#[from] discord::CallError),
    /// The guild is not known yet (gateway not ready, or an outage on Discord's side).
    #[error("guild {0} is not available")]
    GuildUnavailable(domain::GuildId),
    /// The database, in a transaction that several people shared.
    #[error("database: {0}")]
    Together(std::sync::Arc<store::StoreError>),
    /// Whoever was writing for several people stopped in between; nothing was written.
    #[error("the work was abandoned, because the bot is stopping")]
    Abandoned,
    /// Another process works on the game now, because this one was silent for too long.
    #[error("another process took game {0} over")]
    LeaseLost(GameId),
    /// Stored data that this version cannot read.
    #[error("stored data: {0}")]
    Corrupt(String),
}

impl From<store::StoreError> for UseError {
    fn from(error: store::StoreError) -> Self {
        Self::Fault(Fault::Store(error))
    }
}

impl From<discord::CallError> for UseError {
    fn from(error: discord::CallError) -> Self {
        Self::Fault(Fault::Discord(error))
    }
}
