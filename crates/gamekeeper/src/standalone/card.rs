//! Where everything is and what it is called: for people, and as JSON for scripts.

use std::fmt;

use sandbox::{Sandbox, actor::GuildHandle, id::Snowflake, world::Role};
use serde::Serialize;

use super::amp::Panel;

/// Guilds shown to people; JSON has all.
const GUILDS: usize = 10;
/// Names of a kind shown to people.
const NAMES: usize = 20;

/// The card.
#[derive(Debug, Serialize)]
pub(super) struct Card<'a> {
    origin: String,
    rest: String,
    gateway: String,
    control: String,
    openapi: String,
    page: String,
    token: String,
    application_id: String,
    guilds: Vec<Guild>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amp: Option<&'a Panel>,
}

#[derive(Debug, Serialize)]
struct Guild {
    id: String,
    name: String,
    owner: Named,
    /// The owner too.
    members: Vec<Named>,
    /// Lowest first.
    roles: Vec<Named>,
    channels: Vec<Named>,
}

#[derive(Debug, Serialize)]
struct Named {
    name: String,
    id: String,
}

impl Named {
    fn new(name: &str, id: impl Snowflake) -> Self {
        Self { name: name.to_owned(), id: id.get().to_string() }
    }
}

impl<'a> Card<'a> {
    pub(super) fn new(sandbox: &Sandbox, guilds: &[GuildHandle], amp: Option<&'a Panel>) -> Self {
        let origin = sandbox.origin();
        Self {
            rest: format!("{origin}/api/v10"),
            gateway: sandbox.gateway_url(),
            control: format!("{origin}/sandbox"),
            openapi: format!("{origin}/sandbox/openapi.json"),
            page: sandbox.page_url(),
            token: sandbox.token().to_owned(),
            application_id: sandbox.application_id().to_string(),
            guilds: guilds.iter().map(|guild| Guild::new(sandbox, guild)).collect(),
            origin,
            amp,
        }
    }
}

impl Guild {
    fn new(sandbox: &Sandbox, guild: &GuildHandle) -> Self {
        let state = guild.state();
        let world = sandbox.world();
        let person = |id| {
            let user = world.users.get(&id)?;
            Some(Named::new(user.global_name.as_ref().unwrap_or(&user.username), id))
        };
        let mut roles = state.roles;
        roles.sort_by_key(Role::rank);
        let channels = state.channels.iter().filter_map(|id| world.channels.get(id));
        Self {
            id: state.id.to_string(),
            name: state.name,
            owner: person(state.owner).unwrap_or_else(|| Named::new("owner", state.owner)),
            members: state.members.keys().filter_map(|id| person(*id)).collect(),
            roles: roles.iter().map(|role| Named::new(&role.name, role.id)).collect(),
            channels: channels.map(|one| Named::new(&one.name, one.id)).collect(),
        }
    }
}

impl fmt::Display for Card<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "A Discord of your own, until Ctrl-C. Only this machine can reach it.\n")?;
        writeln!(f, "  page          {}  (a client to click in)", self.page)?;
        writeln!(f, "  REST          {}", self.rest)?;
        writeln!(f, "  gateway       {}", self.gateway)?;
        writeln!(f, "  control API   {}  (described at /sandbox/openapi.json)", self.control)?;
        writeln!(f, "  bot token     {}", self.token)?;
        writeln!(f, "  application   {}", self.application_id)?;
        for guild in self.guilds.iter().take(GUILDS) {
            writeln!(f, "\n  guild         {} {}", guild.name, guild.id)?;
            list(f, "owner", std::slice::from_ref(&guild.owner))?;
            list(f, "members", &guild.members)?;
            list(f, "roles", &guild.roles)?;
            list(f, "channels", &guild.channels)?;
        }
        if let Some(more) = self.guilds.len().checked_sub(GUILDS).filter(|more| *more > 0) {
            writeln!(f, "\n  … and {more} guilds more")?;
        }
        self.amp.map_or(Ok(()), |amp| amp.fmt(f))
    }
}

fn list(f: &mut fmt::Formatter<'_>, title: &str, names: &[Named]) -> fmt::Result {
    let mut title = title;
    for Named { name, id } in names.iter().take(NAMES) {
        writeln!(f, "    {title:<12}{name} {id}")?;
        title = "";
    }
    match names.len().checked_sub(NAMES).filter(|more| *more > 0) {
        Some(more) => writeln!(f, "    {title:<12}… and {more} more"),
        None => Ok(()),
    }
}
