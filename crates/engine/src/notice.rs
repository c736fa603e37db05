//! News from the engine for whoever shows things to people.

use domain::{GameId, GuildId};

use crate::{PanelKind, Progress};

/// Something changed that people look at. Everything here can be read from the database too: a
/// notice only says *when* to look.
#[derive(Clone, Debug)]
pub enum Notice {
    /// The games of a guild changed: names, phases, member counts, problems, progress.
    Games(GuildId),
    /// A panel was placed, or should be checked now.
    Panel(GuildId, PanelKind),
    /// Work on a game went on.
    Progress {
        /// The guild.
        guild: GuildId,
        /// The game.
        game: GameId,
        /// How far it is.
        progress: Progress,
    },
    /// Work on a game came to rest: done, stopped at a problem, or waiting to try again. Replies
    /// that wait for this game can be answered from the database.
    Rested {
        /// The guild.
        guild: GuildId,
        /// The game.
        game: GameId,
    },
    /// A game server is not as it was: what people see of it is due.
    Server {
        /// The guild.
        guild: GuildId,
        /// The server.
        server: domain::server::ServerId,
        /// Whether it is more than the number of players.
        moved: bool,
    },
    /// There are new audit entries for the log channel.
    Audit(GuildId),
    /// Somebody asked to join a game with approval; its admins want to know.
    Requested {
        /// The guild.
        guild: GuildId,
        /// The game.
        game: GameId,
        /// Who asked.
        user: domain::UserId,
    },
}
