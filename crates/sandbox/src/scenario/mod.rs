//! Guilds and faults described in files or in one control call: the same types, read from TOML and from JSON.
//!
//! `docs/sandbox.md` shows the format. Everything is parsed and checked before anything is made, so a plan is made whole
//! or not at all.

mod check;
mod faults;
mod file;
mod flaw;
mod make;
mod plan;
mod short;
mod words;

use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::actor::GuildHandle;
use crate::error::ApiError;
use crate::sandbox::Sandbox;
pub use faults::{Limits, Slow, Troubles};
pub(crate) use faults::{check_fault, check_mix};
pub use file::{FileError, MAX_FILE, TextError};
pub use flaw::Flaw;
pub(crate) use make::{People, make};
pub use plan::{
    BotPlace, BotPlan, ChannelPlan, GuildPlan, MemberPlan, MessagePlan, OverwritePlan, RolePlan,
};
pub use words::Color;

/// A small guild to begin with, and the format by example.
pub const EXAMPLE: &str = include_str!("../../scenarios/friendly.toml");

/// Guilds one file may ask for: as many as a shard serves.
const GUILDS: usize = 2_500;

/// What a sandbox starts with.
///
/// ```
/// use sandbox::scenario::Scenario;
/// let text = "[[guilds]]\nname = 'Club'\nmembers = ['Ann', {name = 'Bob', roles = ['Player']}]";
/// let error = Scenario::parse(text).unwrap_err();
/// assert_eq!(error.to_string(), "line 3: guilds[0].members[1].roles: there is no role Player");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The guilds.
    #[serde(default)]
    pub guilds: Vec<GuildPlan>,
}

impl Scenario {
    /// Reads a scenario from TOML.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        file::parse(text, Self::check)
    }

    /// Reads a scenario from a file.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        file::read(path, Self::parse)
    }

    /// The example that comes along.
    pub fn friendly() -> Result<Self, TextError> {
        Self::parse(EXAMPLE)
    }

    fn check(&self) -> Result<(), Flaw> {
        if self.guilds.len() > GUILDS {
            let told = format!("the sandbox makes at most {GUILDS} guilds");
            return Err(Flaw::item("guilds", GUILDS, told));
        }
        for (at, guild) in self.guilds.iter().enumerate() {
            guild.check().map_err(|flaw| flaw.within("guilds", at))?;
            let twin = |one: &GuildPlan| guild.id.is_some() && one.id == guild.id;
            if self.guilds[..at].iter().any(twin) {
                return Err(Flaw::at("id", "two guilds cannot have one id").within("guilds", at));
            }
        }
        Ok(())
    }

    /// Makes everything. People of one name are one person, in all guilds.
    pub fn make(&self, sandbox: &Sandbox) -> Result<Vec<GuildHandle>, ApiError> {
        let mut people = People::new();
        let make_one = |plan| {
            let id = make(&mut sandbox.world(), plan, &mut people)?;
            Ok(GuildHandle::new(sandbox.clone(), id, people.clone()))
        };
        self.guilds.iter().map(make_one).collect()
    }
}
