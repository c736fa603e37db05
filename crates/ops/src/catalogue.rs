//! All checks there are.

/// A check and what it looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckInfo {
    /// Its name: what it is about, a dot, and what is looked at.
    pub name: &'static str,
    /// What it looks at.
    pub about: &'static str,
}

const fn check(name: &'static str, about: &'static str) -> CheckInfo {
    CheckInfo { name, about }
}

/// All checks, in the order in which they are told.
pub const CATALOGUE: &[CheckInfo] = &[
    check("config.complete", "every setting can be read, and nothing is half filled in"),
    check("config.unknown", "no setting is misspelt"),
    check("config.env-mode", ".env is nobody else's to read"),
    check("config.env-ignored", ".env is not in git"),
    check("config.leaks", "no token, webhook or key stands in a file that git tracks"),
    check("discord.reach", "Discord's name, address, TLS and time to answer"),
    check("discord.clock", "this machine's clock against Discord's"),
    check("discord.token", "Discord accepts the token"),
    check("discord.application", "the token belongs to the client id"),
    check("discord.intents", "privileged intents are switched on as they are asked for"),
    check("discord.commands", "the commands on Discord are this version's"),
    check("guild.permissions", "the bot may do what each feature needs"),
    check("guild.role-position", "the bot's role is above the games' roles"),
    check("guild.room", "roles and channels that can still be made"),
    check("guild.channels", "panel, log and alert channels are there and open to the bot"),
    check("database.reach", "the database answers, and how fast"),
    check("database.version", "its version is one that is looked after"),
    check("database.schema", "its schema is this version's"),
    check("database.pool", "it has connections for all processes"),
    check("database.password", "its password is long enough"),
    check("database.tls", "the way to it is encrypted and its certificate looked at"),
    check("database.address", "it is not on a public address"),
    check("database.slow", "nothing in it takes long"),
    check("database.bloat", "it is swept, and not full of dead rows"),
    check("database.integrity", "it is not damaged"),
    check("host.data-dir", "the data directory is writable, and nobody else's"),
    check("host.log-dir", "the log file can be written"),
    check("host.disk", "the disk has room"),
    check("host.inodes", "the disk has room for more files"),
    check("host.files", "the process may open enough files"),
    check("host.memory", "the process has a memory limit, and one that suffices"),
    check("host.root", "the bot does not run as root"),
    check("host.timezone", "the machine's time zone is UTC"),
    check("host.hardening", "the systemd unit is hardened"),
    check("amp.login", "each AMP panel lets the bot in"),
    check("amp.rights", "the bot's user may do on each instance what it is asked to do"),
    check("backup.age", "the last backup is fresh"),
    check("backup.trend", "backups do not shrink"),
    check("backup.verified", "a backup was restored for a test lately"),
    check("backup.offsite", "backups are kept somewhere else as well"),
    check("backup.tools", "pg_dump is there and of the server's version"),
    check("backup.encrypted", "backups are encrypted"),
    check("alerts.route", "alerts reach somebody"),
    check("alerts.deadman", "somebody notices when the machine is gone"),
    check("process.shutdown", "the bot ended in order the last time"),
    check("process.version", "the running bot is of this version"),
    check("process.health", "the running bot is ready"),
];

/// What is known of a check.
pub fn about(name: &str) -> Option<CheckInfo> {
    CATALOGUE.iter().copied().find(|check| check.name == name)
}
