//! Steps: what the executor does, and at once the text an admin reads.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    Permissions, Slot, UserId,
    plan::{ChannelKind, ChannelSpec, OverwriteSpec, Principal, RoleSpec},
};

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is done.
    pub op: Op,
    /// Indices of the steps in the same plan that must be done before.
    pub after: Vec<usize>,
}

/// One change to Discord. `id` fields name objects that are bound to a slot of the game.
/// `applied` fields are what to remember in the binding once the step is done; where several
/// steps bring one specification about, only the last one carries its fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Make a role.
    CreateRole { slot: Slot, spec: RoleSpec },
    /// Change a role.
    UpdateRole { slot: Slot, id: u64, change: RoleChange, applied: i64 },
    /// Delete a role; everyone who has it loses it.
    DeleteRole { slot: Slot, id: u64 },
    /// Make a channel or the category.
    CreateChannel { slot: Slot, spec: ChannelSpec },
    /// Change a channel or the category.
    UpdateChannel { slot: Slot, id: u64, change: ChannelChange, applied: i64 },
    /// Write one overwrite and leave the others alone: for channels on which people have put
    /// overwrites of their own.
    SetOverwrite { slot: Slot, id: u64, overwrite: OverwriteSpec, applied: i64 },
    /// Delete a channel or the category.
    DeleteChannel { slot: Slot, id: u64 },
    /// Put categories of ours at new positions; `id` is the one it is about.
    PlaceCategory { id: u64, out_of_the_way: bool, positions: Vec<(u64, i32)> },
    /// Give a person one of the game's roles.
    Grant { user: UserId, slot: Slot },
    /// Take one of the game's roles from a person.
    Revoke { user: UserId, slot: Slot },
}

/// What changes about a role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleChange {
    /// New name.
    pub name: Option<String>,
    /// New colour; 0 is none.
    pub colour: Option<u32>,
    /// Whether everyone may mention it.
    pub mentionable: Option<bool>,
    /// Take all guild-wide permissions off, which somebody added by hand.
    pub clear_permissions: bool,
}

/// What changes about a channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelChange {
    /// New name; Discord allows two renames in ten minutes.
    pub name: Option<String>,
    /// New topic, `Some(None)` to clear; also two in ten minutes.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub topic: Option<Option<String>>,
    /// Put it back below the category.
    pub into_category: bool,
    /// The complete list of overwrites.
    pub overwrites: Option<Vec<OverwriteSpec>>,
}

/// Tells "clear it" (there, and null) from "leave it" (not there), which serde alone would not.
#[expect(clippy::option_option, reason = "it is the field's type")]
fn present<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(field).map(Some)
}

impl RoleChange {
    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        let Self { name, colour, mentionable, clear_permissions } = self;
        name.is_none() && colour.is_none() && mentionable.is_none() && !clear_permissions
    }
}

impl ChannelChange {
    /// Whether there is nothing to change.
    pub fn is_empty(&self) -> bool {
        let Self { name, topic, into_category, overwrites } = self;
        name.is_none() && topic.is_none() && !into_category && overwrites.is_none()
    }
}

impl Op {
    /// Whether the answer to this step carries the id of something new. Only these need a search
    /// for our mark when the answer was lost; all others can simply be said again.
    pub fn creates(&self) -> bool {
        matches!(self, Self::CreateRole { .. } | Self::CreateChannel { .. })
    }

    /// For a create: the slot it fills, and what its binding remembers as applied. A category is
    /// not as it should be before it was looked at once more, because no create says where it
    /// stands among the others.
    pub fn made(&self) -> Option<(Slot, Option<i64>)> {
        match self {
            Self::CreateRole { slot, spec } => Some((*slot, Some(spec.fingerprint()))),
            Self::CreateChannel { slot: Slot::Category, .. } => Some((Slot::Category, None)),
            Self::CreateChannel { slot, spec } => Some((*slot, Some(spec.fingerprint()))),
            _ => None,
        }
    }

    /// The slot the step is about, where it is about one.
    pub fn slot(&self) -> Option<Slot> {
        match self {
            Self::CreateRole { slot, .. }
            | Self::UpdateRole { slot, .. }
            | Self::DeleteRole { slot, .. }
            | Self::CreateChannel { slot, .. }
            | Self::UpdateChannel { slot, .. }
            | Self::SetOverwrite { slot, .. }
            | Self::DeleteChannel { slot, .. }
            | Self::Grant { slot, .. }
            | Self::Revoke { slot, .. } => Some(*slot),
            Self::PlaceCategory { .. } => Some(Slot::Category),
        }
    }
}

/// The text of the preview, the log line and the audit.
impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateRole { spec, .. } => write!(f, "create role “{}”", spec.name),
            Self::UpdateRole { slot, change, .. } => write!(f, "update {slot}: {change}"),
            Self::DeleteRole { slot, .. } | Self::DeleteChannel { slot, .. } => {
                write!(f, "delete {slot}")
            }
            Self::CreateChannel { slot: Slot::Category, spec } => {
                write!(f, "create category “{}”", spec.name)
            }
            Self::CreateChannel { spec, .. } => {
                write!(f, "create {} channel “{}”", spec.kind, spec.name)
            }
            Self::UpdateChannel { slot, change, .. } => write!(f, "update {slot}: {change}"),
            Self::SetOverwrite { slot, overwrite, .. } => {
                write!(f, "set permissions of {} on {slot}", overwrite.principal)
            }
            Self::PlaceCategory { out_of_the_way: true, .. } => {
                f.write_str("move the category to the bottom")
            }
            Self::PlaceCategory { .. } => f.write_str("move the category above the archive"),
            Self::Grant { user, slot } => write!(f, "give {slot} to <@{user}>"),
            Self::Revoke { user, slot } => write!(f, "take {slot} from <@{user}>"),
        }
    }
}

impl fmt::Display for RoleChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(name) = &self.name {
            parts.push(format!("name “{name}”"));
        }
        match self.colour {
            Some(0) => parts.push("no colour".to_owned()),
            Some(colour) => parts.push(format!("colour #{colour:06X}")),
            None => {}
        }
        if let Some(mentionable) = self.mentionable {
            parts.push(if mentionable { "mentionable" } else { "not mentionable" }.to_owned());
        }
        if self.clear_permissions {
            parts.push("no guild-wide permissions".to_owned());
        }
        f.write_str(&parts.join(", "))
    }
}

impl fmt::Display for ChannelChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(name) = &self.name {
            parts.push(format!("name “{name}”"));
        }
        match &self.topic {
            Some(Some(_)) => parts.push("topic".to_owned()),
            Some(None) => parts.push("no topic".to_owned()),
            None => {}
        }
        if self.into_category {
            parts.push("back into the category".to_owned());
        }
        if self.overwrites.is_some() {
            parts.push("permissions".to_owned());
        }
        f.write_str(&parts.join(", "))
    }
}

impl fmt::Display for ChannelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Voice => "voice",
            Self::Category => "category",
            Self::Announcement => "announcement",
            Self::Forum => "forum",
            Self::Other => "other",
        })
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everyone => f.write_str("everyone"),
            Self::Bot => f.write_str("the bot"),
            Self::Role(slot) => slot.fmt(f),
        }
    }
}

/// The bits an overwrite could name, for messages.
pub fn permission_names(bits: Permissions) -> Vec<String> {
    bits.iter_names().map(|(name, _)| name.to_owned()).collect()
}

/// FNV-1a over the value's JSON. It is stored, so it may not depend on the build: the standard
/// library's hasher changes with every process, and what `Hash` feeds a hasher is up to the
/// compiler and the platform.
pub(crate) fn fingerprint(value: &impl Serialize) -> i64 {
    let json = serde_json::to_vec(value).expect("specifications are plain data");
    json.iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
        .cast_signed()
}
