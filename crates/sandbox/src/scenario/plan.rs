//! What a guild starts with.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::short::{self, Either, Short};
use super::words::Color;
use crate::id::GuildId;
use crate::world::{ChannelKind, Permissions};

/// A guild to make. Everything but the name may be left out.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuildPlan {
    /// 2 to 100 characters.
    pub name: String,
    /// A fixed id, for bots that have one in their settings; made up otherwise.
    pub id: Option<GuildId>,
    /// Who owns it; "owner" otherwise.
    pub owner: Option<String>,
    /// Guild features such as `COMMUNITY` and `NEWS`.
    #[serde(default)]
    pub features: Vec<String>,
    /// What @everyone may do, when it is not what Discord gives a new guild.
    pub everyone: Option<Permissions>,
    /// Lowest first.
    #[serde(default)]
    pub roles: Vec<RolePlan>,
    /// Beside the owner; the name alone, or a table.
    #[serde(default, deserialize_with = "short::list")]
    #[schemars(with = "Vec<Either<MemberPlan>>")]
    pub members: Vec<MemberPlan>,
    /// In the order of the list, a category before its channels; `general` alone when there are none.
    #[serde(default)]
    pub channels: Vec<ChannelPlan>,
    /// What the bot is invited with; without it, the bot is not invited.
    pub bot: Option<BotPlan>,
}

/// A role.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RolePlan {
    /// 1 to 100 characters, each role its own.
    pub name: String,
    /// Guild-wide; none when left out.
    #[serde(default)]
    pub permissions: Permissions,
    /// Colour of its members' names.
    #[serde(default)]
    pub color: Color,
    /// Shown apart in the member list.
    #[serde(default)]
    pub hoist: bool,
    /// Anyone may mention it.
    #[serde(default)]
    pub mentionable: bool,
}

/// A member.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberPlan {
    /// The same name is the same person, in all guilds of a file.
    pub name: String,
    /// Names of roles above.
    #[serde(default)]
    pub roles: Vec<String>,
    /// 1 to 32 characters.
    pub nick: Option<String>,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelPlan {
    /// 1 to 100 characters; Discord makes `My Games` of a text channel `my-games`.
    pub name: String,
    /// `text` when left out.
    #[serde(rename = "type", default = "text")]
    pub kind: ChannelKind,
    /// Name of a category earlier in the list.
    pub parent: Option<String>,
    /// At most 1024 characters, 4096 in forums.
    pub topic: Option<String>,
    /// Age-restricted.
    #[serde(default)]
    pub nsfw: bool,
    /// Seconds between messages of one person, up to 21600.
    #[serde(default)]
    pub slowmode: u32,
    /// Most people in a voice channel, up to 99; 0 for no limit.
    #[serde(default)]
    pub user_limit: u32,
    /// Only members with one of these roles see it.
    pub only_for: Option<Vec<String>>,
    /// What single roles and members may do here.
    #[serde(default)]
    pub overwrites: Vec<OverwritePlan>,
    /// What was said, oldest first: the text alone (the owner's), or a table.
    #[serde(default, deserialize_with = "short::list")]
    #[schemars(with = "Vec<Either<MessagePlan>>")]
    pub messages: Vec<MessagePlan>,
}

fn text() -> ChannelKind {
    ChannelKind::Text
}

impl ChannelPlan {
    /// A channel with nothing special about it.
    pub fn new(kind: ChannelKind, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            parent: None,
            topic: None,
            nsfw: false,
            slowmode: 0,
            user_limit: 0,
            only_for: None,
            overwrites: Vec::new(),
            messages: Vec::new(),
        }
    }
}

/// An overwrite, for a role or for a member.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverwritePlan {
    /// A role above, or `@everyone`.
    pub role: Option<String>,
    /// A member above, the owner, or `bot`.
    pub member: Option<String>,
    /// What is given.
    #[serde(default)]
    pub allow: Permissions,
    /// What is taken.
    #[serde(default)]
    pub deny: Permissions,
}

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MessagePlan {
    /// At most 2000 characters.
    pub text: String,
    /// A member above; the owner when left out.
    pub by: Option<String>,
    /// Pinned.
    #[serde(default)]
    pub pinned: bool,
}

impl Short for MemberPlan {
    const FORMS: &'static str = "a member: a name, or a table with `name`, `roles` and `nick`";

    fn short(word: &str) -> Self {
        Self { name: word.to_owned(), ..Self::default() }
    }
}

impl Short for MessagePlan {
    const FORMS: &'static str = "a message: a text, or a table with `text`, `by` and `pinned`";

    fn short(word: &str) -> Self {
        Self { text: word.to_owned(), ..Self::default() }
    }
}

/// The bot's membership.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BotPlan {
    /// What it was invited with: the permissions of its managed role.
    pub permissions: Permissions,
    /// Where its managed role stands.
    pub place: BotPlace,
}

/// Where the bot's role stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum BotPlace {
    /// Below all others, as on an invitation.
    #[default]
    Bottom,
    /// Right above a role.
    Above(String),
    /// Above all others.
    Top,
}

/// The long form.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BotPlan")]
struct Bot {
    /// The permissions of its managed role.
    permissions: Permissions,
    /// The role above which the managed role stands.
    above: Option<String>,
    /// The managed role stands above all others.
    #[serde(default)]
    top: bool,
}

impl<'de> Deserialize<'de> for BotPlan {
    /// Permissions alone, or a table.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(BotForms)
    }
}

struct BotForms;

impl From<Permissions> for BotPlan {
    fn from(permissions: Permissions) -> Self {
        Self { permissions, place: BotPlace::Bottom }
    }
}

impl<'de> Visitor<'de> for BotForms {
    type Value = BotPlan;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bot: its permissions, or a table with `permissions` and `above` or `top`")
    }

    fn visit_u64<E: Error>(self, bits: u64) -> Result<BotPlan, E> {
        Ok(Permissions(bits).into())
    }

    fn visit_i64<E: Error>(self, bits: i64) -> Result<BotPlan, E> {
        Permissions::deserialize(serde::de::value::I64Deserializer::<E>::new(bits))
            .map(BotPlan::from)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<BotPlan, E> {
        Permissions::deserialize(serde::de::value::StrDeserializer::<E>::new(text))
            .map(BotPlan::from)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<BotPlan, A::Error> {
        Permissions::deserialize(SeqAccessDeserializer::new(list)).map(BotPlan::from)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<BotPlan, A::Error> {
        let Bot { permissions, above, top } = Bot::deserialize(MapAccessDeserializer::new(map))?;
        let place = match (above, top) {
            (None, false) => BotPlace::Bottom,
            (None, true) => BotPlace::Top,
            (Some(role), false) => BotPlace::Above(role),
            (Some(_), true) => {
                return Err(A::Error::custom("the bot's role stands above a role or at the top"));
            }
        };
        Ok(BotPlan { permissions, place })
    }
}

impl JsonSchema for BotPlan {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "BotPlanOrPermissions".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let forms = [generator.subschema_for::<Permissions>(), generator.subschema_for::<Bot>()];
        json_schema!({"anyOf": forms})
    }
}
